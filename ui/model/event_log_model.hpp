// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QTimer>
#include <bitset>

#include "ui/model/trace_session.hpp"

namespace awaitscope::ui {

/// Which events a log shows; by default all.
struct EventFilter {
    std::bitset<event_kind_count> kinds = ~std::bitset<event_kind_count>();
    TaskIndex task = no_task;  ///< only this task's
    QString text;              ///< only those whose line contains it, in any case
    friend bool operator==(const EventFilter&, const EventFilter&) = default;
};

/// All events, a row each, written out only when looked at. A filter works through them in slices from Qt's loop, so
/// that ten millions of them do not stop the window; busy() tells while it does. Grows at its end, never reset but by
/// a change of filter.
class EventLogModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { Time, Loop, Task, Kind, Details, ColumnCount };
    enum Role {
        EventRole = Qt::UserRole,  ///< the EventIndex, as a qulonglong
        TaskRole,                  ///< the TaskIndex; no_task for an event of none
    };

    explicit EventLogModel(TraceSession& session, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    const EventFilter& filter() const { return filter_; }
    void setFilter(const EventFilter& filter);
    /// While events wait to be filtered.
    bool busy() const { return slice_.isActive(); }

    EventIndex eventOf(int row) const;  ///< no_event for a row that is not there
    /// The row of the last event shown at or before this one; -1 where there is none.
    int rowAt(EventIndex event) const;

  signals:
    void busyChanged(bool busy);

  private:
    bool filtered() const { return filter_ != EventFilter(); }
    void grow();
    void takeSlice();
    bool passes(const Trace& trace, EventIndex index) const;

    TraceSession& session_;
    EventFilter filter_;
    EventIndex seen_ = 0;
    std::vector<std::uint32_t> rows_;  ///< when filtered
    QTimer slice_;
};

}  // namespace awaitscope::ui
