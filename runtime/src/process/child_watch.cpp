// SPDX-License-Identifier: MIT
// CPython's PidfdChildWatcher and ThreadedChildWatcher.
#include "runtime/src/process/child_watch.hpp"

#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <mutex>
#include <thread>
#include <vector>

#include "runtime/src/loop/loop_impl.hpp"
#include "runtime/src/process/spawn.hpp"

namespace asyncio::detail {
namespace {

/// Killed children that took their time (CPython's subprocess._active): looked after when the next one is watched.
class LeftBehind {
  public:
    void add(pid_t pid) {
        const std::scoped_lock lock(mutex_);
        pids_.push_back(pid);
    }
    void reap() {
        const std::scoped_lock lock(mutex_);
        std::erase_if(pids_, [](pid_t pid) { return waitpid(pid, nullptr, WNOHANG) != 0; });
    }

  private:
    std::mutex mutex_;
    std::vector<pid_t> pids_;
};
LeftBehind& left_behind() {
    static auto* const all = new LeftBehind;  // never freed: a loop may be closed by a static destructor
    return *all;
}

/// Blocks until the child has ended.
int reap(pid_t pid) {
    int status = 0;
    pid_t got = -1;
    do got = waitpid(pid, &status, 0);
    while (got < 0 && errno == EINTR);
    if (got == pid) return exit_code_of(status);
    std::fprintf(stderr, "child process pid %d exit status already read:  will report returncode 255\n", pid);
    return 255;
}

int open_pidfd(pid_t pid) {
    return static_cast<int>(syscall(SYS_pidfd_open, pid, 0));
}

}  // namespace

/// What the waiting thread knows of: it must not touch the watch, whose end it does not see.
struct ChildWatch::Waiter {
    std::mutex mutex;
    EventLoop* loop;    ///< nullptr once nobody wants to know any more
    ChildWatch* watch;  ///< in the loop's thread alone
};

ChildWatch::ChildWatch(EventLoop& loop, pid_t pid, std::function<void(int)> exited)
    : loop_(loop), pid_(pid), exited_(std::move(exited)), pidfd_(open_pidfd(pid)) {
    left_behind().reap();
    if (pidfd_)
        loop_.add_reader(pidfd_.fd(), [this] { child_exited(); });
    else
        wait_in_thread();
}

void ChildWatch::child_exited() {
    loop_.remove_reader(pidfd_.fd());
    pidfd_.close();
    const int code = reap(pid_);
    told(code);
}

void ChildWatch::wait_in_thread() {
    waiter_ = std::make_shared<Waiter>();
    waiter_->loop = &loop_;
    waiter_->watch = this;
    ++loop_.impl().outside_work;
    std::thread([waiter = waiter_, pid = pid_] {
        const int code = reap(pid);
        const std::scoped_lock lock(waiter->mutex);
        if (!waiter->loop) return;
        try {
            waiter->loop->call_soon_threadsafe([waiter, code] {
                if (!waiter->watch) return;
                --waiter->loop->impl().outside_work;
                waiter->watch->waiter_ = nullptr;
                waiter->watch->told(code);
            });
        } catch (...) {
            // The loop is being closed: it asks no more.
        }
    }).detach();
}

void ChildWatch::told(int code) {
    if (const auto exited = std::exchange(exited_, nullptr)) exited(code);
}

void ChildWatch::reap_killed() noexcept {
    if (!pidfd_) return;  // its thread reaps it
    // After SIGKILL this takes some microseconds; a child that hangs in the kernel is not waited for.
    constexpr int patience_ms = 100;
    pollfd end{.fd = pidfd_.fd(), .events = POLLIN, .revents = 0};
    poll(&end, 1, patience_ms);
    if (waitpid(pid_, nullptr, WNOHANG) == 0) left_behind().add(pid_);
}

void ChildWatch::stop() noexcept {
    exited_ = nullptr;
    if (pidfd_) {
        loop_.remove_reader(pidfd_.fd());
        pidfd_.close();
    }
    if (const auto waiter = std::exchange(waiter_, nullptr)) {
        const std::scoped_lock lock(waiter->mutex);
        waiter->watch = nullptr;
        waiter->loop = nullptr;
        --loop_.impl().outside_work;
    }
}

}  // namespace asyncio::detail
