// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "ui/model/trace_job.hpp"
#include "ui/model/trace_session.hpp"
#include "ui/model/view_state.hpp"

namespace awaitscope::ui {

/// Locks, queues and their like at the cursor, a row each, in order of creation. What is the case with each is computed
/// in another thread, since a server may have one for each of its connections.
class PrimitiveTableModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { Kind, Name, State, Waiting, Level, ColumnCount };
    enum Role {
        HistoryRole = Qt::UserRole,  ///< Level, of a queue: a QList<double> of its levels up to the cursor
        MaxRole,                     ///< Level, of a queue: its bound; 0: none
        SyncKindRole,                ///< the SyncKind as an int
    };

    /// Asks for nothing until setActive(true).
    PrimitiveTableModel(TraceSession& session, ViewState& view, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    /// By a column; a column below 0, or the history: in order of creation.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;
    /// Shows those whose name or kind contains the text, in any case; all for an empty one.
    void setFilter(const QString& text);
    /// Whether it follows the cursor: not while nobody sees it.
    void setActive(bool active);
    /// Shows the cursor's moment now instead of when it is computed.
    void refresh();

    /// The row's state as shown; nullptr for a row that is not there.
    const PrimitiveMoment* primitive(int row) const;
    int rowOf(Id id) const;  ///< -1 when it is not shown
    /// The moment that is shown: the cursor's, or an earlier one while that is computed.
    EventIndex shownCursor() const { return cursor_; }

  signals:
    void shown();  ///< the rows are those of another moment

  private:
    void later();
    void take(std::vector<PrimitiveMoment> rows, EventIndex cursor);

    TraceSession& session_;
    ViewState& view_;
    std::vector<PrimitiveMoment> rows_;
    EventIndex cursor_ = no_event;
    QString filter_;
    int sort_column_ = -1;
    Qt::SortOrder sort_order_ = Qt::AscendingOrder;
    bool active_ = false;
    TraceJob job_;  ///< last: it ends before what it uses
};

}  // namespace awaitscope::ui
