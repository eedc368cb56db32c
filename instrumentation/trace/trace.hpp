// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstdint>
#include <iterator>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "instrumentation/event/event.hpp"
#include "instrumentation/source/symbols.hpp"
#include "instrumentation/trace/event_store.hpp"
#include "instrumentation/trace/index_list.hpp"
#include "instrumentation/trace/peak_list.hpp"
#include "instrumentation/trace/span_list.hpp"

namespace awaitscope {

class SymbolMover;

/// A task's number in the trace, from 0, in order of creation.
using TaskIndex = std::uint32_t;
inline constexpr TaskIndex no_task = std::numeric_limits<TaskIndex>::max();

/// One task, its whole life. Its counters are those of the spans that have ended, but for steps, which count as they
/// begin. What changes with every event of the task stands first, in two lines of the cache.
struct alignas(64) Task : SpanTotals {
    TaskState state = TaskState::unborn;      ///< now
    TaskState end_state = TaskState::unborn;  ///< finished, cancelled or failed once done
    WaitKind on = WaitKind::none;             ///< what it waits for now
    bool older = false;                       ///< its creation was not seen: `created` is when it was first heard of
    std::uint16_t loop = 0;
    std::uint16_t depth = 0;  ///< how deep in the tree of who created whom
    Nanoseconds since = 0;    ///< when `state` began
    SpanList spans;

    Id id = 0;
    StringId name = 0;
    PlaceId definition = 0;  ///< the coroutine: Place::function is its name
    TaskIndex parent = no_task;
    TaskIndex first_child = no_task;  ///< in order of creation, on through next_sibling
    TaskIndex next_sibling = no_task;
    StringId error = 0;
    EventIndex created_event = 0;
    EventIndex done_event = no_event;
    Nanoseconds created = 0;
    Nanoseconds done = open_end;

    explicit Task(const EventStore& events) : spans(events) {}
};

/// The tasks of a trace, by number: a view, to be passed by value. They stand in chunks, so that they never move and
/// growing costs no pause; addresses hold as long as the trace, the view's size is that of when it was made.
class TaskList {
  public:
    static constexpr unsigned chunk_bits = 9;
    static constexpr std::size_t chunk_size = std::size_t{1} << chunk_bits;
    using Chunks = std::vector<std::vector<Task>>;

    TaskList(const Chunks& chunks, std::size_t size) : chunks_(&chunks), size_(size) {}
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    /// Precondition: i < size().
    const Task& operator[](std::size_t i) const { return (*chunks_)[i >> chunk_bits][i & (chunk_size - 1)]; }
    const Task& front() const { return (*this)[0]; }
    const Task& back() const { return (*this)[size_ - 1]; }

    class Iterator {
      public:
        using iterator_category = std::forward_iterator_tag;
        using value_type = Task;
        using difference_type = std::ptrdiff_t;
        using pointer = const Task*;
        using reference = const Task&;
        Iterator() = default;
        Iterator(const Chunks& chunks, std::size_t i) : chunks_(&chunks), i_(i) {}
        const Task& operator*() const { return (*chunks_)[i_ >> chunk_bits][i_ & (chunk_size - 1)]; }
        const Task* operator->() const { return &**this; }
        Iterator& operator++() { return ++i_, *this; }
        Iterator operator++(int) {
            Iterator old = *this;
            ++i_;
            return old;
        }
        friend bool operator==(const Iterator& a, const Iterator& b) { return a.i_ == b.i_; }

      private:
        const Chunks* chunks_ = nullptr;
        std::size_t i_ = 0;
    };
    Iterator begin() const { return {*chunks_, 0}; }
    Iterator end() const { return {*chunks_, size_}; }

