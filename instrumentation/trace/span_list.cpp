// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/trace/span_list.hpp"

namespace awaitscope {

static_assert(static_cast<unsigned>(TaskState::waiting) <= 3 && wait_kind_count <= 64, "a span's byte holds both");

namespace {

bool is_yield(const Event& event) {
    return event.c == static_cast<std::uint32_t>(WaitKind::yield);
}

WaitKind wait_kind(const Event& event) {
    return event.c < wait_kind_count ? static_cast<WaitKind>(event.c) : WaitKind::none;
}

TaskState state_after(const Event& event) {
    switch (event.kind()) {
        case EventKind::task_created:
        case EventKind::task_alive:
        case EventKind::task_ready:
            return TaskState::ready;
        case EventKind::task_running:
            return TaskState::running;
        case EventKind::task_suspended:
            return is_yield(event) ? TaskState::ready : TaskState::waiting;
        default:
            return TaskState::waiting;  // a loss, or a turn of the loop: the task's step ended unseen
    }
}

}  // namespace

std::string_view to_string(TaskState state) {
    switch (state) {
        case TaskState::unborn:
            return "unborn";
        case TaskState::ready:
            return "ready";
        case TaskState::running:
            return "running";
        case TaskState::waiting:
            return "waiting";
        case TaskState::finished:
            return "finished";
        case TaskState::cancelled:
            return "cancelled";
        case TaskState::failed:
            return "failed";
    }
    return "?";
}

void TaskTally::add(const Span& span, Nanoseconds end) {
    const Nanoseconds length = end > span.begin ? end - span.begin : 0;
    switch (span.state) {
        case TaskState::ready:
            ready_ns += length;
            break;
        case TaskState::running:
            running_ns += length;
            ++resumed;
            break;
        case TaskState::waiting:
            waiting_ns += length;
            waiting_by_kind_ns[static_cast<std::size_t>(span.on)] += length;
            break;
        default:
            break;
    }
}

Span SpanList::operator[](std::size_t i) const {
    const EventIndex index = changes_[i];
    const Event& event = (*events_)[index];
    Span span;
    span.begin = static_cast<Nanoseconds>(event.time);
    span.event = index;
    span.state = state_of(i);
    span.on = on_of(i);
    if (i + 1 < size()) {
        span.end = begin_of(i + 1);
    } else if (done_event_ != not_done) {
        span.end = events_->time(done_event_);
    }
    if (event.kind() == EventKind::task_suspended) {
        span.object = event.a;
        span.place = event.b;
    } else if (event.kind() == EventKind::task_ready) {
        span.object = event.a;
    }
    return span;
}

std::size_t SpanList::count_until_time(Nanoseconds time) const {
    std::size_t low = 0, high = size();
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (begin_of(middle) <= time)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

TaskTally SpanList::tally(std::size_t count, Nanoseconds now) const {
    TaskTally sum;
    const std::size_t checkpoint = count / tally_stride;
    // The checkpoint counts the span before it to its full length, so the last span asked for must lie behind it.
    std::size_t i = 0;
    if (checkpoint > 0 && checkpoints_ && !checkpoints_->empty()) {
        const std::size_t usable =
            std::min(count % tally_stride == 0 ? checkpoint - 1 : checkpoint, checkpoints_->size());
        if (usable > 0) {
            sum = (*checkpoints_)[usable - 1];
            i = usable * tally_stride;
        }
    }
    for (; i < count; ++i) {
        const Span span = (*this)[i];
        sum.add(span, std::min(span.end, now));
    }
    return sum;
}

std::size_t SpanList::memory_bytes() const {
    return changes_.memory_bytes() + what_.memory_bytes() +
           (checkpoints_ ? checkpoints_->capacity() * sizeof(TaskTally) : 0);
}

void SpanList::push_back(EventIndex index) {
    const Event& event = (*events_)[index];
    const TaskState state = state_after(event);
    const WaitKind on = event.kind() == EventKind::task_suspended ? wait_kind(event) : WaitKind::none;
    changes_.push_back(index);
    what_.push_back(static_cast<std::uint8_t>(static_cast<unsigned>(state) | static_cast<unsigned>(on) << 2));
    if (changes_.size() % tally_stride != 1 || changes_.size() == 1) return;
    const std::size_t count = changes_.size() - 1;
    TaskTally sum = tally(count, open_end);
    if (!checkpoints_) checkpoints_ = std::make_unique<Checkpoints>();
    checkpoints_->push_back(sum);
}

}  // namespace awaitscope
