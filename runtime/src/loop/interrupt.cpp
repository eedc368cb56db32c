// SPDX-License-Identifier: MIT
#include "runtime/src/loop/interrupt.hpp"

#include <signal.h>

#include "asyncio/errors.hpp"
#include "runtime/src/loop/loop_impl.hpp"

namespace asyncio::detail {

std::atomic<int> interrupts{0};

namespace {

thread_local constinit InterruptScope* active_scope = nullptr;  // the main thread's; no other has one

}  // namespace

InterruptScope::InterruptScope(EventLoop& loop, TaskCore& main_task) : loop_(loop), main_task_(main_task) {
    struct sigaction current {};
    if (active_scope || !in_main_thread() || sigaction(SIGINT, nullptr, &current) != 0 || current.sa_handler != SIG_DFL)
        return;
    interrupts = 0;
    if (claim_signal(SIGINT, *this)) active_scope = this;
}

InterruptScope::~InterruptScope() {
    if (active_scope != this) return;
    release_signal(SIGINT, *this);
    forget();
}

void InterruptScope::forget() noexcept {
    active_scope = nullptr;
    interrupts = 0;
}

void InterruptScope::signal_arrived(int) noexcept {
    interrupts.fetch_add(1, std::memory_order_relaxed);
    loop_.impl().wakeup.ring();
}

void deliver_interrupt(EventLoop& loop) {
    InterruptScope* const scope = active_scope;
    if (!scope || &scope->loop_ != &loop) return;
    int count = interrupts.exchange(0);
    while (count-- > 0) {
        if (++scope->delivered_ > 1) throw KeyboardInterrupt();
        scope->main_task_.cancel({});
    }
}

}  // namespace asyncio::detail
