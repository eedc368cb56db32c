// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <coroutine>
#include <exception>
#include <memory>
#include <source_location>
#include <string_view>
#include <utility>

#include "asyncio/detail/frame_pool.hpp"
#include "asyncio/detail/task_core.hpp"
#include "asyncio/detail/value.hpp"

namespace asyncio {
template <class T>
class Coroutine;
template <class T>
class Future;
template <class T>
class Task;
class AnyFuture;
}  // namespace asyncio

namespace asyncio::detail {

/// Something a coroutine's frame keeps alive: the closure it was called on.
struct KeptAlive {
    virtual ~KeptAlive() = default;
};

/// Awaiters that end up in await_suspend(PromiseBase&): the library's own operations (a lock's acquire, a sleep, ...).
struct OperationBase {};
template <class A>
concept Operation = std::derived_from<std::remove_cvref_t<A>, OperationBase>;

class CoroutineAwaiterBase;

/// What all coroutine frames have in common.
class PromiseBase {
  public:
    PromiseBase(const char* function, const char* file, int line) : function_(function), file_(file), line_(line) {}
    PromiseBase(const PromiseBase&) = delete;
    PromiseBase& operator=(const PromiseBase&) = delete;

    static void* operator new(std::size_t size) { return allocate_frame(size); }
    static void operator delete(void* frame, std::size_t size) { free_frame(frame, size); }

    std::suspend_always initial_suspend() const noexcept { return {}; }

    /// A coroutine's end goes to who awaits it; a task's root ends the step.
    struct FinalAwaiter {
        bool await_ready() const noexcept { return false; }
        template <class P>
        void await_suspend(std::coroutine_handle<P> handle) const noexcept {
            handle.promise().at_end();
        }
        void await_resume() const noexcept {}
    };
    FinalAwaiter final_suspend() const noexcept { return {}; }

    void unhandled_exception() noexcept {
        exception_ = std::current_exception();
        if (task_) task_->note_unwound(*this);
    }

    std::coroutine_handle<> handle() const { return handle_; }
    TaskCore* task() const { return task_; }
    PromiseBase* parent() const { return parent_; }
    const char* function() const { return function_; }
    const char* file() const { return file_; }
    int line() const { return line_; }
    /// Where it is suspended: the last co_await it reached.
    const std::source_location& where() const { return where_; }
    bool started() const { return task_ != nullptr; }
    std::exception_ptr& exception() { return exception_; }
    void keep_alive(std::unique_ptr<KeptAlive> kept) { kept_ = std::move(kept); }
    unsigned depth() const { return depth_; }

    // Used by TaskCore and by awaiters of coroutines.
    void become_root(TaskCore* task) { task_ = task; }
    void become_child_of(PromiseBase& parent, CoroutineAwaiterBase* awaiter);
    /// A generator's turn: run by another consumer each time, and owned by none of them.
    void become_generator_of(PromiseBase& consumer) {
        parent_ = &consumer;
        task_ = consumer.task_;
        depth_ = consumer.depth_ + 1;
        task_->run_next(this);
    }
    CoroutineAwaiterBase* awaiter() const { return awaiter_; }
    void at_end() noexcept;

  protected:
    ~PromiseBase() = default;
    void set_where(const std::source_location& where) { where_ = where; }

    std::coroutine_handle<> handle_;
    TaskCore* task_ = nullptr;
    PromiseBase* parent_ = nullptr;
    CoroutineAwaiterBase* awaiter_ = nullptr;  ///< what holds this frame while it is awaited
    std::source_location where_;
    const char* function_;
    const char* file_;
    int line_;
    unsigned depth_ = 0;
    std::exception_ptr exception_;
    std::unique_ptr<KeptAlive> kept_;
};

/// Holds the frame of a coroutine that is being awaited.
class CoroutineAwaiterBase {
  public:
    CoroutineAwaiterBase(const CoroutineAwaiterBase&) = delete;
    CoroutineAwaiterBase& operator=(const CoroutineAwaiterBase&) = delete;
    /// The frame was destroyed from inside out (TaskCore::destroy_coroutines).
    void forget_frame() { frame_ = nullptr; }

  protected:
    explicit CoroutineAwaiterBase(std::coroutine_handle<> frame) : frame_(frame) {}
    ~CoroutineAwaiterBase() {
        if (frame_) frame_.destroy();
    }

