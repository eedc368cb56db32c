// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/task_panel.hpp"

#include <QEvent>
#include <QHeaderView>
#include <QScopedValueRollback>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/model/format.hpp"
#include "ui/model/state_words.hpp"
#include "ui/panels/empty_state.hpp"
#include "ui/panels/filter_field.hpp"
#include "ui/panels/folded_note.hpp"
#include "ui/panels/row_delegate.hpp"

namespace awaitscope::ui {
namespace {

constexpr int time_least = 76;  ///< pixels of a column of times

}  // namespace

QString placeIn(const QString& place, const QString& shorter, const QFontMetrics& metrics, int width) {
    for (const QString& whole : {place, shorter})
        if (!whole.isEmpty() && metrics.horizontalAdvance(whole) <= width) return whole;
    const qsizetype colon = place.lastIndexOf(':');
    const QString line = colon < 0 ? QString() : place.mid(colon);
    return metrics.elidedText(place.chopped(line.size()), Qt::ElideMiddle, width - metrics.horizontalAdvance(line)) +
           line;
}

class TaskDelegate : public RowDelegate {
  public:
    using RowDelegate::RowDelegate;

  protected:
    QColor dotOf(const QModelIndex& index) const override {
        if (index.column() != TaskTableModel::State) return {};
        return panelStyle().state(stateOf(index),
                                  static_cast<WaitKind>(index.data(TaskTableModel::WaitKindRole).toInt()));
    }
    QColor textColorOf(const QModelIndex& index) const override {
        const TaskState state = stateOf(index);
        if (index.column() == TaskTableModel::WaitsFor && state != TaskState::waiting)
            return state == TaskState::failed ? panelStyle().failed : panelStyle().textFaint;
        return is_done(state) && index.column() != TaskTableModel::Name ? panelStyle().textSoft : panelStyle().text;
    }

    Qt::TextElideMode elideOf(const QModelIndex& index) const override {
        // At the end of a name stands the number that tells it from the next.
        return index.column() == TaskTableModel::Name ? Qt::ElideMiddle : Qt::ElideRight;
    }

    QString textIn(const QModelIndex& index, const QFontMetrics& metrics, int width) const override {
        if (index.column() != TaskTableModel::At) return RowDelegate::textIn(index, metrics, width);
        return placeIn(index.data().toString(), index.data(TaskTableModel::ShortPlaceRole).toString(), metrics, width);
    }

  private:
    static TaskState stateOf(const QModelIndex& index) {
        return static_cast<TaskState>(index.data(TaskTableModel::StateRole).toInt());
    }
};

TaskPanel::TaskPanel(TraceSession& session, ViewState& view, const QString& filter, QWidget* parent)
    : QWidget(parent), session_(session), view_(view), model_(session, view) {
    setObjectName("taskPanel");
    filter_ = new FilterField(view_, filter, tr("Filter tasks"), tr("Filter tasks by name, coroutine or state"), this);
    table_ = new QTableView(this);
    delegate_ = new TaskDelegate(this);
    table_->setModel(&model_);
    delegate_->setUp(*table_);
    table_->setAccessibleName(tr("Tasks"));
    table_->viewport()->installEventFilter(this);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setSortingEnabled(true);
    QHeaderView* header = table_->horizontalHeader();
    header->setSortIndicator(-1, Qt::AscendingOrder);
    header->setSortIndicatorClearable(true);
    header->setMinimumSectionSize(56);
    int state_width = 94;
    for (const TaskState state : {TaskState::running, TaskState::ready, TaskState::waiting, TaskState::finished,
                                  TaskState::cancelled, TaskState::failed})
        state_width = std::max(state_width, delegate_->widthWithDot(stateWord(state), table_->fontMetrics()));
    const std::pair<int, int> widths[] = {{TaskTableModel::State, state_width},
                                          {TaskTableModel::LoopName, 150},
                                          {TaskTableModel::Resumed, 80},
                                          {TaskTableModel::Running, time_least},
                                          {TaskTableModel::Age, time_least}};
    RowDelegate::setWidths(*table_, widths);
    header->setSectionResizeMode(TaskTableModel::WaitsFor, QHeaderView::Stretch);
    connect(header, &QHeaderView::sectionResized, this, [this](int column) {
        fitted_by_hand_ |= !fitting_ && (column == TaskTableModel::Name || column == TaskTableModel::At);
    });
    empty_ = new EmptyState(tr("No tasks yet"),
                            tr("Tasks are listed here once the cursor stands behind their creation."), this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 0, 8, 0);
    column->setSpacing(0);
    column->addWidget(table_);
    column->addWidget(empty_);
    column->addWidget(new FoldedNote(session, FoldedNote::Of::tasks, this));

    connect(filter_, &QLineEdit::textChanged, this, [this](const QString& text) {
        model_.setFilter(text);
        showEmptyState();
    });
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &TaskPanel::rowChosen);
    connect(table_, &QTableView::doubleClicked, this,
            [this](const QModelIndex& index) { emit taskActivated(model_.taskOf(index.row())); });
    connect(&view_, &ViewState::selectionChanged, this, &TaskPanel::showSelection);
    for (const auto changed : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&model_, changed, this, [this] {
            showEmptyState();
            showSelection();
        });
    const auto showAll = [this] {
        showEmptyState();
        showSelection();
    };
    connect(&model_, &QAbstractItemModel::modelReset, this, showAll);
    connect(&model_, &TaskTableModel::mended, this, showAll);
    showEmptyState();
    showSelection();
}

