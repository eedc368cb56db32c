// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/mark_table_model.hpp"

#include <algorithm>

#include "instrumentation/event/vocabulary.hpp"
#include "ui/model/format.hpp"

namespace awaitscope::ui {

MarkTableModel::MarkTableModel(TraceSession& session, ViewState& view, QObject* parent)
    : QAbstractTableModel(parent), session_(session), view_(view) {
    connect(&view_, &ViewState::marksChanged, this, &MarkTableModel::take);
    take();
}

void MarkTableModel::take() {
    std::vector<std::pair<EventIndex, QString>> now(view_.marks().begin(), view_.marks().end());
    if (std::ranges::equal(
            now, rows_, {}, [](const auto& row) { return row.first; }, [](const auto& row) { return row.first; })) {
        rows_ = std::move(now);
        if (!rows_.empty()) emit dataChanged(index(0, Note), index(rowCount() - 1, Note));
        return;
    }
    beginResetModel();
    rows_ = std::move(now);
    endResetModel();
}

int MarkTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int MarkTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant MarkTableModel::data(const QModelIndex& index, int role) const {
    const EventIndex event = index.isValid() ? eventOf(index.row()) : no_event;
    if (event == no_event) return {};
    if (role == Qt::TextAlignmentRole)
        return int(index.column() == Time ? Qt::AlignRight : Qt::AlignLeft) | int(Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::EditRole && role != Qt::ToolTipRole) return {};
    if (index.column() == Note) return rows_[static_cast<std::size_t>(index.row())].second;
    const auto trace = session_.trace();
    if (event >= trace->event_count()) return {};
    if (index.column() == Time)
        return role == Qt::ToolTipRole ? formatExact(trace->time_at(event)) : formatTime(trace->time_at(event));
    const TaskIndex task = trace->find_task(trace->event(event).task());
    const KindInfo* info = find_kind(trace->event(event).kind());
    const QString kind = info ? toQString(info->name) : QString();
    return task == no_task ? kind : kind + ' ' + taskName(*trace, task);
}

bool MarkTableModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (!index.isValid() || index.column() != Note || role != Qt::EditRole) return false;
    view_.setMark(eventOf(index.row()), value.toString());
    return true;
}

Qt::ItemFlags MarkTableModel::flags(const QModelIndex& index) const {
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    return index.isValid() && index.column() == Note ? flags | Qt::ItemIsEditable : flags;
}

QVariant MarkTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) return {};
    if (role == Qt::TextAlignmentRole)
        return int(section == Time ? Qt::AlignRight : Qt::AlignLeft) | int(Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    const QString names[] = {tr("time"), tr("after"), tr("note")};
    return names[section];
}

EventIndex MarkTableModel::eventOf(int row) const {
    return row >= 0 && row < rowCount() ? rows_[static_cast<std::size_t>(row)].first : no_event;
}

int MarkTableModel::rowOf(EventIndex event) const {
    const auto found = std::ranges::find(rows_, event, [](const auto& row) { return row.first; });
    return found == rows_.end() ? -1 : static_cast<int>(found - rows_.begin());
}

}  // namespace awaitscope::ui
