// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "instrumentation/trace/trace.hpp"
#include "ui/model/place_words.hpp"

namespace awaitscope::ui {

/// A stretch of time on screen.
struct TimeRange {
    Nanoseconds begin = 0;
    Nanoseconds end = 0;
    Nanoseconds length() const { return end - begin; }
    friend bool operator==(const TimeRange&, const TimeRange&) = default;
};

/// Events that belong together: those after `after`, up to and with `last`.
struct EventStretch {
    EventIndex after = 0;
    EventIndex last = 0;
    friend bool operator==(const EventStretch&, const EventStretch&) = default;
};

/// A line of a program and of its twin, by a piece of its code.
struct LineByCode {
    QString python;
    QString cpp;
    friend bool operator==(const LineByCode&, const LineByCode&) = default;
};

/// What of a trace is looked at: all that undo goes back to.
struct Sight {
    TimeRange range;
    std::set<TaskIndex> folded_tasks;          ///< whose descendants have no tracks
    std::set<std::uint32_t> folded_processes;  ///< by pid: their tasks have no tracks
    std::set<std::uint16_t> folded_loops;      ///< by number: likewise
    bool io_folded = false;                    ///< connections have no tracks
    QString search;
    std::map<QString, QString> filters;  ///< a panel's name, and what it is narrowed to; none for an empty one
    friend bool operator==(const Sight&, const Sight&) = default;
};

/// What all views of one trace share: the cursor, the selection, and what of the trace is looked at. Views change it,
/// and draw themselves anew when it tells of a change; they never talk to each other. GUI thread only.
///
/// Each change of what is looked at goes onto one undo stack, whatever it changes; those of one gesture (a drag, a turn
/// of the wheel, a word that is typed) as one.
class ViewState : public QObject {
    Q_OBJECT
  public:
    explicit ViewState(QObject* parent = nullptr);

    /// The moment shown everywhere: just after this event; no_event before the first.
    EventIndex cursor() const { return cursor_; }
    TaskIndex selectedTask() const { return selected_task_; }
    TimeRange range() const { return sight_.range; }
    /// The cursor and the range keep up with the newest event.
    bool following() const { return following_; }
    QString search() const { return sight_.search; }
    /// What a panel is narrowed to; empty: to nothing.
    QString filter(const QString& panel) const;
    const Sight& sight() const { return sight_; }

    /// The events after which the user has set marks, with their notes.
    const std::map<EventIndex, QString>& marks() const { return marks_; }

    /// What comes after the cursor is not shown at all: a story has a question open, and asks before it shows.
    bool futureHidden() const { return future_hidden_; }
    /// What answers the question that a story has just asked.
    std::optional<EventStretch> answer() const { return answer_; }
    /// The line that a story's card speaks of, where that is not the one at which the current task stands.
    const std::optional<LineByCode>& toldLine() const { return told_line_; }

    /// How places are told, by the language that is in front.
    const PlaceWords& places() const { return places_; }

    void setCursor(EventIndex cursor);  ///< leaves follow mode
    void setSelectedTask(TaskIndex task);
    /// Leaves follow mode. An inverted range is turned round.
    void setRange(TimeRange range);
    /// The same, but as a part of moving the cursor: leaves nothing to undo.
    void slideRange(TimeRange range);
    void setFollowing(bool following);
    void setSearch(const QString& text);
    void setFilter(const QString& panel, const QString& text);
    void setFolded(TaskIndex task, bool folded);
    void setProcessFolded(std::uint32_t pid, bool folded);
    void setLoopFolded(std::uint16_t number, bool folded);
    void setIoFolded(bool folded);
    void setMark(EventIndex event, const QString& note);  ///< a new one, or another note
    void removeMark(EventIndex event);
    void setFutureHidden(bool hidden);
    void setAnswer(std::optional<EventStretch> answer);
    void setToldLine(std::optional<LineByCode> line);
    void setPlaces(PlaceWords places);
    bool canUndo() const { return !undo_.empty(); }
    bool canRedo() const { return !redo_.empty(); }
    /// Looks at this to begin with: there is nothing to undo. Leaves follow mode.
    void begin(Sight sight);
    /// Goes back to what was looked at before the last change; leaves follow mode. Nothing when there is nothing
    /// before.
    void undo();
    void redo();

    /// How long after a change another of the same thing counts as the same gesture; 0: each is its own.
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
    void filterChanged(const QString& panel);
    void foldingChanged();
    void marksChanged();
    void placesChanged();
    void disclosureChanged();  ///< futureHidden() or answer()
    void toldLineChanged();

  private:
    void change(Sight next, const QString& what);
    void step(std::vector<Sight>& from, std::vector<Sight>& to);
    /// Looks at something else, and tells of what differs.
    void look(Sight next);

    EventIndex cursor_ = no_event;
    TaskIndex selected_task_ = no_task;
    Sight sight_;
    std::map<EventIndex, QString> marks_;
    bool following_ = true;
    bool future_hidden_ = false;
    std::optional<EventStretch> answer_;
    std::optional<LineByCode> told_line_;
    PlaceWords places_;
    std::vector<Sight> undo_;
    std::vector<Sight> redo_;
    QElapsedTimer gesture_;  ///< since the last change
    QString gesture_of_;     ///< what it changed
    qint64 gesture_gap_ms_ = 600;
};

}  // namespace awaitscope::ui
