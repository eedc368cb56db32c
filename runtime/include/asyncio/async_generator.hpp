// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <utility>

#include "asyncio/coroutine.hpp"
#include "asyncio/detail/waiter.hpp"
#include "asyncio/event_loop.hpp"

namespace asyncio {

template <class T>
class AsyncGenerator;

namespace detail {

/// A generator whose body has begun: shutdown_asyncgens() ends those that were left open.
class OpenGenerator : public ListHook<OpenGenerator> {
  public:
    /// Throws at its co_yield and lets the body end.
    virtual Coroutine<> close() = 0;
    void register_at(EventLoop& loop);
    void unregister() noexcept;

  protected:
    ~OpenGenerator() { unregister(); }

  private:
    EventLoop* loop_ = nullptr;
};

[[noreturn]] void throw_generator_exit();
bool is_generator_exit(const std::exception_ptr& exception);
[[noreturn]] void throw_generator_error(const char* what);

/// co_await of next() or aclose(): the generator's body runs inside the task that awaits, until it yields or ends.
class GeneratorTurn final : public OperationOf<void> {
  public:
    explicit GeneratorTurn(PromiseBase& generator) : generator_(&generator) {}
    bool await_ready() const { return false; }
    void suspend_at(PromiseBase& consumer);
    void await_resume() const {}

  private:
    PromiseBase* generator_;
};

template <class T>
class GeneratorPromise final : public AwaitingPromise, public OpenGenerator {
  public:
    explicit GeneratorPromise(NoArguments = NoArguments(), const char* function = __builtin_FUNCTION(),
                              const char* file = __builtin_FILE(), int line = __builtin_LINE())
        : AwaitingPromise(function, file, line) {}

    AsyncGenerator<T> get_return_object();
    void return_void() noexcept {}

    /// Hands the value over; goes on when the next one is asked for, or throws when it is closed instead.
    class Yield {
      public:
        explicit Yield(GeneratorPromise* promise) : promise_(promise) {}
        bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<>) noexcept { promise_->task()->run_next(promise_->parent()); }
        void await_resume() const {
            if (promise_->closing_) throw_generator_exit();
        }

      private:
        GeneratorPromise* promise_;
    };
    template <std::convertible_to<T> V>
    Yield yield_value(V&& value) {
        value_.emplace(std::forward<V>(value));
        return Yield(this);
    }

    Coroutine<std::optional<T>> next() {
        if (busy_) throw_generator_error("anext(): asynchronous generator is already running");
        if (ended()) co_return std::nullopt;
        co_await turn();
        if (ended()) {
            if (exception()) std::rethrow_exception(std::exchange(exception(), nullptr));
            co_return std::nullopt;
        }
        co_return std::exchange(value_, std::nullopt);
    }
    Coroutine<> close() override {
        if (busy_) throw_generator_error("aclose(): asynchronous generator is already running");
        closing_ = true;
        if (!started() || ended()) co_return;
        co_await turn();
        if (!ended()) throw_generator_error("async generator ignored GeneratorExit");
        const auto exception = std::exchange(this->exception(), nullptr);
        if (exception && !is_generator_exit(exception)) std::rethrow_exception(exception);
    }

  private:
    bool ended() const { return closing_ && !started() ? true : handle().done(); }
    Coroutine<> turn() {
        register_at(require_running_loop());
        struct Busy {
            bool& flag;
            explicit Busy(bool& f) : flag(f) { flag = true; }
            ~Busy() { flag = false; }
        } busy(busy_);
        co_await GeneratorTurn(*this);
        if (handle().done()) unregister();
    }
    std::optional<T> value_;
    bool busy_ = false;
    bool closing_ = false;
};

}  // namespace detail

/// Python's asynchronous generator: `AsyncGenerator<T> f()` that co_yields, consumed by
/// `auto g = f(); while (auto x = co_await g.next()) use(*x);`. Owns its frame. One that goes out of scope half-way is
/// destroyed there and then; aclose() ends it in order, and shutdown_asyncgens() does so with those still open.
template <class T>
class [[nodiscard("a generator does nothing until next() is awaited")]] AsyncGenerator {
  public:
    using promise_type = detail::GeneratorPromise<T>;

    AsyncGenerator(AsyncGenerator && other) noexcept : promise_(std::exchange(other.promise_, nullptr)) {}
    AsyncGenerator& operator=(AsyncGenerator&& other) noexcept {
        std::swap(promise_, other.promise_);
        return *this;
    }
    ~AsyncGenerator() {
        if (promise_) promise_->handle().destroy();
    }

    /// The next value, or nothing at the end. Throws what the body throws.
    Coroutine<std::optional<T>> next() {
        return promise_->next();
    }
    /// Throws at its co_yield, so that it cleans up; it may await meanwhile.
    Coroutine<> aclose() {
        return promise_->close();
    }

  private:
    friend promise_type;
    explicit AsyncGenerator(promise_type * promise) : promise_(promise) {}
    promise_type* promise_;
};

namespace detail {
template <class T>
AsyncGenerator<T> GeneratorPromise<T>::get_return_object() {
    handle_ = std::coroutine_handle<GeneratorPromise>::from_promise(*this);
    return AsyncGenerator<T>(this);
}
}  // namespace detail

}  // namespace asyncio
