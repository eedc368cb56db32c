// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/geometry/running_share.hpp"

#include <algorithm>

namespace awaitscope::ui {
namespace {

/// How far a task has come, and how much of that it ran, in one unit.
struct Reached {
    Position whole = 0;
    Position running = 0;
};

Reached reachedAt(const Task& task, AxisKind axis, std::size_t milestone) {
    const SpanList& spans = task.spans;
    const bool now = milestone >= spans.milestones().size();
    if (axis == AxisKind::time) {
        if (now) return {task.done != open_end ? task.done : task.since, task.running_ns};
        return {spans.milestones()[milestone].time, spans.milestones()[milestone].running_ns};
    }
    if (now) return {static_cast<Position>(spans.event_of(spans.size() - 1)), spans.running_events()};
    constexpr std::size_t outlined = SpanList::milestone_stride / SpanList::outline_stride;
    return {static_cast<Position>(spans.outline()[milestone * outlined]), spans.milestones()[milestone].running_events};
}

/// The whole of a task that has no milestones.
Reached wholeOf(const Task& task, AxisKind axis) {
    if (axis == AxisKind::time) return {task.running_ns + task.ready_ns + task.waiting_ns, task.running_ns};
    const SpanList& spans = task.spans;
    Reached all;
    for (std::size_t i = 0; i + 1 < spans.size(); ++i) {
        const auto length = static_cast<Position>(spans.event_of(i + 1) - spans.event_of(i));
        all.whole += length;
        if (spans.state_of(i) == TaskState::running) all.running += length;
    }
    return all;
}

}  // namespace

double runningShare(const Task& task, AxisKind axis, std::size_t first, std::size_t last) {
    const std::size_t count = task.spans.milestones().size();
    Reached part;
    if (count == 0) {
        part = wholeOf(task, axis);
    } else {
        constexpr std::size_t stride = SpanList::milestone_stride;
        std::size_t begin = std::min(first / stride, count - 1);
        const std::size_t end = std::max((last + stride - 1) / stride, begin + 1);
        const Reached to = reachedAt(task, axis, end);
        Reached from = reachedAt(task, axis, begin);
        // The last milestone may have been set just now.
        if (from.whole >= to.whole && begin > 0) from = reachedAt(task, axis, --begin);
        part = {to.whole - from.whole, to.running - from.running};
    }
    if (part.whole <= 0) return 0;
    return std::clamp(static_cast<double>(part.running) / static_cast<double>(part.whole), 0.0, 1.0);
}

}  // namespace awaitscope::ui
