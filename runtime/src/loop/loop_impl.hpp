// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <thread>
#include <vector>

#include "asyncio/async_generator.hpp"
#include "asyncio/event_loop.hpp"
#include "runtime/src/loop/executor.hpp"
#include "runtime/src/loop/fork.hpp"
#include "runtime/src/loop/selector.hpp"
#include "runtime/src/loop/signals.hpp"
#include "runtime/src/loop/timer_queue.hpp"
#include "runtime/src/loop/wakeup.hpp"

namespace asyncio {

namespace detail {
/// What must let go of its descriptors and references when its loop is closed.
class LoopResource : public ListHook<LoopResource> {
  public:
    virtual void loop_closes() noexcept = 0;

  protected:
    ~LoopResource() = default;
};
class SocketEnd;
}  // namespace detail

/// What a loop has besides its ready queue.
struct EventLoop::Impl final : detail::ForkAware {
    detail::TimerQueue timers;
    detail::Selector selector;
    detail::Wakeup wakeup;
    /// Tasks that are not done, in order of creation. The loop counts a reference to each.
    detail::IntrusiveList<detail::TaskCore> tasks;
    std::size_t tasks_alive = 0;
    ExceptionHandler exception_handler;
    std::string name;
    TimePoint virtual_now{};
    std::atomic<TimePoint> last_time{};     ///< what time() has told last
    std::atomic<std::thread::id> thread{};  ///< that runs it
    unsigned empty_polls = 0;               ///< polls in a row that found nothing while handles were ready
    unsigned turns_since_poll = 0;
    /// Connections and servers that are open: the loop's end is theirs.
    detail::IntrusiveList<detail::LoopResource> resources;
    /// By descriptor: whose it is, or nullptr.
    std::vector<const detail::SocketEnd*> transports;
    detail::IntrusiveList<detail::OpenGenerator> generators;
    /// Where sockets are read into before their protocol gets the bytes; made on first use.
    std::unique_ptr<char[]> receive_buffer;
    static constexpr std::size_t receive_buffer_size = 256 * 1024;
    std::shared_ptr<detail::ThreadPool> executor;            ///< the default one
    bool executor_shutdown_called = false;                   ///< no more jobs for the default one
    std::vector<std::shared_ptr<detail::ThreadPool>> pools;  ///< that have had jobs of this loop
    /// Work outside the loop (a thread's job, a child process) that will come back: virtual time does not jump over it.
    std::size_t outside_work = 0;
    std::unique_ptr<detail::LoopSignals> signals;  ///< once there was a handler
    /// This is a forked child's copy of a loop that is the parent's, with its children.
    bool inherited = false;

    void before_fork() override { wakeup.before_fork(); }
    void after_fork_in_parent() noexcept override { wakeup.after_fork_in_parent(); }
    void after_fork_in_child() noexcept override {
        inherited = true;
        outside_work = 0;
        wakeup.after_fork_in_child();
        selector.after_fork_in_child();
    }
};

namespace detail {
/// CLOCK_MONOTONIC.
TimePoint monotonic_now();
}  // namespace detail

}  // namespace asyncio
