// SPDX-License-Identifier: MIT
#pragma once

#include <compare>
#include <coroutine>
#include <exception>
#include <functional>
#include <typeinfo>
#include <utility>

#include "asyncio/detail/future_core.hpp"
#include "asyncio/detail/promise.hpp"
#include "asyncio/errors.hpp"

namespace asyncio {

class EventLoop;
class AnyFuture;

namespace detail {
/// A future of its own (not a task's), with room for its value.
template <class T>
class FutureState : public FutureCore {
  public:
    explicit FutureState(EventLoop* loop, WaitKind kind = WaitKind::future) : FutureCore(loop, kind, nullptr) {
        value_ = slot_.address();
    }
    virtual ~FutureState() {
        if (state_ == State::finished) slot_.destroy();
    }
    template <class... A>
    void construct_value(A&&... a) {
        slot_.construct(std::forward<A>(a)...);
    }

  protected:
    void dispose() override {
        if (may_be_destroyed()) delete this;
    }

  private:
    Slot<Stored<T>> slot_;
};

void register_future(FutureCore& core, const std::source_location& where = {});
/// "Exception in callback <lambda>()", to the loop's exception handler.
void report_callback_failure(EventLoop& loop, const std::type_info& callback);

inline std::strong_ordering compare_by_age(const FutureCore* a, const FutureCore* b) {
    return (a ? a->id() : 0) <=> (b ? b->id() : 0);
}

/// A user's callback on a future. `Call` is a callable without arguments.
template <class F, class FutureT>
class UserCallback final : public DoneNode {
  public:
    /// `awaiter`: the task that waits through this callback, for call graphs; 0: none.
    UserCallback(F function, std::uint64_t id, std::uint64_t awaiter = 0)
        : function_(std::move(function)), id_(id), awaiter_(awaiter) {}
    void schedule(FutureCore& future) override {
        future_ = FutureRef::share(&future);
        DoneNode::schedule(future);
    }
    void orphaned() noexcept override { delete this; }
    void drop() noexcept override { delete this; }
    void run() override {
        const std::unique_ptr<UserCallback> self(this);
        const ContextScope context(context_);
        try {
            std::invoke(function_, FutureT(future_));
        } catch (const KeyboardInterrupt&) {
            throw;
        } catch (const SystemExit&) {
            throw;
        } catch (...) {
            report_callback_failure(*future_->loop(), typeid(F));
        }
    }
    std::uint64_t callback_id() const override { return id_; }
    void add_awaiters(std::vector<std::uint64_t>& ids) const override {
        if (awaiter_ != 0) ids.push_back(awaiter_);
    }

  private:
    F function_;
    std::uint64_t id_;
    std::uint64_t awaiter_;
    ContextRef context_ = copy_context();
    FutureRef future_;
};
/// A callback of the library's own, through which the running task (or another) waits for the future.
template <class FutureT, class F>
std::uint64_t add_awaiting_callback(FutureCore& future, F function, std::uint64_t awaiter) {
    const auto id = future.next_callback_id();
    future.add_done_node(new UserCallback<F, FutureT>(std::move(function), id, awaiter));
    return id;
}
/// The running task's id; 0: there is none.
std::uint64_t running_task_id() noexcept;
}  // namespace detail

/// A result that will be there later: Python's Future. A handle: copies are the same future, `==` is identity. Belongs
/// to its loop's thread. A plain one comes from `loop.create_future<T>()`.
template <class T = void>
class Future {
  public:
    using result_type = T;

    Future() = default;
    explicit Future(detail::FutureRef core) : core_(std::move(core)) {}

    bool done() const { return core_->done(); }
    bool cancelled() const { return core_->state() == detail::FutureCore::State::cancelled; }

    /// The value; or throws the exception it ended with, CancelledError, or InvalidStateError ("Result is not set.").
    decltype(auto) result() const {
        core_->rethrow_unless_finished();
        return detail::view_stored<T>(core_->value());
    }
    /// The exception it ended with, or nullptr. Throws CancelledError, or InvalidStateError ("Exception is not set.").
    std::exception_ptr exception() const { return core_->exception(); }

    /// Asks it to end as cancelled; false when it is done already.
    bool cancel(const std::string& message = {}) const { return core_->cancel(message); }

    /// Throws InvalidStateError when done already, RuntimeError for a task.
    void set_result() const requires std::is_void_v<T> { finish_with(); }
    void set_result(detail::ValueOrNone<T> value) const requires(!std::is_void_v<T>) {
        if constexpr (std::is_reference_v<T>)
            finish_with(std::addressof(value));
        else
            finish_with(std::move(value));
    }
    void set_exception(std::exception_ptr exception) const {
        require_plain("set_exception");
        core_->set_exception_checked(std::move(exception));
    }
    template <class E>
    requires(!std::same_as<std::decay_t<E>, std::exception_ptr>) void set_exception(E&& exception) const {
        set_exception(std::make_exception_ptr(std::forward<E>(exception)));
    }

