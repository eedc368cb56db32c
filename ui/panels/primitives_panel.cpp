// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/primitives_panel.hpp"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QScopedValueRollback>
#include <QScrollArea>
#include <QTableView>
#include <algorithm>

#include "ui/model/primitive_words.hpp"
#include "ui/panels/empty_state.hpp"
#include "ui/panels/filter_field.hpp"
#include "ui/panels/primitive_details.hpp"
#include "ui/panels/row_delegate.hpp"
#include "ui/panels/sparkline.hpp"

namespace awaitscope::ui {

class PrimitiveDelegate : public RowDelegate {
  public:
    using RowDelegate::RowDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        RowDelegate::paint(painter, option, index);
        if (index.column() != PrimitiveTableModel::Level) return;
        const auto levels = index.data(PrimitiveTableModel::HistoryRole).value<QList<double>>();
        if (levels.isEmpty()) return;
        const double bound = index.data(PrimitiveTableModel::MaxRole).toDouble();
        const double top = std::max({1.0, *std::ranges::max_element(levels), bound});
        painter->save();
        paintSparkline(*painter, QRectF(option.rect).adjusted(8, 5, -8, -4), levels, top, 0, panelStyle().queue,
                       panelStyle().line);
        painter->restore();
    }

  protected:
    QColor dotOf(const QModelIndex& index) const override {
        if (index.column() != PrimitiveTableModel::Kind) return {};
        return panelStyle().wait(
            waitKindOf(static_cast<SyncKind>(index.data(PrimitiveTableModel::SyncKindRole).toInt())));
    }
};

PrimitivesPanel::PrimitivesPanel(TraceSession& session, ViewState& view, QWidget* parent)
    : QWidget(parent), session_(session), view_(view), model_(session, view) {
    setObjectName("primitivesPanel");
    filter_ = new FilterField(view_, "primitives", tr("Filter"), tr("Filter primitives by name or kind"), this);
    table_ = new QTableView(this);
    delegate_ = new PrimitiveDelegate(this);
    table_->setModel(&model_);
    delegate_->setUp(*table_);
    table_->setAccessibleName(tr("Primitives"));
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    QHeaderView* header = table_->horizontalHeader();
    header->setMinimumSectionSize(56);
    header->setSortIndicator(-1, Qt::AscendingOrder);
    header->setSortIndicatorClearable(true);
    table_->setSortingEnabled(true);
    const std::pair<int, int> widths[] = {{PrimitiveTableModel::Waiting, 66}, {PrimitiveTableModel::Level, 96}};
    RowDelegate::setWidths(*table_, widths);
    level_width_ = table_->columnWidth(PrimitiveTableModel::Level);
    header->setSectionResizeMode(PrimitiveTableModel::State, QHeaderView::Stretch);
    connect(header, &QHeaderView::sectionResized, this, [this](int column) {
        fitted_by_hand_ |= !fitting_ && (column == PrimitiveTableModel::Kind || column == PrimitiveTableModel::Name);
    });
    details_ = new PrimitiveDetails;
    side_ = new QScrollArea(this);
    side_->setWidgetResizable(true);
    side_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    side_->setFocusPolicy(Qt::NoFocus);
    side_->setWidget(details_);
    empty_ = new EmptyState({}, {}, this);
    auto* rule = new QFrame(this);
    rule->setProperty("class", "vrule");
    rule_ = rule;
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(8, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(table_, 5);
    row->addWidget(rule_);
    row->addWidget(side_, 3);
    row->addWidget(empty_);

    connect(filter_, &QLineEdit::textChanged, &model_, &PrimitiveTableModel::setFilter);
    connect(&model_, &PrimitiveTableModel::shown, this, &PrimitivesPanel::showRows);
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& now) {
        if (const PrimitiveMoment* row = model_.primitive(now.row()); row && table_->hasFocus()) {
            chosen_ = row->id;
            showDetails();
        }
    });
    connect(table_, &QTableView::activated, this, &PrimitivesPanel::goToLast);
    connect(details_, &PrimitiveDetails::taskChosen, &view_, &ViewState::setSelectedTask);
    connect(details_, &PrimitiveDetails::momentChosen, &view_, &ViewState::setCursor);
    showRows();
}

