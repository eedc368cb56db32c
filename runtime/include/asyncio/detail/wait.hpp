// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

namespace asyncio::detail {

class FutureCore;
class TaskCore;

/// What a task waits for, by the words of the event vocabulary (the same numbers: a static_assert in probe_hooks.cpp).
enum class WaitKind : std::uint8_t {
    none,
    sleep,
    future,
    task,
    gather,
    lock,
    event,
    condition,
    semaphore,
    barrier,
    queue_get,
    queue_put,
    io,
    thread,
    process,
    timeout,
    group,
    yield,
};

/// A primitive, likewise.
enum class SyncKind : std::uint8_t { lock, event, condition, semaphore, bounded_semaphore, barrier, queue };

/// What a suspended task hangs on: a future, or a waiter inside its own frame. cancel() of the task goes here.
class Suspender {
  public:
    /// Ends the wait with a CancelledError; false when the wait is over already. `message` may be empty.
    virtual bool cancel_wait(const std::string& message) = 0;
    /// The task that is awaited, so that a chain of them is cancelled without recursion.
    virtual TaskCore* awaited_task() { return nullptr; }
    /// The task's step begins, and may_hang_again is set: true when the wait is really over; false when it hangs again
    /// (a woken getter that finds the queue empty), in which case it has put itself into line anew.
    virtual bool wait_is_over() { return true; }
    /// The future it is, when it is one.
    virtual FutureCore* as_future() { return nullptr; }
    /// The task will never be resumed from here.
    virtual void detach(TaskCore&) noexcept {}

    bool may_hang_again = false;

  protected:
    ~Suspender() = default;
};

}  // namespace asyncio::detail
