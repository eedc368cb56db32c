// SPDX-License-Identifier: MIT
// The bodies of EventLoop's templates.
#pragma once

#include <memory>
#include <optional>
#include <utility>

#include "asyncio/errors.hpp"
#include "asyncio/event_loop.hpp"

namespace asyncio {

template <class F, class... A>
Handle EventLoop::call_soon(F&& function, A&&... args) {
    require_callable();
    auto bound = detail::bind_call(std::forward<F>(function), std::forward<A>(args)...);
    auto* node = new detail::HandleOf<decltype(bound)>(this, std::move(bound));
    if (debug_) [[unlikely]]
        node->keep_creation();
    queue_handle(*node);
    return Handle(node);
}

template <class F, class... A>
Handle EventLoop::call_soon_threadsafe(F&& function, A&&... args) {
    auto bound = detail::bind_call(std::forward<F>(function), std::forward<A>(args)...);
    auto* node = new detail::HandleOf<decltype(bound)>(this, std::move(bound));
    Handle handle(node);
    queue_threadsafe(*node);
    return handle;
}

template <class F, class... A>
TimerHandle EventLoop::call_at(TimePoint when, F&& function, A&&... args) {
    require_callable();
    auto bound = detail::bind_call(std::forward<F>(function), std::forward<A>(args)...);
    auto* node = new detail::HandleOf<decltype(bound)>(this, std::move(bound));
    node->when = when;
    node->make_timer();
    TimerHandle handle(node);
    if (debug_) [[unlikely]]
        node->keep_creation();
    add_timer(*node);
    return handle;
}

template <class R, class P, class F, class... A>
TimerHandle EventLoop::call_later(std::chrono::duration<R, P> delay, F&& function, A&&... args) {
    return call_at(detail::saturating_add(time(), detail::to_loop_duration(delay)), std::forward<F>(function),
                   std::forward<A>(args)...);
}

template <class F, class... A>
void EventLoop::add_reader(int fd, F&& function, A&&... args) {
    require_no_transport(fd);
    auto bound = detail::bind_call(std::forward<F>(function), std::forward<A>(args)...);
    watch(fd, false, new detail::HandleOf<decltype(bound)>(this, std::move(bound)));
}

template <class F, class... A>
void EventLoop::add_writer(int fd, F&& function, A&&... args) {
    require_no_transport(fd);
    auto bound = detail::bind_call(std::forward<F>(function), std::forward<A>(args)...);
    watch(fd, true, new detail::HandleOf<decltype(bound)>(this, std::move(bound)));
}

template <class F, class... A>
void EventLoop::add_signal_handler(int number, F&& function, A&&... args) {
    auto bound = detail::bind_call(std::forward<F>(function), std::forward<A>(args)...);
    if constexpr (detail::CoroutineFunction<decltype(bound)>)
        throw TypeError("coroutines cannot be used with add_signal_handler()");
    else  // shared, since what std::function holds must be copyable
        watch_signal(number, [shared = std::make_shared<decltype(bound)>(std::move(bound))] { (*shared)(); });
}

template <class T>
Future<T> EventLoop::create_future(std::source_location where) {
    auto* state = new detail::FutureState<T>(this);
    detail::register_future(*state, where);
    return Future<T>(detail::FutureRef::adopt(state));
}

template <detail::TaskAble A>
auto EventLoop::create_task(A&& awaitable, std::string_view name, std::source_location where) {
    auto coroutine = detail::as_coroutine(std::forward<A>(awaitable));
    require_callable();
    return detail::spawn(*this, coroutine, name, where);
}

template <class A>
auto EventLoop::run_until_complete(A&& awaitable) -> detail::await_result_t<A> {
    require_runnable();  // before a task is made, which would run later
    if constexpr (detail::FutureLike<A>) {
        std::remove_cvref_t<A> future(std::forward<A>(awaitable));
        run_until_done(future, false);
        future.core()->rethrow_unless_finished();
        return detail::take_stored<detail::await_result_t<A>>(future.core()->value(), future.core()->refs() > 1);
    } else {
        auto task = create_task(std::forward<A>(awaitable), {}, {});
        run_until_done(task, true);
        task.core()->rethrow_unless_finished();
        return detail::take_stored<detail::await_result_t<A>>(task.core()->value(), task.core()->refs() > 1);
    }
}

}  // namespace asyncio
