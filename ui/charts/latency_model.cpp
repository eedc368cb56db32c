// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/latency_model.hpp"

#include <algorithm>
#include <cmath>

#include "ui/model/format.hpp"
#include "ui/model/plain_tip.hpp"

namespace awaitscope::ui {
namespace {

constexpr int spread_bins = 48;

double shareOf(int column) {
    switch (column) {
        case LatencyModel::P50:
            return 0.5;
        case LatencyModel::P90:
            return 0.9;
        case LatencyModel::P99:
            return 0.99;
        default:
            return 0.999;
    }
}

Nanoseconds lengthOf(const Histogram& lengths, int column) {
    return column == LatencyModel::Longest ? lengths.greatest() : lengths.percentile(shareOf(column));
}

}  // namespace

std::vector<double> logBins(const Histogram& histogram, Nanoseconds least, Nanoseconds greatest, int count) {
    std::vector<double> bins(static_cast<std::size_t>(count), 0);
    const double low = std::log(static_cast<double>(std::max<Nanoseconds>(least, 1)));
    const double high = std::log(static_cast<double>(std::max<Nanoseconds>(greatest, 1)));
    const double width = std::max((high - low) / count, 1e-9);
    histogram.each([&](Nanoseconds length, std::uint64_t times) {
        const double at = (std::log(static_cast<double>(std::max<Nanoseconds>(length, 1))) - low) / width;
        bins[static_cast<std::size_t>(std::clamp(at, 0.0, count - 1.0))] += static_cast<double>(times);
    });
    return bins;
}

LatencyModel::LatencyModel(QObject* parent) : QAbstractTableModel(parent) {}

void LatencyModel::setRows(std::vector<LatencyRow> rows) {
    beginResetModel();
    rows_ = std::move(rows);
    least_ = open_end;
    greatest_ = 0;
    for (const LatencyRow& row : rows_) {
        least_ = std::min(least_, row.lengths.least());
        greatest_ = std::max(greatest_, row.lengths.greatest());
    }
    sortRows();
    endResetModel();
}

const LatencyRow* LatencyModel::row(int row) const {
    return row >= 0 && row < rowCount() ? &rows_[static_cast<std::size_t>(row)] : nullptr;
}

int LatencyModel::rowOf(PlaceId definition) const {
    const auto found = std::ranges::find(rows_, definition, &LatencyRow::definition);
    return found == rows_.end() ? -1 : static_cast<int>(found - rows_.begin());
}

int LatencyModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int LatencyModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LatencyModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) return {};
    const QString names[] = {tr("coroutine"), tr("count"), tr("p50"),     tr("p90"),
                             tr("p99"),       tr("p99.9"), tr("longest"), tr("spread")};
    const QString tips[] = {tr("The coroutine that the tasks run"),
                            tr("How many were measured"),
                            tr("Half took no longer"),
                            tr("Nine of ten took no longer"),
                            tr("99 of 100 took no longer"),
                            tr("999 of 1000 took no longer"),
                            tr("The longest of all"),
                            tr("How many took how long, on the same scale in all rows")};
    switch (role) {
        case Qt::DisplayRole:
            if (section == Spread && greatest_ > 0)
                return tr("spread, %1 to %2").arg(formatDuration(least_), formatDuration(greatest_));
            return names[section];
        case Qt::ToolTipRole:
            return tips[section];
        case Qt::TextAlignmentRole:
            return int(section == Name || section == Spread ? Qt::AlignLeft : Qt::AlignRight) | int(Qt::AlignVCenter);
        default:
            return {};
    }
}

QVariant LatencyModel::data(const QModelIndex& index, int role) const {
    const LatencyRow* row = index.isValid() ? this->row(index.row()) : nullptr;
    if (!row) return {};
    switch (role) {
        case Qt::TextAlignmentRole:
            return headerData(index.column(), Qt::Horizontal, role);
        case BinsRole: {
            if (index.column() != Spread) return {};
            const std::vector<double> bins = logBins(row->lengths, least_, greatest_, spread_bins);
            return QVariant::fromValue(QList<double>(bins.begin(), bins.end()));
        }
        case Qt::ToolTipRole:
            if (index.column() == Name) return plainTip(row->place);
            break;
        case Qt::DisplayRole:
        case Qt::AccessibleTextRole:
            break;
        default:
            return {};
    }
    switch (index.column()) {
        case Name:
            return row->name;
        case Count:
            return formatCount(row->lengths.count());
        case Spread:
            return {};
        default:
            return formatDuration(lengthOf(row->lengths, index.column()));
    }
}

void LatencyModel::sort(int column, Qt::SortOrder order) {
    sort_column_ = column;
    sort_order_ = order;
    beginResetModel();
    sortRows();
    endResetModel();
}

void LatencyModel::sortRows() {
    const auto less = [this](const LatencyRow& a, const LatencyRow& b) {
        if (sort_column_ == Name) return a.name.localeAwareCompare(b.name) < 0;
        if (sort_column_ == Count) return a.lengths.count() < b.lengths.count();
        const int column = sort_column_ == Spread ? P50 : sort_column_;
        return lengthOf(a.lengths, column) < lengthOf(b.lengths, column);
    };
    std::ranges::stable_sort(rows_, [&](const LatencyRow& a, const LatencyRow& b) {
        return sort_order_ == Qt::AscendingOrder ? less(a, b) : less(b, a);
    });
}

QString LatencyModel::table() const {
    QStringList lines{tr("coroutine\tcount\tp50, s\tp90, s\tp99, s\tp99.9, s\tlongest, s")};
    for (const LatencyRow& row : rows_) {
        QStringList cells{row.name, QString::number(row.lengths.count())};
        for (const int column : {P50, P90, P99, P999, Longest})
            cells << formatNumber(static_cast<double>(lengthOf(row.lengths, column)) / 1e9, 9);
        lines << cells.join('\t');
    }
    return lines.join('\n');
}

}  // namespace awaitscope::ui
