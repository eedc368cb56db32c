// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <utility>

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
class GrowingTrace {
  public:
    explicit GrowingTrace(std::shared_ptr<const Symbols> symbols) : trace_(std::move(symbols)) {}

    /// Holds the trace still while it lives. A thread has at most one at a time, and does not append meanwhile.
    class Reader {
      public:
        explicit Reader(const GrowingTrace& trace) : growing_(&trace) { trace.enter(); }
        ~Reader() {
            if (growing_) growing_->leave();
        }
        Reader(Reader&& other) noexcept : growing_(std::exchange(other.growing_, nullptr)) {}
        Reader& operator=(Reader&&) = delete;

        const Trace* operator->() const { return &growing_->trace_; }
        const Trace& operator*() const { return growing_->trace_; }

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

    Trace trace_;  ///< changed only while appending_, read only while readers_ > 0

    mutable std::mutex mutex_;  ///< guards what follows; never held while somebody appends or reads
    mutable std::condition_variable readers_turn_;
    mutable std::condition_variable appender_turn_;
    bool appending_ = false;
    bool appender_waits_ = false;
    mutable unsigned readers_ = 0;
    /// Readers that wait for the appender to stop, which looks at it while it appends.
    mutable std::atomic<unsigned> readers_wait_{0};
    mutable Waits reader_waits_;
    Waits appender_sums_;
};

}  // namespace awaitscope
