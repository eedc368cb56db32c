// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/task_table_model.hpp"

#include <QElapsedTimer>
#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "ui/model/format.hpp"
#include "ui/model/plain_tip.hpp"

namespace awaitscope::ui {
namespace {

constexpr int mend_ms = 250;
/// Runs of rows that go one by one; of more of them the table is made anew.
constexpr int runs_most = 64;

}  // namespace

TaskTableModel::TaskTableModel(TraceSession& session, ViewState& view, QObject* parent)
    : QAbstractTableModel(parent), session_(session), view_(view) {
    mend_.setSingleShot(true);
    mend_.setInterval(mend_ms);
    connect(&mend_, &QTimer::timeout, this, &TaskTableModel::mend);
    connect(&view_, &ViewState::cursorChanged, this, [this] { moveTo(view_.cursor()); });
    connect(&view_, &ViewState::placesChanged, this, [this] {
        if (rowCount() > 0) emit dataChanged(index(0, At), index(rowCount() - 1, At));
        if (sort_column_ == At) scheduleMend();
    });
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
    static constexpr const char* names[] = {QT_TR_NOOP("task"),    QT_TR_NOOP("state"), QT_TR_NOOP("waits for"),
                                            QT_TR_NOOP("at"),      QT_TR_NOOP("loop"),  QT_TR_NOOP("resumed"),
                                            QT_TR_NOOP("running"), QT_TR_NOOP("age")};
    static constexpr const char* tips[] = {
        QT_TR_NOOP("The task's name"),
        QT_TR_NOOP("What it does at the cursor"),
        QT_TR_NOOP("What it waits for, or its place in the ready queue"),
        QT_TR_NOOP("The line of its last co_await"),
        QT_TR_NOOP("The loop that runs it, and the loop's process"),
        QT_TR_NOOP("How many steps it has run"),
        QT_TR_NOOP("How long it has run, all steps together"),
        QT_TR_NOOP(
            "How long ago it was created; how long it lived, if it has ended. >: it is older than the recording")};
    switch (role) {
        case Qt::DisplayRole:
            return tr(names[section]);
        case Qt::ToolTipRole:
            return tr(tips[section]);
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
                    return (trace->tasks()[task].older ? tr("Longer than %1: it is older than the recording")
                                                       : QStringLiteral("%1"))
                        .arg(formatExact(taskAge(*trace, task, cursor_)));
                case Name:
                    return plainTip(QString("%1 · %2").arg(taskName(*trace, task), coroutineName(*trace, task)));
                case At:
                    return plainTip(view_.places().fullText(*trace, trace->place_at(task, cursor_)));
                default:
                    return plainTip(display(*trace, task, index.column()));
            }
        case StateRole:
            return static_cast<int>(trace->at(task, cursor_).state);
        case WaitKindRole: {
            const TaskMoment moment = trace->at(task, cursor_);
            return static_cast<int>(moment.state == TaskState::waiting ? moment.span->on : WaitKind::none);
        }
        case PlaceRole:
            return trace->place_at(task, cursor_);
        case ShortPlaceRole:
            return view_.places().shortText(*trace, trace->place_at(task, cursor_));
        default:
            return {};
    }
}

QString TaskTableModel::display(const Trace& trace, TaskIndex task, int column) const {
    if (column == WaitsFor && (!queue_known_ || queue_cursor_ != cursor_)) {
        queue_places_ = queuePlaces(trace, cursor_);
        queue_cursor_ = cursor_;
        queue_known_ = true;
    }
    return taskCell(trace, task, cursor_, static_cast<TaskColumn>(column), queue_places_, view_.places());
}

TaskQuery TaskTableModel::query() const {
    return {
        cursor_,       count_,  sort_column_ < 0 ? std::nullopt : std::optional(static_cast<TaskColumn>(sort_column_)),
        sort_order_,   filter_, ended_shown_,
        view_.places()};
}

