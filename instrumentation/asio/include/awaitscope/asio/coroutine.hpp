// SPDX-License-Identifier: MIT
#pragma once

#include <awaitscope/asio/awaiter.hpp>
#include <coroutine>
#include <source_location>
#include <type_traits>
#include <utility>

/// Asio's coroutines with promises that tell what becomes of them. Each is Asio's own, and something more.
namespace awaitscope::asio {

template <class Executor>
class EntryFrame;
template <class T, class Executor>
class Frame;

struct Peek;

}  // namespace awaitscope::asio

/// A friend of every awaitable, as all frames are: looks at a coroutine that has not begun.
template <>
class boost::asio::detail::awaitable_frame<awaitscope::asio::Peek, awaitscope::asio::Peek> {
  public:
    template <class T, class Executor>
    static awaitscope::asio::Definition look(const awaitable<T, Executor>& coroutine) {
        return static_cast<awaitscope::asio::Frame<T, Executor>*>(coroutine.frame_)->definition();
    }
};

namespace awaitscope::asio {

/// What both kinds of frames do.
template <class Derived, class T, class Executor>
class FrameBase : public boost::asio::detail::awaitable_frame<T, Executor> {
    using Base = boost::asio::detail::awaitable_frame<T, Executor>;

  public:
    using Value = T;

    auto get_return_object() {
        auto made = Base::get_return_object();
        this->coro_ = std::coroutine_handle<Derived>::from_promise(static_cast<Derived&>(*this));
        return made;
    }

    AfterSuspend after_suspend_instead(AfterSuspend other) {
        auto& context = *this->resume_context_;
        return {std::exchange(context.after_suspend_fn_, other.function),
                std::exchange(context.after_suspend_arg_, other.argument)};
    }

  protected:
    /// An operation, or what is there at once (this_coro::executor).
    template <class Awaited>
    auto await_other(Awaited&& awaited, enum awaitscope_wait on, TimerClock clock) {
        const auto make = [&] { return Base::await_transform(std::forward<Awaited>(awaited)); };
        if constexpr (is_there_at_once<Awaited>)
            return make();
        else
            return OperationAwaiter<decltype(make()), Derived>(static_cast<Derived&>(*this), on, clock, make);
    }
};

/// A coroutine that users write; or an operation with use_awaitable, which Asio makes one of.
template <class T, class Executor>
class Frame : public FrameBase<Frame<T, Executor>, T, Executor> {
    using Base = FrameBase<Frame<T, Executor>, T, Executor>;
    struct None {};

  public:
    Frame(None = {}, const char* function = __builtin_FUNCTION(), const char* file = __builtin_FILE(),
          std::uint32_t line = __builtin_LINE())
        : definition_{function, {file, line}}, is_asios_(__builtin_strstr(file, "boost/asio/") != nullptr) {}

    template <class Initiation, class E, class... Arguments>
    Frame(Initiation&, boost::asio::use_awaitable_t<E>&, Arguments&...)
        : definition_{OperationName<Initiation>::text.data(), {"", 0}},
          is_asios_(true),
          is_operation_(true),
          on_(wait_of_type<Initiation>),
          clock_(clock_of_type<Initiation>) {}

    Task& task() const { return *task_; }
    const Definition& definition() const { return definition_; }

    auto initial_suspend() noexcept {
        struct Start : std::suspend_always {
            explicit Start(Frame& frame) : frame_(frame) {}
            void await_resume() const noexcept { frame_.starts(); }
            Frame& frame_;
        };
        return Start(*this);
    }
    auto final_suspend() noexcept {
        task_->coroutine_left();
        return Base::final_suspend();
    }

    template <class Value>
    auto await_transform(boost::asio::awaitable<Value, Executor> awaited,
                         const std::source_location& here = std::source_location::current()) {
        reaches(here);
        return NestedAwaiter<Value, Executor>(Base::await_transform(std::move(awaited)), *task_);
    }
    template <class Awaited>
    auto await_transform(Awaited&& awaited, const std::source_location& here = std::source_location::current()) {
        reaches(here);
        if (is_operation_) return Base::await_other(std::forward<Awaited>(awaited), on_, clock_);
        using Type = std::remove_cvref_t<Awaited>;
        return Base::await_other(std::forward<Awaited>(awaited), wait_of_type<Type>, clock_of_type<Type>);
    }

  private:
    void starts() noexcept {
        task_ = &static_cast<EntryFrame<Executor>*>(this->attached_thread_->entry_point())->task();
        if (!is_operation_) task_->coroutine_entered(definition_);
        task_->resumed();
    }
    void reaches(const std::source_location& here) {
        if (!is_asios_) task_->reached(definition_.function, here);
    }

    const Definition definition_;
    const bool is_asios_;
    const bool is_operation_ = false;
    const enum awaitscope_wait on_ = AWAITSCOPE_WAIT_NONE;  ///< an operation's, by its type
    const TimerClock clock_ = TimerClock::unknown;
    Task* task_ = nullptr;
};

/// What Asio puts below a coroutine that is spawned: the task. It brings the coroutine to its executor, runs it, and
/// brings its result to whoever spawned it.
template <class Executor>
class EntryFrame : public FrameBase<EntryFrame<Executor>, boost::asio::detail::awaitable_thread_entry_point, Executor> {
    using Base = FrameBase<EntryFrame<Executor>, boost::asio::detail::awaitable_thread_entry_point, Executor>;
    using AsFriend = boost::asio::detail::awaitable_frame<Peek, Peek>;

  public:
    template <class T, class Function, class Handler>
    EntryFrame(boost::asio::awaitable<T, Executor>*&, Executor&, Function& function, Handler&)
        : task_(definition_of(function)) {}

    Task& task() { return task_; }

    template <class Value>
    auto await_transform(boost::asio::awaitable<Value, Executor> awaited) {
        const bool is_body = ++awaited_ == 2;  // the first is the way to its executor
        return EntryAwaiter<Value, Executor>(Base::await_transform(std::move(awaited)), task_, is_body);
    }
    template <class Awaited>
    auto await_transform(Awaited&& awaited) {
        return Base::await_other(std::forward<Awaited>(awaited), AWAITSCOPE_WAIT_NONE, TimerClock::unknown);
    }

  private:
    template <class T>
    static Definition definition_of(boost::asio::detail::awaitable_as_function<T, Executor>& function) {
        auto coroutine = function();
        const Definition definition = AsFriend::look(coroutine);
        function = boost::asio::detail::awaitable_as_function<T, Executor>(std::move(coroutine));
        return definition;
    }
    /// Its coroutine is made when it runs: of what is there, its type tells most.
    template <class Function>
    static Definition definition_of(Function&) {
        return {FunctionName<Function>::text.data(), {"", 0}};
    }

    Task task_;
    unsigned awaited_ = 0;
};

template <class>
concept IsAwaitable = true;  // with a constraint, ours is taken before Asio's

}  // namespace awaitscope::asio

template <awaitscope::asio::IsAwaitable T, class Executor, class... Arguments>
struct std::coroutine_traits<boost::asio::awaitable<T, Executor>, Arguments...> {
    using promise_type = awaitscope::asio::Frame<T, Executor>;
};
template <awaitscope::asio::IsAwaitable Executor, class... Arguments>
struct std::coroutine_traits<boost::asio::awaitable<boost::asio::detail::awaitable_thread_entry_point, Executor>,
                             Arguments...> {
    using promise_type = awaitscope::asio::EntryFrame<Executor>;
};
