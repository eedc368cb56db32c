// SPDX-License-Identifier: MIT
#pragma once

#include <cstdio>
#include <limits>
#include <optional>
#include <source_location>
#include <string>
#include <string_view>
#include <vector>

#include "asyncio/coroutine.hpp"
#include "asyncio/future.hpp"

namespace asyncio {

namespace detail {
std::vector<FrameSummary> get_task_stack(TaskCore& task, int limit, const std::source_location& where);
void print_task_stack(TaskCore& task, int limit, std::FILE* file, const std::source_location& where);
inline constexpr int no_limit = std::numeric_limits<int>::max();
}  // namespace detail

/// A coroutine that the loop runs: Python's Task. A handle: the task goes on when the last handle is dropped, since the
/// loop holds it until it is done (CPython holds it weakly). Belongs to its loop's thread.
template <class T = void>
class Task : public Future<T> {
  public:
    Task() = default;
    explicit Task(detail::FutureRef core) : Future<T>(std::move(core)) {}

    /// As a future's; `function` is given the task.
    template <class F>
    std::uint64_t add_done_callback(F function) const {
        const auto id = this->core_->next_callback_id();
        this->core_->add_done_node(new detail::UserCallback<F, Task>(std::move(function), id));
        return id;
    }

    std::string get_name() const { return task()->name(); }
    void set_name(std::string name) const { task()->set_name(std::move(name)); }
    /// The bare name of the coroutine's function.
    std::string get_coro_name() const { return task()->coro_name(); }
    /// How many cancel() requests have not been taken back.
    int cancelling() const { return task()->cancelling(); }
    /// Takes one cancel() back; gives how many are left. At 0 a cancellation not yet thrown is forgotten.
    int uncancel() const { return task()->uncancel(); }
    /// The coroutines it is in, outermost first, each with the line where it stands (Python gives only the outermost of
    /// a suspended task). Of a failed task those its exception has left; else empty. `limit`: the newest so many.
    std::vector<FrameSummary> get_stack(int limit = detail::no_limit,
                                        std::source_location where = std::source_location::current()) const {
        return detail::get_task_stack(*task(), limit, where);
    }
    /// The same as a text, like a traceback.
    void print_stack(std::FILE* file = stderr, std::source_location where = std::source_location::current()) const {
        detail::print_task_stack(*task(), detail::no_limit, file, where);
    }
    void print_stack(int limit, std::FILE* file = stderr,
                     std::source_location where = std::source_location::current()) const {
        detail::print_task_stack(*task(), limit, file, where);
    }

    // For the library's own parts.
    detail::TaskCore* task() const { return static_cast<detail::TaskCore*>(this->core_.get()); }
};

/// A Task whose result's type is forgotten.
class AnyTask : public AnyFuture {
  public:
    AnyTask() = default;
    explicit AnyTask(detail::FutureRef core) : AnyFuture(std::move(core)) {}
    template <class T>
    AnyTask(const Task<T>& task) : AnyFuture(task) {}

    template <class F>
    std::uint64_t add_done_callback(F function) const {
        const auto id = core_->next_callback_id();
        core_->add_done_node(new detail::UserCallback<F, AnyTask>(std::move(function), id));
        return id;
    }

    std::string get_name() const { return task()->name(); }
    void set_name(std::string name) const { task()->set_name(std::move(name)); }
    std::string get_coro_name() const { return task()->coro_name(); }
    int cancelling() const { return task()->cancelling(); }
    int uncancel() const { return task()->uncancel(); }
    std::vector<FrameSummary> get_stack(int limit = detail::no_limit,
                                        std::source_location where = std::source_location::current()) const {
        return detail::get_task_stack(*task(), limit, where);
    }
    void print_stack(std::FILE* file = stderr, std::source_location where = std::source_location::current()) const {
        detail::print_task_stack(*task(), detail::no_limit, file, where);
    }
    void print_stack(int limit, std::FILE* file = stderr,
                     std::source_location where = std::source_location::current()) const {
        detail::print_task_stack(*task(), limit, file, where);
    }

    // For the library's own parts.
    detail::TaskCore* task() const { return static_cast<detail::TaskCore*>(core_.get()); }
};

/// Makes a coroutine (or a function that returns one, which is kept alive meanwhile) a task of the running loop; its
/// first step runs in the next turn. RuntimeError without a running loop.
template <detail::TaskAble A>
auto create_task(A&& awaitable, std::string_view name = {},
                 std::source_location where = std::source_location::current());

/// A coroutine becomes a task; a task or future stays what it is.
template <class A>
auto ensure_future(A&& awaitable);

/// The running task; nothing in a callback. RuntimeError without a running loop.
std::optional<AnyTask> current_task();
/// The tasks of a loop (by default the running one) that are not done, in order of creation.
std::vector<AnyTask> all_tasks(EventLoop* loop = nullptr);

/// The running loop of this thread; RuntimeError when there is none.
EventLoop& get_running_loop();
/// The same, or nullptr.
EventLoop* running_loop() noexcept;

namespace detail {

TaskCore* current_task_core();
EventLoop& require_running_loop();
/// Counts the task in, announces it, queues its first step.
void launch(EventLoop& loop, TaskCore& task, const std::source_location& where);

template <class T>
Task<T> spawn(EventLoop& loop, Coroutine<T>& coroutine, std::string_view name, const std::source_location& where) {
    auto* promise = coroutine.release();
    if (!promise) throw_awaited_twice();
    TaskCore* core = nullptr;
    try {
        core = promise->become_task(&loop, name);
    } catch (...) {  // no memory for the name
        promise->handle().destroy();
        throw;
    }
    launch(loop, *core, where);
    return Task<T>(FutureRef::adopt(core));
}

template <class A>
struct FutureResult {};
template <class T>
struct FutureResult<Future<T>> {
    using type = T;
};
template <class T>
struct FutureResult<Task<T>> {
    using type = T;
};
template <>
struct FutureResult<AnyFuture> {
    using type = void;
};
template <>
struct FutureResult<AnyTask> {
    using type = void;
};
template <class A>
concept FutureLike = requires {
    typename FutureResult<std::remove_cvref_t<A>>::type;
};

/// What awaiting A gives.
template <class A>
struct AwaitResult {
    using type = result_of_coroutine<A>;
};
template <FutureLike A>
struct AwaitResult<A> {
    using type = typename FutureResult<std::remove_cvref_t<A>>::type;
};
template <class A>
using await_result_t = typename AwaitResult<A>::type;

/// What every function here that takes "an awaitable" takes.
template <class A>
concept Awaitable = FutureLike<A> || TaskAble<A>;

}  // namespace detail

template <detail::TaskAble A>
auto create_task(A&& awaitable, std::string_view name, std::source_location where) {
    // The loop first: without one the coroutine is never started, and is reported so, as in CPython.
    auto coroutine = detail::as_coroutine(std::forward<A>(awaitable));
    return detail::spawn(detail::require_running_loop(), coroutine, name, where);
}

template <class A>
auto ensure_future(A&& awaitable) {
    if constexpr (detail::FutureLike<A>)
        return std::remove_cvref_t<A>(std::forward<A>(awaitable));
    else
        return create_task(std::forward<A>(awaitable), {}, {});
}

}  // namespace asyncio

template <class T>
struct std::hash<asyncio::Task<T>> : asyncio::detail::HashOfFuture<asyncio::Task<T>> {};
template <>
struct std::hash<asyncio::AnyTask> : asyncio::detail::HashOfFuture<asyncio::AnyTask> {};
