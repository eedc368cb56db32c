// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <mutex>
#include <vector>

#include "asyncio/handle.hpp"

namespace asyncio::detail {

/// How other threads reach a loop: a list of handles under a lock, and an eventfd that ends the selector's wait.
class Wakeup {
  public:
    Wakeup();
    ~Wakeup();
    Wakeup(const Wakeup&) = delete;
    Wakeup& operator=(const Wakeup&) = delete;

    int fd() const { return fd_; }
    /// Any thread. False once the loop is closed; else takes over a reference to `handle`.
    bool post(HandleNode& handle);
    bool pending() const { return pending_.load(std::memory_order_acquire); }
    /// The loop's thread: everything that was posted, in order. Costs one load when nothing was.
    template <class F>
    void take(F&& each) {
        if (!pending()) [[likely]]
            return;
        std::vector<HandleNode*> taken;
        {
            const std::scoped_lock lock(mutex_);
            taken.swap(handles_);
            pending_.store(false, std::memory_order_relaxed);
        }
        for (HandleNode* handle : taken) each(*handle);
    }
    /// Ends the selector's wait. Any thread, and a signal's handler.
    void ring() noexcept;
    /// Reads the eventfd empty.
    void drain();
    /// Around fork(): nobody posts meanwhile. In the child the eventfd is a new one under the old number, so that
    /// nothing done there wakes the parent's loop.
    void before_fork() { mutex_.lock(); }
    void after_fork_in_parent() { mutex_.unlock(); }
    void after_fork_in_child() noexcept;
    /// Nothing is taken any more.
    void close();

  private:
    int fd_;
    std::atomic<bool> pending_{false};
    std::mutex mutex_;
    std::vector<HandleNode*> handles_;
    bool closed_ = false;
};

}  // namespace asyncio::detail
