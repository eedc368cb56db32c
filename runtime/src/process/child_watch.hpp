// SPDX-License-Identifier: MIT
#pragma once

#include <sys/types.h>

#include <functional>
#include <memory>

#include "asyncio/event_loop.hpp"
#include "runtime/src/net/socket.hpp"

namespace asyncio::detail {

/// Waits for the end of a child and reaps it: a pidfd in the loop's selector, or, where there is none to be had (no
/// descriptor left, an old kernel), a thread. No SIGCHLD.
class ChildWatch {
  public:
    /// `exited(code)` is called once, in the loop.
    ChildWatch(EventLoop& loop, pid_t pid, std::function<void(int)> exited);
    ~ChildWatch() { stop(); }
    ChildWatch(const ChildWatch&) = delete;
    ChildWatch& operator=(const ChildWatch&) = delete;

    /// The loop ends, and the child has been killed: reaps it, or lets that be done later.
    void reap_killed() noexcept;
    /// `exited` is not called any more.
    void stop() noexcept;

  private:
    struct Waiter;
    void wait_in_thread();
    void child_exited();
    void told(int code);

    EventLoop& loop_;
    pid_t pid_;
    std::function<void(int)> exited_;
    Socket pidfd_;
    std::shared_ptr<Waiter> waiter_;
};

}  // namespace asyncio::detail
