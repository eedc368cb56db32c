// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>

#include "asyncio/event_loop.hpp"
#include "runtime/src/loop/signals.hpp"

namespace asyncio::detail {

/// Ctrl-C while Runner::run runs in the main thread, as CPython 3.11 has it: the first cancels the main task, a second
/// one throws KeyboardInterrupt out of the loop. Leaves a handler that the program has set itself alone.
class InterruptScope final : SignalReceiver {
  public:
    InterruptScope(EventLoop& loop, TaskCore& main_task);
    ~InterruptScope();
    InterruptScope(const InterruptScope&) = delete;
    InterruptScope& operator=(const InterruptScope&) = delete;

    /// True when the main task was cancelled by Ctrl-C.
    bool interrupted() const { return delivered_ > 0; }
    /// In a forked child: Ctrl-C is no more for the run that is the parent's.
    static void forget() noexcept;

  private:
    friend void deliver_interrupt(EventLoop& loop);
    void signal_arrived(int number) noexcept override;
    EventLoop& loop_;
    TaskCore& main_task_;
    int delivered_ = 0;
};

extern std::atomic<int> interrupts;
inline bool interrupt_pending() {
    return interrupts.load(std::memory_order_relaxed) != 0;
}
/// The loop's thread, between two handles.
void deliver_interrupt(EventLoop& loop);

}  // namespace asyncio::detail
