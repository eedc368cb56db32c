// SPDX-License-Identifier: MIT
// CPython's tasks.py, wait.
#include "asyncio/wait.hpp"

#include "asyncio/errors.hpp"

namespace asyncio::detail {
namespace {

/// Shared by the callbacks: one that is queued already may run after the wait is over.
struct Waiting {
    std::size_t left;
    ReturnWhen return_when;
    Future<> waiter;
    TimerHandle timer;

    void release() const {
        if (!waiter.done()) waiter.set_result();
    }
    void completed(const AnyFuture& future) {
        --left;
        const bool failed = !future.cancelled() && future.core()->peek_outcome() != nullptr;
        if (left > 0 && return_when != FIRST_COMPLETED && !(return_when == FIRST_EXCEPTION && failed)) return;
        timer.cancel();
        release();
    }
};

}  // namespace

Coroutine<> wait_until(std::vector<AnyFuture> futures, WaitOptions options) {
    if (futures.empty()) throw ValueError("Set of Tasks/Futures is empty.");
    EventLoop& loop = require_running_loop();
    const auto waiting =
        std::make_shared<Waiting>(Waiting{futures.size(), options.return_when, loop.create_future<>(), TimerHandle()});
    if (const auto limit = options.timeout.value())
        waiting->timer = loop.call_later(*limit, [waiting] { waiting->release(); });
    std::vector<std::uint64_t> callbacks;
    for (const AnyFuture& future : futures)
        callbacks.push_back(add_awaiting_callback<AnyFuture>(
            *future.core(), [waiting](const AnyFuture& done) { waiting->completed(done); }, running_task_id()));
    struct Removal {
        Waiting& waiting;
        std::vector<AnyFuture>& futures;
        std::vector<std::uint64_t>& callbacks;
        ~Removal() {
            waiting.timer.cancel();
            for (std::size_t i = 0; i < futures.size(); ++i) futures[i].remove_done_callback(callbacks[i]);
        }
    } removal{*waiting, futures, callbacks};
    const Future<> waiter = waiting->waiter;
    co_await waiter;
}

}  // namespace asyncio::detail
