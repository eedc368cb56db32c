// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QString>
#include <vector>

#include "ui/charts/latencies.hpp"

namespace awaitscope::ui {

/// A histogram's counts between two lengths, in stretches that are each by the same factor longer than the one before.
std::vector<double> logBins(const Histogram& histogram, Nanoseconds least, Nanoseconds greatest, int count);

/// A coroutine's latencies as a row shows them.
struct LatencyRow {
    QString name;   ///< "worker()"
    QString place;  ///< "server.cpp:20"
    PlaceId definition = 0;
    Histogram lengths;
};

/// Latencies by coroutine, a row each: percentiles, and how they are spread. Sorts itself; the slowest come first to
/// begin with.
class LatencyModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { Name, Count, P50, P90, P99, P999, Longest, Spread, ColumnCount };
    enum Role {
        BinsRole = Qt::UserRole,  ///< Spread: a QList<double> of counts, over the same lengths in all rows
    };

    explicit LatencyModel(QObject* parent = nullptr);

    void setRows(std::vector<LatencyRow> rows);
    const LatencyRow* row(int row) const;  ///< nullptr for one that is not there
    int rowOf(PlaceId definition) const;   ///< -1: none
    /// The shortest and the longest of all rows.
    Nanoseconds least() const { return least_; }
    Nanoseconds greatest() const { return greatest_; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;
    /// All of it as lines of tab-separated columns.
    QString table() const;

  private:
    void sortRows();

    std::vector<LatencyRow> rows_;
    Nanoseconds least_ = 0, greatest_ = 0;
    int sort_column_ = P99;
    Qt::SortOrder sort_order_ = Qt::DescendingOrder;
};

}  // namespace awaitscope::ui
