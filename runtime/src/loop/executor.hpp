// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "asyncio/executor.hpp"

namespace asyncio::detail {

/// A pool of threads, made as work comes: CPython's ThreadPoolExecutor, with its limit of cores + 4, at most 32.
class ThreadPool {
  public:
    explicit ThreadPool(EventLoop& loop);
    /// Joins.
    ~ThreadPool();
    ThreadPool(const ThreadPool&) = delete;
    ThreadPool& operator=(const ThreadPool&) = delete;

    /// RuntimeError once shut down. Throws std::system_error when no thread can be had at all.
    void submit(std::shared_ptr<ThreadJob> job);
    /// Nothing new is taken; what is queued is dropped when `drop_queued`.
    void shut_down(bool drop_queued);
    void join();

  private:
    void work();

    EventLoop& loop_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::shared_ptr<ThreadJob>> jobs_;
    std::vector<std::thread> threads_;
    std::size_t idle_ = 0;
    bool ending_ = false;
};

}  // namespace asyncio::detail