  private:
    std::coroutine_handle<> frame_;
};

[[noreturn]] void throw_awaited_twice();

template <class T>
class Promise;

/// co_await of a coroutine: runs it inside the same task, no handle, no turn of the loop.
template <class T>
class CoroutineAwaiter : public CoroutineAwaiterBase {
  public:
    explicit CoroutineAwaiter(Promise<T>* child)
        : CoroutineAwaiterBase(child ? child->handle() : nullptr), child_(child) {}

    bool await_ready() const {
        if (!child_) throw_awaited_twice();
        return false;
    }
    template <class P>
    void await_suspend(std::coroutine_handle<P> parent) {
        child_->become_child_of(parent.promise(), this);
    }
    T await_resume() {
        if (child_->exception()) std::rethrow_exception(std::move(child_->exception()));
        return take_stored<T>(child_->slot(), false);
    }

  private:
    Promise<T>* child_;
};

template <class T>
class FutureAwaiter;

/// Stands for an operation: GCC 12 copies an awaiter that await_transform returns by reference.
template <class A>
class OperationAwaiter {
  public:
    explicit OperationAwaiter(A& operation) : operation_(&operation) {}
    bool await_ready() { return operation_->await_ready(); }
    template <class P>
    void await_suspend(std::coroutine_handle<P> handle) {
        operation_->suspend_at(handle.promise());
    }
    decltype(auto) await_resume() { return operation_->await_resume(); }

  private:
    A* operation_;
};

/// What has an operator co_await, member or free.
template <class A>
concept HasMemberCoAwait = requires(A&& a) {
    std::forward<A>(a).operator co_await();
};
template <class A>
concept HasFreeCoAwait = requires(A&& a) {
    operator co_await(std::forward<A>(a));
};
template <class A>
concept CustomAwaitable = HasMemberCoAwait<A> || HasFreeCoAwait<A>;
template <CustomAwaitable A>
decltype(auto) awaiter_of(A&& awaitable) {
    if constexpr (HasMemberCoAwait<A>)
        return std::forward<A>(awaitable).operator co_await();
    else
        return operator co_await(std::forward<A>(awaitable));
}
template <class A>
using AwaiterOf = decltype(awaiter_of(std::declval<A>()));
/// A type with the three functions of an awaiter that knows nothing of this library.
template <class A>
concept ForeignAwaiter = requires(std::remove_reference_t<A>& a, std::coroutine_handle<> handle) {
    a.await_ready() ? 0 : 0;
    a.await_suspend(handle);
    a.await_resume();
};
/// Waits through such an awaiter, or through a reference to one (<asyncio/detail/foreign_wait.hpp>).
template <class A>
class ForeignWait;

/// How co_await inside our coroutines treats what stands behind it.
class AwaitingPromise : public PromiseBase {
  public:
    using PromiseBase::PromiseBase;

    template <class T>
    CoroutineAwaiter<T> await_transform(Coroutine<T>&& coroutine,
                                        std::source_location where = std::source_location::current()) {
        set_where(where);
        return CoroutineAwaiter<T>(coroutine.release());
    }
    /// A coroutine can be awaited once: write co_await std::move(c).
    template <class T>
    void await_transform(Coroutine<T>& coroutine) = delete;

    template <class T>
    FutureAwaiter<T> await_transform(const Future<T>& future,
                                     std::source_location where = std::source_location::current()) {
        set_where(where);
        return FutureAwaiter<T>(future);
    }
    template <class T>
    FutureAwaiter<T> await_transform(Future<T>&& future, std::source_location where = std::source_location::current()) {
        set_where(where);
        return FutureAwaiter<T>(std::move(future));
    }
    template <class T>
    FutureAwaiter<T> await_transform(const Task<T>& task,
                                     std::source_location where = std::source_location::current()) {
        set_where(where);
        return FutureAwaiter<T>(task);
    }
    template <class T>
    FutureAwaiter<T> await_transform(Task<T>&& task, std::source_location where = std::source_location::current()) {
        set_where(where);
        return FutureAwaiter<T>(std::move(task));
    }

    /// The operation itself stays where it is: a temporary lives until the end of the co_await expression.
    template <Operation A>
    OperationAwaiter<std::remove_reference_t<A>> await_transform(
        A&& operation, std::source_location where = std::source_location::current()) {
        set_where(where);
        return OperationAwaiter<std::remove_reference_t<A>>(operation);
    }

