// SPDX-License-Identifier: MIT
#include "runtime/src/loop/executor.hpp"

#include <algorithm>
#include <cstdio>

#include "asyncio/errors.hpp"
#include "runtime/src/loop/loop_impl.hpp"
#include "runtime/src/probe_hooks.hpp"

namespace asyncio {
namespace detail {
namespace {

std::size_t threads_max() {
    return std::min<std::size_t>(32, std::thread::hardware_concurrency() + 4);
}

/// The way back: counts the work as outside until its result is delivered, announces it, delivers it.
class TrackedJob final : public ThreadJob {
  public:
    TrackedJob(EventLoop& loop, std::shared_ptr<ThreadJob> job) : loop_(loop), job_(std::move(job)) {
        ++loop_.impl().outside_work;
        id_ = hooks::thread_submitted(loop_);
    }
    void work() noexcept override { job_->work(); }
    void deliver() override {
        --loop_.impl().outside_work;
        hooks::thread_done(loop_, id_);
        job_->deliver();
    }

  private:
    EventLoop& loop_;
    std::shared_ptr<ThreadJob> job_;
    std::uint64_t id_;
};

}  // namespace

ThreadPool::ThreadPool(EventLoop& loop) : loop_(loop) {}

ThreadPool::~ThreadPool() {
    shut_down(true);
    join();
}

void ThreadPool::submit(std::shared_ptr<ThreadJob> job) {
    auto tracked = std::make_shared<TrackedJob>(loop_, std::move(job));
    const std::scoped_lock lock(mutex_);
    if (ending_) throw RuntimeError("cannot schedule new futures after shutdown");
    if (idle_ <= jobs_.size() && threads_.size() < threads_max()) {
        try {
            threads_.emplace_back([this] { work(); });
        } catch (const std::system_error&) {
            if (threads_.empty()) throw;  // else the others do the work
        }
    }
    jobs_.push_back(std::move(tracked));
    wake_.notify_one();
}

void ThreadPool::shut_down(bool drop_queued) {
    std::deque<std::shared_ptr<ThreadJob>> dropped;
    const std::scoped_lock lock(mutex_);
    ending_ = true;
    if (drop_queued) dropped.swap(jobs_);
    wake_.notify_all();
}

void ThreadPool::join() {
    for (std::thread& thread : threads_)
        if (thread.joinable()) thread.join();
}

void ThreadPool::work() {
    std::unique_lock lock(mutex_);
    for (;;) {
        ++idle_;
        wake_.wait(lock, [this] { return ending_ || !jobs_.empty(); });
        --idle_;
        if (jobs_.empty()) return;
        std::shared_ptr<ThreadJob> job = std::move(jobs_.front());
        jobs_.pop_front();
        lock.unlock();
        job->work();
        try {
            // The job goes back with its futures: they must be let go of in the loop's thread.
            loop_.call_soon_threadsafe([job = std::move(job)] { job->deliver(); });
        } catch (...) {
            std::fputs("asyncio: a thread's result could not be delivered\n", stderr);
        }
        lock.lock();
    }
}

void submit_to_default_executor(EventLoop& loop, std::shared_ptr<ThreadJob> job) {
    auto& pool = loop.impl().executor;
    if (!pool) pool = std::make_unique<ThreadPool>(loop);
    pool->submit(std::move(job));
}

}  // namespace detail

Coroutine<> EventLoop::shutdown_default_executor() {
    detail::ThreadPool* const pool = impl_->executor.get();
    if (!pool) co_return;
    pool->shut_down(false);
    // Joined in a thread of its own: the loop goes on meanwhile, and takes the last results. A future's handles are
    // counted without atomics, so that thread touches a pointer to one only.
    const auto joined = std::make_shared<Future<>>(create_future<>());
    std::thread joiner([this, pool, joined] {
        pool->join();
        call_soon_threadsafe([joined] {
            if (!joined->done()) joined->set_result();
        });
    });
    struct Join {
        std::thread& thread;
        ~Join() { thread.join(); }
    } join{joiner};
    co_await *joined;
}

}  // namespace asyncio