  private:
    const Chunks* chunks_;
    std::size_t size_;
};

/// What a task is doing at a moment.
struct TaskMoment {
    TaskState state = TaskState::unborn;
    std::optional<Span> span;  ///< the current one; none when unborn or done
};

/// What an I/O event moved, in a byte, so that very many of them can be summed without a visit to the events: the
/// direction, and the number of bytes to within a fifth.
class IoSize {
  public:
    constexpr IoSize() = default;
    explicit constexpr IoSize(const Event& event) {
        if (event.kind() != EventKind::io_read && event.kind() != EventKind::io_write) return;
        const std::uint64_t value = event.a < ~std::uint64_t{0} ? event.a + 1 : event.a;
        const auto power = static_cast<unsigned>(std::bit_width(value) - 1);
        const auto quarter = static_cast<unsigned>((power >= 2 ? value >> (power - 2) : value << (2 - power)) & 3);
        code_ = static_cast<std::uint8_t>(std::min(126u, power * 4 + quarter) + 1) |
                static_cast<std::uint8_t>(event.kind() == EventKind::io_write ? 0x80 : 0);
    }
    constexpr bool moved() const { return code_ != 0; }
    constexpr bool written() const { return (code_ & 0x80) != 0; }
    /// Precondition: moved().
    constexpr std::uint64_t bytes() const {
        const unsigned code = (code_ & 0x7fu) - 1;
        return (std::uint64_t{4 + code % 4} << (code / 4) >> 2) - 1;
    }

  private:
    std::uint8_t code_ = 0;
};

/// A descriptor's traffic, one track each. A descriptor number used again is a new one.
struct IoTrack {
    std::uint16_t loop = 0;
    int fd = -1;  ///< the process's, whose loop it is: several may have the same
    StringId peer = 0;
    Nanoseconds opened = 0;
    Nanoseconds closed = open_end;
    std::uint64_t bytes_read = 0;
    std::uint64_t bytes_written = 0;
    IndexList events;            ///< its io_read, io_write, connection_made and connection_lost, ascending
    CompactArray<IoSize> sizes;  ///< of each of these

    // For views of very many: of each outline_stride-th event its number, and what all before it moved.
    struct Moved {
        std::uint64_t read = 0, written = 0;
    };
    static constexpr std::size_t outline_stride = 32;
    IndexList outline;
    CompactArray<Moved> moved;

    /// Takes the event's bytes, too.
    void push_back(const Event& event, EventIndex index) {
        if (events.size() % outline_stride == 0) {
            outline.push_back(index);
            moved.push_back({bytes_read, bytes_written});
        }
        if (event.kind() == EventKind::io_read) bytes_read += event.a;
        if (event.kind() == EventKind::io_write) bytes_written += event.a;
        events.push_back(index);
        sizes.push_back(IoSize(event));
    }
};

/// One loop.
struct Loop {
    std::uint16_t number = 0;
    EventIndex started = no_event;  ///< its loop_started, the last one
    EventIndex told = no_event;     ///< the end of the first snapshot of its tasks
    StringId name = 0;
    IndexList iterations;  ///< its iteration events, ascending
    PeakList ready;        ///< handles that were ready as each of these began
};

/// A lock, a queue, ... at a moment.
struct PrimitiveMoment {
    Id id = 0;
    SyncKind kind = SyncKind::lock;
    StringId name = 0;
    PlaceId line = 0;                   ///< at which a task first waited for it: tells apart those without a name
    std::optional<Id> owner;            ///< a lock's, where it is known
    bool held = false;                  ///< a lock's; also by somebody who got it before anything was told of it
    std::vector<TaskIndex> waiters;     ///< in the order in which they wait
    std::optional<std::int64_t> value;  ///< a semaphore's; known once a task has had to wait for it, also for before
    std::uint64_t size = 0;             ///< a queue's
    std::uint64_t maxsize = 0;
};

/// What a trace has of the time before its first whole moment, where a trace before it was folded into it.
struct Folded {
    /// Tasks of one coroutine that ended in that time.
    struct Tasks : SpanTotals {
        PlaceId definition = 0;
        std::uint64_t count = 0;
    };
    EventIndex begin =
        no_event;              ///< the recording_begins event at which everything is there again; no_event: always was
    std::uint64_t events = 0;  ///< that were, and are no more
    Nanoseconds since = 0;     ///< time of the first of them
    std::vector<Tasks> tasks;
};

/// A link of the await chain: this task waits `on` `object`; `next` is the task behind that object, if it is one.
struct AwaitLink {
    TaskIndex task = no_task;
    WaitKind on = WaitKind::none;
    Id object = 0;
    PlaceId place = 0;
};

/// Everything that has happened, appended to as events come. Not thread-safe by itself: GrowingTrace lets one thread
/// append and others read.
class Trace {
  public:
    explicit Trace(std::shared_ptr<const Symbols> symbols);
    ~Trace();
    Trace(const Trace&) = delete;
    Trace& operator=(const Trace&) = delete;

