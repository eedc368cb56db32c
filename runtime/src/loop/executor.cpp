// SPDX-License-Identifier: MIT
#include "runtime/src/loop/executor.hpp"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "asyncio/errors.hpp"
#include "runtime/src/loop/loop_impl.hpp"
#include "runtime/src/probe_hooks.hpp"

namespace asyncio {
namespace detail {

LoopJob::LoopJob(EventLoop& loop, std::shared_ptr<ThreadJob> job) : loop_(loop), job_(std::move(job)) {
    // Counts as outside until its result is delivered.
    ++loop_.impl().outside_work;
    id_ = hooks::thread_submitted(loop_);
    if (id_ != 0) submitted_ = monotonic_now();
}

void LoopJob::run(const std::shared_ptr<LoopJob>& self) noexcept {
    if (self->id_ != 0) self->begun_ = monotonic_now();
    self->job_->work();
    try {
        self->loop_.call_soon_threadsafe([self] { self->deliver(); });
    } catch (...) {
        std::fputs("asyncio: a thread's result could not be delivered\n", stderr);
    }
}

void LoopJob::deliver() {
    --loop_.impl().outside_work;
    hooks::thread_done(loop_, id_, begun_ - submitted_);
    // Its futures must be let go of in this thread, and the worker may hold this LoopJob for longer than that.
    std::exchange(job_, nullptr)->deliver();
}

ThreadPool::ThreadPool(std::size_t threads_max)
    : threads_max_(threads_max ? threads_max : std::min<std::size_t>(32, std::thread::hardware_concurrency() + 4)) {
    tell_of_forks(*this);
}

ThreadPool::~ThreadPool() {
    tell_no_more_of_forks(*this);
    shut_down();
    join();
}

void ThreadPool::submit(std::shared_ptr<LoopJob> job) {
    const std::scoped_lock lock(mutex_);
    if (ending_) throw RuntimeError("cannot schedule new futures after shutdown");
    if (idle_ <= jobs_.size() && threads_.size() < threads_max_) {
        try {
            threads_.emplace_back([this] { work(); });
        } catch (const std::system_error&) {
            if (threads_.empty()) throw;  // else the others do the work
        }
    }
    jobs_.push_back(std::move(job));
    wake_.notify_one();
}

void ThreadPool::shut_down() {
    const std::scoped_lock lock(mutex_);
    ending_ = true;
    wake_.notify_all();
}

void ThreadPool::join() {
    for (std::thread& thread : threads_)
        if (thread.joinable()) thread.join();
}

void ThreadPool::leave(EventLoop& loop) {
    std::deque<std::shared_ptr<LoopJob>> dropped;  // they go after the lock, in the loop's thread
    std::unique_lock lock(mutex_);
    const auto others =
        std::stable_partition(jobs_.begin(), jobs_.end(), [&](const auto& job) { return &job->loop() != &loop; });
    dropped.assign(std::move_iterator(others), std::move_iterator(jobs_.end()));
    jobs_.erase(others, jobs_.end());
    finished_.wait(lock, [&] { return std::ranges::find(running_, &loop) == running_.end(); });
    lock.unlock();
}

void ThreadPool::after_fork_in_child() noexcept {
    // Neither joined nor waited for: what they were is the parent's. So are its jobs, which are not run here; nor let
    // go of, for what they hold was in use by those threads.
    for (std::thread& thread : threads_) new (&thread) std::thread;
    threads_.clear();
    new (&jobs_) std::deque<std::shared_ptr<LoopJob>>;
    new (&wake_) std::condition_variable;
    new (&finished_) std::condition_variable;
    running_.clear();
    idle_ = 0;
    mutex_.unlock();
}

void ThreadPool::work() {
    std::unique_lock lock(mutex_);
    for (;;) {
        ++idle_;
        wake_.wait(lock, [this] { return ending_ || !jobs_.empty(); });
        --idle_;
        if (jobs_.empty()) return;
        std::shared_ptr<LoopJob> job = std::move(jobs_.front());
        jobs_.pop_front();
        EventLoop* const loop = &job->loop();
        running_.push_back(loop);
        lock.unlock();
        LoopJob::run(job);
        job.reset();
        lock.lock();
        running_.erase(std::ranges::find(running_, loop));
        finished_.notify_all();
    }
}

void submit(EventLoop& loop, const std::shared_ptr<ThreadPool>& pool, std::shared_ptr<ThreadJob> job) {
    auto& pools = loop.impl().pools;
    if (std::ranges::find(pools, pool) == pools.end()) pools.push_back(pool);
    pool->submit(std::make_shared<LoopJob>(loop, std::move(job)));
}

void submit_to_default_executor(EventLoop& loop, std::shared_ptr<ThreadJob> job) {
    if (loop.impl().executor_shutdown_called) throw RuntimeError("Executor shutdown has been called");
    auto& pool = loop.impl().executor;
    if (!pool) pool = std::make_shared<ThreadPool>(0);
    submit(loop, pool, std::move(job));
}

}  // namespace detail

ThreadPoolExecutor::ThreadPoolExecutor(std::size_t max_workers)
    : pool_(std::make_shared<detail::ThreadPool>(max_workers)) {}

void ThreadPoolExecutor::shutdown(bool wait) const {
    pool_->shut_down();
    if (wait) pool_->join();
}

void detail::submit_to(const ThreadPoolExecutor& pool, EventLoop& loop, std::shared_ptr<ThreadJob> job) {
    submit(loop, pool.pool_, std::move(job));
}

void EventLoop::set_default_executor(const ThreadPoolExecutor& pool) {
    impl_->executor = pool.pool_;
}
void EventLoop::set_default_executor(const std::shared_ptr<ThreadPoolExecutor>& pool) {
    if (!pool) throw TypeError("executor must be ThreadPoolExecutor instance");
    set_default_executor(*pool);
}

Coroutine<> EventLoop::shutdown_default_executor() {
    impl_->executor_shutdown_called = true;
    const auto pool = impl_->executor;
    if (!pool) co_return;
    pool->shut_down();
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
