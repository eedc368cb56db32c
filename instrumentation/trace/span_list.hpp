// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <iterator>
#include <memory>
#include <span>
#include <vector>

#include "instrumentation/source/symbols.hpp"
#include "instrumentation/trace/event_store.hpp"

namespace awaitscope {

enum class TaskState : std::uint8_t {
    unborn,  ///< not created yet at that moment
    ready,   ///< in the ready queue
    running,
    waiting,  ///< with WaitKind::none: events were lost, so what the task does is not known
    finished,
    cancelled,
    failed,
};
std::string_view to_string(TaskState state);
constexpr bool is_done(TaskState state) {
    return state >= TaskState::finished;
}

/// An event of a task's own life.
constexpr bool is_task_event(EventKind kind) {
    return (kind >= EventKind::task_created && kind <= EventKind::task_done) || kind == EventKind::task_alive;
}

/// An event that tells how a task came to be, or that it is.
constexpr bool is_introduction(EventKind kind) {
    return kind == EventKind::task_created || kind == EventKind::task_alive;
}

/// The state that begins with an event, if one does.
TaskState state_after(const Event& event);

/// A stretch of a task's life in one state: ready, running or waiting. The next begins where it ends.
struct Span {
    Nanoseconds begin = 0;
    Nanoseconds end = open_end;
    EventIndex event = 0;  ///< the event that began it
    Id object = 0;         ///< waiting: for what; ready: the task that caused it
    PlaceId place = 0;     ///< waiting: the line of the co_await
    TaskState state = TaskState::ready;
    WaitKind on = WaitKind::none;
    friend bool operator==(const Span&, const Span&) = default;
};

/// How long a task has been in each state, and how often it ran, in a number of its spans.
struct SpanTotals {
    std::uint64_t resumed = 0;  ///< steps begun
    Nanoseconds running_ns = 0;
    Nanoseconds ready_ns = 0;
    Nanoseconds waiting_ns = 0;
};

/// The same, and for what it waited.
struct TaskTally : SpanTotals {
    std::array<Nanoseconds, wait_kind_count> waiting_by_kind_ns{};
    /// A span in a state that waited for this, and its length.
    void add(TaskState state, WaitKind on, Nanoseconds length);
};

/// How far a task had come when one of its spans began: at each SpanList::milestone_stride-th span, so that how much of
/// any stretch it ran is a subtraction, and no event of the stretch is visited for it.
struct Milestone {
    Nanoseconds time = 0;
    Nanoseconds running_ns = 0;        ///< in all spans before
    std::uint32_t running_events = 0;  ///< the same in events, its own and those that came while it ran
};

/// The spans of one task, in order of time: five bytes each, since a span is read off the event that began it; what it
/// is stands beside its event's number, for views that look at very many. Random
/// access; elements are values. Views of a growing trace: see Trace.
class SpanList {
  public:
    explicit SpanList(const EventStore& events) : events_(&events) {}

    std::size_t size() const { return changes_.size(); }
    bool empty() const { return changes_.empty(); }
    /// Precondition: i < size().
    Span operator[](std::size_t i) const;
    Span front() const { return (*this)[0]; }
    Span back() const { return (*this)[size() - 1]; }
    /// Time at which span i begins: one look-up less than (*this)[i].
    Nanoseconds begin_of(std::size_t i) const { return events_->time(changes_[i]); }
    EventIndex event_of(std::size_t i) const { return changes_[i]; }
    TaskState state_of(std::size_t i) const { return static_cast<TaskState>(what_[i] & 3); }
    WaitKind on_of(std::size_t i) const { return static_cast<WaitKind>(what_[i] >> 2); }

    /// How many spans have begun at or before this event, or time. The current one is the last of these.
    std::size_t count_until(EventIndex cursor) const { return changes_.count_until(cursor); }
    std::size_t count_until_time(Nanoseconds time) const;
    /// How many have begun before this event; see IndexList.
    std::size_t count_before(EventIndex event, std::size_t from = 0) const {
        return changes_.count_before(event, from);
    }

    /// Sums of the first `count` spans, the last of them cut at `now`. Costs at most tally_stride spans.
    TaskTally tally(std::size_t count, Nanoseconds now) const;
    static constexpr std::size_t tally_stride = 256;
    /// The line of the last co_await among the first `count` spans; 0 when there is none. Costs as much.
    PlaceId place(std::size_t count) const;

