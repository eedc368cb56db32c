// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include "instrumentation/analysis/trace_diff.hpp"

namespace awaitscope::ui {

/// The findings of two runs as one table: what is new, what is gone and, when asked for, what both have.
class DiffFindingsModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { VerdictColumn, Title, What, Place, Begin, column_count };

    using QAbstractTableModel::QAbstractTableModel;

    /// `all`: also what both have.
    void setRows(std::vector<DiffFinding> rows, bool all);
    const DiffFinding& at(int row) const { return rows_[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    /// Has DiffModel::VerdictRole in its first column.
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

  private:
    static QString text(const DiffFinding& row, int column);

    std::vector<DiffFinding> rows_;
};

}  // namespace awaitscope::ui