QString PrimitivesPanel::about() {
    return tr(
        "What tasks wait for each other at: locks with their owner, queues and how full they are, semaphores, events, "
        "conditions, barriers; and who waits, first come first. Choose one to see more of it; click a waiter to select "
        "the task; double-click a row, or press Return, to go to where it was last acquired or put into. A semaphore's "
        "value is known once a task has had to wait for it.");
}

void PrimitivesPanel::setPanelStyle(const PanelStyle& style) {
    delegate_->setPanelStyle(style);
    details_->setPanelStyle(style);
    table_->viewport()->update();
    showDetails();
}

void PrimitivesPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    model_.setActive(true);
}

void PrimitivesPanel::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    model_.setActive(false);
}

void PrimitivesPanel::choose(Id id) {
    chosen_ = id;
    if (model_.rowOf(id) < 0 && !filter_->text().isEmpty()) filter_->clear();
    showRows();
}

void PrimitivesPanel::showRows() {
    const bool empty = model_.rowCount() == 0;
    if (empty && !filter_->text().isEmpty())
        empty_->setText(tr("Nothing fits the filter"), {});
    else
        empty_->setText(tr("No lock or queue yet"),
                        tr("Locks, events, conditions, semaphores, barriers and queues are listed here from the moment "
                           "when the program first uses one."));
    empty_->setVisible(empty);
    layout()->setContentsMargins(empty ? 0 : 8, 0, 0, 0);
    for (QWidget* widget : {static_cast<QWidget*>(table_), rule_, static_cast<QWidget*>(side_)})
        widget->setVisible(!empty);
    // Something is always chosen: what the user chose, or else what most wait for.
    int row = model_.rowOf(chosen_);
    if (row < 0) {
        std::size_t most = 0;
        for (int i = 0; i < model_.rowCount(); ++i)
            if (const std::size_t count = model_.primitive(i)->waiters.size(); row < 0 || count > most)
                row = i, most = count;
    }
    if (row >= 0 && table_->currentIndex().row() != row) table_->setCurrentIndex(model_.index(row, 0));
    fitColumns();
    showDetails();
}

void PrimitivesPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitColumns();
}

/// What a primitive is and how it is called have the room they need, and its state some; where that is all there is,
/// levels are left to the side that shows them large.
void PrimitivesPanel::fitColumns() {
    if (fitted_by_hand_ || table_->isHidden()) return;
    const QScopedValueRollback guard(fitting_, true);
    layout()->activate();
    constexpr int kind_least = 92, name_least = 80, state_least = 120;
    const QAbstractItemView& view = *table_;  // of which it is public
    const int kind = std::max(kind_least, view.sizeHintForColumn(PrimitiveTableModel::Kind));
    const int name = std::max(name_least, view.sizeHintForColumn(PrimitiveTableModel::Name));
    const int room = table_->viewport()->width() - kind - table_->columnWidth(PrimitiveTableModel::Waiting);
    table_->setColumnHidden(PrimitiveTableModel::Level, room - name - state_least < level_width_);
    table_->setColumnWidth(PrimitiveTableModel::Kind, kind);
    table_->setColumnWidth(PrimitiveTableModel::Name,
                           std::clamp(name, name_least, std::max(name_least, room - state_least)));
}

void PrimitivesPanel::showDetails() {
    const PrimitiveMoment* row = model_.primitive(table_->currentIndex().row());
    if (row) details_->show(*session_.trace(), *row, model_.shownCursor(), view_.places());
}

void PrimitivesPanel::goToLast() {
    const PrimitiveMoment* row = model_.primitive(table_->currentIndex().row());
    if (!row) return;
    const EventKind kind = row->kind == SyncKind::queue ? EventKind::queue_put : EventKind::sync_acquired;
    const EventIndex found = lastOfPrimitive(*session_.trace(), row->id, kind, view_.cursor());
    if (found != no_event) view_.setCursor(found);
}

}  // namespace awaitscope::ui
