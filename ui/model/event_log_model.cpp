// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/event_log_model.hpp"

#include <QElapsedTimer>
#include <algorithm>

#include "instrumentation/exporter/event_text.hpp"
#include "ui/model/format.hpp"

namespace awaitscope::ui {
namespace {

constexpr qint64 slice_ms = 6;
/// A view's rows are counted in int.
constexpr EventIndex rows_max = 2'000'000'000;

QString eventTask(const Trace& trace, const Event& event) {
    if (event.task() == 0) return {};
    const TaskIndex task = trace.find_task(event.task());
    return task == no_task ? QString("task %1").arg(event.task()) : taskName(trace, task);
}

}  // namespace

EventLogModel::EventLogModel(TraceSession& session, QObject* parent) : QAbstractTableModel(parent), session_(session) {
    slice_.setInterval(0);
    connect(&slice_, &QTimer::timeout, this, &EventLogModel::takeSlice);
    connect(&session_, &TraceSession::grown, this, &EventLogModel::grow);
    grow();
}

int EventLogModel::rowCount(const QModelIndex& parent) const {
    if (parent.isValid()) return 0;
    return static_cast<int>(filtered() ? rows_.size() : seen_);
}

int EventLogModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant EventLogModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) return {};
    static constexpr const char* names[] = {"time", "loop", "task", "event", "details"};
    if (role == Qt::DisplayRole) return QString::fromLatin1(names[section]);
    if (role == Qt::TextAlignmentRole)
        return int(section == Time ? Qt::AlignRight : Qt::AlignLeft) | int(Qt::AlignVCenter);
    return {};
}

EventIndex EventLogModel::eventOf(int row) const {
    if (row < 0 || row >= rowCount()) return no_event;
    return filtered() ? rows_[static_cast<std::size_t>(row)] : static_cast<EventIndex>(row);
}

int EventLogModel::rowAt(EventIndex event) const {
    if (event == no_event) return -1;
    if (!filtered()) return static_cast<int>(std::min(event + 1, seen_)) - 1;
    return static_cast<int>(std::ranges::upper_bound(rows_, event) - rows_.begin()) - 1;
}

QVariant EventLogModel::data(const QModelIndex& index, int role) const {
    // Asked for nothing: views do that. (checkIndex() would warn of it.)
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const EventIndex number = eventOf(index.row());
    if (role == EventRole) return static_cast<qulonglong>(number);
    if (role == Qt::TextAlignmentRole) return headerData(index.column(), Qt::Horizontal, role);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != TaskRole) return {};
    const auto trace = session_.trace();
    const Event& event = trace->event(number);
    if (role == TaskRole) return event.task() == 0 ? no_task : trace->find_task(event.task());
    switch (index.column()) {
        case Time:
            return formatExact(static_cast<Nanoseconds>(event.time));
        case Loop:
            return event.loop() == 0 ? QString() : QString::number(event.loop());
        case Task:
            return eventTask(*trace, event);
        case Kind:
            return QString::fromStdString(kind_text(event));
        case Details:
            return QString::fromStdString(event_details(*trace, event));
        default:
            return {};
    }
}

void EventLogModel::setFilter(const EventFilter& filter) {
    if (filter == filter_) return;
    beginResetModel();
    filter_ = filter;
    rows_.clear();
    rows_.shrink_to_fit();
    seen_ = filtered() ? 0 : std::min(session_.trace()->event_count(), rows_max);
    endResetModel();
    if (busy()) {
        slice_.stop();
        emit busyChanged(false);
    }
    if (filtered()) takeSlice();
}

void EventLogModel::grow() {
    if (filtered()) {
        if (!busy()) takeSlice();
        return;
    }
    const EventIndex count = std::min(session_.trace()->event_count(), rows_max);
    if (count <= seen_) return;
    beginInsertRows({}, static_cast<int>(seen_), static_cast<int>(count) - 1);
    seen_ = count;
    endInsertRows();
}

bool EventLogModel::passes(const Trace& trace, EventIndex index) const {
    const Event& event = trace.event(index);
    const auto kind = static_cast<unsigned>(event.kind());
    if (kind >= filter_.kinds.size() || !filter_.kinds[kind]) return false;
    if (filter_.task != no_task && (event.task() == 0 || trace.find_task(event.task()) != filter_.task)) return false;
    if (filter_.text.isEmpty()) return true;
    const auto has = [&](const QString& part) { return part.contains(filter_.text, Qt::CaseInsensitive); };
    return has(eventTask(trace, event)) || has(QString::fromStdString(kind_text(event))) ||
           has(QString::fromStdString(event_details(trace, event)));
}

void EventLogModel::takeSlice() {
    std::vector<std::uint32_t> found;
    bool all = true;
    {
        const auto trace = session_.trace();
        const EventIndex count = trace->event_count();
        QElapsedTimer clock;
        clock.start();
        // The clock is looked at every so many events; a text filter takes some microseconds for each.
        constexpr EventIndex between_looks = 256;
        while (seen_ < count && clock.elapsed() < slice_ms) {
            const EventIndex stop = std::min(count, seen_ + between_looks);
            for (; seen_ < stop; ++seen_)
                if (passes(*trace, seen_)) found.push_back(static_cast<std::uint32_t>(seen_));
        }
        all = seen_ >= count;
    }
    if (!found.empty() && rows_.size() + found.size() <= rows_max) {
        beginInsertRows({}, static_cast<int>(rows_.size()), static_cast<int>(rows_.size() + found.size()) - 1);
        rows_.insert(rows_.end(), found.begin(), found.end());
        endInsertRows();
    }
    if (all == !busy()) return;
    all ? slice_.stop() : slice_.start();
    emit busyChanged(!all);
}

}  // namespace awaitscope::ui