LookAtTrace TaskTableModel::look() const {
    return [&session = session_](const std::function<void(const Trace&)>& use) { use(*session.trace()); };
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
    if (to - from <= at_once_most) {  // else they come when the table is mended
        const TaskQuery wanted = query();
        const auto trace = session_.trace();
        for (TaskIndex task = from; task < to; ++task)
            if (taskPasses(*trace, task, wanted)) added.push_back(task);
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

void TaskTableModel::sort(int column, Qt::SortOrder order) {
    if (column >= ColumnCount) return;
    column = std::max(column, -1);
    if (inOrderOfCreation()) {
        if (column < 0) return;
        rows_.resize(count_);
        std::iota(rows_.begin(), rows_.end(), TaskIndex{0});
    }
    sort_column_ = column;
    sort_order_ = order;
    if (inOrderOfCreation()) {
        work_.cancel();
        std::vector<TaskIndex> rows(count_);
        std::iota(rows.begin(), rows.end(), TaskIndex{0});
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
    refill();
}

void TaskTableModel::setEndedShown(bool shown) {
    if (shown == ended_shown_) return;
    beginResetModel();
    ended_shown_ = shown;
    refill();
}

void TaskTableModel::refill() {
    work_.cancel();
    rows_.clear();
    if (!inOrderOfCreation() && count_ <= at_once_most) rows_ = *taskRows(look(), query(), [] { return false; });
    endResetModel();
    if (count_ > at_once_most) mend();
}

void TaskTableModel::scheduleMend() {
    if (!mend_.isActive()) mend_.start();
}

void TaskTableModel::mend() {
    mend_.stop();
    if (inOrderOfCreation()) return;
    if (count_ <= at_once_most) {
        takeRows(*taskRows(look(), query(), [] { return false; }));
        return;
    }
    work_.start([this, asked = query(), look = look()]() -> TraceJob::Deliver {
        QElapsedTimer clock;
        clock.start();
        auto rows = taskRows(look, asked, [this] { return work_.isCancelled(); });
        if (!rows) return [] {};
        return [this, asked, rows = std::move(*rows), took = static_cast<int>(clock.elapsed())]() mutable {
            arrived(asked, std::move(rows), took);
        };
    });
}

void TaskTableModel::arrived(const TaskQuery& asked, std::vector<TaskIndex> rows, int took_ms) {
    TaskQuery now = query();
    const bool moved = now.cursor != asked.cursor || now.count != asked.count;
    now.cursor = asked.cursor;
    now.count = asked.count;
    if (inOrderOfCreation() || now != asked) return;
    // The cursor has moved on meanwhile: tasks that came since stand at the end, and all is looked at again soon.
    std::erase_if(rows, [&](TaskIndex task) { return task >= count_; });
    std::ranges::copy_if(rows_, std::back_inserter(rows), [&](TaskIndex task) { return task >= asked.count; });
    takeRows(std::move(rows));
    emit mended();
    mend_.setInterval(std::max(mend_ms, 4 * took_ms));
    if (moved) scheduleMend();
}

void TaskTableModel::takeRows(std::vector<TaskIndex> wanted) {
    const auto among = [this](const std::vector<TaskIndex>& rows) {
        std::vector<bool> set(count_);
        for (const TaskIndex task : rows)
            if (task < count_) set[task] = true;
        return set;
    };
    const std::vector<bool> in_wanted = among(wanted), in_rows = among(rows_);
    const auto stays = [&](TaskIndex task) { return task < count_ && in_wanted[task]; };
    int runs = 0;
    for (std::size_t i = 0; i < rows_.size(); ++i) runs += !stays(rows_[i]) && (i == 0 || stays(rows_[i - 1]));
    if (runs > runs_most) {
        beginResetModel();
        rows_ = std::move(wanted);
        endResetModel();
        return;
    }
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
    std::vector<TaskIndex> added;
    std::ranges::copy_if(wanted, std::back_inserter(added), [&](TaskIndex task) { return !in_rows[task]; });
    if (!added.empty()) {
        beginInsertRows({}, static_cast<int>(rows_.size()), static_cast<int>(rows_.size() + added.size()) - 1);
        rows_.insert(rows_.end(), added.begin(), added.end());
        endInsertRows();
    }
    if (wanted != rows_) reorder(std::move(wanted));
}

void TaskTableModel::reorder(std::vector<TaskIndex> rows) {
    emit layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    std::unordered_map<TaskIndex, int> places;  // of the few rows that somebody holds on to
    std::vector<TaskIndex> held;
    for (const QModelIndex& index : before) {
        held.push_back(rows_[static_cast<std::size_t>(index.row())]);
        places.emplace(held.back(), 0);
    }
    rows_ = std::move(rows);
    for (std::size_t row = 0; row < rows_.size() && !places.empty(); ++row)
        if (const auto place = places.find(rows_[row]); place != places.end()) place->second = static_cast<int>(row);
    QModelIndexList after;
    for (qsizetype i = 0; i < before.size(); ++i)
        after.push_back(createIndex(places.at(held[static_cast<std::size_t>(i)]), before[i].column()));
    changePersistentIndexList(before, after);
    emit layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

}  // namespace awaitscope::ui
