// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "instrumentation/event/descriptor.hpp"
#include "instrumentation/trace/trace_state.hpp"

namespace awaitscope {
namespace {

TaskState end_state(const Event& event) {
    switch (static_cast<EndState>(event.c)) {
        case EndState::cancelled:
            return TaskState::cancelled;
        case EndState::failed:
            return TaskState::failed;
        default:
            return TaskState::finished;
    }
}

std::uint64_t watch_key(std::uint16_t loop, std::uint32_t fd, IoDirection what) {
    return descriptor_of(loop, fd) << 1 | static_cast<std::uint64_t>(what);
}

/// Whether a suspension may wait for another task; the others wait for things that are none.
bool may_await_task(const Event& event) {
    switch (static_cast<WaitKind>(event.c)) {
        case WaitKind::future:
        case WaitKind::task:
        case WaitKind::gather:
        case WaitKind::timeout:
        case WaitKind::group:
            return true;
        default:
            return false;
    }
}

}  // namespace

Trace::State::State(std::shared_ptr<const Symbols> names) : symbols(std::move(names)) {}

void Trace::State::append(Event event, TaskIndex task) {
    const EventIndex index = events.size();
    if (index >= event_count_max) return;
    // Times come from a stranger: they never run back, and never reach open_end.
    const Nanoseconds previous = index > 0 ? events.time(index - 1) : 0;
    event.time = std::min<std::uint64_t>(event.time, static_cast<std::uint64_t>(open_end - 1));
    event.time = std::max(event.time, static_cast<std::uint64_t>(previous));
    if (index % EventStore::chunk_size == 0) steps_before_chunk.push_back(steps);
    events.push_back(event);

    if (is_task_event(event.kind()))
        task_event(event, index, task);
    else
        other_event(event, index);
    ready.passed(index);
}

void Trace::State::other_event(const Event& event, EventIndex index) {
    switch (event.kind()) {
        case EventKind::loop_started:
            loops[loop_of(event.loop())].name = event.b;
            loops[loop_of(event.loop())].started = index;
            break;
        case EventKind::loop_stopped:
        case EventKind::poll:
            end_steps_unseen(event.loop(), index);
            break;
        case EventKind::iteration:
            loops[loop_of(event.loop())].iterations.push_back(index);
            loops[loop_of(event.loop())].ready.push_back(event.b);
            end_steps_unseen(event.loop(), index);
            break;
        case EventKind::timer_set:
            timers.open(event.a, index);
            break;
        case EventKind::timer_fired:
        case EventKind::timer_cancelled:
            timers.close(event.a, index);
            break;
        case EventKind::io_wait:
        case EventKind::io_unwatched:
            watch_event(event, index);
            break;
        case EventKind::connection_lost:
            watch_event(event, index);
            [[fallthrough]];
        case EventKind::io_read:
        case EventKind::io_write:
        case EventKind::connection_made:
            io.apply(event, index);
            break;
        case EventKind::sync_created:
        case EventKind::sync_wait:
        case EventKind::sync_acquired:
        case EventKind::sync_released:
        case EventKind::queue_put:
        case EventKind::queue_get:
            primitives.apply(event, index);
            break;
        case EventKind::task_renamed:
            if (const TaskIndex task = tasks.find(event.task()); task != no_task) tasks.rename(task, event.b);
            break;
        case EventKind::output:
            outputs.push_back(index);
            break;
        case EventKind::mark:
            marks.push_back(index);
            break;
        case EventKind::warning:
            warnings.push_back(index);
            break;
        case EventKind::lost:
            losses.push_back(index);
            lost += event.a;
            end_steps_unseen(std::nullopt, index);
            break;
        case EventKind::recording_begins:
            if (whole_from == no_event) whole_from = index;
            break;
        case EventKind::snapshot_begin: {
            LoopNow& loop = now_[loop_of(event.loop())];
            loop.snapshot = index;
            loop.lost_when_it_began = losses.size();
            loop.told.clear();
            break;
        }
        case EventKind::snapshot_end:
            if (Loop& loop = loops[loop_of(event.loop())]; loop.told == no_event) loop.told = index;
            snapshot_ends(now_[loop_of(event.loop())], index);
            break;
        default:
            break;
    }
}

std::size_t Trace::State::loop_of(std::uint16_t number) {
    if (!loops.empty() && loops.front().number == number) return 0;
    const Id key = Id{number} + 1;
    const std::uint32_t found = loop_numbers_.find(key);
    if (found != IdMap::none) return found;
    loop_numbers_.put(key, static_cast<std::uint32_t>(loops.size()));
    loops.emplace_back().number = number;
    now_.emplace_back();
    return loops.size() - 1;
}

TaskIndex Trace::State::add_task(Id id, const Event& event, EventIndex index) {
    const TaskIndex task = tasks.add(id, event.loop(), index, event.kind() != EventKind::task_created);
    now_[loop_of(event.loop())].alive.push_back(task);
    return task;
}

void Trace::State::task_event(const Event& event, EventIndex index, TaskIndex task) {
    if (event.task() == 0) return;
    if (is_introduction(event.kind())) {
        introduce(event, index);
        return;
    }
    if (task == no_task) task = tasks.find(event.task());
    const bool unheard = task == no_task;
    if (unheard) task = add_task(event.task(), event, index);
    const TaskState state = tasks[task].state;
    if (is_done(state)) return;
    switch (event.kind()) {
        case EventKind::task_running:
            ++steps;
            begin_span(task, TaskState::running, index);
            if (state != TaskState::running) running_.push_back({task, event.loop()});
            if (running_.size() > open_steps_max) running_.erase(running_.begin());
            break;
        case EventKind::task_suspended:
            suspend(task, event, index);
            break;
        case EventKind::task_ready:
            if (state == TaskState::running) leave_step(task);
            if (state != TaskState::ready) begin_span(task, TaskState::ready, index);
            break;
        case EventKind::task_done:
            if (state == TaskState::running) leave_step(task);
            end_task(task, end_state(event), event.b, index);
            break;
        default:  // a request to cancel says nothing of what the task does
            if (unheard) begin_span(task, TaskState::waiting, index);
            break;
    }
}

void Trace::State::introduce(const Event& event, EventIndex index) {
    TaskIndex task = tasks.find(event.task());
    const bool unheard = task == no_task;
    if (unheard) task = add_task(event.task(), event, index);
    tasks.describe(task, event, index);
    if (unheard) begin_span(task, TaskState::ready, index);
    LoopNow& loop = now_[loop_of(event.loop())];
    if (event.kind() == EventKind::task_alive && loop.snapshot != no_event) loop.told.push_back(task);
}

void Trace::State::suspend(TaskIndex task, const Event& event, EventIndex index) {
    const TaskState state = tasks[task].state;
    if (state == TaskState::waiting) {
        // A snapshot tells of waits that are known already.
        const Span span = tasks[task].spans.back();
        if (span.object == event.a && span.on == static_cast<WaitKind>(event.c)) return;
    }
    if (state == TaskState::running) leave_step(task);
    const bool yields = event.c == static_cast<std::uint32_t>(WaitKind::yield);
    if (yields && state == TaskState::ready) return;
    begin_span(task, yields ? TaskState::ready : TaskState::waiting, index);
    primitives.apply(event, index);
    if (may_await_task(event) && tasks.find(event.a) != no_task) awaits.add(event.a, index);
}

void Trace::State::begin_span(TaskIndex task, TaskState state, EventIndex index) {
    tasks.change(task, state, index);
    ready.changed(task, state, index);
}

void Trace::State::end_task(TaskIndex task, TaskState state, StringId error, EventIndex index) {
    tasks.end(task, index, state, error);
    ready.changed(task, state, index);
}

void Trace::State::leave_step(TaskIndex task) {
    const auto step =
        std::find_if(running_.rbegin(), running_.rend(), [&](const OpenStep& one) { return one.task == task; });
    if (step != running_.rend()) running_.erase(std::next(step).base());
}

void Trace::State::end_steps_unseen(std::optional<std::uint16_t> loop, EventIndex index) {
    std::erase_if(running_, [&](const OpenStep& step) {
        if (loop && step.loop != *loop) return false;
        begin_span(step.task, TaskState::waiting, index);
        return true;
    });
}

void Trace::State::snapshot_ends(LoopNow& loop, EventIndex index) {
    if (loop.snapshot == no_event) return;
    const EventIndex began = std::exchange(loop.snapshot, no_event);
    const bool complete = losses.size() == loop.lost_when_it_began;
    const bool something_lost = loop.lost_when_last_complete != losses.size();
    if (!complete) return;
    loop.lost_when_last_complete = losses.size();
    if (!something_lost) return;
    // Whoever lived before it, and was not told, ended among the lost events.
    std::ranges::sort(loop.told);
    std::erase_if(loop.alive, [&](TaskIndex task) {
        if (is_done(tasks[task].state)) return true;
        if (tasks[task].created_event >= began || std::ranges::binary_search(loop.told, task)) return false;
        if (tasks[task].state == TaskState::running) leave_step(task);
        end_task(task, TaskState::finished, 0, index);
        return true;
    });
}

void Trace::State::watch_event(const Event& event, EventIndex index) {
    const auto what =
        event.c == static_cast<std::uint32_t>(IoDirection::write) ? IoDirection::write : IoDirection::read;
    switch (event.kind()) {
        case EventKind::io_wait:
            watches.open(watch_key(event.loop(), event.b, what), index);
            break;
        case EventKind::io_unwatched:
            watches.close(watch_key(event.loop(), event.b, what), index);
            break;
        default:
            watches.close(watch_key(event.loop(), event.c, IoDirection::read), index);
            watches.close(watch_key(event.loop(), event.c, IoDirection::write), index);
            break;
    }
}

}  // namespace awaitscope
