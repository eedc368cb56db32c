// SPDX-License-Identifier: MIT
#include "runtime/src/loop/fork.hpp"

#include <pthread.h>

#include <mutex>
#include <vector>

#include "runtime/src/loop/interrupt.hpp"

namespace asyncio::detail {
namespace {

constinit std::mutex told_mutex;
/// Never freed: a loop may be closed by a static destructor.
std::vector<ForkAware*>& told() {
    static auto* const all = new std::vector<ForkAware*>;
    return *all;
}

void before_fork() {
    told_mutex.lock();
    for (ForkAware* one : told()) one->before_fork();
}

void after_fork_in_parent() {
    for (ForkAware* one : told()) one->after_fork_in_parent();
    told_mutex.unlock();
}

void after_fork_in_child() {
    running_loop_of_thread = nullptr;
    InterruptScope::forget();
    forget_signal_claims();
    for (ForkAware* one : told()) one->after_fork_in_child();
    told_mutex.unlock();
}

}  // namespace

void tell_of_forks(ForkAware& who) {
    static const int registered = pthread_atfork(before_fork, after_fork_in_parent, after_fork_in_child);
    static_cast<void>(registered);
    const std::scoped_lock lock(told_mutex);
    told().push_back(&who);
}

void tell_no_more_of_forks(ForkAware& who) noexcept {
    const std::scoped_lock lock(told_mutex);
    std::erase(told(), &who);
}

}  // namespace asyncio::detail
