// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/compare_tables.hpp"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/model/format.hpp"
#include "ui/panels/empty_state.hpp"
#include "ui/panels/row_delegate.hpp"

namespace awaitscope::ui {
namespace {

constexpr int verdict_least = 92;  ///< pixels of the first column

}  // namespace

/// A verdict has its colour beside its word.
class DiffDelegate : public RowDelegate {
  public:
    using RowDelegate::RowDelegate;

  protected:
    QColor dotOf(const QModelIndex& index) const override { return index.column() == 0 ? colorOf(index) : QColor(); }
    QColor textColorOf(const QModelIndex& index) const override {
        return index.column() == 0 ? panelStyle().text : colorOf(index);
    }
    QFont fontOf(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        QFont font = option.font;
        if (verdictOf(index) != Verdict::same) font.setWeight(QFont::DemiBold);
        return font;
    }

  private:
    static Verdict verdictOf(const QModelIndex& index) {
        return static_cast<Verdict>(index.data(DiffModel::VerdictRole).toInt());
    }
    QColor colorOf(const QModelIndex& index) const {
        switch (verdictOf(index)) {
            case Verdict::slower:
                return panelStyle().failed;
            case Verdict::faster:
                return panelStyle().finished;
            case Verdict::gone:
                return panelStyle().textFaint;
            case Verdict::added:
                return panelStyle().accent;
            case Verdict::same:
                break;
        }
        return panelStyle().text;
    }
};

CompareTables::CompareTables(QWidget* parent)
    : QTabWidget(parent), delegate_(new DiffDelegate(this)), all_(new QToolButton(this)) {
    addPage(Tab::coroutines, coroutines_,
            {.title = tr("Coroutines"), .same = tr("All %1 coroutines are in both, and none is slower or faster.")},
            {92, 150, 190, 110, 160, 160, 160, 160}, DiffModel::Coroutine);
    addPage(Tab::lines, lines_,
            {.title = tr("Lines"), .same = tr("All %1 lines are in both, and none is slower or faster.")},
            {92, 150, 190, 110, 160, 160, 160, 160}, DiffModel::Coroutine);
    addPage(Tab::findings, findings_, {.title = tr("Findings"), .same = tr("All %1 findings are in both.")},
            {92, 240, 300, 180, 150}, DiffFindingsModel::What);
    for (const Tab tab : {Tab::coroutines, Tab::lines})
        connect(
            table(tab)->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& index) { emit functionChosen(index.data(DiffModel::FunctionRole).toString()); });
    QTableView* findings = table(Tab::findings);
    connect(findings->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &CompareTables::chooseFinding);
    connect(findings, &QTableView::activated, this, &CompareTables::chooseFinding);
    all_->setProperty("class", "framed small");
    all_->setCheckable(true);
    all_->setText(tr("Show all"));
    all_->setToolTip(tr("Show what does not differ, too"));
    auto* corner = new QWidget(this);
    auto* line = new QHBoxLayout(corner);
    line->setContentsMargins(0, 0, 10, 0);
    line->addWidget(all_);
    setCornerWidget(corner);
    connect(all_, &QToolButton::toggled, this, &CompareTables::fill);
}

void CompareTables::addPage(Tab tab, QAbstractItemModel& model, const Page& words, std::initializer_list<int> widths,
                            int stretch) {
    Page& page = pages_[static_cast<std::size_t>(tab)];
    page = words;
    auto* box = new QWidget(this);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    page.table = new QTableView(box);
    page.table->setModel(&model);
    delegate_->setUp(*page.table);
    page.table->setAccessibleName(tr("What differs: %1").arg(page.title));
    page.table->setSelectionMode(QAbstractItemView::SingleSelection);
    page.table->horizontalHeader()->setSectionResizeMode(stretch, QHeaderView::Stretch);
    int at = 0;
    for (const int width : widths) page.table->setColumnWidth(at++, width);
    page.empty = new EmptyState(tr("Comparing..."), tr("Both recordings are read to their end first."), box);
    column->addWidget(page.table);
    column->addWidget(page.empty);
    page.table->hide();
    addTab(box, page.title);
}

void CompareTables::setDiff(TraceDiff diff) {
    diff_ = std::move(diff);
    fill();
}

void CompareTables::fill() {
    if (!diff_) return;
    coroutines_.setRows(diff_->coroutines, all_->isChecked());
    lines_.setRows(diff_->lines, all_->isChecked());
    findings_.setRows(diff_->findings, all_->isChecked());
    fillPage(Tab::coroutines, diff_->coroutines.size());
    fillPage(Tab::lines, diff_->lines.size());
    fillPage(Tab::findings, diff_->findings.size());
}

void CompareTables::fillPage(Tab tab, std::size_t all) {
    const Page& page = pages_[static_cast<std::size_t>(tab)];
    const int rows = page.table->model()->rowCount();
    setTabText(indexOf(page.empty->parentWidget()), tr("%1 (%2)").arg(page.title, formatCount(rows)));
    page.table->setVisible(rows > 0);
    page.empty->setVisible(rows == 0);
    // What became of it is the first word of each row, in some languages a long one.
    const QAbstractItemView& view = *page.table;  // of which it is public
    page.table->setColumnWidth(0, std::max(verdict_least, view.sizeHintForColumn(0)));
    if (all == 0)
        page.empty->setText(tr("Neither has any"), {});
    else if (tab == Tab::findings)
        page.empty->setText(tr("Nothing differs"), page.same.arg(formatCount(all)));
    else
        page.empty->setText(tr("Nothing differs"),
                            tr("%1 What differs by less than %2 % or %3, or was measured too seldom to be told from "
                               "chance, counts as the same. \"Show all\" lists it.")
                                .arg(page.same.arg(formatCount(all)))
                                .arg(diff_->options.share * 100)
                                .arg(formatDuration(diff_->options.least)));
}

void CompareTables::chooseFinding(const QModelIndex& index) {
    if (index.isValid()) emit findingChosen(findings_.at(index.row()));
}

void CompareTables::setPanelStyle(const PanelStyle& style) {
    delegate_->setPanelStyle(style);
    for (const Page& page : pages_) page.table->viewport()->update();
}

}  // namespace awaitscope::ui
