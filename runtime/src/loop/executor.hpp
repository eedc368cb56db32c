// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "asyncio/executor.hpp"
#include "runtime/src/loop/fork.hpp"

namespace asyncio::detail {

/// A job on its way: knows the loop its result goes back to.
class LoopJob {
  public:
    LoopJob(EventLoop& loop, std::shared_ptr<ThreadJob> job);
    /// In the worker: does the work and sends the result home.
    static void run(const std::shared_ptr<LoopJob>& self) noexcept;
    EventLoop& loop() const { return loop_; }

  private:
    void deliver();
    EventLoop& loop_;
    std::shared_ptr<ThreadJob> job_;
    std::uint64_t id_;
    TimePoint submitted_, begun_;
};

/// A pool of threads, made as work comes: CPython's ThreadPoolExecutor. Loops share it.
class ThreadPool final : public ForkAware {
  public:
    /// `threads_max` 0: as CPython, cores + 4, at most 32.
    explicit ThreadPool(std::size_t threads_max);
    /// Does what is queued, and joins.
    ~ThreadPool();
    ThreadPool(const ThreadPool&) = delete;
    ThreadPool& operator=(const ThreadPool&) = delete;

    /// RuntimeError once shut down. Throws std::system_error when no thread can be had at all.
    void submit(std::shared_ptr<LoopJob> job);
    /// Nothing new is taken.
    void shut_down();
    void join();
    /// The loop is closed: its queued jobs are dropped, those that run are waited for.
    void leave(EventLoop& loop);
    void before_fork() override { mutex_.lock(); }
    void after_fork_in_parent() noexcept override { mutex_.unlock(); }
    /// The child has the pool, but none of its threads.
    void after_fork_in_child() noexcept override;

  private:
    void work();

    std::size_t threads_max_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::condition_variable finished_;
    std::deque<std::shared_ptr<LoopJob>> jobs_;
    std::vector<EventLoop*> running_;  ///< one for each job at work
    std::vector<std::thread> threads_;
    std::size_t idle_ = 0;
    bool ending_ = false;
};

/// Hands a job to a pool; the loop takes leave of the pool when it is closed.
void submit(EventLoop& loop, const std::shared_ptr<ThreadPool>& pool, std::shared_ptr<ThreadJob> job);

}  // namespace asyncio::detail
