// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/surviving_events.hpp"

#include <utility>

#include "instrumentation/event/descriptor.hpp"

namespace awaitscope {
namespace {

/// Steps that may be open at once, over all loops.
constexpr std::size_t open_steps_max = 256;

bool writes(const Event& event) {
    return event.c == static_cast<std::uint32_t>(IoDirection::write);
}

}  // namespace

SurvivingEvents::TaskEvent SurvivingEvents::TaskThing::state() const {
    TaskEvent latest = introduced;
    std::uint64_t number = 0;
    for (TaskEvent which : {running, waiting, ready})
        if (events[which].number > number) {
            latest = which;
            number = events[which].number;
        }
    return latest;
}

void SurvivingEvents::take(const Event& event) {
    ++number_;
    switch (event.kind()) {
        case EventKind::task_created:
        case EventKind::task_alive:
        case EventKind::task_running:
        case EventKind::task_suspended:
        case EventKind::task_ready:
        case EventKind::task_cancel_requested:
        case EventKind::task_done:
            if (event.task() != 0) task_event(event);
            break;
        case EventKind::task_renamed:
            // As if it had had this name from the first.
            if (TaskThing* task = tasks_.find(event.task())) (*task)[introduced].event.b = event.b;
            break;
        case EventKind::loop_started:
            loops_.at(Id{event.loop()} + 1).events[started] = {number_, event};
            break;
        case EventKind::loop_stopped:
        case EventKind::iteration: {
            const std::uint16_t loop = event.loop();
            loops_.at(Id{loop} + 1).events[event.kind() == EventKind::iteration ? turn : stopped] = {number_, event};
            end_steps_unseen(&loop, event);
            break;
        }
        case EventKind::poll: {
            const std::uint16_t loop = event.loop();
            end_steps_unseen(&loop, event);
            break;
        }
        case EventKind::lost:
            ++losses_;
            end_steps_unseen(nullptr, event);
            break;
        case EventKind::snapshot_begin: {
            LoopThing& loop = loops_.at(Id{event.loop()} + 1);
            loop.snapshot = number_;
            loop.losses_when_it_began = losses_;
            break;
        }
        case EventKind::snapshot_end:
            snapshot_ends(loops_.at(Id{event.loop()} + 1));
            break;
        case EventKind::timer_set:
            open(Open::timer, event.a, event);
            break;
        case EventKind::timer_fired:
        case EventKind::timer_cancelled:
            close(Open::timer, event.a);
            break;
        case EventKind::io_wait:
            open(writes(event) ? Open::watch_write : Open::watch_read, descriptor_of(event.loop(), event.b), event);
            break;
        case EventKind::io_unwatched:
            close(writes(event) ? Open::watch_write : Open::watch_read, descriptor_of(event.loop(), event.b));
            break;
        case EventKind::connection_made:
            open(Open::connection, descriptor_of(event.loop(), event.c), event);
            break;
        case EventKind::connection_lost:
            for (Open what : {Open::connection, Open::watch_read, Open::watch_write})
                close(what, descriptor_of(event.loop(), event.c));
            break;
        case EventKind::thread_submitted:
            open(Open::job, event.a, event);
            break;
        case EventKind::thread_done:
            close(Open::job, event.a);
            break;
        case EventKind::process_started:
            open(Open::child, event.b, event);
            break;
        case EventKind::process_exited:
            close(Open::child, event.b);
            break;
        case EventKind::sync_created:
        case EventKind::sync_acquired:
        case EventKind::sync_released:
        case EventKind::queue_put:
        case EventKind::queue_get: {
            if (event.a == 0) break;
            objects_.forget_beyond(things_max);
            const ObjectEvent which = event.kind() == EventKind::sync_created ? created
                                      : event.kind() == EventKind::queue_put || event.kind() == EventKind::queue_get
                                          ? level
                                          : taken;
            objects_.at(event.a).events[which] = {number_, event};
            break;
        }
        case EventKind::sync_wait:
            if (event.task() == 0) break;
            if (TaskThing* task = tasks_.find(event.task())) (*task)[sync_wait] = {number_, event};
            break;
        default:
            break;
    }
}

void SurvivingEvents::open(Open what, std::uint64_t id, const Event& event) {
    constexpr std::uint64_t id_bits = (std::uint64_t{1} << 56) - 1;
    if (id == 0 && (what == Open::timer || what == Open::job)) return;
    open_.forget_beyond(things_max);
    open_.at(key_of(what, id & id_bits)).events[0] = {number_, event};
}

void SurvivingEvents::task_event(const Event& event) {
    if (event.kind() == EventKind::task_done) {
        std::erase(running_, event.task());
        tasks_.erase(event.task());
        return;
    }
    tasks_.forget_beyond(things_max);
    TaskThing& task = tasks_.at(event.task());
    const NumberedEvent now{number_, event};
    if (task.heard() == 0) task.loop = event.loop();
    switch (event.kind()) {
        case EventKind::task_created:
        case EventKind::task_alive:
            if (task[introduced].number == 0) task[introduced] = now;
            // A task whose creation was not seen is ready when a snapshot tells nothing else of it.
            if (event.kind() == EventKind::task_alive) task.told = loops_.at(Id{event.loop()} + 1).snapshot;
            break;
        case EventKind::task_running:
            if (task.state() != running) {
                running_.push_back(event.task());
                if (running_.size() > open_steps_max) running_.erase(running_.begin());
            }
            task[step_before] = std::exchange(task[running], now);
            task[sync_wait] = {};
            break;
        case EventKind::task_suspended:
            suspend(task, event);
            break;
        case EventKind::task_ready:
            if (task.state() == running) std::erase(running_, event.task());
            if (task.state() != ready) task[ready] = now;
            break;
        default:  // a request to cancel says nothing of what the task does, but that it lives
            if (task.heard() == 0) task[waiting] = now;
            break;
    }
}

void SurvivingEvents::suspend(TaskThing& task, const Event& event) {
    const TaskEvent state = task.state();
    // A snapshot tells of waits that are known already.
    if (state == waiting && task[waiting].event.a == event.a && task[waiting].event.c == event.c) return;
    if (state == running) std::erase(running_, event.task());
    // A task that yields is ready at once; told again by a snapshot, it is so still.
    const bool yields = event.c == static_cast<std::uint32_t>(WaitKind::yield);
    if (yields && (state == ready || state == introduced)) return;
    task[yields ? ready : waiting] = {number_, event};
}

void SurvivingEvents::end_steps_unseen(const std::uint16_t* loop, const Event& event) {
    std::erase_if(running_, [&](Id id) {
        TaskThing* task = tasks_.find(id);
        if (task && loop && task->loop != *loop) return false;
        if (task) (*task)[waiting] = {number_, event};
        return true;
    });
}

void SurvivingEvents::snapshot_ends(LoopThing& loop) {
    if (loop.snapshot == 0) return;
    const std::uint64_t began = std::exchange(loop.snapshot, 0);
    const bool complete = losses_ == loop.losses_when_it_began;
    const bool something_lost = losses_ != loop.losses_when_last_complete;
    if (!complete) return;
    loop.losses_when_last_complete = losses_;
    if (!something_lost) return;
    // Whoever lived before it, and was not told, ended among the lost events.
    const auto number = static_cast<std::uint16_t>(loop.id - 1);
    tasks_.erase_if([&](const TaskThing& task) {
        const auto first = [&] {
            std::uint64_t least = ~std::uint64_t{0};
            for (const NumberedEvent& kept : task.events)
                if (kept.number != 0) least = std::min(least, kept.number);
            return least;
        };
        return task.loop == number && task.told != began && first() < began;
    });
    std::erase_if(running_, [&](Id id) { return !tasks_.find(id); });
}

void SurvivingEvents::list(std::vector<Event>& out) const {
    std::vector<NumberedEvent> kept;
    const auto gather = [&](const auto& entries) {
        for (const auto& entry : entries.all())
            for (const NumberedEvent& one : entry.events)
                if (one.number != 0) kept.push_back(one);
    };
    gather(tasks_);
    gather(objects_);
    gather(loops_);
    gather(open_);
    std::ranges::sort(kept, {}, &NumberedEvent::number);
    const auto twice = std::ranges::unique(kept, {}, &NumberedEvent::number);
    kept.erase(twice.begin(), twice.end());
    for (const NumberedEvent& one : kept) out.push_back(one.event);
}

}  // namespace awaitscope
