// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <vector>

#include "instrumentation/trace/trace.hpp"

namespace awaitscope::ui {

/// A stretch of time on screen.
struct TimeRange {
    Nanoseconds begin = 0;
    Nanoseconds end = 0;
    Nanoseconds length() const { return end - begin; }
    friend bool operator==(const TimeRange&, const TimeRange&) = default;
};

/// What all views of one trace share: the cursor, the selection, the visible range, the search. Views change it, and
/// draw themselves anew when it tells of a change; they never talk to each other. GUI thread only.
class ViewState : public QObject {
    Q_OBJECT
  public:
    explicit ViewState(QObject* parent = nullptr);

    /// The moment shown everywhere: just after this event; no_event before the first.
    EventIndex cursor() const { return cursor_; }
    TaskIndex selectedTask() const { return selected_task_; }
    TimeRange range() const { return range_; }
    /// The cursor and the range keep up with the newest event.
    bool following() const { return following_; }
    QString search() const { return search_; }

    void setCursor(EventIndex cursor);  ///< leaves follow mode
    void setSelectedTask(TaskIndex task);
    /// Leaves follow mode, and goes onto the undo stack: changes that follow each other closely, as a drag or a turn of
    /// the wheel makes them, as one. An inverted range is turned round.
    void setRange(TimeRange range);
    void setFollowing(bool following);
    void setSearch(const QString& text);
    bool canUndoRange() const;
    bool canRedoRange() const;
    void undoRange();
    void redoRange();

    /// How long after a change of range another counts as the same gesture; 0: each is its own.
    void setGestureGap(qint64 ms) { gesture_gap_ms_ = ms; }

    /// While following: moves cursor and range to the end without leaving follow mode, or a step for undo. Else
    /// nothing. See FollowLive.
    void follow(EventIndex newest, TimeRange range);

  signals:
    void cursorChanged();
    void selectionChanged();
    void rangeChanged();
    void followingChanged();
    void searchChanged();

  private:
    void step(std::vector<TimeRange>& from, std::vector<TimeRange>& to);

    EventIndex cursor_ = no_event;
    TaskIndex selected_task_ = no_task;
    TimeRange range_;
    bool following_ = true;
    QString search_;
    std::vector<TimeRange> undo_;
    std::vector<TimeRange> redo_;
    QElapsedTimer gesture_;  ///< since the last change of range
    qint64 gesture_gap_ms_ = 300;
};

}  // namespace awaitscope::ui
