// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "instrumentation/source/symbol_mover.hpp"
#include "instrumentation/trace/trace.hpp"

namespace awaitscope {

/// A trace to which one thread appends while others read. What a reader holds stands still: it is a snapshot that costs
/// nothing to take, since the appending thread goes on beside it only with what is not yet in the trace.
///
/// Neither side waits for long. The appender looks every few events whether a reader has come, and lets it in at once:
/// a frame waits for some ten microseconds. A reader holds the trace for a frame; one that looks at very much breathes
/// every millisecond or so. The appender waits for readers no longer than it is told, and then turns back to its
/// source, so that no ring runs over while somebody looks. Who waited, and how long, is counted.
///
/// Why no snapshot without any waiting: a task's counters, the end of a timer, the owner of a lock change in place, and
/// lists move when they grow. To keep old states of all that for readers would cost every event two to three times
/// what it costs now, and every look at a task another indirection, to save those ten microseconds a frame.
///
/// Its memory is bounded. When a third of what it may take is taken, a second trace is begun where the first stands
/// (Trace::begin_after), and takes the same events. When all is taken, fold_due() says so; with fold() the second takes
/// the place of the first. So between a third and two thirds of the budget is always there in full detail; of what is
/// older there remain the living tasks with all their sums, the ended ones' sums by coroutine, and the count of the
/// events, in Trace::folded() and in a recording_begins event. Whoever keeps numbers of events or tasks must renumber
/// them, so fold() is called by the thread that keeps them; until it does, both traces grow.
///
/// Names are let go of with the events that say them: a second trace has symbols of its own, with only what it needs. A
/// server whose every task has another name may be watched for days.
class GrowingTrace {
  public:
    /// `symbols`: of the events that will come, and added to by the appender alone. `memory_most` in bytes: about, and
    /// never so little that the living tasks have no room.
    explicit GrowingTrace(std::shared_ptr<Symbols> symbols, std::size_t memory_most = default_memory());
    ~GrowingTrace();

    /// Half of the machine's memory.
    static std::size_t default_memory();
    /// How many events a trace may have before it begins to prepare for folding, so that all of them stay.
    static std::uint64_t events_that_fit(std::size_t memory_most);

    /// Holds the trace still while it lives. A thread has at most one at a time, and does not append meanwhile.
    class Reader {
      public:
        explicit Reader(const GrowingTrace& trace) : growing_(&trace) { trace.enter(); }
        ~Reader() {
            if (growing_) growing_->leave();
        }
        Reader(Reader&& other) noexcept : growing_(std::exchange(other.growing_, nullptr)) {}
        Reader& operator=(Reader&&) = delete;

        const Trace* operator->() const { return growing_->now_.trace.get(); }
        const Trace& operator*() const { return *growing_->now_.trace; }

        /// Lets the appender have its turn where it waits for one. Numbers of events and tasks stay what they were;
        /// there may be more of them, and states, sizes and spans taken from the trace are to be asked for anew.
        void breathe() { growing_->breathe(); }

      private:
        const GrowingTrace* growing_;
    };
    Reader read() const { return Reader(*this); }

    /// Appends events, the first of them first, until all are in or a reader wants its turn. Waits for readers at most
    /// so long. Returns how many are in now. One thread only.
    std::size_t append(std::span<const Event> events, std::chrono::nanoseconds patience);
    /// Appends all, however long it must wait.
    void append_all(std::span<const Event> events);

    /// The events to come have ids of these symbols. For the appender.
    void take_symbols(std::shared_ptr<const Symbols> symbols);

    /// Bytes that both traces hold, about, and whether it is time to fold. From any thread.
    std::size_t memory_bytes() const { return memory_bytes_.load(std::memory_order_relaxed); }
    bool fold_due() const { return fold_due_.load(std::memory_order_relaxed); }
    /// How the numbers of events change when a trace is folded: those before `first` are no more.
    struct Renumbering {
        EventIndex first = 0;
        EventIndex begin = no_event;  ///< of the recording_begins event, by the new numbers; no_event: nothing changed
        EventIndex operator()(EventIndex old) const {
            if (old == no_event || begin == no_event) return old;
            return old < first ? begin : begin + 1 + (old - first);
        }
    };
    /// Folds the oldest detail, where a second trace has been begun. Waits for readers. From any thread that holds
    /// none; pointers and numbers of tasks are void afterwards, ids hold.
    Renumbering fold();

    /// How often one had to wait for the other, and how long.
    struct Waits {
        std::uint64_t count = 0;
        std::chrono::nanoseconds total{};
        std::chrono::nanoseconds longest{};
        void add(std::chrono::nanoseconds time);
    };
    Waits reader_waits() const;
    Waits appender_waits() const;

  private:
    void enter() const;
    void leave() const;
    void breathe() const;

    /// A trace, and the symbols that it refers to.
    struct Grown {
        std::shared_ptr<Symbols> symbols;
        std::unique_ptr<Trace> trace;
        /// To them, from the symbols of the events that come; none: they are the same.
        std::optional<SymbolMover> mover;
        std::size_t at_begin = 0;  ///< the bytes it took when it began
        std::size_t memory_bytes() const;
    };
    /// The events with ids of a trace's symbols; good until the next call.
    std::span<const Event> moved(Grown& grown, std::span<const Event> events);
    std::size_t append_to_trace(std::span<const Event> events);
    /// Gives the second trace what the first has taken, begins it, looks after memory.
    void follow(std::span<const Event> events);
    void begin_successor();

    // The appender's own while it appends or follows, and fold()'s while it does neither.
    Grown now_;  ///< its trace is changed only while appending_, read only while readers_ > 0
    Grown successor_;
    EventIndex successor_first_ = 0;               ///< the trace's first event that the successor has from it, too
    Grown retired_;                                ///< let go of by the appender: that takes a while
    std::shared_ptr<const Symbols> come_symbols_;  ///< of the events that come
    std::vector<Event> moved_;
    std::size_t not_looked_at_ = 0;  ///< events since memory was looked after
    std::size_t memory_most_;
    std::atomic<std::size_t> memory_bytes_{0};
    std::atomic<bool> fold_due_{false};

    mutable std::mutex mutex_;  ///< guards what follows; never held while somebody appends or reads
    mutable std::condition_variable readers_turn_;
    mutable std::condition_variable appender_turn_;
    bool appending_ = false;
    bool following_ = false;
    bool appender_waits_ = false;
    unsigned folds_wait_ = 0;  ///< who want to fold
    mutable unsigned readers_ = 0;
    /// Readers that wait for the appender to stop, which looks at it while it appends.
    mutable std::atomic<unsigned> readers_wait_{0};
    mutable Waits reader_waits_;
    Waits appender_sums_;
};

}  // namespace awaitscope
