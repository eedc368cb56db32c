// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/event_log_model.hpp"

#include <algorithm>
#include <utility>

#include "instrumentation/exporter/event_text.hpp"
#include "ui/model/format.hpp"
#include "ui/model/plain_tip.hpp"

namespace awaitscope::ui {
namespace {

QString eventTask(const Trace& trace, const Event& event) {
    if (event.task() == 0) return {};
    const TaskIndex task = trace.find_task(event.task());
    return task == no_task ? QString("task %1").arg(event.task()) : taskName(trace, task);
}

}  // namespace

EventLogModel::EventLogModel(TraceSession& session, QObject* parent)
    : QAbstractTableModel(parent), session_(session), search_(session) {
    connect(&search_, &EventSearch::aboutToAdd, this, [this](std::size_t count) {
        coming_ = missing(search_.hits().size() + count);
        if (coming_ > 0) beginInsertRows({}, static_cast<int>(rows_), static_cast<int>(rows_ + coming_) - 1);
    });
    connect(&search_, &EventSearch::added, this, [this] {
        rows_ += coming_;
        if (std::exchange(coming_, 0) > 0) endInsertRows();
        emit listedMore();
    });
    connect(&search_, &EventSearch::aboutToMix, this, &EventLogModel::beginResetModel);
    connect(&search_, &EventSearch::mixed, this, [this] {
        rows_ = std::min(listed() - before_, rows_most);
        endResetModel();
        emit listedMore();
    });
    connect(&search_, &EventSearch::busyChanged, this, &EventLogModel::busyChanged);
    connect(&session_, &TraceSession::grown, this, &EventLogModel::grow);
    grow();
}

int EventLogModel::rowCount(const QModelIndex& parent) const {
    if (parent.isValid()) return 0;
    return static_cast<int>(rows_);
}

int EventLogModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant EventLogModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) return {};
    static constexpr const char* names[] = {QT_TR_NOOP("time"), QT_TR_NOOP("loop"), QT_TR_NOOP("task"),
                                            QT_TR_NOOP("event"), QT_TR_NOOP("details")};
    if (role == Qt::DisplayRole) return tr(names[section]);
    if (role == Qt::TextAlignmentRole)
        return int(section == Time ? Qt::AlignRight : Qt::AlignLeft) | int(Qt::AlignVCenter);
    return {};
}

EventIndex EventLogModel::eventOf(int row) const {
    if (row < 0 || row >= rowCount()) return no_event;
    const std::size_t place = before_ + static_cast<std::size_t>(row);
    return filtered() ? search_.hits()[place] : place;
}

std::ptrdiff_t EventLogModel::placeOf(EventIndex event) const {
    if (event == no_event) return -1;
    if (!filtered()) return static_cast<std::ptrdiff_t>(std::min(event + 1, count_)) - 1;
    const auto& hits = search_.hits();
    return std::ranges::upper_bound(hits, event) - hits.begin() - 1;
}

int EventLogModel::rowAt(EventIndex event) const {
    const std::ptrdiff_t row = placeOf(event) - static_cast<std::ptrdiff_t>(before_);
    return row >= 0 && row < static_cast<std::ptrdiff_t>(rows_) ? static_cast<int>(row) : -1;
}

void EventLogModel::showAround(EventIndex event) {
    const std::ptrdiff_t place = placeOf(event);
    if (place < 0) return;
    beginResetModel();
    before_ = static_cast<std::size_t>(place) - std::min(static_cast<std::size_t>(place), rows_most / 2);
    rows_ = std::min(listed() - before_, rows_most);
    endResetModel();
}

QVariant EventLogModel::data(const QModelIndex& index, int role) const {
    // Asked for nothing: views do that. (checkIndex() would warn of it.)
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const EventIndex number = eventOf(index.row());
    if (role == EventRole) return static_cast<qulonglong>(number);
    if (role == Qt::TextAlignmentRole) return headerData(index.column(), Qt::Horizontal, role);
    if (role == Qt::ToolTipRole) return plainTip(data(index, Qt::DisplayRole).toString());
    if (role != Qt::DisplayRole && role != TaskRole) return {};
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
    search_.stop();
    count_ = session_.trace()->event_count();
    if (filter_ != EventFilter()) search_.start(filter_);
    before_ = 0;
    rows_ = std::min(listed(), rows_most);
    endResetModel();
}

void EventLogModel::grow() {
    if (filtered()) return;
    const EventIndex count = session_.trace()->event_count();
    if (count <= count_) return;
    coming_ = missing(count);
    if (coming_ > 0) beginInsertRows({}, static_cast<int>(rows_), static_cast<int>(rows_ + coming_) - 1);
    count_ = count;
    rows_ += coming_;
    if (std::exchange(coming_, 0) > 0) endInsertRows();
    emit listedMore();
}

}  // namespace awaitscope::ui
