// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/interrupt.hpp"

#include <poll.h>

#include <atomic>
#include <csignal>

namespace awaitscope::cli {
namespace {

std::atomic<int> interrupts = 0, last_signal = 0;
std::atomic<bool> last_by_terminal = false;
static_assert(std::atomic<int>::is_always_lock_free && std::atomic<bool>::is_always_lock_free,
              "a signal handler touches them");

constexpr int caught[] = {SIGINT, SIGTERM, SIGHUP};

/// What was started by nohup lives on without a terminal.
bool stays_ignored(int number) {
    struct sigaction now = {};
    return number == SIGHUP && sigaction(number, nullptr, &now) == 0 && now.sa_handler == SIG_IGN;
}

}  // namespace

Interrupts::Interrupts() {
    interrupts = last_signal = 0;
    struct sigaction action = {};
    action.sa_flags = SA_SIGINFO;
    action.sa_sigaction = [](int number, siginfo_t* info, void*) {
        last_by_terminal.store(info->si_code == SI_KERNEL, std::memory_order_relaxed);
        last_signal.store(number, std::memory_order_relaxed);
        interrupts.fetch_add(1, std::memory_order_relaxed);
    };
    for (int number : caught)
        if (!stays_ignored(number)) sigaction(number, &action, nullptr);
}

Interrupts::~Interrupts() {
    for (int number : caught)
        if (!stays_ignored(number)) std::signal(number, SIG_DFL);
}

int Interrupts::count() const {
    return interrupts.load(std::memory_order_relaxed);
}

int Interrupts::signal() const {
    return last_signal.load(std::memory_order_relaxed);
}

bool Interrupts::by_terminal() const {
    return last_by_terminal.load(std::memory_order_relaxed);
}

void Interrupts::wait(std::chrono::milliseconds length) const {
    // The signals are blocked from the question to the sleep, or one in between would go unnoticed for that long.
    sigset_t signals, before;
    sigemptyset(&signals);
    for (int number : caught) sigaddset(&signals, number);
    const int seen = count();
    pthread_sigmask(SIG_BLOCK, &signals, &before);
    if (count() == seen) {
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(length);
        const timespec limit = {seconds.count(), std::chrono::nanoseconds(length - seconds).count()};
        ppoll(nullptr, 0, &limit, &before);
    }
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

}  // namespace awaitscope::cli
