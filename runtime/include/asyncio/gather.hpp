// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <tuple>
#include <utility>
#include <vector>

#include "asyncio/detail/gathering.hpp"
#include "asyncio/result.hpp"

namespace asyncio {

/// gather(return_exceptions, ...): errors become results.
struct return_exceptions_t {};
inline constexpr return_exceptions_t return_exceptions;

namespace detail {

template <class T>
ValueOrNone<T> child_value(FutureCore& child) {
    if constexpr (std::is_void_v<T>)
        return std::monostate{};
    else
        return take_stored<T>(child.value(), child.refs() > 1);
}

template <class T>
Result<T> child_result(FutureCore& child) {
    if (child.state() == FutureCore::State::cancelled) return Result<T>(child.cancellation());
    if (auto exception = child.outcome()) return Result<T>(exception);
    return Result<T>(child_value<T>(child));
}

/// A gather of different types: a tuple of results.
template <bool AsResults, class... T>
class GatherTuple final : public Gathering<std::tuple<std::conditional_t<AsResults, Result<T>, ValueOrNone<T>>...>> {
    using Base = Gathering<std::tuple<std::conditional_t<AsResults, Result<T>, ValueOrNone<T>>...>>;

  public:
    explicit GatherTuple(EventLoop* loop) : Base(loop, AsResults, sizeof...(T)) {}

  private:
    void collect() override { collect_all(std::index_sequence_for<T...>{}); }
    template <std::size_t... I>
    void collect_all(std::index_sequence<I...>) {
        if constexpr (AsResults)
            this->construct_value(child_result<T>(this->child(I))...);
        else
            this->construct_value(child_value<T>(this->child(I))...);
    }
};

/// A gather of many of one type: a vector of results.
template <bool AsResults, class T>
class GatherVector final : public Gathering<std::vector<std::conditional_t<AsResults, Result<T>, ValueOrNone<T>>>> {
    using Element = std::conditional_t<AsResults, Result<T>, ValueOrNone<T>>;

  public:
    GatherVector(EventLoop* loop, std::size_t count) : Gathering<std::vector<Element>>(loop, AsResults, count) {}

  private:
    void collect() override {
        std::vector<Element> values;
        values.reserve(this->count());
        for (std::size_t i = 0; i < this->count(); ++i) {
            if constexpr (AsResults)
                values.push_back(child_result<T>(this->child(i)));
            else
                values.push_back(child_value<T>(this->child(i)));
        }
        this->construct_value(std::move(values));
    }
};

/// The children's loop; without children the running one.
inline EventLoop* loop_of(FutureRef* children, std::size_t count) {
    return count > 0 ? children->get()->loop() : &require_running_loop();
}

template <bool AsResults, class... A>
auto gather_tuple(A&&... awaitables) {
    using State = GatherTuple<AsResults, await_result_t<A>...>;
    // A braced list is evaluated from left to right: the children are made in the order of the arguments.
    std::array<FutureRef, sizeof...(A)> children{
        FutureRef::share(ensure_future(std::forward<A>(awaitables)).core())...};
    return finish_gather(std::make_unique<State>(loop_of(children.data(), children.size())), children.data());
}

template <bool AsResults, class A>
auto gather_vector(std::vector<A> awaitables) {
    using State = GatherVector<AsResults, await_result_t<A>>;
    std::vector<FutureRef> children;
    children.reserve(awaitables.size());
    for (A& awaitable : awaitables) children.push_back(FutureRef::share(ensure_future(std::move(awaitable)).core()));
    return finish_gather(std::make_unique<State>(loop_of(children.data(), children.size()), children.size()),
                         children.data());
}

}  // namespace detail

/// Runs awaitables side by side; coroutines become tasks, in the order of the arguments. A Future of a tuple of their
/// results (std::monostate for void), in that order too. The first error ends it, and the others run on. Cancelling it
/// cancels every child that is not done.
template <detail::Awaitable... A>
auto gather(A&&... awaitables) {
    return detail::gather_tuple<false>(std::forward<A>(awaitables)...);
}
/// The same with errors, and cancellations of children, as results: a tuple of Result<T>.
template <detail::Awaitable... A>
auto gather(return_exceptions_t, A&&... awaitables) {
    return detail::gather_tuple<true>(std::forward<A>(awaitables)...);
}
/// Many of one type: a Future of a vector.
template <detail::Awaitable A>
auto gather(std::vector<A> awaitables) {
    return detail::gather_vector<false>(std::move(awaitables));
}
template <detail::Awaitable A>
auto gather(return_exceptions_t, std::vector<A> awaitables) {
    return detail::gather_vector<true>(std::move(awaitables));
}

}  // namespace asyncio
