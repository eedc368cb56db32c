// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <coroutine>
#include <utility>

#include "asyncio/detail/foreign_wait.hpp"
#include "asyncio/detail/promise.hpp"

namespace asyncio {

/// Python's coroutine object: `Coroutine<int> f(int x)` for `async def f(x) -> int`, `Coroutine<>` for None. Lazy: the
/// body starts when it is awaited (`co_await f(1)`, `co_await std::move(c)`) or made a task. Owns its frame until then.
/// One that goes away without having been started is reported: "coroutine 'f' was never awaited".
///
/// GCC 12: never write co_await inside the condition of an if, while or switch; give no temporary of an aggregate type
/// with a destructor, and no lambda that captures by value, inside a co_await expression. Name them first.
template <class T = void>
class [[nodiscard("a coroutine does nothing until it is awaited or made a task")]] Coroutine {
  public:
    using promise_type = detail::Promise<T>;
    using result_type = T;

    Coroutine(Coroutine && other) noexcept : promise_(std::exchange(other.promise_, nullptr)) {}
    Coroutine& operator=(Coroutine&& other) noexcept {
        std::swap(promise_, other.promise_);
        return *this;
    }
    ~Coroutine();

    /// False once it was awaited, made a task, or moved from.
    explicit operator bool() const {
        return promise_ != nullptr;
    }
    /// The bare name of its function, "<lambda>" for a lambda.
    const char* name() const;

    // For the library's own parts.
    /// `kept` lives as long as the coroutine's frame.
    void keep_alive(std::unique_ptr<detail::KeptAlive> kept) {
        promise_->keep_alive(std::move(kept));
    }
    /// Gives the frame away: for who starts it. nullptr when it is gone already.
    promise_type* release() {
        return std::exchange(promise_, nullptr);
    }

  private:
    friend promise_type;
    explicit Coroutine(promise_type * promise) : promise_(promise) {}
    promise_type* promise_;
};

namespace detail {
/// The name users know a coroutine's function by.
const char* display_name(const char* function);
void report_never_awaited(PromiseBase& promise) noexcept;

template <class T>
struct CoroutineResult;
template <class T>
struct CoroutineResult<Coroutine<T>> {
    using type = T;
};

/// A function without arguments that returns a coroutine (or an operation of this library).
template <class F>
concept CoroutineFunction = std::invocable < std::remove_cvref_t<F>
& > &&(requires(std::remove_cvref_t<F>& f) { typename CoroutineResult<std::remove_cvref_t<decltype(f())>>::type; });

inline Coroutine<void> Promise<void>::get_return_object() {
    handle_ = std::coroutine_handle<Promise>::from_promise(*this);
    return Coroutine<void>(this);
}

/// Whatever may be made a task, as a coroutine.
template <class T>
Coroutine<T> as_coroutine(Coroutine<T>&& coroutine) {
    return std::move(coroutine);
}
template <Operation A>
auto as_coroutine(A&& operation) {
    return Coroutine<typename std::remove_cvref_t<A>::result_type>(std::forward<A>(operation));
}
/// The function is called on a copy that lives as long as its coroutine.
template <CoroutineFunction F>
auto as_coroutine(F&& function) {
    using Function = std::decay_t<F>;
    struct Kept final : KeptAlive {
        explicit Kept(F&& f) : function(std::forward<F>(f)) {}
        Function function;
    };
    auto kept = std::make_unique<Kept>(std::forward<F>(function));
    auto coroutine = kept->function();
    coroutine.keep_alive(std::move(kept));
    return coroutine;
}
/// What awaiting something with an operator co_await gives.
template <class A>
struct ResultOfAwaiter {
    using type = std::remove_cvref_t<decltype(std::declval<std::remove_reference_t<A>&>().await_resume())>;
};
template <class T>
struct ResultOfAwaiter<Coroutine<T>> {
    using type = T;
};
template <class T>
struct ResultOfAwaiter<Future<T>> {
    using type = T;
};
template <class T>
struct ResultOfAwaiter<Task<T>> {
    using type = T;
};
template <class T, class A>
Coroutine<T> await_custom(A awaitable) {
    co_return co_await std::move(awaitable);
}
template <CustomAwaitable A>
auto as_coroutine(A&& awaitable) {
    using T = typename ResultOfAwaiter<std::remove_cvref_t<AwaiterOf<A>>>::type;
    return await_custom<T, std::decay_t<A>>(std::forward<A>(awaitable));
}
template <class A>
concept TaskAble = requires(A&& a) {
    as_coroutine(std::forward<A>(a));
};
template <class A>
using result_of_coroutine = typename CoroutineResult<decltype(as_coroutine(std::declval<A>()))>::type;
}  // namespace detail

template <class T>
Coroutine<T>::~Coroutine() {
    if (!promise_) return;
    if (!promise_->started()) detail::report_never_awaited(*promise_);
    promise_->handle().destroy();
}

namespace detail {
/// A coroutine inside one of the library's own. Users do not know of it, so it is not reported when the outer one was
/// cancelled before its first step.
template <class T>
class InnerCoroutine {
  public:
    InnerCoroutine(Coroutine<T> coroutine) : coroutine_(std::move(coroutine)) {}
    InnerCoroutine(InnerCoroutine&&) noexcept = default;
    InnerCoroutine& operator=(InnerCoroutine&&) = delete;
    ~InnerCoroutine() {
        if (auto* promise = coroutine_.release()) promise->handle().destroy();
    }
    Coroutine<T> take() { return std::move(coroutine_); }

  private:
    Coroutine<T> coroutine_;
};
}  // namespace detail

template <class T>
const char* Coroutine<T>::name() const {
    return promise_ ? detail::display_name(promise_->function()) : "";
}

}  // namespace asyncio
