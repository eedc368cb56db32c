// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QTimer>
#include <vector>

#include "ui/model/task_rows.hpp"
#include "ui/model/trace_job.hpp"
#include "ui/model/trace_session.hpp"
#include "ui/model/view_state.hpp"

namespace awaitscope::ui {

/// The tasks at the cursor, a row each, in order of creation or as sort() asks. It sorts and filters itself (a
/// QSortFilterProxyModel would look at each of 100,000 rows whenever the cursor moves): rows come and go with the
/// cursor at once; where the order or the filter hangs on what changes with it, it is mended a few times a second. Of
/// more than `at_once_most` tasks that is done in a thread of its own, and the rows follow when they are known.
/// Never reset while it grows.
class TaskTableModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    /// As TaskColumn has them.
    enum Column { Name, State, WaitsFor, At, LoopName, Resumed, Running, Age, ColumnCount };
    enum Role {
        TaskRole = Qt::UserRole,  ///< the TaskIndex
        StateRole,                ///< the TaskState as an int
        WaitKindRole,             ///< the WaitKind as an int; none when it does not wait
        PlaceRole,                ///< the PlaceId of the line it stands at
        ShortPlaceRole,           ///< that line, where its file's name has no room: "worker:5"
    };

    TaskTableModel(TraceSession& session, ViewState& view, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    /// By a column; a column below 0: in order of creation.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

    /// Shows the tasks whose name or coroutine contains the text, in any case; all for an empty one.
    void setFilter(const QString& text);
    /// Whether tasks that have ended are shown; true to begin with.
    void setEndedShown(bool shown);

    TaskIndex taskOf(int row) const;  ///< no_task for a row that is not there
    int rowOf(TaskIndex task) const;  ///< -1 when it is not shown

    /// Sorts and filters anew now what would wait for its turn.
    void mend();
    /// While the rows are being sorted and filtered in another thread.
    bool busy() const { return work_.isBusy(); }

    static constexpr TaskIndex at_once_most = 4096;

  signals:
    /// Rows that were sorted and filtered in another thread have been taken.
    void mended();

  private:
    void moveTo(EventIndex cursor);
    bool inOrderOfCreation() const { return sort_column_ < 0 && !filtered(); }
    bool filtered() const { return !filter_.isEmpty() || !ended_shown_; }
    TaskQuery query() const;
    LookAtTrace look() const;
    void addTasks(TaskIndex from, TaskIndex to);
    void dropTasksFrom(TaskIndex from);
    void refill();
    void arrived(const TaskQuery& asked, std::vector<TaskIndex> rows, int took_ms);
    void takeRows(std::vector<TaskIndex> rows);
    void reorder(std::vector<TaskIndex> rows);
    void scheduleMend();
    QString display(const Trace& trace, TaskIndex task, int column) const;

    TraceSession& session_;
    ViewState& view_;
    EventIndex cursor_ = no_event;
    TaskIndex count_ = 0;          ///< tasks there are at the cursor
    std::vector<TaskIndex> rows_;  ///< unless they stand in order of creation, unfiltered
    int sort_column_ = -1;
    Qt::SortOrder sort_order_ = Qt::AscendingOrder;
    QString filter_;
    bool ended_shown_ = true;
    QTimer mend_;
    mutable QueuePlaces queue_places_;  ///< at queue_cursor_, made when first asked for
    mutable EventIndex queue_cursor_ = no_event;
    mutable bool queue_known_ = false;
    TraceJob work_;
};

}  // namespace awaitscope::ui
