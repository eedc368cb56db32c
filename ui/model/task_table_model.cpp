// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/task_table_model.hpp"

#include <algorithm>

#include "instrumentation/exporter/task_words.hpp"
#include "ui/model/format.hpp"

namespace awaitscope::ui {
namespace {

constexpr int mend_ms = 250;

Nanoseconds ageAt(const Trace& trace, TaskIndex index, EventIndex cursor) {
    const Task& task = trace.tasks()[index];
    return std::min(task.done, trace.time_at(cursor)) - task.created;
}

QString waitsFor(const Trace& trace, TaskIndex task, EventIndex cursor) {
    return QString::fromStdString(waits_for_text(trace, task, cursor));
}

}  // namespace

TaskTableModel::TaskTableModel(TraceSession& session, ViewState& view, QObject* parent)
    : QAbstractTableModel(parent), session_(session), view_(view) {
    mend_.setSingleShot(true);
    mend_.setInterval(mend_ms);
    connect(&mend_, &QTimer::timeout, this, &TaskTableModel::mend);
    connect(&view_, &ViewState::cursorChanged, this, [this] { moveTo(view_.cursor()); });
    moveTo(view_.cursor());
}

int TaskTableModel::rowCount(const QModelIndex& parent) const {
    if (parent.isValid()) return 0;
    return static_cast<int>(inOrderOfCreation() ? count_ : rows_.size());
}

int TaskTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

TaskIndex TaskTableModel::taskOf(int row) const {
    if (row < 0 || row >= rowCount()) return no_task;
    return inOrderOfCreation() ? static_cast<TaskIndex>(row) : rows_[static_cast<std::size_t>(row)];
}

int TaskTableModel::rowOf(TaskIndex task) const {
    if (inOrderOfCreation()) return task < count_ ? static_cast<int>(task) : -1;
    const auto found = std::ranges::find(rows_, task);
    return found == rows_.end() ? -1 : static_cast<int>(found - rows_.begin());
}

QVariant TaskTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) return {};
    static constexpr const char* names[] = {"task", "state", "waits for", "at", "resumed", "running", "age"};
    static constexpr const char* tips[] = {"The task's name",
                                           "What it does at the cursor",
                                           "What it waits for, or its place in the ready queue",
                                           "The line of its last co_await",
                                           "How many steps it has run",
                                           "How long it has run, all steps together",
                                           "How long ago it was created; how long it lived, if it has ended"};
    switch (role) {
        case Qt::DisplayRole:
            return QString::fromLatin1(names[section]);
        case Qt::ToolTipRole:
            return QString::fromLatin1(tips[section]);
        case Qt::TextAlignmentRole:
            return int(section >= Resumed ? Qt::AlignRight : Qt::AlignLeft) | int(Qt::AlignVCenter);
        default:
            return {};
    }
}

QVariant TaskTableModel::data(const QModelIndex& index, int role) const {
    // Asked for nothing: views do that. (checkIndex() would warn of it.)
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const TaskIndex task = taskOf(index.row());
    switch (role) {
        case Qt::TextAlignmentRole:
            return int(index.column() >= Resumed ? Qt::AlignRight : Qt::AlignLeft) | int(Qt::AlignVCenter);
        case TaskRole:
            return task;
        default:
            break;
    }
    const auto trace = session_.trace();
    switch (role) {
        case Qt::DisplayRole:
        case Qt::AccessibleTextRole:
            return display(*trace, task, index.column());
        case Qt::ToolTipRole:
            switch (index.column()) {
                case Running:
                    return formatExact(trace->tally_at(task, cursor_).running_ns);
                case Age:
                    return formatExact(ageAt(*trace, task, cursor_));
                case Name:
                    return QString("%1 · %2").arg(taskName(*trace, task), coroutineName(*trace, task));
                default:
                    return display(*trace, task, index.column());
            }
        case StateRole:
            return static_cast<int>(trace->at(task, cursor_).state);
        case WaitKindRole: {
            const TaskMoment moment = trace->at(task, cursor_);
            return static_cast<int>(moment.state == TaskState::waiting ? moment.span->on : WaitKind::none);
        }
        case PlaceRole:
            return trace->place_at(task, cursor_);
        default:
            return {};
    }
}

