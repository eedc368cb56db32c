// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "instrumentation/trace/await_index.hpp"
#include "instrumentation/trace/interval_index.hpp"
#include "instrumentation/trace/io_tracks.hpp"
#include "instrumentation/trace/primitives.hpp"
#include "instrumentation/trace/ready_index.hpp"
#include "instrumentation/trace/task_table.hpp"
#include "instrumentation/trace/trace.hpp"

namespace awaitscope {

/// All that a trace holds, and how an event changes it (trace_builder.cpp). The questions are answered in trace.cpp,
/// cursor.cpp and await_graph.cpp.
struct Trace::State {
    explicit State(std::shared_ptr<const Symbols> names);
    void begin_after(const State& before, SymbolMover& mover);
    /// The events that the state after the last one rests on, in order.
    std::vector<Event> surviving() const;
    /// `task` is the event's, where it has been looked up; no_task: it has not, or was not known then.
    void append(Event event, TaskIndex task);

    std::shared_ptr<const Symbols> symbols;
    EventStore events;
    TaskTable tasks{events};
    ReadyIndex ready{events, tasks};
    IntervalIndex timers;
    IntervalIndex watches;
    IoTracks io{events};
    Primitives primitives{events, tasks};
    IndexList outputs;
    IndexList marks;
    IndexList warnings;
    IndexList losses;
    std::uint64_t lost = 0;
    EventIndex whole_from = no_event;  ///< the recording_begins event, where the first part is not all there
    std::vector<Loop> loops;
    Folded folded;
    /// Steps begun before each chunk of events, so that a step is found without a walk over all events.
    std::vector<std::uint32_t> steps_before_chunk;
    std::uint32_t steps = 0;
    AwaitIndex awaits{events, tasks};

  private:
    /// What only the builder needs of a loop.
    struct LoopNow {
        std::vector<TaskIndex> alive;    ///< and some that have ended
        std::vector<TaskIndex> told;     ///< by the snapshot that is going on
        EventIndex snapshot = no_event;  ///< its snapshot_begin; no_event while there is none
        std::uint64_t lost_when_it_began = 0;
        std::uint64_t lost_when_last_complete = 0;
    };
    /// Steps that may be open at once, over all loops; of more the outermost are forgotten.
    static constexpr std::size_t open_steps_max = 256;

    /// Adds the tasks of another trace that have ended to what is folded.
    void add_ended(TaskList tasks_before, SymbolMover& mover);
    std::size_t loop_of(std::uint16_t number);
    TaskIndex add_task(Id id, const Event& event, EventIndex index);
    void task_event(const Event& event, EventIndex index, TaskIndex task);
    void other_event(const Event& event, EventIndex index);
    void introduce(const Event& event, EventIndex index);
    void suspend(TaskIndex task, const Event& event, EventIndex index);
    void begin_span(TaskIndex task, TaskState state, EventIndex index);
    void end_task(TaskIndex task, TaskState state, StringId error, EventIndex index);
    void leave_step(TaskIndex task);
    /// Something shows that no step is open in a loop (any loop) though its end was not seen.
    void end_steps_unseen(std::optional<std::uint16_t> loop, EventIndex index);
    void snapshot_ends(LoopNow& loop, EventIndex index);
    void watch_event(const Event& event, EventIndex index);

    IdMap loop_numbers_;
    std::vector<LoopNow> now_;  ///< as `loops`
    /// A step that has begun: in a loop that need not be its task's first, where a loop has several threads.
    struct OpenStep {
        TaskIndex task;
        std::uint16_t loop;
    };
    std::vector<OpenStep> running_;  ///< innermost last: an eager task begins inside its creator's step
};

}  // namespace awaitscope
