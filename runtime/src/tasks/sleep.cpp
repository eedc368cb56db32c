// SPDX-License-Identifier: MIT
#include "asyncio/sleep.hpp"

#include "runtime/src/loop/loop_impl.hpp"
#include "runtime/src/probe_hooks.hpp"

namespace asyncio::detail {

void SleepBase::begin(PromiseBase& at) {
    task_ = at.task();
    if (delay_ <= LoopClock::duration::zero()) {
        state_ = State::woken;
        task_->yield_from(at);
        return;
    }
    EventLoop& loop = *task_->loop();
    when = saturating_add(loop.time(), delay_);
    loop.add_timer(*this);
    suspend(at, WaitKind::sleep, id);
}

void SleepBase::detach(TaskCore&) noexcept {
    task_->loop()->remove_timer(*this);
}

void SleepBase::end() {
    if (is_set()) {
        EventLoop& loop = *task_->loop();
        loop.remove_timer(*this);
        hooks::timer_cancelled(loop, id);
    }
    throw_if_cancelled();
}

}  // namespace asyncio::detail
