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

void Waiter::throw_cancelled() {
    task_->forget_must_cancel();
    task_->throw_cancelled();
}

void Waiter::require_alive(bool alive) {
    if (!alive) throw RuntimeError("the primitive was destroyed while a task waited for it");
}

}  // namespace asyncio::detail
