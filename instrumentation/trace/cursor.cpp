// SPDX-License-Identifier: GPL-3.0-or-later
// What was the case just after an event, and where the next step of some kind lies.
#include <algorithm>

#include "instrumentation/trace/own_code.hpp"
#include "instrumentation/trace/trace_state.hpp"

namespace awaitscope {

TaskMoment Trace::at(TaskIndex task, EventIndex cursor) const {
    return state_->tasks.at(task, cursor);
}

Nanoseconds Trace::time_at(EventIndex cursor) const {
    if (cursor == no_event || event_count() == 0) return begin();
    return state_->events.time(std::min(cursor, event_count() - 1));
}

bool Trace::began_before(TaskIndex task, EventIndex cursor) const {
    const Task& all = state_->tasks[task];
    const std::size_t spans = all.spans.count_until(cursor);
    if (!all.older || spans == 0) return false;
    switch (all.spans.state_of(spans - 1)) {
        case TaskState::ready:
            return spans == 1;
        case TaskState::waiting:  // it has not run since, so it can not have begun to wait
            return tally_at(task, cursor).resumed == 0;
        case TaskState::running: {
            const auto loop = std::ranges::find(state_->loops, all.loop, &Loop::number);
            return tally_at(task, cursor).resumed == 1 && loop != state_->loops.end() && loop->told != no_event &&
                   all.spans.event_of(spans - 1) < loop->told;
        }
        default:
            return false;
    }
}

TaskTally Trace::tally_at(TaskIndex task, EventIndex cursor) const {
    const SpanList& spans = state_->tasks[task].spans;
    return spans.tally(spans.count_until(cursor), time_at(cursor));
}

namespace {

/// What a task tells while it is being suspended is a part of the await at whose end it waits; 0: this is none.
PlaceId place_of_suspending(const EventStore& events, Id task, EventIndex cursor) {
    constexpr EventIndex look_at_most = 64;
    const auto leads_to_wait = [](EventKind kind) {
        return kind == EventKind::timer_set || kind == EventKind::future_created || kind == EventKind::sync_wait ||
               kind == EventKind::io_wait;
    };
    if (!leads_to_wait(events.kind(cursor)) || events[cursor].task() != task) return 0;
    for (EventIndex i = cursor + 1; i < events.size() && i - cursor < look_at_most; ++i) {
        const Event event = events[i];
        if (event.task() != task || leads_to_wait(event.kind())) continue;
        // A future may be made for later, too.
        const bool of_this = events.kind(cursor) != EventKind::future_created || events[cursor].a == event.a;
        return event.kind() == EventKind::task_suspended && of_this ? event.b : 0;
    }
    return 0;
}

/// Where a step is, by what it has said of that since `begin`, up to the cursor; where it has come back from a
/// coroutine that it entered in an earlier step, by where it awaited that. 0: nothing.
PlaceId place_in_step(const EventStore& events, const Symbols& symbols, const Task& all, EventIndex begin,
                      EventIndex cursor) {
    constexpr EventIndex look_at_most = 1 << 14;
    const Id task = all.id;
    std::vector<PlaceId> stack;  // outermost first, as they come
    unsigned ended = 0;          // coroutines that it has left, and entered before
    bool came_back = false;      // from one that an earlier step entered
    for (EventIndex i = cursor; i > all.created_event && cursor - i < look_at_most; --i) {
        if (i <= begin && ended == 0 && !came_back) break;
        switch (events.kind(i)) {
            case EventKind::stack:
            case EventKind::task_at:
            case EventKind::coroutine_entered:
            case EventKind::coroutine_left:
                break;
            default:
                continue;
        }
        const Event event = events[i];
        if (event.task() != task) continue;
        if (event.kind() == EventKind::coroutine_left) {
            ++ended;
        } else if (ended > 0) {
            ended -= event.kind() == EventKind::coroutine_entered;
            came_back = i <= begin && ended == 0;
        } else if (came_back) {
            return event.kind() == EventKind::task_at ? event.b : 0;
        } else if (event.kind() == EventKind::stack) {
            stack.push_back(event.b);
            if (event.c != 0) continue;
            std::ranges::reverse(stack);
            return stack[own_frame(symbols, stack)];
        } else if (event.b != 0) {
            return event.b;
        }
    }
    return 0;
}

}  // namespace

PlaceId Trace::place_at(TaskIndex task, EventIndex cursor) const {
    const Task& all = state_->tasks[task];
    const std::size_t spans = all.spans.count_until(cursor);
    // It runs, or ended in this step.
    if (spans > 0 && all.spans.state_of(spans - 1) == TaskState::running) {
        const EventStore& events = state_->events;
        const EventIndex begin = all.spans.event_of(spans - 1);
        const EventIndex index = std::min({cursor, event_count() - 1, all.done_event});
        if (const PlaceId place = place_of_suspending(events, all.id, index)) return place;
        if (const PlaceId place = place_in_step(events, *state_->symbols, all, begin, index)) return place;
        if (index == all.done_event) return 0;
    }
    const PlaceId place = all.spans.place(spans);
    return place != 0 ? place : all.definition;
}

std::vector<PlaceId> Trace::callers_at(TaskIndex task, EventIndex cursor) const {
    constexpr EventIndex look_at_most = 1 << 16;
    std::vector<PlaceId> callers;
    if (event_count() == 0 || cursor == no_event || is_done(at(task, cursor).state)) return callers;
    const Task& all = state_->tasks[task];
    const EventStore& events = state_->events;
    cursor = std::min(cursor, event_count() - 1);
    unsigned ended = 0;    // coroutines left, whose beginning lies before
    bool entered = false;  // what the task told before that is where it is awaited
    bool outermost = false;
    for (EventIndex i = cursor; i > all.created_event && cursor - i < look_at_most && (entered || !outermost); --i) {
        const EventKind kind = events.kind(i);
        if (!entered && kind != EventKind::coroutine_left && kind != EventKind::coroutine_entered) continue;
        const Event event = events[i];
        if (event.task() != all.id) continue;
        if (entered && kind == EventKind::task_at && event.b != 0) callers.push_back(event.b);
        entered = kind == EventKind::coroutine_entered && ended == 0;
        outermost = outermost || (entered && event.c <= 1);
        if (kind == EventKind::coroutine_left)
            ++ended;
        else if (kind == EventKind::coroutine_entered && !entered)
            --ended;
    }
    return callers;
}

std::vector<TaskIndex> Trace::ready_queue_at(EventIndex cursor) const {
    return state_->ready.ready_at(cursor);
}

TaskIndex Trace::running_at(EventIndex cursor, std::uint16_t loop) const {
    return state_->ready.running_at(cursor, loop);
}

std::vector<Trace::Timer> Trace::timers_at(EventIndex cursor) const {
    // Sorted by moment and event, two numbers, before anything else is looked up: there may be very many.
    std::vector<std::pair<Nanoseconds, EventIndex>> due;
    for (const EventIndex index : state_->timers.open_at(cursor)) {
        const std::uint64_t when = state_->events[index].bc();
        due.emplace_back(static_cast<Nanoseconds>(std::min(when, static_cast<std::uint64_t>(open_end))), index);
    }
    std::ranges::sort(due);
    std::vector<Timer> timers;
    timers.reserve(due.size());
    for (const auto& [when, index] : due) {
        const Event event = state_->events[index];
        timers.push_back({event.a, when, find_task(event.task())});
    }
    return timers;
}

std::vector<Trace::Watch> Trace::watches_at(EventIndex cursor) const {
    std::vector<Watch> watches;
    for (EventIndex index : state_->watches.open_at(cursor)) {
        const Event& event = state_->events[index];
        const bool writes = event.c == static_cast<std::uint32_t>(IoDirection::write);
        watches.push_back({event.loop(), static_cast<int>(event.b), writes ? IoDirection::write : IoDirection::read});
    }
    std::ranges::sort(watches, {}, [](const Watch& watch) { return std::tuple(watch.loop, watch.fd, watch.what); });
    return watches;
}

std::vector<PrimitiveMoment> Trace::primitives_at(EventIndex cursor) const {
    return state_->primitives.at(cursor);
}

StringId Trace::primitive_name(Id id) const {
    return state_->primitives.name_of(id);
}

PlaceId Trace::primitive_line(Id id) const {
    return state_->primitives.line_of(id);
}

std::optional<PrimitiveMoment> Trace::primitive_at(Id id, EventIndex cursor) const {
    return state_->primitives.at(id, cursor);
}

const IndexList* Trace::primitive_events(Id id) const {
    return state_->primitives.events_of(id);
}

std::uint32_t Trace::greatest_size(Id queue, EventIndex first, EventIndex last) const {
    return state_->primitives.greatest_size(queue, first, last);
}

namespace {

/// The nearest event number that a question to each of some lists yields.
template <class Lists, class Ask>
EventIndex nearest_after(const Lists& lists, Ask ask) {
    EventIndex best = no_event;
    for (const auto& list : lists) best = std::min(best, ask(list));
    return best;
}

template <class Lists, class Ask>
EventIndex nearest_before(const Lists& lists, Ask ask) {
    EventIndex best = no_event;
    for (const auto& list : lists)
        if (const EventIndex found = ask(list); found != no_event && (best == no_event || found > best)) best = found;
    return best;
}

bool is_step(EventKind kind) {
    return kind == EventKind::task_running;
}

}  // namespace

EventIndex Trace::next_step(EventIndex cursor, TaskIndex only) const {
    const EventIndex count = event_count();
    if (only != no_task) {
        const SpanList& spans = state_->tasks[only].spans;
        for (std::size_t i = spans.count_until(cursor); i < spans.size(); ++i)
            if (spans.state_of(i) == TaskState::running) return spans.event_of(i);
        return no_event;
    }
    EventIndex i = cursor == no_event ? 0 : cursor + 1;
    const std::vector<std::uint32_t>& before = state_->steps_before_chunk;
    while (i < count) {
        const EventIndex chunk = i / EventStore::chunk_size;
        const EventIndex chunk_end = std::min<EventIndex>(count, (chunk + 1) * EventStore::chunk_size);
        for (; i < chunk_end; ++i)
            if (is_step(state_->events.kind(i))) return i;
        if (chunk + 1 >= before.size()) break;
        // On to the last chunk before which no other step has begun.
        const auto next =
            std::upper_bound(before.begin() + static_cast<std::ptrdiff_t>(chunk) + 1, before.end(), before[chunk + 1]);
        i = static_cast<EventIndex>(next - before.begin() - 1) * EventStore::chunk_size;
    }
    return no_event;
}

EventIndex Trace::previous_step(EventIndex cursor, TaskIndex only) const {
    if (cursor == no_event || cursor == 0 || event_count() == 0) return no_event;
    if (only != no_task) {
        const SpanList& spans = state_->tasks[only].spans;
        for (std::size_t i = spans.count_until(cursor - 1); i > 0; --i)
            if (spans.state_of(i - 1) == TaskState::running) return spans.event_of(i - 1);
        return no_event;
    }
    const std::vector<std::uint32_t>& before = state_->steps_before_chunk;
    EventIndex i = std::min(cursor, event_count());  // looks at those below i
    while (i > 0) {
        const EventIndex chunk = (i - 1) / EventStore::chunk_size;
        for (; i > chunk * EventStore::chunk_size; --i)
            if (is_step(state_->events.kind(i - 1))) return i - 1;
        // Back to the first chunk before which as many steps have begun: the step lies in the one before it.
        const auto same =
            std::lower_bound(before.begin(), before.begin() + static_cast<std::ptrdiff_t>(chunk), before[chunk]);
        i = static_cast<EventIndex>(same - before.begin()) * EventStore::chunk_size;
    }
    return no_event;
}

EventIndex Trace::next_iteration(EventIndex cursor) const {
    return nearest_after(state_->loops, [&](const Loop& loop) { return loop.iterations.after(cursor); });
}
EventIndex Trace::previous_iteration(EventIndex cursor) const {
    return nearest_before(state_->loops, [&](const Loop& loop) { return loop.iterations.before(cursor); });
}
EventIndex Trace::next_output(EventIndex cursor) const {
    return state_->outputs.after(cursor);
}
EventIndex Trace::previous_output(EventIndex cursor) const {
    return state_->outputs.before(cursor);
}

}  // namespace awaitscope