QVariant TaskTableModel::display(const Trace& trace, TaskIndex task, int column) const {
    switch (column) {
        case Name:
            return taskName(trace, task);
        case State:
            return toQString(to_string(trace.at(task, cursor_).state));
        case WaitsFor: {
            const TaskState state = trace.at(task, cursor_).state;
            if (state == TaskState::failed) return toQString(trace.symbols().string(trace.tasks()[task].error));
            if (state != TaskState::ready) return waitsFor(trace, task, cursor_);
            const auto& places = queuePlaces(trace);
            const auto place = places.find(task);
            return place == places.end()
                       ? QString()
                       : QString::fromStdString(queue_place_text(static_cast<std::size_t>(place->second)));
        }
        case At:
            return placeText(trace, trace.place_at(task, cursor_));
        case Resumed:
            return formatCount(trace.tally_at(task, cursor_).resumed);
        case Running:
            return formatDuration(trace.tally_at(task, cursor_).running_ns);
        case Age:
            return formatDuration(ageAt(trace, task, cursor_));
        default:
            return {};
    }
}

const std::unordered_map<TaskIndex, int>& TaskTableModel::queuePlaces(const Trace& trace) const {
    if (!queue_known_ || queue_cursor_ != cursor_) {
        queue_places_.clear();
        int place = 0;
        for (TaskIndex task : trace.ready_queue_at(cursor_)) queue_places_.emplace(task, place++);
        queue_cursor_ = cursor_;
        queue_known_ = true;
    }
    return queue_places_;
}

void TaskTableModel::moveTo(EventIndex cursor) {
    cursor_ = cursor;
    const TaskIndex count = session_.trace()->task_count_at(cursor);
    if (count < count_) dropTasksFrom(count);
    if (count > count_) addTasks(count_, count);
    if (rowCount() > 0) emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    if (!inOrderOfCreation()) scheduleMend();
}

void TaskTableModel::addTasks(TaskIndex from, TaskIndex to) {
    if (inOrderOfCreation()) {
        beginInsertRows({}, static_cast<int>(from), static_cast<int>(to) - 1);
        count_ = to;
        endInsertRows();
        return;
    }
    std::vector<TaskIndex> added;
    {
        const auto trace = session_.trace();
        for (TaskIndex task = from; task < to; ++task)
            if (passes(*trace, task)) added.push_back(task);
    }
    count_ = to;
    if (added.empty()) return;
    beginInsertRows({}, static_cast<int>(rows_.size()), static_cast<int>(rows_.size() + added.size()) - 1);
    rows_.insert(rows_.end(), added.begin(), added.end());
    endInsertRows();
}

void TaskTableModel::dropTasksFrom(TaskIndex from) {
    if (inOrderOfCreation()) {
        beginRemoveRows({}, static_cast<int>(from), static_cast<int>(count_) - 1);
        count_ = from;
        endRemoveRows();
        return;
    }
    count_ = from;
    std::vector<TaskIndex> left;
    std::ranges::copy_if(rows_, std::back_inserter(left), [&](TaskIndex task) { return task < from; });
    takeRows(std::move(left));
}

bool TaskTableModel::passes(const Trace& trace, TaskIndex task) const {
    if (!ended_shown_ && is_done(trace.at(task, cursor_).state)) return false;
    return filter_.isEmpty() || taskName(trace, task).contains(filter_, Qt::CaseInsensitive) ||
           coroutineName(trace, task).contains(filter_, Qt::CaseInsensitive);
}

std::vector<TaskIndex> TaskTableModel::wantedRows(const Trace& trace) const {
    std::vector<TaskIndex> rows;
    for (TaskIndex task = 0; task < count_; ++task)
        if (!filtered() || passes(trace, task)) rows.push_back(task);
    sortRows(trace, rows);
    return rows;
}

void TaskTableModel::sortRows(const Trace& trace, std::vector<TaskIndex>& rows) const {
    if (sort_column_ < 0) return;
    // Keys are made once a row: a comparison that asked the trace would ask it a million times.
    const auto sort_by = [&](auto key_of) {
        using Key = decltype(key_of(TaskIndex{}));
        std::vector<std::pair<Key, TaskIndex>> keyed;
        keyed.reserve(rows.size());
        for (TaskIndex task : rows) keyed.emplace_back(key_of(task), task);
        if (sort_order_ == Qt::AscendingOrder)
            std::ranges::stable_sort(keyed, [](const auto& a, const auto& b) { return a.first < b.first; });
        else
            std::ranges::stable_sort(keyed, [](const auto& a, const auto& b) { return b.first < a.first; });
        std::ranges::transform(keyed, rows.begin(), [](const auto& pair) { return pair.second; });
    };
    switch (sort_column_) {
        case State:
            sort_by([&](TaskIndex t) { return trace.at(t, cursor_).state; });
            break;
        case Resumed:
            sort_by([&](TaskIndex t) { return trace.tally_at(t, cursor_).resumed; });
            break;
        case Running:
            sort_by([&](TaskIndex t) { return trace.tally_at(t, cursor_).running_ns; });
            break;
        case Age:
            sort_by([&](TaskIndex t) { return ageAt(trace, t, cursor_); });
            break;
        default:
            sort_by([&](TaskIndex t) { return display(trace, t, sort_column_).toString(); });
            break;
    }
}