    FutureAwaiter<void> await_transform(const AnyFuture& future,
                                        std::source_location where = std::source_location::current());

    /// Anything with an operator co_await that gives one of the above.
    template <CustomAwaitable A>
    requires(!ForeignAwaiter<AwaiterOf<A>>) auto await_transform(
        A&& awaitable, std::source_location where = std::source_location::current()) {
        return await_transform(awaiter_of(std::forward<A>(awaitable)), where);
    }
    /// ... or that gives an awaiter of its own.
    template <CustomAwaitable A>
    requires ForeignAwaiter<AwaiterOf<A>> ForeignWait<std::remove_cvref_t<AwaiterOf<A>>> await_transform(
        A&& awaitable, std::source_location where = std::source_location::current()) {
        set_where(where);
        return ForeignWait<std::remove_cvref_t<AwaiterOf<A>>>(awaiter_of(std::forward<A>(awaitable)));
    }
    /// An awaiter of somebody else's: it is handed a handle whose resume() queues this task's next step. Resume it in
    /// the loop's thread.
    template <ForeignAwaiter A>
    requires(!CustomAwaitable<A> && !Operation<A>) ForeignWait < std::remove_reference_t<A>
    & > await_transform(A&& awaiter, std::source_location where = std::source_location::current()) {
        set_where(where);
        return ForeignWait<std::remove_reference_t<A>&>(awaiter);
    }
};

/// Loops that run in debug mode: while there are any, each coroutine keeps where it was made.
extern constinit std::atomic<int> origin_trackers;
bool note_origin(const PromiseBase& promise) noexcept;
void forget_origin(const PromiseBase& promise) noexcept;

/// The promise of Coroutine<T>. Its value stays in the frame; so does, once it is made a task, the task.
template <class T>
class PromiseOf : public AwaitingPromise {
  public:
    PromiseOf(const char* function, const char* file, int line) : AwaitingPromise(function, file, line) {
        if (origin_trackers.load(std::memory_order_relaxed) > 0) [[unlikely]]
            has_origin_ = note_origin(*this);
    }
    ~PromiseOf() {
        if (has_origin_) [[unlikely]]
            forget_origin(*this);
        if (has_value_) value_.destroy();
        if (has_task_) task_slot_.destroy();
    }

    void* slot() { return value_.address(); }
    bool has_value() const { return has_value_; }

    /// Makes this coroutine the root of a new task, with one reference for the handle and one for the loop.
    TaskCore* become_task(EventLoop* loop, std::string_view name) {
        task_slot_.construct(loop, this, slot(), name);
        has_task_ = true;
        become_root(task_slot_.address());
        return task_slot_.address();
    }

  protected:
    Slot<Stored<T>> value_;
    Slot<TaskCore> task_slot_;
    bool has_value_ = false;
    bool has_task_ = false;
    bool has_origin_ = false;
};

/// A coroutine's arguments are offered to its promise's constructor first: with this as its first parameter it takes
/// none of them, so that its defaults stand and tell where the coroutine is.
struct NoArguments {
    explicit NoArguments() = default;
};

template <class T>
class Promise final : public PromiseOf<T> {
  public:
    explicit Promise(NoArguments = NoArguments(), const char* function = __builtin_FUNCTION(),
                     const char* file = __builtin_FILE(), int line = __builtin_LINE())
        : PromiseOf<T>(function, file, line) {}

    Coroutine<T> get_return_object() {
        this->handle_ = std::coroutine_handle<Promise>::from_promise(*this);
        return Coroutine<T>(this);
    }
    template <class U = T>
    requires std::convertible_to<U&&, T>
    void return_value(U&& value) {
        if constexpr (std::is_reference_v<T>)
            this->value_.construct(std::addressof(value));
        else
            this->value_.construct(std::forward<U>(value));
        this->has_value_ = true;
    }
};

template <>
class Promise<void> final : public PromiseOf<void> {
  public:
    explicit Promise(NoArguments = NoArguments(), const char* function = __builtin_FUNCTION(),
                     const char* file = __builtin_FILE(), int line = __builtin_LINE())
        : PromiseOf<void>(function, file, line) {}

    Coroutine<void> get_return_object();
    void return_void() noexcept { has_value_ = true; }
};

}  // namespace asyncio::detail
