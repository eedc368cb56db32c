// SPDX-License-Identifier: MIT
#include "instrumentation/ring/cut_guard.hpp"

#include <pthread.h>
#include <signal.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <mutex>

namespace awaitscope::ring {
namespace {

/// The process's own, and those of tests; one that finds no place is not watched over.
constexpr unsigned memories_max = 16;
constinit std::atomic<CutMemory*> memories[memories_max];

constinit std::mutex install_mutex;
constinit bool installed = false;
/// Written before our handler is in place.
constinit struct sigaction before_us {};

/// In the static block: a handler must not allocate it.
[[gnu::tls_model("initial-exec")]] constinit thread_local bool we_unblocked = false;

bool is_fault(const siginfo_t& info) {
    return info.si_code > 0;
}

/// Another handler's raise(), of a fault that it was told of first: Python's faulthandler hands on so.
bool is_raised_here(const siginfo_t& info) {
    return info.si_code == SI_TKILL && info.si_pid == getpid();
}

template <class Replace>
bool any_memory(Replace replace) {
    bool any = false;
    for (auto& one : memories)
        if (CutMemory* const memory = one.load(std::memory_order_acquire)) any = replace(*memory) || any;
    return any;
}

void send_again(siginfo_t& info) {
    if (info.si_code == SI_TKILL)
        syscall(SYS_rt_tgsigqueueinfo, getpid(), syscall(SYS_gettid), SIGBUS, &info);
    else
        syscall(SYS_rt_sigqueueinfo, getpid(), SIGBUS, &info);
}

/// As it would have been without us. A fault comes again when its instruction does, which is run once more.
void hand_on(siginfo_t& info, void* context) {
    if (before_us.sa_flags & SA_SIGINFO) return before_us.sa_sigaction(SIGBUS, &info, context);
    if (before_us.sa_handler == SIG_IGN && !is_fault(info)) return;
    if (before_us.sa_handler != SIG_DFL && before_us.sa_handler != SIG_IGN) return before_us.sa_handler(SIGBUS);
    sigaction(SIGBUS, &before_us, nullptr);
    if (!is_fault(info)) send_again(info);
}

void on_bus_error(int, siginfo_t* info, void* context) {
    const int saved = errno;
    const bool helped = info->si_code == BUS_ADRERR
                            ? any_memory([&](CutMemory& memory) { return memory.replace_at(info->si_addr); })
                        : is_raised_here(*info) ? any_memory([](CutMemory& memory) { return memory.replace_if_cut(); })
                                                : false;
    if (!helped && we_unblocked && !is_fault(*info)) {
        we_unblocked = false;
        // Where the handler before asked for SA_NODEFER, it would come at once, to us.
        sigset_t bus;
        sigemptyset(&bus);
        sigaddset(&bus, SIGBUS);
        pthread_sigmask(SIG_BLOCK, &bus, nullptr);
        sigaddset(&static_cast<ucontext_t*>(context)->uc_sigmask, SIGBUS);
        send_again(*info);
    } else if (!helped) {
        hand_on(*info, context);
    }
    errno = saved;
}

}  // namespace

void guard(CutMemory& memory) noexcept {
    const std::lock_guard lock{install_mutex};
    for (auto& one : memories) {
        CutMemory* free = nullptr;
        if (one.compare_exchange_strong(free, &memory)) break;
    }
    if (installed) return;
    if (sigaction(SIGBUS, nullptr, &before_us) != 0) return;
    // With the mask and the flags of the one before, which then runs as it would have.
    struct sigaction ours = before_us;
    ours.sa_sigaction = on_bus_error;
    ours.sa_flags = (before_us.sa_flags & ~SA_RESETHAND) | SA_SIGINFO | SA_ONSTACK;
    installed = sigaction(SIGBUS, &ours, nullptr) == 0;
}

void unguard(CutMemory& memory) noexcept {
    const std::lock_guard lock{install_mutex};
    bool others = false;
    for (auto& one : memories) {
        CutMemory* there = &memory;
        if (!one.compare_exchange_strong(there, nullptr) && there) others = true;
    }
    struct sigaction now {};
    if (others || !installed || sigaction(SIGBUS, nullptr, &now) != 0) return;
    if (!(now.sa_flags & SA_SIGINFO) || now.sa_sigaction != on_bus_error) return;
    installed = sigaction(SIGBUS, &before_us, nullptr) != 0;
}

void guard_this_thread() noexcept {
    sigset_t bus, before;
    sigemptyset(&bus);
    sigaddset(&bus, SIGBUS);
    if (pthread_sigmask(SIG_UNBLOCK, &bus, &before) == 0 && sigismember(&before, SIGBUS) == 1) we_unblocked = true;
}

}  // namespace awaitscope::ring
