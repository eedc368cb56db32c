// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <source_location>
#include <string_view>
#include <utility>
#include <vector>

#include "asyncio/errors.hpp"
#include "asyncio/event_loop.hpp"

namespace asyncio {

/// The group of task_group(), for its body: Python's TaskGroup.
class TaskGroup {
  public:
    TaskGroup(const TaskGroup&) = delete;
    TaskGroup& operator=(const TaskGroup&) = delete;

    /// A task of the group. RuntimeError once the group is shutting down or has ended.
    template <detail::TaskAble A>
    auto create_task(A&& awaitable, std::string_view name = {},
                     std::source_location where = std::source_location::current()) {
        auto coroutine = detail::as_coroutine(std::forward<A>(awaitable));
        if (const char* refusal = why_not()) {
            discard(*coroutine.release());
            throw RuntimeError(refusal);
        }
        auto task = loop_->create_task(std::move(coroutine), name, where);
        add(task);
        return task;
    }

    // For task_group().
    TaskGroup();
    /// The body has ended, with this exception or none: waits for the tasks, throws what the group has to.
    Coroutine<> exit(std::exception_ptr body);

  private:
    const char* why_not() const;
    static void discard(detail::PromiseBase& promise);
    void add(const AnyFuture& task);
    void task_done(std::size_t index);
    void abort();
    void note_base_error(const std::exception_ptr& exception);

    EventLoop* loop_;
    detail::TaskCore* parent_;
    std::vector<AnyFuture> tasks_;  ///< in order of creation; empty once done
    std::size_t tasks_left_ = 0;
    std::vector<std::exception_ptr> errors_;
    std::exception_ptr base_error_;
    std::optional<Future<>> all_done_;
    bool exiting_ = false;
    bool aborting_ = false;
    bool parent_cancel_requested_ = false;
};

namespace detail {
template <class Body,
          class T = typename CoroutineResult<std::remove_cvref_t<std::invoke_result_t<Body&, TaskGroup&>>>::type>
Coroutine<T> run_task_group(Body body) {
    TaskGroup group;
    std::exception_ptr exception;
    if constexpr (std::is_void_v<T>) {
        try {
            co_await body(group);
        } catch (...) {
            exception = std::current_exception();
        }
        co_await group.exit(exception);
    } else {
        std::optional<Stored<T>> value;
        try {
            if constexpr (std::is_reference_v<T>)
                value = std::addressof(co_await body(group));
            else
                value.emplace(co_await body(group));
        } catch (...) {
            exception = std::current_exception();
        }
        co_await group.exit(exception);
        if constexpr (std::is_reference_v<T>)
            co_return static_cast<T>(**value);
        else
            co_return std::move(*value);
    }
}
}  // namespace detail

/// `co_await task_group([&](TaskGroup& tg) -> Coroutine<T> {...})`: the body's result, once every task of the group is
/// done. The first task that fails cancels the others and the body; their errors come as an ExceptionGroup.
template <class Body>
auto task_group(Body body) {
    return detail::run_task_group<Body>(std::move(body));
}

}  // namespace asyncio
