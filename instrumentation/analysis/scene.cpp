// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/analysis/scene.hpp"

#include <algorithm>

namespace awaitscope {

void LoopNow::stalled(Nanoseconds begin, Nanoseconds end) {
    if (stalls.size() == stalls_max) stalls.erase(stalls.begin());
    stalls.push_back({begin, end});
}

Nanoseconds LoopNow::stalled_between(Nanoseconds begin, Nanoseconds end) const {
    Nanoseconds sum = 0;
    const auto add = [&](const Stall& stall) {
        sum = sum_of(sum, std::max<Nanoseconds>(0, std::min(end, stall.end) - std::max(begin, stall.begin)));
    };
    for (auto stall = stalls.rbegin(); stall != stalls.rend() && stall->end > begin; ++stall) add(*stall);
    if (stopped) add({stopped_since, end});
    add(overslept);
    return sum;
}

std::span<const SeenStack> LoopNow::stacks_since(Nanoseconds begin) const {
    const auto first = std::ranges::find_if(stacks, [&](const SeenStack& stack) { return stack.time >= begin; });
    return {first, stacks.end()};
}

std::size_t Scene::loop_index(std::uint16_t number, Nanoseconds time) {
    if (!loops_.empty() && loops_.front().number == number) return 0;
    const std::uint32_t known = loop_numbers_.find(Id{number} + 1);
    if (known != IdMap::none) return known;
    const auto index = loops_.size();
    loop_numbers_.put(Id{number} + 1, static_cast<std::uint32_t>(index));
    LoopNow& loop = loops_.emplace_back();
    loop.number = number;
    loop.stopped_since = time;
    return index;
}

void Scene::enter(TaskIndex index, TaskState state, const Seen& seen) {
    TaskNow& task = tasks_[index];
    task.state = state;
    task.since = seen.time;
    task.event = seen.index;
    task.on = WaitKind::none;
    task.object = 0;
}

/// What has run of the loop's step ends here, for another task begins inside it or it is over.
void Scene::cut_step(Seen& seen, LoopNow& loop) {
    if (loop.running == no_task) return;
    seen.step_event = loop.step_event;
    seen.step_begin = loop.step_begin;
    seen.stepped = loop.running;
    if (seen.time - loop.step_begin >= options_.blocked_loop) loop.stalled(loop.step_begin, seen.time);
}

void Scene::begin_step(Seen& seen, TaskIndex index) {
    LoopNow& loop = loops_[tasks_[index].loop];
    if (loop.running == index) return;  // a viewer was told so once more
    loop.moved = seen.time;
    cut_step(seen, loop);
    if (tasks_[index].state != TaskState::running) {
        tasks_[index].running = loop.running;
        enter(index, TaskState::running, seen);
        ++loop.steps;
    }
    loop.running = index;
    loop.step_event = seen.index;
    loop.step_begin = seen.time;
}

void Scene::end_step(Seen& seen, TaskIndex index) {
    TaskNow& task = tasks_[index];
    LoopNow& loop = loops_[task.loop];
    loop.moved = seen.time;
    if (loop.running == index) cut_step(seen, loop);
    // Its creator runs on, if it was eager; it is told so at once, which begins the rest of that step.
    loop.running = no_task;
    task.running = no_task;
}

/// Something shows that no step is open, though its end was not seen.
void Scene::end_all_steps(LoopNow& loop, EventIndex) {
    for (std::size_t guard = 0; loop.running != no_task && guard < tasks_.size(); ++guard) {
        TaskNow& task = tasks_[loop.running];
        task.state = TaskState::waiting;
        task.on = WaitKind::none;
        loop.running = std::exchange(task.running, no_task);
    }
    loop.running = no_task;
}

void Scene::stack_event(LoopNow& loop, const Seen& seen) {
    std::vector<SeenStack>& stacks = loop.stacks;
    if (seen.event.c == 0) {
        if (!stacks.empty() && stacks.back().time < loop.moved) stacks.clear();
        if (stacks.size() == LoopNow::stacks_max) stacks.erase(stacks.begin());
        const auto ran = static_cast<Nanoseconds>(std::min<std::uint64_t>(seen.event.a, seen.event.time));
        stacks.push_back({seen.index, seen.time, seen.time - ran, seen.task, {}});
    }
    // A frame whose innermost was lost is no stack.
    if (!stacks.empty() && stacks.back().frames.size() == seen.event.c && seen.event.c < SeenStack::frames_max)
        stacks.back().frames.push_back(seen.event.b);
}

void Scene::task_event(const Trace& trace, Seen& seen) {
    const Event& event = seen.event;
    const TaskIndex index = seen.task;
    if (index >= tasks_.size()) tasks_.resize(index + 1);
    TaskNow& task = tasks_[index];
    before_ = task;
    if (task.state == TaskState::unborn) {
        task.loop = static_cast<std::uint16_t>(loop_index(event.loop(), seen.time));
        task.place = trace.tasks()[index].definition;
        alive_.push_back(index);
        enter(index, TaskState::waiting, seen);
    }
    if (is_done(task.state)) return;
    switch (event.kind()) {
        case EventKind::task_created:
        case EventKind::task_alive:
            if (before_.state == TaskState::unborn) enter(index, TaskState::ready, seen);
            break;
        case EventKind::task_running:
            begin_step(seen, index);
            break;
        case EventKind::task_suspended: {
            const auto on = event.c < wait_kind_count ? static_cast<WaitKind>(event.c) : WaitKind::none;
            if (task.state == TaskState::waiting && task.object == event.a && task.on == on) break;
            if (task.state == TaskState::running) end_step(seen, index);
            if (event.b != 0) task.place = event.b;
            if (on == WaitKind::yield && task.state == TaskState::ready) break;
            enter(index, on == WaitKind::yield ? TaskState::ready : TaskState::waiting, seen);
            task.on = on;
            task.object = event.a;
            break;
        }
        case EventKind::task_ready:
            if (task.state == TaskState::running) end_step(seen, index);
            if (task.state != TaskState::ready) enter(index, TaskState::ready, seen);
            break;
        case EventKind::task_done:
            if (task.state == TaskState::running) end_step(seen, index);
            enter(index, trace.tasks()[index].end_state, seen);
            if (!is_done(task.state)) task.state = TaskState::finished;
            ++ended_;
            break;
        default:
            break;
    }
}

Seen Scene::apply(const Trace& trace, const Event& event, EventIndex index) {
    time_ = static_cast<Nanoseconds>(event.time);
    events_ = index + 1;
    const std::size_t number = loop_index(event.loop(), time_);
    Seen seen{event,   index,         time_, event.task() == 0 ? no_task : trace.find_task(event.task()),
              before_, loops_[number]};
    const EventKind kind = event.kind();
    if ((kind >= EventKind::task_created && kind <= EventKind::task_done) || kind == EventKind::task_alive) {
        if (seen.task != no_task) task_event(trace, seen);
        if (ended_ > 1024 && ended_ * 2 > alive_.size()) {
            std::erase_if(alive_, [&](TaskIndex task) { return is_done(tasks_[task].state); });
            ended_ = 0;
        }
        return seen;
    }
    before_ = task(seen.task);
    LoopNow& loop = loops_[number];
    switch (kind) {
        case EventKind::stack:
            stack_event(loop, seen);
            break;
        case EventKind::loop_started:
        case EventKind::iteration:
            loop.moved = time_;
            if (loop.stopped) loop.stalled(loop.stopped_since, time_);
            loop.stopped = false;
            end_all_steps(loop, index);
            break;
        case EventKind::loop_stopped:
            end_all_steps(loop, index);
            loop.moved = time_;
            loop.stopped = true;
            loop.stopped_since = time_;
            break;
        case EventKind::poll: {
            loop.moved = time_;
            end_all_steps(loop, index);
            const auto took =
                static_cast<Nanoseconds>(std::min<std::uint64_t>(event.a, static_cast<std::uint64_t>(time_)));
            loop.idle = sum_of(loop.idle, took);
            constexpr std::uint32_t longest_told_us = 0xfffffffd;  // above: cut, or without end
            if (const Nanoseconds timeout = Nanoseconds{event.b} * 1000; event.b <= longest_told_us && took > timeout)
                loop.overslept = {time_ - took + timeout, time_};
            break;
        }
        case EventKind::callback_run:
            loop.moved = time_;
            if (const auto took = static_cast<Nanoseconds>(std::min<std::uint64_t>(event.bc(), event.time));
                took >= options_.blocked_loop)
                loop.stalled(time_ - took, time_);
            break;
        case EventKind::lost:
            for (LoopNow& each : loops_) end_all_steps(each, index);
            break;
        default:
            break;
    }
    return seen;
}

}  // namespace awaitscope