    /// `function(Future<T>)` is called in the turn after it is done, in the order in which callbacks were added. Gives
    /// the id by which remove_done_callback() takes it away again.
    template <class F>
    std::uint64_t add_done_callback(F function) const {
        const auto id = core_->next_callback_id();
        core_->add_done_node(new detail::UserCallback<F, Future>(std::move(function), id));
        return id;
    }
    /// How many were removed.
    std::size_t remove_done_callback(std::uint64_t id) const { return core_->remove_done_callback(id); }

    EventLoop& get_loop() const { return *core_->loop(); }
    /// Its number in events; unique in the process.
    std::uint64_t id() const { return core_->id(); }

    /// False for a handle that was default-constructed or moved from.
    explicit operator bool() const { return static_cast<bool>(core_); }
    friend bool operator==(const Future& a, const Future& b) { return a.core_.get() == b.core_.get(); }
    /// By age, so that handles can be keys of a map or a set.
    friend std::strong_ordering operator<=>(const Future& a, const Future& b) {
        return detail::compare_by_age(a.core_.get(), b.core_.get());
    }

    // For the library's own parts.
    detail::FutureCore* core() const { return core_.get(); }

  protected:
    template <class... V>
    void finish_with(V&&... value) const {
        require_plain("set_result");
        core_->require_pending();
        auto* state = static_cast<detail::FutureState<T>*>(core_.get());
        state->construct_value(std::forward<V>(value)...);
        state->finish();
    }
    void require_plain(const char* operation) const {
        if (core_->as_task()) throw RuntimeError(std::string("Task does not support ") + operation + " operation");
    }
    detail::FutureRef core_;
};

/// A Future whose value's type is forgotten.
class AnyFuture {
  public:
    AnyFuture() = default;
    explicit AnyFuture(detail::FutureRef core) : core_(std::move(core)) {}
    template <class T>
    AnyFuture(const Future<T>& future) : core_(detail::FutureRef::share(future.core())) {}

    bool done() const { return core_->done(); }
    bool cancelled() const { return core_->state() == detail::FutureCore::State::cancelled; }
    /// Throws what the typed future's result() throws; the value is not to be had.
    void result() const { core_->rethrow_unless_finished(); }
    std::exception_ptr exception() const { return core_->exception(); }
    bool cancel(const std::string& message = {}) const { return core_->cancel(message); }
    template <class F>
    std::uint64_t add_done_callback(F function) const {
        const auto id = core_->next_callback_id();
        core_->add_done_node(new detail::UserCallback<F, AnyFuture>(std::move(function), id));
        return id;
    }
    std::size_t remove_done_callback(std::uint64_t id) const { return core_->remove_done_callback(id); }
    EventLoop& get_loop() const { return *core_->loop(); }
    std::uint64_t id() const { return core_->id(); }
    explicit operator bool() const { return static_cast<bool>(core_); }
    friend bool operator==(const AnyFuture& a, const AnyFuture& b) { return a.core_.get() == b.core_.get(); }
    friend std::strong_ordering operator<=>(const AnyFuture& a, const AnyFuture& b) {
        return detail::compare_by_age(a.core_.get(), b.core_.get());
    }

    // For the library's own parts.
    detail::FutureCore* core() const { return core_.get(); }

  protected:
    detail::FutureRef core_;
};

namespace detail {

/// co_await of a future or task: suspends only when it is not done.
template <class T>
class FutureAwaiter {
  public:
    explicit FutureAwaiter(Future<T> future) : future_(std::move(future)) {}
    FutureAwaiter(const FutureAwaiter&) = delete;
    FutureAwaiter& operator=(const FutureAwaiter&) = delete;

    bool await_ready() const { return future_.done(); }
    template <class P>
    void await_suspend(std::coroutine_handle<P> handle) {
        task_ = handle.promise().task();
        task_->await_future(*future_.core(), handle.promise());
    }
    T await_resume() {
        FutureCore& core = *future_.core();
        if (task_) resumed(core);
        core.rethrow_unless_finished();
        return take_stored<T>(core.value(), core.refs() > 1);
    }

  private:
    void resumed(FutureCore& core) {
        // One CancelledError is enough: the future's own takes the place of the one that is due.
        if (core.state() == FutureCore::State::cancelled) {
            task_->forget_must_cancel();
        } else if (task_->has_due()) [[unlikely]] {
            core.mark_retrieved();  // covered by what is thrown instead, as in CPython
            task_->throw_due();
        }
    }
    Future<T> future_;
    TaskCore* task_ = nullptr;
};

inline FutureAwaiter<void> AwaitingPromise::await_transform(const AnyFuture& future, std::source_location where) {
    set_where(where);
    return FutureAwaiter<void>(Future<void>(FutureRef::share(future.core())));
}

template <class F>
struct HashOfFuture {
    std::size_t operator()(const F& future) const { return std::hash<const void*>()(future.core()); }
};

}  // namespace detail
}  // namespace asyncio

template <class T>
struct std::hash<asyncio::Future<T>> : asyncio::detail::HashOfFuture<asyncio::Future<T>> {};
template <>
struct std::hash<asyncio::AnyFuture> : asyncio::detail::HashOfFuture<asyncio::AnyFuture> {};
