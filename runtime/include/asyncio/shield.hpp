// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <utility>

#include "asyncio/event_loop.hpp"

namespace asyncio {

/// A Future of the same result that can be cancelled without cancelling what is inside. Keep a handle of the inner task
/// when its end matters.
template <detail::Awaitable A>
auto shield(A&& awaitable) {
    using T = detail::await_result_t<A>;
    const Future<T> inner(detail::FutureRef::share(ensure_future(std::forward<A>(awaitable)).core()));
    if (inner.done()) return inner;
    Future<T> outer = inner.get_loop().template create_future<T>();
    // The inner holds the outer until it is done; the outer knows the inner only by what undoes that.
    auto pass_on = [outer](const Future<T>& done) {
        if (outer.cancelled()) {
            if (!done.cancelled()) done.core()->mark_retrieved();
            return;
        }
        if (done.cancelled()) {
            outer.cancel();
        } else if (auto exception = done.exception()) {
            outer.set_exception(exception);
        } else if constexpr (std::is_void_v<T>) {
            outer.set_result();
        } else {
            outer.set_result(detail::take_stored<T>(done.core()->value(), true));
        }
    };
    const auto callback =
        detail::add_awaiting_callback<Future<T>>(*inner.core(), std::move(pass_on), detail::running_task_id());
    outer.add_done_callback([inner, callback](const Future<T>&) {
        if (!inner.done()) inner.remove_done_callback(callback);
    });
    return outer;
}

}  // namespace asyncio
