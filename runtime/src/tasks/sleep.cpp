// SPDX-License-Identifier: MIT
#include "asyncio/sleep.hpp"

#include "runtime/src/loop/loop_impl.hpp"
#include "runtime/src/probe_hooks.hpp"

namespace asyncio::detail {

void SleepBase::set_timer(PromiseBase& at) {
    EventLoop& loop = *at.task()->loop();
    when = saturating_add(loop.time(), delay_);
    loop.add_timer(*this);
    suspend(at, WaitKind::sleep, id);
}

void SleepBase::clear_timer() {
    EventLoop& loop = *task_->loop();
    loop.remove_timer(*this);
    hooks::timer_cancelled(loop, id);
}

void SleepBase::detach(TaskCore&) noexcept {
    if (is_set()) clear_timer();
}

}  // namespace asyncio::detail
