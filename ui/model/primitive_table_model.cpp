// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/primitive_table_model.hpp"

#include <algorithm>
#include <memory>

#include "ui/model/format.hpp"
#include "ui/model/plain_tip.hpp"
#include "ui/model/primitive_words.hpp"
#include "ui/model/state_words.hpp"

namespace awaitscope::ui {
namespace {

constexpr int history_columns = 48;

void sortRows(const Trace& trace, std::vector<PrimitiveMoment>& rows, int column, Qt::SortOrder order,
              const PlaceWords& places) {
    using Model = PrimitiveTableModel;
    if (column != Model::Kind && column != Model::Name && column != Model::State && column != Model::Waiting) return;
    const auto key = [&](const PrimitiveMoment& row) {
        const QString text = column == Model::Kind    ? primitiveKind(row.kind)
                             : column == Model::Name  ? primitiveName(trace, row, places)
                             : column == Model::State ? primitiveState(trace, row)
                                                      : QString();
        return std::pair(row.waiters.size() * (column == Model::Waiting), text);
    };
    // Each key is made once: a server has thousands of primitives.
    std::vector<std::pair<std::pair<std::size_t, QString>, std::size_t>> keyed;
    for (std::size_t i = 0; i < rows.size(); ++i) keyed.emplace_back(key(rows[i]), i);
    std::ranges::stable_sort(keyed, [&](const auto& a, const auto& b) {
        return order == Qt::AscendingOrder ? a.first < b.first : b.first < a.first;
    });
    std::vector<PrimitiveMoment> sorted;
    sorted.reserve(rows.size());
    for (const auto& [unused, row] : keyed) sorted.push_back(std::move(rows[row]));
    rows = std::move(sorted);
}

}  // namespace

PrimitiveTableModel::PrimitiveTableModel(TraceSession& session, ViewState& view, QObject* parent)
    : QAbstractTableModel(parent), session_(session), view_(view) {
    connect(&view_, &ViewState::cursorChanged, this, &PrimitiveTableModel::later);
    connect(&view_, &ViewState::placesChanged, this, &PrimitiveTableModel::later);
}

int PrimitiveTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int PrimitiveTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant PrimitiveTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) return {};
    switch (role) {
        case Qt::DisplayRole: {
            const QString names[] = {tr("kind"), tr("name"), tr("state"), tr("waiting"), tr("level so far")};
            return names[section];
        }
        case Qt::ToolTipRole: {
            const QString tips[] = {tr("What it is"), tr("The name given to it, or its number"),
                                    tr("Who holds it, how many are left, how full it is"), tr("Tasks that wait for it"),
                                    tr("How full the queue was, from the beginning to the cursor")};
            return tips[section];
        }
        case Qt::TextAlignmentRole:
            return int(section == Waiting ? Qt::AlignRight : Qt::AlignLeft) | int(Qt::AlignVCenter);
        default:
            return {};
    }
}

QVariant PrimitiveTableModel::data(const QModelIndex& index, int role) const {
    const PrimitiveMoment* row = index.isValid() ? primitive(index.row()) : nullptr;
    if (!row) return {};
    const bool queue = row->kind == SyncKind::queue;
    switch (role) {
        case Qt::TextAlignmentRole:
            return int(index.column() == Waiting ? Qt::AlignRight : Qt::AlignLeft) | int(Qt::AlignVCenter);
        case SyncKindRole:
            return static_cast<int>(row->kind);
        case MaxRole:
            return index.column() == Level && queue ? QVariant::fromValue<qulonglong>(row->maxsize) : QVariant();
        case HistoryRole: {
            if (index.column() != Level || !queue) return {};
            const auto trace = session_.trace();
            QList<double> levels;
            for (const std::uint32_t level : levelHistory(*trace, row->id, cursor_, history_columns)) levels << level;
            return QVariant::fromValue(levels);
        }
        case Qt::ToolTipRole:
            return plainTip(data(index, Qt::DisplayRole).toString());
        case Qt::DisplayRole:
        case Qt::AccessibleTextRole:
            break;
        default:
            return {};
    }
    const auto trace = session_.trace();
    switch (index.column()) {
        case Kind:
            return primitiveKind(row->kind);
        case Name:
            return primitiveName(*trace, *row, view_.places());
        case State:
            return primitiveState(*trace, *row);
        case Waiting:
            return row->waiters.empty() ? QString() : formatCount(row->waiters.size());
        default:
            return {};
    }
}

const PrimitiveMoment* PrimitiveTableModel::primitive(int row) const {
    return row >= 0 && row < rowCount() ? &rows_[static_cast<std::size_t>(row)] : nullptr;
}

int PrimitiveTableModel::rowOf(Id id) const {
    const auto found = std::ranges::find(rows_, id, &PrimitiveMoment::id);
    return found == rows_.end() ? -1 : static_cast<int>(found - rows_.begin());
}

void PrimitiveTableModel::sort(int column, Qt::SortOrder order) {
    sort_column_ = column;
    sort_order_ = order;
    later();
}

void PrimitiveTableModel::setFilter(const QString& text) {
    filter_ = text;
    later();
}

void PrimitiveTableModel::setActive(bool active) {
    if (active == active_) return;
    active_ = active;
    later();
}

void PrimitiveTableModel::later() {
    if (!active_) return;
    job_.start([this, cursor = view_.cursor(), filter = filter_, column = sort_column_, order = sort_order_,
                places = view_.places()]() -> TraceJob::Deliver {
        const auto rows = std::make_shared<std::vector<PrimitiveMoment>>();
        {
            const auto trace = session_.trace();
            *rows = trace->primitives_at(cursor);
            if (!filter.isEmpty())
                std::erase_if(*rows, [&](const PrimitiveMoment& row) {
                    return !primitiveName(*trace, row, places).contains(filter, Qt::CaseInsensitive) &&
                           !primitiveKind(row.kind).contains(filter, Qt::CaseInsensitive);
                });
            sortRows(*trace, *rows, column, order, places);
        }
        return [this, rows, cursor] { take(std::move(*rows), cursor); };
    });
}

void PrimitiveTableModel::refresh() {
    const bool active = std::exchange(active_, true);
    later();
    job_.finish();
    active_ = active;
}

void PrimitiveTableModel::take(std::vector<PrimitiveMoment> rows, EventIndex cursor) {
    cursor_ = cursor;
    const auto old = static_cast<int>(rows_.size()), now = static_cast<int>(rows.size());
    const auto common = static_cast<std::size_t>(std::min(old, now));
    const bool same = std::equal(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(common), rows_.begin(),
                                 [](const PrimitiveMoment& a, const PrimitiveMoment& b) { return a.id == b.id; });
    if (!same) {
        beginResetModel();
        rows_ = std::move(rows);
        endResetModel();
    } else if (now < old) {
        beginRemoveRows({}, now, old - 1);
        rows_ = std::move(rows);
        endRemoveRows();
    } else if (now > old) {
        beginInsertRows({}, old, now - 1);
        rows_ = std::move(rows);
        endInsertRows();
    } else {
        rows_ = std::move(rows);
    }
    if (common > 0 && same) emit dataChanged(index(0, 0), index(static_cast<int>(common) - 1, ColumnCount - 1));
    emit shown();
}

}  // namespace awaitscope::ui
