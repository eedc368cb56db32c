// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/analysis/figures.hpp"

#include <algorithm>

#include "instrumentation/trace/own_code.hpp"

namespace awaitscope {
namespace {

/// The element of a place, made when there is none. Places are numbered from 0 without gaps.
template <class T>
T& of_place(std::vector<T>& all, std::vector<std::uint32_t>& numbers, PlaceId place) {
    if (place >= numbers.size()) numbers.resize(place + 1);
    if (numbers[place] == 0) {
        all.emplace_back();
        numbers[place] = static_cast<std::uint32_t>(all.size());
    }
    return all[numbers[place] - 1];
}

}  // namespace

CoroutineFigures& Figures::coroutine(PlaceId definition) {
    CoroutineFigures& figures = of_place(coroutines_, coroutine_numbers_, definition);
    figures.definition = definition;
    return figures;
}

LineFigures& Figures::line(PlaceId place) {
    LineFigures& figures = of_place(lines_, line_numbers_, place);
    figures.place = place;
    return figures;
}

void Figures::step(const Trace& trace, const Scene& scene, const Seen& seen) {
    const Nanoseconds length = seen.time - seen.step_begin;
    const PlaceId place = seen.task == seen.stepped ? seen.before.place : scene.task(seen.stepped).place;
    coroutine(trace.tasks()[seen.stepped].definition).steps.add(length);
    line(place).steps.add(length);
    if (long_steps_.size() == long_steps_max && length <= long_steps_.back().length) return;
    if (long_steps_.size() == long_steps_max) long_steps_.pop_back();
    const auto after = std::ranges::find_if(long_steps_, [&](const LongStep& step) { return step.length < length; });
    const auto stacks = scene.loop_of(scene.task(seen.stepped)).stacks_since(seen.step_begin);
    const std::span<const PlaceId> frames = stacks.empty() ? std::span<const PlaceId>() : stacks.back().frames;
    const PlaceId at = frames.empty() ? 0 : frames[own_frame(trace.symbols(), frames)];
    long_steps_.insert(after, {length, seen.step_event, seen.stepped, place, at});
}

/// Keeps the number of those that wait at each line.
void Figures::waiting(const Scene& scene, const Seen& seen) {
    if (seen.task == no_task) return;
    const auto waits = [](const TaskNow& task) {
        return task.state == TaskState::waiting && task.on != WaitKind::none;
    };
    const TaskNow& now = scene.task(seen.task);
    if (waits(seen.before) == waits(now) && seen.before.place == now.place) return;
    if (waits(seen.before) && line(seen.before.place).waiting > 0) --line(seen.before.place).waiting;
    if (!waits(now)) return;
    LineFigures& there = line(now.place);
    ++there.waiting;
    there.on = now.on;
}

void Figures::see(const Trace& trace, const Scene& scene, const Seen& seen) {
    const Event& event = seen.event;
    if (seen.step_event != no_event) step(trace, scene, seen);
    waiting(scene, seen);
    switch (event.kind()) {
        case EventKind::task_created:
        case EventKind::task_alive:
            if (seen.task != no_task && seen.before.state == TaskState::unborn)
                ++coroutine(trace.tasks()[seen.task].definition).created;
            break;
        case EventKind::task_running:
            if (seen.task == no_task || seen.before.state != TaskState::ready) break;
            lag_.add(seen.time - seen.before.since);
            coroutine(trace.tasks()[seen.task].definition).ready.add(seen.time - seen.before.since);
            break;
        case EventKind::task_ready:
            if (seen.task == no_task || seen.before.state != TaskState::waiting || seen.before.on == WaitKind::none)
                break;
            line(seen.before.place).waits.add(seen.time - seen.before.since);
            line(seen.before.place).on = seen.before.on;
            break;
        case EventKind::task_done:
            if (seen.task != no_task && !is_done(seen.before.state)) {
                const Task& task = trace.tasks()[seen.task];
                CoroutineFigures& figures = coroutine(task.definition);
                ++figures.ended;
                figures.cancelled += task.end_state == TaskState::cancelled;
                figures.failed += task.end_state == TaskState::failed;
                if (!task.older) figures.lives.add(seen.time - task.created);
            }
            break;
        case EventKind::iteration:
            ++turns_;
            break;
        case EventKind::thread_submitted:
            ++jobs_;
            break;
        case EventKind::timer_set:
            ++timers_;
            break;
        case EventKind::queue_put:
        case EventKind::queue_get: {
            if (event.a == 0) break;
            std::uint32_t number = queue_numbers_.find(event.a);
            if (number == IdMap::none) {
                number = static_cast<std::uint32_t>(queues_.size());
                queue_numbers_.put(event.a, number);
                queues_.emplace_back().id = event.a;
            }
            QueueFigures& queue = queues_[number];
            ++(event.kind() == EventKind::queue_put ? queue.puts : queue.gets);
            queue.size = event.b;
            queue.most = std::max(queue.most, event.b);
            queue.maxsize = event.c;
            break;
        }
        default:
            break;
    }
}

std::uint64_t Figures::steps() const {
    std::uint64_t sum = 0;
    for (const CoroutineFigures& coroutine : coroutines_) sum += coroutine.steps.count();
    return sum;
}

Nanoseconds Figures::running() const {
    Nanoseconds sum = 0;
    for (const CoroutineFigures& coroutine : coroutines_) sum = sum_of(sum, coroutine.steps.sum());
    return sum;
}

}  // namespace awaitscope
