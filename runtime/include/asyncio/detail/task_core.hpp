// SPDX-License-Identifier: MIT
#pragma once

#include "asyncio/context.hpp"
#include "asyncio/detail/frame_summary.hpp"
#include "asyncio/detail/future_core.hpp"

namespace asyncio::detail {

class PromiseBase;

/// The task's own half of a coroutine frame: CPython's Task, which is a Future whose result is the coroutine's.
/// It lives inside the promise of the coroutine it runs, so a task is one allocation.
///
/// A step resumes the innermost suspended coroutine. Coroutines never resume each other (GCC 12 has no dependable tail
/// call): one that awaits another, or ends, names the next one in next_ and returns here.
class TaskCore final : public DoneNode, public FutureCore, public ListHook<TaskCore> {
  public:
    /// `root` is the promise this lives in. Takes a number for its name when `name` is empty. Counts two references:
    /// the handle's and the loop's.
    TaskCore(EventLoop* loop, PromiseBase* root, void* value, std::string_view name);

    /// Puts the first step into the ready queue.
    void start();
    /// Runs the first step now, inside the step of who creates it.
    void start_eagerly();

    // ReadyNode, DoneNode
    void run() override { step(); }
    void drop() noexcept override {}
    void schedule(FutureCore&) override { wake(); }
    void add_awaiters(std::vector<std::uint64_t>& ids) const override { ids.push_back(id()); }
    TaskCore* as_task() override { return this; }
    TaskCore* awaited_task() override { return this; }

    /// CPython's Task.cancel: asks what it waits for to end, or else throws at the next step.
    bool cancel(const std::string& message) override;
    int cancelling() const { return cancels_requested_; }
    int uncancel();

    std::string name() const;
    /// N of "Task-N"; 0 when it was given a name.
    std::uint64_t number() const { return name_ ? 0 : number_; }
    /// The name it was given; empty for "Task-N".
    std::string_view given_name() const { return name_ ? std::string_view(*name_) : std::string_view(); }
    void set_name(std::string name);
    const char* coro_name() const;

    // For awaiters.
    /// The task hangs on `suspender` from now on, at the co_await of `at`. `object`: the id of what it waits for.
    void suspend_on(Suspender& suspender, PromiseBase& at, WaitKind kind, std::uint64_t object) {
        top_ = &at;
        waiting_on_ = &suspender;
        wait_kind_ = kind;
        wait_object_ = object;
        if (must_cancel_) [[unlikely]]
            cancel_at_once();
    }
    /// It does not wait after all: the step goes on.
    void take_back_suspension() { waiting_on_ = nullptr; }
    /// sleep(0): goes to the end of the ready queue.
    void yield_from(PromiseBase& at);
    /// Awaits a future: registers the step as its callback. An await that cannot be (of itself, of another loop's
    /// future) is thrown into it at the next step.
    void await_future(FutureCore& future, PromiseBase& at);
    /// Called first by what resumes from a real suspension: throws the cancellation, or what else is due.
    void throw_if_due() {
        if (has_due()) [[unlikely]]
            throw_due();
    }
    bool has_due() const { return must_cancel_ || pending_exception_; }
    [[noreturn]] void throw_due();
    void forget_must_cancel() { must_cancel_ = false; }
    /// What it waited for is there: its step goes to the ready queue. Emits task_ready.
    void wake();
    /// The wait inside its frame is cancelled: the message of that, which a later request's does not replace.
    void set_wait_cancel_text(const std::string& message);
    /// Throws the CancelledError of that wait; one is enough, so what else was due is forgotten.
    [[noreturn]] void throw_wait_cancelled();

    void run_next(PromiseBase* promise) { next_ = promise; }
    PromiseBase* top() const { return top_; }
    PromiseBase* root() const { return root_; }
    WaitKind wait_kind() const { return wait_kind_; }
    std::uint64_t wait_object() const { return wait_object_; }
    Suspender* waiting_on() const { return waiting_on_; }
    ContextRef& context() { return context_; }
    /// Its step is queued; it does not wait any more.
    bool in_ready_queue() const { return queued_; }
    std::uint64_t parent_id() const { return parent_id_; }
    bool started() const { return started_; }
    /// An exception has left one of its coroutines.
    void note_unwound(PromiseBase& promise) noexcept;
    /// Of a failed task: the coroutines its exception has left, root first; else nullptr.
    const std::vector<FrameSummary>* frames_left() const { return unwinding_ ? &unwinding_->frames : nullptr; }

    /// The loop is closed while it is pending: unwinds its coroutines as CPython's coroutine.close() does. It stays
    /// pending; the loop's reference to it stays the caller's to give up.
    void abandon() noexcept;

  private:
    friend class PromiseBase;
    struct Unwinding {
        std::exception_ptr exception;
        std::vector<FrameSummary> frames;  ///< innermost first, until the task has ended
    };
    void wake_observed();
    void step();
    void end_unstarted();
    void queue();
    void resume_all();
    void end();
    void cancel_at_once();
    void destroy_coroutines() noexcept;
    void dispose() override;

    PromiseBase* root_;
    PromiseBase* top_;             ///< the innermost suspended coroutine
    PromiseBase* next_ = nullptr;  ///< to be resumed within this step
    Suspender* waiting_on_ = nullptr;
    std::exception_ptr pending_exception_;
    std::unique_ptr<Unwinding> unwinding_;
    std::unique_ptr<std::string> name_;
    std::unique_ptr<std::string> wait_cancel_message_;
    ContextRef context_;
    std::uint64_t number_ = 0;  ///< of "Task-N", when name_ is null
    std::uint64_t parent_id_ = 0;
    std::uint64_t wait_object_ = 0;
    int cancels_requested_ = 0;
    WaitKind wait_kind_ = WaitKind::none;
    bool queued_ = false;
    bool must_cancel_ = false;
    bool started_ = false;
    bool unwound_ = false;  ///< its root coroutine has ended
};

}  // namespace asyncio::detail