QString TaskPanel::about() {
    return tr(
        "Every task at the cursor: its state, what it waits for, the line where it stands, how often it ran and for "
        "how long. Select one to see it everywhere; double-click to zoom the timeline to its life.");
}

void TaskPanel::setPanelStyle(const PanelStyle& style) {
    delegate_->setPanelStyle(style);
    table_->viewport()->update();
}

void TaskPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitColumns();
}

bool TaskPanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == table_->viewport() && event->type() == QEvent::Resize) {
        fitRows();
        // From the top: what is in sight follows from the size, not from the sizes on the way to it.
        if (table_->selectionModel()->hasSelection()) {
            table_->scrollToTop();
            table_->scrollTo(table_->currentIndex());
        }
    }
    return QWidget::eventFilter(watched, event);
}

/// Rows are seen whole, also where the table is scrolled to its end: what is left of the height stays free.
void TaskPanel::fitRows() {
    QMargins margins = layout()->contentsMargins();
    const int height = table_->viewport()->height() + margins.bottom();
    margins.setBottom(height % table_->verticalHeader()->defaultSectionSize());
    layout()->setContentsMargins(margins);
}

/// Of what figures leave, names and places get a share each, and what is waited for the rest.
void TaskPanel::fitColumns() {
    if (fitted_by_hand_) return;
    const QScopedValueRollback guard(fitting_, true);
    int room = width() - 16;
    for (const int column : {TaskTableModel::State, TaskTableModel::LoopName, TaskTableModel::Resumed})
        room -= table_->columnWidth(column);
    // Minutes with their seconds, where they leave enough for words.
    constexpr int words_least = 300;
    const int minutes = table_->fontMetrics().horizontalAdvance(formatDuration(3'540'000'000'000)) + 18;
    const int time = room - 2 * minutes >= words_least ? std::max(minutes, time_least) : time_least;
    older_shown_ = someAreOlder();
    const int longer = older_shown_ ? table_->fontMetrics().horizontalAdvance('>') : 0;
    const std::pair<int, int> times[] = {{TaskTableModel::Running, time}, {TaskTableModel::Age, time + longer}};
    RowDelegate::setWidths(*table_, times);
    for (const auto& column : times) room -= table_->columnWidth(column.first);
    table_->setColumnWidth(TaskTableModel::Name, std::clamp(std::max(room * 3 / 10, std::min(room / 3, 118)), 96, 300));
    table_->setColumnWidth(TaskTableModel::At, std::clamp(room * 3 / 10, 96, 260));
}

/// Those that are older than the recording are the first of it.
bool TaskPanel::someAreOlder() const {
    const auto trace = session_.trace();
    return !trace->tasks().empty() && trace->tasks().front().older;
}

void TaskPanel::showEmptyState() {
    if (someAreOlder() != older_shown_) fitColumns();
    table_->setColumnHidden(TaskTableModel::LoopName, session_.trace()->loops().size() < 2);
    const bool empty = model_.rowCount() == 0;
    if (empty && model_.busy())
        empty_->setText(tr("Looking for tasks that fit..."), {});
    else if (empty && !filter_->text().isEmpty())
        empty_->setText(tr("No task fits the filter"), {});
    else
        empty_->setText(tr("No tasks yet"), tr("Tasks are listed here once the cursor stands behind their creation."));
    empty_->setVisible(empty);
    layout()->setContentsMargins(empty ? 0 : 8, 0, 8, empty ? 0 : layout()->contentsMargins().bottom());
    table_->setVisible(!empty);
}

void TaskPanel::showSelection() {
    const QScopedValueRollback guard(showing_selection_, true);
    const int row = view_.selectedTask() == no_task ? -1 : model_.rowOf(view_.selectedTask());
    if (row < 0) {
        table_->selectionModel()->clear();
        return;
    }
    if (table_->currentIndex().row() != row || !table_->selectionModel()->hasSelection()) table_->selectRow(row);
    table_->scrollTo(model_.index(row, 0));
}

void TaskPanel::rowChosen() {
    // Rows that come and go move the current one too: only the user's choice selects.
    if (showing_selection_ || !table_->hasFocus()) return;
    const TaskIndex task = model_.taskOf(table_->currentIndex().row());
    if (task != no_task) view_.setSelectedTask(task);
}

}  // namespace awaitscope::ui