void TaskTableModel::sort(int column, Qt::SortOrder order) {
    if (column >= ColumnCount) return;
    column = std::max(column, -1);
    if (inOrderOfCreation()) {
        if (column < 0) return;
        rows_.resize(count_);
        for (TaskIndex task = 0; task < count_; ++task) rows_[task] = task;
    }
    sort_column_ = column;
    sort_order_ = order;
    if (inOrderOfCreation()) {
        std::vector<TaskIndex> rows(count_);
        for (TaskIndex task = 0; task < count_; ++task) rows[task] = task;
        reorder(std::move(rows));
        rows_.clear();
        return;
    }
    mend();
}

void TaskTableModel::setFilter(const QString& text) {
    if (text == filter_) return;
    beginResetModel();
    filter_ = text;
    rows_.clear();
    if (!inOrderOfCreation()) rows_ = wantedRows(*session_.trace());
    endResetModel();
}

void TaskTableModel::setEndedShown(bool shown) {
    if (shown == ended_shown_) return;
    beginResetModel();
    ended_shown_ = shown;
    rows_.clear();
    if (!inOrderOfCreation()) rows_ = wantedRows(*session_.trace());
    endResetModel();
}

void TaskTableModel::scheduleMend() {
    if (!mend_.isActive()) mend_.start();
}

void TaskTableModel::mend() {
    mend_.stop();
    if (inOrderOfCreation()) return;
    std::vector<TaskIndex> rows = wantedRows(*session_.trace());
    takeRows(std::move(rows));
}

void TaskTableModel::takeRows(std::vector<TaskIndex> wanted) {
    std::vector<TaskIndex> sorted = wanted;
    std::ranges::sort(sorted);
    const auto stays = [&](TaskIndex task) { return std::ranges::binary_search(sorted, task); };
    for (std::size_t last = rows_.size(); last > 0;) {
        if (stays(rows_[last - 1])) {
            --last;
            continue;
        }
        std::size_t first = last - 1;
        while (first > 0 && !stays(rows_[first - 1])) --first;
        beginRemoveRows({}, static_cast<int>(first), static_cast<int>(last) - 1);
        rows_.erase(rows_.begin() + static_cast<std::ptrdiff_t>(first),
                    rows_.begin() + static_cast<std::ptrdiff_t>(last));
        endRemoveRows();
        last = first;
    }
    std::vector<TaskIndex> shown = rows_;
    std::ranges::sort(shown);
    std::vector<TaskIndex> added;
    std::ranges::set_difference(sorted, shown, std::back_inserter(added));
    if (!added.empty()) {
        beginInsertRows({}, static_cast<int>(rows_.size()), static_cast<int>(rows_.size() + added.size()) - 1);
        rows_.insert(rows_.end(), added.begin(), added.end());
        endInsertRows();
    }
    if (wanted != rows_) reorder(std::move(wanted));
}

void TaskTableModel::reorder(std::vector<TaskIndex> rows) {
    emit layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    std::unordered_map<TaskIndex, int> place;
    const QModelIndexList before = persistentIndexList();
    std::vector<TaskIndex> held;
    for (const QModelIndex& index : before) held.push_back(rows_[static_cast<std::size_t>(index.row())]);
    rows_ = std::move(rows);
    if (!before.isEmpty())
        for (std::size_t row = 0; row < rows_.size(); ++row) place.emplace(rows_[row], static_cast<int>(row));
    QModelIndexList after;
    for (qsizetype i = 0; i < before.size(); ++i)
        after.push_back(createIndex(place.at(held[static_cast<std::size_t>(i)]), before[i].column()));
    changePersistentIndexList(before, after);
    emit layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

}  // namespace awaitscope::ui
