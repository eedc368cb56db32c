// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include "ui/model/event_search.hpp"

namespace awaitscope::ui {

/// All events, a row each, written out only when looked at. A filter works through them in a thread of its own, and
/// what it finds is shown as it comes; busy() tells while it does. Grows at its end, never reset but by a change of
/// filter.
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
    bool busy() const { return search_.busy(); }
    double progress() const { return search_.progress(); }  ///< of the filter, from 0 to 1

    EventIndex eventOf(int row) const;  ///< no_event for a row that is not there
    /// The row of the last event shown at or before this one; -1 where there is none.
    int rowAt(EventIndex event) const;

  signals:
    void busyChanged(bool busy);

  private:
    bool filtered() const { return search_.active(); }
    void grow();

    TraceSession& session_;
    EventFilter filter_;
    EventSearch search_;    ///< active when filtered
    EventIndex count_ = 0;  ///< events, when not filtered
};

}  // namespace awaitscope::ui
