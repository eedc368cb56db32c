// SPDX-License-Identifier: MIT
#include "runtime/src/loop/signals.hpp"

#include <sched.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <mutex>
#include <vector>

#include "asyncio/errors.hpp"
#include "runtime/src/loop/loop_impl.hpp"
#include "runtime/src/probe_hooks.hpp"

namespace asyncio {
namespace detail {
namespace {

constexpr int signals_end = 65;  // Linux has 1 to 64

/// What is known of one signal. The list is used under the mutex; the handler sees `receiver` alone.
struct Claims {
    std::vector<SignalReceiver*> receivers;  ///< the last one is told
    struct sigaction before {};              ///< the first claim
    std::atomic<SignalReceiver*> receiver{nullptr};
};
constinit std::mutex claims_mutex;
Claims* const claims = new Claims[signals_end];  ///< never freed: a loop may be closed by a static destructor
/// Handlers that run at this moment, in any thread: a receiver must not go while one may still call it.
constinit std::atomic<int> handlers_running{0};

extern "C" void on_signal(int number) {
    const int saved = errno;
    handlers_running.fetch_add(1);
    if (SignalReceiver* const receiver = claims[number].receiver.load()) receiver->signal_arrived(number);
    handlers_running.fetch_sub(1);
    errno = saved;
}

/// The program may have put a handler of its own over ours: that one stays.
void restore_disposition(int number, const struct sigaction& before) noexcept {
    struct sigaction now {};
    if (sigaction(number, nullptr, &now) == 0 && now.sa_handler == on_signal) sigaction(number, &before, nullptr);
}

void require_valid(int number) {
    sigset_t all;
    sigfillset(&all);  // but for those the C library keeps for itself
    if (number < 1 || number >= signals_end || sigismember(&all, number) != 1)
        throw ValueError("invalid signal number " + std::to_string(number));
}

}  // namespace

bool claim_signal(int number, SignalReceiver& receiver) {
    const std::scoped_lock lock(claims_mutex);
    Claims& claim = claims[number];
    if (claim.receiver.load() == &receiver) return true;
    std::erase(claim.receivers, &receiver);
    claim.receivers.push_back(&receiver);
    SignalReceiver* const before = claim.receiver.exchange(&receiver);
    struct sigaction ours {};
    ours.sa_handler = on_signal;
    ours.sa_flags = SA_RESTART;  // as few EINTR as can be
    struct sigaction replaced {};
    if (sigaction(number, &ours, &replaced) != 0) {
        claim.receivers.pop_back();
        claim.receiver = before;
        return false;
    }
    if (claim.receivers.size() == 1) claim.before = replaced;
    return true;
}

void release_signal(int number, SignalReceiver& receiver) noexcept {
    {
        const std::scoped_lock lock(claims_mutex);
        Claims& claim = claims[number];
        if (std::erase(claim.receivers, &receiver) == 0) return;
        if (claim.receivers.empty()) restore_disposition(number, claim.before);
        claim.receiver = claim.receivers.empty() ? nullptr : claim.receivers.back();
    }
    while (handlers_running.load() != 0) sched_yield();
}

void forget_signal_claims() noexcept {
    // The one thread there is in the child may have forked while another one held the mutex.
    new (&claims_mutex) std::mutex;
    handlers_running = 0;
    for (int number = 1; number < signals_end; ++number) {
        Claims& claim = claims[number];
        if (claim.receivers.empty()) continue;
        restore_disposition(number, claim.before);
        claim.receiver = nullptr;
        claim.receivers.clear();
    }
}

bool in_main_thread() {
    return static_cast<pid_t>(syscall(SYS_gettid)) == getpid();
}

LoopSignals::~LoopSignals() {
    for (const auto& [number, handler] : handlers_) release_signal(number, *this);
}

void LoopSignals::add(int number, std::function<void()> function) {
    auto handler = std::make_shared<Handler>(Handler{std::move(function), copy_context()});
    if (!claim_signal(number, *this)) {
        handlers_.erase(number);
        if (errno == EINVAL) throw RuntimeError("sig " + std::to_string(number) + " cannot be caught");
        throw_os_error(errno);
    }
    handlers_[number] = std::move(handler);
}

bool LoopSignals::remove(int number) {
    if (handlers_.erase(number) == 0) return false;
    release_signal(number, *this);
    return true;
}

void LoopSignals::signal_arrived(int number) noexcept {
    unsigned at = written_.load();
    do {
        if (at - read_.load() >= queue_size) return;  // as in a self-pipe that is full
    } while (!written_.compare_exchange_weak(at, at + 1));
    queue_[at % queue_size].store(static_cast<unsigned char>(number));
    pending_ = true;
    loop_.impl().wakeup.ring();
}

void LoopSignals::deliver() {
    for (;;) {
        const unsigned at = read_.load();
        if (at == written_.load()) return;
        const int number = queue_[at % queue_size].exchange(0);
        if (number == 0) return;  // it is being written in another thread, which then calls again
        read_ = at + 1;
        const auto found = handlers_.find(number);
        if (found == handlers_.end()) continue;
        hooks::signal(loop_, number);
        loop_.call_soon([handler = found->second] {
            const ContextScope scope(handler->context);
            handler->function();
        });
    }
}

}  // namespace detail

void EventLoop::watch_signal(int number, std::function<void()> function) {
    detail::require_valid(number);
    require_open();
    if (!detail::in_main_thread())
        throw RuntimeError("set_wakeup_fd only works in main thread of the main interpreter");
    auto& signals = impl_->signals;
    if (!signals) signals = std::make_unique<detail::LoopSignals>(*this);
    signals->add(number, std::move(function));
}

bool EventLoop::remove_signal_handler(int number) {
    detail::require_valid(number);
    return impl_->signals && impl_->signals->remove(number);
}

void EventLoop::take_signals() {
    // As CPython's self-pipe is read by a callback of its own, the handlers run in the turn after that.
    if (impl_->signals && impl_->signals->take_pending()) [[unlikely]]
        call_soon([this] { impl_->signals->deliver(); });
}

}  // namespace asyncio
