// SPDX-License-Identifier: MIT
#include "runtime/src/loop/interrupt.hpp"

#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

#include "asyncio/errors.hpp"
#include "runtime/src/loop/loop_impl.hpp"

namespace asyncio::detail {

std::atomic<int> interrupts{0};

namespace {

thread_local constinit InterruptScope* active_scope = nullptr;  // the main thread's; no other has one
std::atomic<int> wakeup_fd{-1};

extern "C" void on_interrupt(int) {
    const int saved = errno;
    interrupts.fetch_add(1, std::memory_order_relaxed);
    const std::uint64_t one = 1;
    // Nothing to be done here when it fails: the loop looks at the count in its next turn anyway.
    [[maybe_unused]] const auto written = write(wakeup_fd.load(std::memory_order_relaxed), &one, sizeof one);
    errno = saved;
}

bool in_main_thread() {
    return static_cast<pid_t>(syscall(SYS_gettid)) == getpid();
}

}  // namespace

InterruptScope::InterruptScope(EventLoop& loop, TaskCore& main_task) : loop_(loop), main_task_(main_task) {
    struct sigaction current {};
    if (active_scope || !in_main_thread() || sigaction(SIGINT, nullptr, &current) != 0 || current.sa_handler != SIG_DFL)
        return;
    active_scope = this;
    interrupts = 0;
    wakeup_fd = loop.impl().wakeup.fd();
    struct sigaction ours {};
    ours.sa_handler = on_interrupt;
    installed_ = sigaction(SIGINT, &ours, nullptr) == 0;
}

InterruptScope::~InterruptScope() {
    if (active_scope != this) return;
    if (installed_) signal(SIGINT, SIG_DFL);
    active_scope = nullptr;
    wakeup_fd = -1;
    interrupts = 0;
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