    // An outline of the list, for views of very many spans: what they look at then is near, however long the list. A
    // list of less than summed_from spans has none, but for one that began with sums.
    /// The events that begin each outline_stride-th span, from the first on.
    const IndexList& outline() const;
    std::span<const Milestone> milestones() const;
    /// How far it has come: the begin of the last span, but for the time, which the list does not know.
    std::uint32_t running_events() const { return sums_ ? sums_->running_events : 0; }
    static constexpr std::size_t outline_stride = 16, milestone_stride = 64;
    /// From so many spans on, their sums are kept.
    static constexpr std::size_t summed_from = 64;

    class Iterator {
      public:
        using iterator_category = std::random_access_iterator_tag;
        using value_type = Span;
        using difference_type = std::ptrdiff_t;
        using pointer = void;
        using reference = Span;
        Iterator() = default;
        Iterator(const SpanList& list, std::size_t i) : list_(&list), i_(static_cast<difference_type>(i)) {}
        Span operator*() const { return (*list_)[static_cast<std::size_t>(i_)]; }
        Span operator[](difference_type n) const { return (*list_)[static_cast<std::size_t>(i_ + n)]; }
        Iterator& operator+=(difference_type n) { return i_ += n, *this; }
        Iterator& operator-=(difference_type n) { return i_ -= n, *this; }
        Iterator& operator++() { return *this += 1; }
        Iterator& operator--() { return *this -= 1; }
        Iterator operator++(int) { return Iterator(*this, 1); }
        Iterator operator--(int) { return Iterator(*this, -1); }
        friend Iterator operator+(Iterator a, difference_type n) { return a += n; }
        friend Iterator operator+(difference_type n, Iterator a) { return a += n; }
        friend Iterator operator-(Iterator a, difference_type n) { return a -= n; }
        friend difference_type operator-(const Iterator& a, const Iterator& b) { return a.i_ - b.i_; }
        friend bool operator==(const Iterator& a, const Iterator& b) { return a.i_ == b.i_; }
        friend auto operator<=>(const Iterator& a, const Iterator& b) { return a.i_ <=> b.i_; }

      private:
        Iterator(Iterator& old, difference_type step) : list_(old.list_), i_(old.i_) { old.i_ += step; }
        const SpanList* list_ = nullptr;
        difference_type i_ = 0;
    };
    Iterator begin() const { return Iterator(*this, 0); }
    Iterator end() const { return Iterator(*this, size()); }

    /// Fetches into the cache which event begins span i, for who will ask soon; any i.
    void prefetch_event_of(std::size_t i) const { __builtin_prefetch(changes_.begin() + std::min(i, size())); }

    std::size_t memory_bytes() const;

    // For the builder.
    void prefetch() const {
        changes_.prefetch();
        what_.prefetch();
        if (sums_) __builtin_prefetch(sums_->now.tally.waiting_by_kind_ns.data(), 1);
    }
    /// Another span begins. The one before it has waited so long for this, where it did wait, and all before it come to
    /// these totals. Returns what the new one waits for.
    WaitKind push_back(EventIndex index, WaitKind on_before, Nanoseconds waited, const SpanTotals& before);
    /// The last span is the last of that list; those before it count as all that came before it there. Both not empty.
    void take_sums(const SpanList& before);
    void close(EventIndex done_event) { done_event_ = static_cast<std::uint32_t>(done_event); }

  private:
    static constexpr std::uint32_t not_done = ~std::uint32_t{0};
    /// What is known of a number of spans, from the first on.
    struct Sum {
        TaskTally tally;
        PlaceId place = 0;  ///< of the last co_await
    };
    struct Sums {
        Sum now;    ///< for what it waited in the spans that have ended; what else is in the task
        Sum first;  ///< of the spans before `from`, and of those before they were folded
        std::size_t from = 0;
        std::vector<Sum> checkpoints;  ///< of each multiple of tally_stride
        IndexList outline;
        CompactArray<Milestone> milestones;
        std::uint32_t running_events = 0;
    };
    void keep_sums();
    /// The sum from which one of the first `count` spans goes on, and the number of the span with which it does.
    std::pair<const Sum*, std::size_t> known_before(std::size_t count) const;
    bool is_closed() const { return done_event_ != not_done; }

    const EventStore* events_;
    IndexList changes_;
    CompactArray<std::uint8_t> what_;  ///< state, and what is waited for, of each
    std::unique_ptr<Sums> sums_;       ///< most tasks have none
    std::uint32_t done_event_ = not_done;
};

}  // namespace awaitscope
