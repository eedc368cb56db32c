// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/trace/trace.hpp"

#include <array>
#include <bit>

#include "instrumentation/trace/trace_state.hpp"

namespace awaitscope {

Trace::Trace(std::shared_ptr<const Symbols> symbols) : state_(std::make_unique<State>(std::move(symbols))) {}
Trace::~Trace() = default;

void Trace::append(std::span<const Event> events) {
    static constexpr std::atomic<unsigned> nobody{0};
    append(events, nobody);
}

std::size_t Trace::append(std::span<const Event> events, const std::atomic<unsigned>& wanted) {
    // Events to come tell what will be touched: its memory is on its way before it is needed. With many tasks, that is
    // most of the cost of an event.
    constexpr std::size_t way = 40, thing = 24, spans = 12;
    constexpr std::size_t stretch = 32;
    static_assert(thing < stretch && std::has_single_bit(stretch));
    const TaskTable& tasks = state_->tasks;
    std::array<TaskIndex, stretch> known;  // the tasks of the events from i to i + thing
    known.fill(no_task);
    for (std::size_t i = 0; i < events.size(); ++i) {
        if (i % stretch == 0 && i > 0 && wanted.load(std::memory_order_relaxed) > 0) return i;
        if (i + way < events.size()) {
            const Event& event = events[i + way];
            tasks.prefetch_way(event.task());
            if (event.kind() == EventKind::timer_fired) state_->timers.prefetch_way(event.a);
        }
        if (i + thing < events.size()) {
            const Event& event = events[i + thing];
            const TaskIndex task = known[(i + thing) % stretch] = tasks.find(event.task());
            if (task != no_task) tasks.prefetch_task(task);
            if (event.kind() == EventKind::timer_fired) state_->timers.prefetch(event.a);
        }
        if (i + spans < events.size())
            if (const TaskIndex task = known[(i + spans) % stretch]; task != no_task) tasks.prefetch_spans(task);
        state_->append(events[i], known[i % stretch]);
    }
    return events.size();
}

void Trace::begin_after(const Trace& before, SymbolMover& mover) {
    state_->begin_after(*before.state_, mover);
}
const Folded& Trace::folded() const {
    return state_->folded;
}

EventIndex Trace::whole_from() const {
    return state_->whole_from;
}

const Symbols& Trace::symbols() const {
    return *state_->symbols;
}
EventIndex Trace::event_count() const {
    return state_->events.size();
}
Event Trace::event(EventIndex index) const {
    return state_->events[index];
}

EventColumns Trace::columns(EventIndex index) const {
    return state_->events.columns(index);
}
EventIndex Trace::first_at_or_after(Nanoseconds time, EventIndex from, EventIndex slack) const {
    return state_->events.first_at_or_after(time, from, slack);
}

Nanoseconds Trace::begin() const {
    return event_count() == 0 ? 0 : state_->events.time(whole_from() == no_event ? 0 : whole_from());
}
Nanoseconds Trace::end() const {
    return event_count() == 0 ? 0 : state_->events.time(event_count() - 1);
}

std::uint64_t Trace::skipped() const {
    if (whole_from() == no_event) return 0;
    // What stands before it is counted by it; its own place is not an event's of the run.
    const std::uint64_t before = event(whole_from()).a, here = whole_from() + 1;
    return before > here ? before - here : 0;
}

TaskList Trace::tasks() const {
    return state_->tasks.all();
}
TaskIndex Trace::find_task(Id id) const {
    return state_->tasks.find(id);
}
std::span<const IoTrack> Trace::io_tracks() const {
    return state_->io.all();
}
const IoTrack* Trace::io_track_at(std::uint16_t loop, int fd, EventIndex cursor) const {
    return state_->io.at(loop, fd, cursor);
}
std::span<const Loop> Trace::loops() const {
    return state_->loops;
}
const IndexList& Trace::outputs() const {
    return state_->outputs;
}
const IndexList& Trace::marks() const {
    return state_->marks;
}
const IndexList& Trace::warnings() const {
    return state_->warnings;
}
const IndexList& Trace::losses() const {
    return state_->losses;
}
std::uint64_t Trace::lost_count() const {
    return state_->lost;
}
std::uint64_t Trace::tasks_alive() const {
    return state_->tasks.alive();
}
std::uint64_t Trace::tasks_alive_at(EventIndex cursor) const {
    return state_->tasks.alive_at(cursor);
}
TaskIndex Trace::task_count_at(EventIndex cursor) const {
    return state_->tasks.count_until(cursor);
}

std::size_t Trace::memory_bytes() const {
    const State& s = *state_;
    std::size_t bytes = s.events.memory_bytes() + s.tasks.memory_bytes() + s.ready.memory_bytes() +
                        s.timers.memory_bytes() + s.watches.memory_bytes() + s.io.memory_bytes() +
                        s.primitives.memory_bytes() + s.awaits.memory_bytes();
    for (const IndexList* list : {&s.outputs, &s.marks, &s.warnings, &s.losses}) bytes += list->memory_bytes();
    for (const Loop& loop : s.loops) bytes += sizeof loop + loop.iterations.memory_bytes() + loop.ready.memory_bytes();
    return bytes;
}

}  // namespace awaitscope
