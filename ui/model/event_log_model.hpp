// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <algorithm>

#include "ui/model/event_search.hpp"

namespace awaitscope::ui {

/// All events, a row each, written out only when looked at. A filter works through them in threads of its own, and what
/// it finds is shown as it comes; busy() tells while it does. Grows at its end, never reset but by a change of filter.
///
/// Of a list longer than rows_most the rows are a part, which showAround() moves: views keep something for each row,
/// and of a hundred million it would take them seconds to be told.
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
    /// The row of the last event listed at or before this one; -1 where there is none, or it is not among the rows.
    int rowAt(EventIndex event) const;

    static constexpr std::size_t rows_most = 200'000;
    /// Events that pass the filter so far, and how many of them stand before the first row.
    std::size_t listed() const { return filtered() ? search_.hits().size() : count_; }
    std::size_t before() const { return before_; }
    bool hasMoreBehind() const { return before_ + rows_ < listed(); }
    /// Moves the rows so that this event, or the last one listed before it, is in the midst of them.
    void showAround(EventIndex event);

  signals:
    void busyChanged(bool busy);
    void listedMore();  ///< whether or not there are more rows

  private:
    bool filtered() const { return search_.active(); }
    void grow();
    /// Where the last event listed at or before this one stands in the list; -1 where there is none.
    std::ptrdiff_t placeOf(EventIndex event) const;
    /// So many of the rows that a list of such a length would have are not there yet.
    std::size_t missing(std::size_t listed) const { return std::min(listed - before_, rows_most) - rows_; }

    TraceSession& session_;
    EventFilter filter_;
    EventSearch search_;    ///< active when filtered
    EventIndex count_ = 0;  ///< events, when not filtered
    std::size_t before_ = 0, rows_ = 0;
    std::size_t coming_ = 0;  ///< rows that are being inserted
};

}  // namespace awaitscope::ui
