// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <vector>

#include "ui/model/trace_session.hpp"
#include "ui/model/view_state.hpp"

namespace awaitscope::ui {

/// Walks a view state's cursor over a session's trace: by hand, or by itself at a pace. It never touches the program,
/// so that back costs no more than forth. GUI thread only; session and view must outlive it.
class Stepper : public QObject {
    Q_OBJECT
  public:
    /// How it walks by itself: `time` lets the trace's own time pass, `steps` shows one step after another in equal
    /// time, which suits a virtual clock, where all of a second may happen in its last microsecond.
    enum class Pace { time, steps };
    static constexpr int step_ms = 1000;  ///< a step's time at speed 1

    Stepper(TraceSession& session, ViewState& view, QObject* parent = nullptr);

    bool running() const { return timer_.isActive(); }
    double speed() const { return speed_; }
    Pace pace() const;

    // Each moves the cursor and, by that, ends follow mode; nothing happens where there is no such event.
    void step();                ///< to where the next step of a task begins; behind the last one, to the last event
    void stepBack();            ///< before the first one, to before the first event
    void nextStepOfSelected();  ///< of the selected task; of any, where none is selected
    void previousStepOfSelected();
    void nextEvent();
    void previousEvent();
    void nextIteration();
    void previousIteration();
    void nextOutput();
    void previousOutput();
    void nextFinding();  ///< see setFindings()
    void previousFinding();
    void first();  ///< before the first event
    void last();

    void run();  ///< from the cursor on; from the beginning where it stands at the end
    /// Shows what leads to an event, and pauses there; stepped over, it is there at once. Pauses, too, where somebody
    /// else moves the cursor.
    void runTo(EventIndex event);
    void pause();
    void toggle();
    void setSpeed(double factor);  ///< clamped to [speed_min, speed_max]
    void setPace(Pace pace);       ///< for good; otherwise a virtual clock is walked by steps, others by time
    /// Where findings stand, ascending: what nextFinding() goes by. Whoever looks for findings hands them over anew as
    /// the trace grows.
    void setFindings(std::vector<EventIndex> events) { findings_ = std::move(events); }
    static constexpr double speed_min = 0.01;
    static constexpr double speed_max = 100;

    /// One beat of the walk, as if so much time had passed since the last.
    void advance(qint64 elapsed_ns);

  signals:
    void runningChanged();
    void speedChanged();
    void paceChanged();
    /// The cursor went on from here over what lies between, one stride or one beat of the walk, or began anew before
    /// the first event. Who goes back or jumps, to a finding or to the end, has not walked.
    void walked(awaitscope::EventIndex from);
    void atEnd();  ///< a way forward was asked for, and there is no further event yet

  private:
    void go(EventIndex to);
    void walk(EventIndex to);
    bool advanceSteps(const Trace& trace, qint64 elapsed_ns, EventIndex& to);
    bool advanceTime(const Trace& trace, qint64 elapsed_ns, EventIndex& to);
    template <class Find>
    void goWhere(Find find);
    template <class Find>
    void goOn(Find find);

    TraceSession& session_;
    ViewState& view_;
    QTimer timer_;
    QElapsedTimer clock_;
    std::optional<Pace> pace_;
    std::vector<EventIndex> findings_;
    EventIndex stop_ = no_event;  ///< where the walk ends before the trace does
    double speed_ = 1;
    double time_ = 0;  ///< where the walk is, in nanoseconds of the trace or, by steps, of the wait for the next
    bool moving_cursor_ = false;
    bool moved_ = false;  ///< somebody else moved the cursor during the walk
};

}  // namespace awaitscope::ui
