// SPDX-License-Identifier: MIT
#include "asyncio/coroutine.hpp"

#include <cstring>

#include "asyncio/detail/waiter.hpp"
#include "asyncio/errors.hpp"
#include "asyncio/event_loop.hpp"
#include "runtime/src/probe_hooks.hpp"

namespace asyncio::detail {

const char* display_name(const char* function) {
    // A lambda's own function is its call operator.
    return std::strcmp(function, "operator()") == 0 ? "<lambda>" : function;
}

void PromiseBase::become_child_of(PromiseBase& parent, CoroutineAwaiterBase* awaiter) {
    parent_ = &parent;
    awaiter_ = awaiter;
    task_ = parent.task_;
    depth_ = parent.depth_ + 1;
    task_->run_next(this);
    if (auto* probe = task_->loop()->probe()) [[unlikely]]
        hooks::coroutine_entered(*probe, *this);
}

void PromiseBase::at_end() noexcept {
    if (!parent_) {
        task_->unwound_ = true;
        return;
    }
    task_->run_next(parent_);
    if (auto* probe = task_->loop()->probe()) [[unlikely]]
        hooks::coroutine_left(*probe, *this);
}

void throw_awaited_twice() {
    throw RuntimeError("cannot reuse already awaited coroutine");
}

void report_never_awaited(PromiseBase& promise) noexcept {
    hooks::report_never_awaited(promise);
}

struct ForeignWaitBase::Link {
    ForeignWaitBase* waiter;  ///< nullptr when nobody waits any more
    std::coroutine_handle<> bridge;
};

/// A coroutine of one step, whose handle the awaiter gets. It frees itself when it has run; one that is never resumed
/// stays, as any coroutine does that nobody resumes.
struct ForeignWaitBase::Bridge {
    struct promise_type {
        Bridge get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
        std::suspend_always initial_suspend() const noexcept { return {}; }
        std::suspend_never final_suspend() const noexcept { return {}; }
        void return_void() const noexcept {}
        void unhandled_exception() const { throw; }
    };
    std::coroutine_handle<> handle;
};

ForeignWaitBase::Bridge ForeignWaitBase::resume_waiter(std::shared_ptr<Link> link) {
    if (link->waiter) link->waiter->wake();
    co_return;
}

std::coroutine_handle<> ForeignWaitBase::begin(PromiseBase& at) {
    link_ = std::make_shared<Link>(Link{this, nullptr});
    link_->bridge = resume_waiter(link_).handle;
    waited_ = true;
    suspend(at, WaitKind::future, 0);
    return link_->bridge;
}

ForeignWaitBase::~ForeignWaitBase() {
    if (link_) link_->waiter = nullptr;
}

bool ForeignWaitBase::take_back() {
    if (done()) return false;
    waited_ = false;
    link_->waiter = nullptr;
    std::exchange(link_->bridge, nullptr).destroy();
    task_->take_back_suspension();
    return true;
}

void Waiter::throw_cancelled() {
    task_->throw_wait_cancelled();
}

void Waiter::require_alive(bool alive) {
    if (!alive) throw RuntimeError("the primitive was destroyed while a task waited for it");
}

}  // namespace asyncio::detail
