// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <span>
#include <vector>

#include "instrumentation/analysis/finding_options.hpp"
#include "instrumentation/source/id_map.hpp"
#include "instrumentation/trace/trace.hpp"

namespace awaitscope {

/// A task at the moment to which the walk over the events has come.
struct TaskNow {
    Nanoseconds since = 0;        ///< when its state began
    Id object = 0;                ///< what it waits for
    EventIndex event = 0;         ///< with which its state began
    PlaceId place = 0;            ///< of its last co_await, or else of its coroutine
    TaskIndex running = no_task;  ///< while it runs: who ran before in this loop, and is to run on (eager tasks)
    std::uint16_t loop = 0;       ///< an index into Scene's loops
    TaskState state = TaskState::unborn;
    WaitKind on = WaitKind::none;
};

/// What kept a loop, as a thread that watched it saw it.
struct SeenStack {
    EventIndex event = 0;  ///< its first frame's
    Nanoseconds time = 0;
    Nanoseconds begin = 0;        ///< since when the loop had been kept by then
    TaskIndex task = no_task;     ///< whose step; none: a callback's
    std::vector<PlaceId> frames;  ///< innermost first

    static constexpr std::size_t frames_max = 64;
};

/// A loop at that moment.
struct LoopNow {
    std::uint16_t number = 0;
    bool stopped = true;
    TaskIndex running = no_task;
    EventIndex step_event = 0;  ///< the step that is going on, or what there is of it after an eager task's
    Nanoseconds step_begin = 0;
    Nanoseconds stopped_since = 0;
    Nanoseconds idle = 0;  ///< what its selector has waited, in all
    std::uint64_t steps = 0;
    Nanoseconds moved = 0;  ///< when it last began or ended something
    /// Of what goes on, or has just ended: those that the next of another begin takes away. The last stacks_max.
    std::vector<SeenStack> stacks;
    static constexpr std::size_t stacks_max = 64;

    /// A time in which it could do nothing else: a long step or callback, or it did not run at all.
    struct Stall {
        Nanoseconds begin;
        Nanoseconds end;
    };
    static constexpr std::size_t stalls_max = 64;
    std::vector<Stall> stalls;  ///< the last stalls_max, ascending
    /// What its selector's last wait took beyond its timeout: the machine was busy elsewhere, or slept.
    Stall overslept{0, 0};

    void stalled(Nanoseconds begin, Nanoseconds end);
    /// Of these, what was seen of a step or callback that began then: pass the begin as far as it is known, it may have
    /// been earlier. Empty: nobody saw it.
    std::span<const SeenStack> stacks_since(Nanoseconds begin) const;
    /// How much of a time the loop was stalled.
    Nanoseconds stalled_between(Nanoseconds begin, Nanoseconds end) const;
};

/// The part of an event that all detectors ask for.
struct Seen {
    const Event& event;
    EventIndex index;
    Nanoseconds time;
    TaskIndex task;         ///< the event's; no_task where it has none
    const TaskNow& before;  ///< that task just before the event
    const LoopNow& loop;    ///< the event's, after it
    /// A step, or a part of one, that ended with this event: its first event, and its length; no_event: none did.
    EventIndex step_event = no_event;
    TaskIndex stepped = no_task;
    Nanoseconds step_begin = 0;
};

/// What the detectors share: the state of tasks and loops as the walk over the events goes, each task's in constant
/// time. (The trace knows the state at any event, but each such question is a search.)
class Scene {
  public:
    explicit Scene(const FindingOptions& options) : options_(options) {}

    /// Takes the next event.
    Seen apply(const Trace& trace, const Event& event, EventIndex index);

    const TaskNow& task(TaskIndex index) const { return index < tasks_.size() ? tasks_[index] : nobody_; }
    const std::vector<LoopNow>& loops() const { return loops_; }
    const LoopNow& loop_of(const TaskNow& task) const { return loops_[task.loop]; }
    /// Tasks that live, and some that have ended: those are taken out now and then.
    const std::vector<TaskIndex>& alive() const { return alive_; }
    Nanoseconds time() const { return time_; }
    EventIndex events() const { return events_; }

  private:
    std::size_t loop_index(std::uint16_t number, Nanoseconds time);
    void begin_step(Seen& seen, TaskIndex task);
    void end_step(Seen& seen, TaskIndex task);
    void end_all_steps(LoopNow& loop, EventIndex index);
    void cut_step(Seen& seen, LoopNow& loop);
    void enter(TaskIndex task, TaskState state, const Seen& seen);
    static void stack_event(LoopNow& loop, const Seen& seen);
    void task_event(const Trace& trace, Seen& seen);

    FindingOptions options_;
    std::vector<TaskNow> tasks_;
    std::vector<LoopNow> loops_;
    IdMap loop_numbers_;
    std::vector<TaskIndex> alive_;
    std::size_t ended_ = 0;  ///< of alive_
    TaskNow before_;
    TaskNow nobody_;
    Nanoseconds time_ = 0;
    EventIndex events_ = 0;
};

}  // namespace awaitscope
