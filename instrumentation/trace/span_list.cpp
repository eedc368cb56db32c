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

/// The line of the co_await with which a span begins; 0 where there is none.
PlaceId place_of(const Event& event) {
    return event.kind() == EventKind::task_suspended ? event.b : 0;
}

}  // namespace

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

void TaskTally::add(TaskState state, WaitKind on, Nanoseconds length) {
    switch (state) {
        case TaskState::ready:
            ready_ns += length;
            break;
        case TaskState::running:
            running_ns += length;
            ++resumed;
            break;
        case TaskState::waiting:
            waiting_ns += length;
            waiting_by_kind_ns[static_cast<std::size_t>(on)] += length;
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

std::pair<const SpanList::Sum*, std::size_t> SpanList::known_before(std::size_t count) const {
    static const Sum nothing;
    if (!sums_ || count == 0) return {&nothing, 0};
    // A checkpoint counts its spans to their full length, so the last span asked for must lie behind it.
    const std::size_t known = std::min((count - 1) / tally_stride, sums_->checkpoints.size());
    if (known > 0) return {&sums_->checkpoints[known - 1], known * tally_stride};
    return {&sums_->first, sums_->from};
}

TaskTally SpanList::tally(std::size_t count, Nanoseconds now) const {
    const auto [known, from] = known_before(count);
    TaskTally sum = known->tally;
    Nanoseconds begin = from < count ? begin_of(from) : 0;
    for (std::size_t i = from; i < count; ++i) {
        const Nanoseconds end = i + 1 < size() ? begin_of(i + 1) : is_closed() ? events_->time(done_event_) : now;
        sum.add(state_of(i), on_of(i), std::max<Nanoseconds>(std::min(end, now) - begin, 0));
        begin = end;
    }
    return sum;
}

PlaceId SpanList::place(std::size_t count) const {
    const auto [known, from] = known_before(count);
    for (std::size_t i = count; i > from; --i)
        if (const PlaceId place = place_of((*events_)[changes_[i - 1]])) return place;
    return known->place;
}

void SpanList::take_sums(const SpanList& before) {
    const std::size_t ended = before.size() - 1;
    keep_sums();
    sums_->first = {before.tally(ended, before.begin_of(ended)), before.place(before.size())};
    sums_->from = size() - 1;
    sums_->now = sums_->first;
    sums_->milestones[0].running_ns = sums_->first.tally.running_ns;
}

const IndexList& SpanList::outline() const {
    static const IndexList none;
    return sums_ ? sums_->outline : none;
}

std::span<const Milestone> SpanList::milestones() const {
    if (!sums_) return {};
    return {sums_->milestones.begin(), sums_->milestones.size()};
}

std::size_t SpanList::memory_bytes() const {
    const std::size_t bytes = changes_.memory_bytes() + what_.memory_bytes();
    if (!sums_) return bytes;
    return bytes + sizeof(Sums) + sums_->checkpoints.capacity() * sizeof(Sum) + sums_->outline.memory_bytes() +
           sums_->milestones.memory_bytes();
}

void SpanList::keep_sums() {
    const Sum now{tally(size() - 1, begin_of(size() - 1)), place(size())};
    sums_ = std::make_unique<Sums>();
    sums_->now = now;
    for (std::size_t i = 0; i < size(); i += outline_stride) sums_->outline.push_back(changes_[i]);
    sums_->milestones.push_back({begin_of(0), 0, 0});
    for (std::size_t i = 0; i + 1 < size(); ++i)
        if (state_of(i) == TaskState::running)
            sums_->running_events += static_cast<std::uint32_t>(changes_[i + 1] - changes_[i]);
}

WaitKind SpanList::push_back(EventIndex index, WaitKind on_before, Nanoseconds waited, const SpanTotals& before) {
    if (sums_) {
        TaskTally& now = sums_->now.tally;
        now.waiting_by_kind_ns[static_cast<std::size_t>(on_before)] += waited;
        if (size() % tally_stride == 0) {
            static_cast<SpanTotals&>(now) = before;
            sums_->checkpoints.push_back(sums_->now);
        }
        if (state_of(size() - 1) == TaskState::running)
            sums_->running_events += static_cast<std::uint32_t>(index - changes_.back());
        if (size() % outline_stride == 0) sums_->outline.push_back(index);
        if (size() % milestone_stride == 0)
            sums_->milestones.push_back({events_->time(index), before.running_ns, sums_->running_events});
    }
    const Event event = (*events_)[index];
    const TaskState state = state_after(event);
    const WaitKind on = event.kind() == EventKind::task_suspended ? wait_kind(event) : WaitKind::none;
    changes_.push_back(index);
    what_.push_back(static_cast<std::uint8_t>(static_cast<unsigned>(state) | static_cast<unsigned>(on) << 2));
    if (!sums_ && size() == summed_from) keep_sums();
    if (const PlaceId place = place_of(event); place != 0 && sums_) sums_->now.place = place;
    return on;
}

}  // namespace awaitscope