    /// Takes events in time order (an EventSource's); an earlier time is taken for that of the event before. An event
    /// that contradicts what is known (a task that runs after its end, an id never created) is kept as an event, and
    /// mends the state as well as can be. Events beyond event_count_max are dropped.
    void append(std::span<const Event> events);
    /// The same, but ends between two events soon after somebody else's `wanted` is more than 0, the first few apart.
    /// Returns how many it took.
    std::size_t append(std::span<const Event> events, const std::atomic<unsigned>& wanted);

    /// Begins where another trace stands: with what still matters of its events, its living tasks with all their sums,
    /// and a recording_begins that tells how many events are left behind. From there on it may take the events that the
    /// other takes, and then take its place: the state at every moment from there on is the same. Precondition: empty.
    /// `mover` gives events of the other ids of this one's symbols.
    void begin_after(const Trace& before, SymbolMover& mover);
    const Folded& folded() const;
    /// The event (EventKind::recording_begins) from which on every event is there; no_event: there is none, all are.
    EventIndex whole_from() const;

    const Symbols& symbols() const;

    EventIndex event_count() const;
    /// Precondition: index < event_count().
    Event event(EventIndex index) const;
    /// The chunk of EventStore::chunk_size events in which an event stands, as columns. Precondition as above.
    EventColumns columns(EventIndex index) const;
    /// The first event at or after a time; event_count() when there is none. Events before `from` are known to be
    /// before that time: what is near it is found sooner. With a `slack` it may be one of so many after that: sooner
    /// found, too, where nobody sees the difference.
    EventIndex first_at_or_after(Nanoseconds time, EventIndex from = 0, EventIndex slack = 0) const;
    /// Time of the first and of the last event; 0 and 0 while empty. What still mattered of the time before a recording
    /// of a run's last part (EventKind::recording_begins) stands before begin().
    Nanoseconds begin() const;
    Nanoseconds end() const;

    /// Events of the run before begin() that are not here: an event's number in the run is its index and these.
    std::uint64_t skipped() const;

    TaskList tasks() const;
    TaskIndex find_task(Id id) const;  ///< no_task when unknown
    std::span<const IoTrack> io_tracks() const;
    /// The track that a descriptor number has just after an event, open or closed; nullptr before its first.
    const IoTrack* io_track_at(std::uint16_t loop, int fd, EventIndex cursor) const;
    std::span<const Loop> loops() const;
    const IndexList& outputs() const;  ///< output events, ascending
    const IndexList& marks() const;
    const IndexList& warnings() const;
    const IndexList& losses() const;
    std::uint64_t lost_count() const;
    std::uint64_t tasks_alive() const;
    std::uint64_t tasks_alive_at(EventIndex cursor) const;
    /// Tasks first heard of up to the cursor: they are the first so many of tasks().
    TaskIndex task_count_at(EventIndex cursor) const;
    /// Bytes held, about: events, spans and indexes.
    std::size_t memory_bytes() const;

