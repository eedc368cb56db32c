// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/latency_view.hpp"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>
#include <QTableView>
#include <algorithm>

#include "ui/charts/latency_chart.hpp"
#include "ui/panels/choice_box.hpp"
#include "ui/panels/row_delegate.hpp"

namespace awaitscope::ui {
namespace {

constexpr int both_from = 980;    ///< pixels that table and chart need side by side
constexpr int chart_least = 300;  ///< pixels

}  // namespace

class SpreadDelegate : public RowDelegate {
  public:
    using RowDelegate::RowDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        RowDelegate::paint(painter, option, index);
        if (index.column() != LatencyModel::Spread) return;
        const auto bins = index.data(LatencyModel::BinsRole).value<QList<double>>();
        if (bins.isEmpty()) return;
        const double most = std::max(1.0, *std::ranges::max_element(bins));
        const QRectF room = QRectF(option.rect).adjusted(8, 5, -8, -4);
        const double wide = room.width() / static_cast<double>(bins.size());
        for (qsizetype i = 0; i < bins.size(); ++i) {
            if (bins[i] <= 0) continue;
            // A single one among thousands is seen, too.
            const double high = std::max(1.5, bins[i] / most * room.height());
            const double left = room.left() + static_cast<double>(i) * wide;
            painter->fillRect(QRectF(left, room.bottom() - high, std::max(1.0, wide - 0.5), high),
                              panelStyle().running);
        }
    }
};

LatencyView::LatencyView(QWidget* parent)
    : QWidget(parent),
      kinds_(new ChoiceBox(this)),
      table_(new QTableView(this)),
      delegate_(new SpreadDelegate(this)),
      chart_(new LatencyChart(this)) {
    kinds_->setAccessibleName(tr("Which lengths of time"));
    kinds_->addItem(tr("Ready, not run"), int(LatencyKind::ready));
    kinds_->addItem(tr("Steps"), int(LatencyKind::steps));
    kinds_->addItem(tr("Waits"), int(LatencyKind::waits));
    kinds_->addItem(tr("Lives"), int(LatencyKind::lives));
    const QString tips[] = {tr("How long tasks were ready before they ran: the loop's lag"),
                            tr("How long each step ran, and all others had to wait"),
                            tr("From a co_await that had to wait until what it waited for was there"),
                            tr("From a task's creation to its end")};
    for (int i = 0; i < kinds_->count(); ++i) kinds_->setItemData(i, tips[i], Qt::ToolTipRole);
    table_->setModel(&model_);
    delegate_->setUp(*table_);
    table_->setAccessibleName(tr("Latencies by coroutine"));
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->installEventFilter(this);
    QHeaderView* header = table_->horizontalHeader();
    header->setMinimumSectionSize(48);
    header->setSortIndicator(LatencyModel::P99, Qt::DescendingOrder);
    table_->setSortingEnabled(true);
    header->setSectionResizeMode(LatencyModel::Spread, QHeaderView::Stretch);
    auto* left = new QVBoxLayout;
    left->setContentsMargins(0, 0, 0, 0);
    left->setSpacing(4);
    left->addWidget(kinds_, 0, Qt::AlignLeft);
    left->addWidget(table_, 1);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(8, 6, 0, 0);
    row->addLayout(left, 5);
    row->addWidget(chart_, 3);
    connect(kinds_, &QComboBox::currentIndexChanged, this, &LatencyView::kindChanged);
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& now) {
        const LatencyRow* row = model_.row(now.row());
        if (!row) return;
        chosen_ = row->definition;
        chart_->show(row, model_.least(), model_.greatest());
    });
    connect(&model_, &QAbstractItemModel::modelReset, this, &LatencyView::showChosen);
}

LatencyKind LatencyView::kind() const {
    return static_cast<LatencyKind>(kinds_->currentData().toInt());
}

void LatencyView::setKind(LatencyKind kind) {
    kinds_->setCurrentIndex(kinds_->findData(int(kind)));
}

void LatencyView::setRows(std::vector<LatencyRow> rows) {
    model_.setRows(std::move(rows));
}

void LatencyView::showChosen() {
    // Something is always chosen: what was, or else what stands first.
    fitNames();
    const int row = std::max(model_.rowOf(chosen_), 0);
    if (model_.row(row)) table_->setCurrentIndex(model_.index(row, 0));
    chart_->show(model_.row(row), model_.least(), model_.greatest());
    model_.headerDataChanged(Qt::Horizontal, LatencyModel::Spread, LatencyModel::Spread);
}

void LatencyView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    // The table has all the figures: where both are too much, the chart goes.
    chart_->setVisible(width() >= both_from);
    fitNames();
}

/// Names have the room they need, unless nothing were left for the spread or the chart; figures give way before they
/// do.
void LatencyView::fitNames() {
    constexpr int least = 90, count_wide = 76, length_wide = 68;
    const QAbstractItemView& view = *table_;  // of which it is public
    const int wanted = view.sizeHintForColumn(LatencyModel::Name);
    int others = 160;  // of the spread
    const bool narrow =
        width() < wanted + others + count_wide + length_wide * (LatencyModel::Spread - LatencyModel::P50);
    if (narrow) others = 100;
    for (int column = LatencyModel::Count; column < LatencyModel::Spread; ++column) {
        const int wide = column == LatencyModel::Count ? count_wide : length_wide;
        const int needed =
            std::max(view.sizeHintForColumn(column), table_->horizontalHeader()->sectionSizeHint(column));
        table_->setColumnWidth(column, narrow ? std::min(needed, wide) : wide);
        others += table_->columnWidth(column);
    }
    // The chart beside the table gives way, as far as it can be read.
    table_->setMinimumWidth(width() >= both_from ? std::min(wanted + others, width() - chart_least) : 0);
    layout()->activate();
    const int room = std::max(least, table_->viewport()->width() - others);
    table_->setColumnWidth(LatencyModel::Name, std::clamp(wanted, least, room));
}

void LatencyView::setTimelineStyle(const TimelineStyle& style) {
    chart_->setTimelineStyle(style);
}

void LatencyView::setPanelStyle(const PanelStyle& style) {
    delegate_->setPanelStyle(style);
    table_->viewport()->update();
}

bool LatencyView::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->matches(QKeySequence::Copy)) {
        auto* both = new QMimeData;
        both->setText(model_.table());
        both->setImageData(grab().toImage());
        QApplication::clipboard()->setMimeData(both);
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace awaitscope::ui
