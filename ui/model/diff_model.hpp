// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include "instrumentation/analysis/trace_diff.hpp"

namespace awaitscope::ui {

/// The rows of a comparison, one table of coroutines or of lines; what differs first.
class DiffModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum class What { coroutines, lines };
    enum Column { VerdictColumn, Coroutine, Place, Count, StepMiddle, StepTail, WaitMiddle, WaitTail, column_count };
    enum Role {
        VerdictRole = Qt::UserRole + 1,  ///< an int of Verdict: the cell's, or of the first column the row's
        FunctionRole,
    };

    explicit DiffModel(What what, QObject* parent = nullptr) : QAbstractTableModel(parent), what_(what) {}

    /// `all`: also the rows that do not differ.
    void setRows(std::vector<DiffRow> rows, bool all);
    const DiffRow& at(int row) const { return rows_[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    /// "slower", "new", ...
    static QString verdictWord(Verdict verdict);

  private:
    QString text(const DiffRow& row, int column) const;
    Verdict verdict(const DiffRow& row, int column) const;

    What what_;
    std::vector<DiffRow> rows_;
};

}  // namespace awaitscope::ui