    // State just after an event. All of these cost a binary search a task, never a replay from the start.
    TaskMoment at(TaskIndex task, EventIndex cursor) const;
    /// Time of the event at the cursor; begin() before the first.
    Nanoseconds time_at(EventIndex cursor) const;
    /// The line where a task stands: while it runs, or ended (then 0 if that step told none), the last at which it was
    /// seen to be (it said something, made a task, entered a coroutine or came back, kept the loop, is being
    /// suspended); else of its last co_await up to the cursor; else where its coroutine begins.
    PlaceId place_at(TaskIndex task, EventIndex cursor) const;
    /// The lines at which coroutines of the task await each other down to that place, innermost first: those that were
    /// told. Looks back over a bounded number of events.
    std::vector<PlaceId> callers_at(TaskIndex task, EventIndex cursor) const;
    /// Whether what the task does at the cursor had begun before the task was first heard of, when its span begins: it
    /// has lasted longer.
    bool began_before(TaskIndex task, EventIndex cursor) const;
    /// Sums of a task's spans up to the cursor.
    TaskTally tally_at(TaskIndex task, EventIndex cursor) const;
    std::vector<TaskIndex> ready_queue_at(EventIndex cursor) const;  ///< next to run first
    TaskIndex running_at(EventIndex cursor, std::uint16_t loop = 0) const;
    struct Timer {
        Id handle;
        Nanoseconds when;
        TaskIndex task;
    };
    std::vector<Timer> timers_at(EventIndex cursor) const;  ///< soonest first
    struct Watch {
        std::uint16_t loop;
        int fd;
        IoDirection what;
    };
    std::vector<Watch> watches_at(EventIndex cursor) const;
    std::vector<PrimitiveMoment> primitives_at(EventIndex cursor) const;  ///< in order of creation
    std::optional<PrimitiveMoment> primitive_at(Id id, EventIndex cursor) const;
    /// What a primitive was named, whenever; 0 when it has no name or is not known. Unlike its moment this costs
    /// nothing however many wait for it.
    StringId primitive_name(Id id) const;
    PlaceId primitive_line(Id id) const;  ///< see PrimitiveMoment::line
    /// All events of a primitive, those with which tasks wait for it included; nullptr when unknown.
    const IndexList* primitive_events(Id id) const;
    /// The most items that a queue held at any time from just before `first` to just before `last`.
    std::uint32_t greatest_size(Id queue, EventIndex first, EventIndex last) const;
    /// The tasks this one waits for: the task it awaits, the owner of the lock, the children of a gather that are not
    /// done. Only where events can tell: a gather's children are the tasks created in the step that ended in the
    /// gather's await, or told by a snapshot between the task and that await; a group's are all living children.
    std::vector<TaskIndex> awaits(TaskIndex task, EventIndex cursor) const;
    /// What a gather that the task waits for was made of, as above, the done ones too.
    std::vector<TaskIndex> gathered(TaskIndex task, EventIndex cursor) const;
    /// Who this task waits for (the first, where there are several), and who that one waits for, ...; ends where nobody
    /// waits, or where the chain closes into a cycle (then its first task stands again at the end).
    std::vector<AwaitLink> await_chain(TaskIndex task, EventIndex cursor) const;
    /// The tasks that wait for this one.
    std::vector<TaskIndex> awaited_by(TaskIndex task, EventIndex cursor) const;

    // Stepping: the cursor that lies one such step before or after, or no_event.
    EventIndex next_step(EventIndex cursor, TaskIndex only = no_task) const;  ///< next task_running
    EventIndex previous_step(EventIndex cursor, TaskIndex only = no_task) const;
    EventIndex next_iteration(EventIndex cursor) const;
    EventIndex previous_iteration(EventIndex cursor) const;
    EventIndex next_output(EventIndex cursor) const;
    EventIndex previous_output(EventIndex cursor) const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace awaitscope
