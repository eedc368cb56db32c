// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <tuple>
#include <type_traits>
#include <utility>

#include "asyncio/context.hpp"
#include "asyncio/executor.hpp"

namespace asyncio {

namespace detail {
template <class R, class Call>
Coroutine<R> call_in_thread(Call call) {
    auto context = copy_context();
    auto in_context = [context = std::move(context), call = std::move(call)]() mutable -> R {
        const ContextScope scope(context);
        return call();
    };
    auto result = require_running_loop().run_in_executor(nullptr, std::move(in_context));
    co_return co_await result;
}
}  // namespace detail

/// `co_await to_thread(function, arguments...)`: calls it in a thread, in a copy of the caller's context, and gives its
/// result. Cancelling the wait does not stop the thread.
template <class F, class... A>
auto to_thread(F&& function, A&&... arguments) {
    auto call = detail::bind_job(std::forward<F>(function), std::forward<A>(arguments)...);
    return detail::call_in_thread<std::invoke_result_t<decltype(call)&>>(std::move(call));
}

}  // namespace asyncio
