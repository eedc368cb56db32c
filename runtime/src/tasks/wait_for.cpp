// SPDX-License-Identifier: MIT
#include "asyncio/wait_for.hpp"

namespace asyncio::detail {

Coroutine<> cancel_and_wait(AnyFuture future) {
    auto* const state = new FutureState<void>(&future.get_loop(), WaitKind::timeout);
    register_future(*state);
    const Future<> waiter(FutureRef::adopt(state));
    const auto callback = future.add_done_callback([waiter](const AnyFuture&) {
        if (!waiter.done()) waiter.set_result();
    });
    struct Removal {
        AnyFuture& future;
        std::uint64_t callback;
        ~Removal() { future.remove_done_callback(callback); }
    } removal{future, callback};
    future.cancel();
    co_await waiter;
}

}  // namespace asyncio::detail
