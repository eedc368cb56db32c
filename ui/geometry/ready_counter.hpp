// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <utility>

#include "instrumentation/event/event.hpp"

namespace awaitscope::ui {

/// How many handles of one loop are ready, from event to event. A turn begins with what its iteration event says; each
/// handle that runs takes one away, each that becomes ready adds one, to run in the next turn.
class ReadyCounter {
  public:
    /// Whether an event shows that all handles of the turn before it have run: the loop asks its selector, or begins
    /// the next turn. Those that left no event of their own then ran before the loop's last event: see endTurn().
    static bool showsEnd(const Event& event) {
        switch (event.kind()) {
            case EventKind::poll:
            case EventKind::timer_fired:
            case EventKind::io_ready:
            case EventKind::iteration:
            case EventKind::loop_stopped:
                return true;
            default:
                return false;
        }
    }

    /// Takes the loop's next event.
    void take(const Event& event) {
        if (showsEnd(event)) endTurn();
        switch (event.kind()) {
            case EventKind::iteration:
                depth_ = left_ = event.b;
                break;
            case EventKind::task_running:
            case EventKind::callback_run:
                if (left_ > 0) --left_, --depth_;
                break;
            case EventKind::snapshot_begin:
            case EventKind::snapshot_end:
                repeats_ = event.kind() == EventKind::snapshot_begin;
                break;
            case EventKind::task_ready:
                if (repeats_) break;  // it was before
                if (event.a == 0 && left_ > 0)
                    --left_;  // a timer's or a future's handle ran: it went, and the task came
                else
                    ++depth_;
                break;
            case EventKind::task_suspended:
                if (event.c == static_cast<std::uint32_t>(WaitKind::yield)) ++depth_;  // by sleep(0) it is ready again
                break;
            case EventKind::task_created:
            case EventKind::callback_scheduled:
                ++depth_;
                break;
            default:
                break;
        }
    }
    /// All handles of the turn have run.
    void endTurn() { depth_ -= std::exchange(left_, 0); }

    std::uint32_t depth() const { return depth_; }
    /// Those of this turn that have not run yet, as far as events tell; never more than depth().
    std::uint32_t left() const { return left_; }

  private:
    std::uint32_t depth_ = 0;
    std::uint32_t left_ = 0;
    bool repeats_ = false;
};

}  // namespace awaitscope::ui
