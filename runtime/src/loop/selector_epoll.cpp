// SPDX-License-Identifier: MIT
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "asyncio/errors.hpp"
#include "runtime/src/loop/selector.hpp"

namespace asyncio::detail {

Selector::Selector() : epoll_(epoll_create1(EPOLL_CLOEXEC)), events_(64) {
    if (epoll_ < 0) throw_os_error(errno);
}

Selector::~Selector() {
    clear();
    close(epoll_);
}

void Selector::clear() noexcept {
    for (Watch& watch : watches_) {
        for (HandleNode* callback : {watch.reader, watch.writer}) {
            if (!callback) continue;
            callback->cancel();
            callback->release();
        }
        watch = {};
    }
    watched_ = 0;
}

void Selector::update(int fd, const Watch& before, const Watch& after) {
    const auto interest = [](const Watch& w) {
        return (w.reader ? std::uint32_t{EPOLLIN} : 0u) | (w.writer ? std::uint32_t{EPOLLOUT} : 0u);
    };
    epoll_event event{};
    event.events = interest(after);
    event.data.fd = fd;
    if (!interest(after)) {
        // Closed already by its owner: the kernel has forgotten it too.
        epoll_ctl(epoll_, EPOLL_CTL_DEL, fd, &event);
        --watched_;
        return;
    }
    const int operation = interest(before) ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;
    if (epoll_ctl(epoll_, operation, fd, &event) == 0) {
        if (operation == EPOLL_CTL_ADD) ++watched_;
        return;
    }
    // The descriptor was closed and its number given out anew behind our back.
    if (operation == EPOLL_CTL_MOD && errno == ENOENT && epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event) == 0) return;
    throw_os_error(errno);
}

void Selector::watch(int fd, bool write, HandleNode* callback) {
    if (fd < 0) {
        callback->release();
        throw ValueError("Invalid file descriptor: " + std::to_string(fd));
    }
    const auto index = static_cast<std::size_t>(fd);
    if (index >= watches_.size()) watches_.resize(index + 1);
    Watch& now = watches_[index];
    Watch after = now;
    HandleNode*& slot = write ? after.writer : after.reader;
    HandleNode* const old = slot;
    slot = callback;
    try {
        if (!old) update(fd, now, after);
    } catch (...) {
        callback->release();
        throw;
    }
    now = after;
    if (old) {
        old->cancel();
        old->release();
    }
}

void Selector::unwatch(int fd, bool write) {
    Watch& now = watches_[static_cast<std::size_t>(fd)];
    Watch after = now;
    HandleNode* const old = std::exchange(write ? after.writer : after.reader, nullptr);
    update(fd, now, after);
    now = after;
    old->cancel();
    old->release();
}

void Selector::watch_own(int fd) {
    own_fd_ = fd;
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = fd;
    if (epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event) != 0) throw_os_error(errno);
}

void Selector::after_fork_in_child() noexcept {
    const int fresh = epoll_create1(EPOLL_CLOEXEC);
    if (fresh >= 0) dup3(fresh, epoll_, O_CLOEXEC);
    close(fresh >= 0 ? fresh : epoll_);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = own_fd_;
    epoll_ctl(epoll_, EPOLL_CTL_ADD, own_fd_, &event);
}

int Selector::wait(std::optional<std::chrono::nanoseconds> timeout) {
    if (events_.size() < watched_ + 1) events_.resize(watched_ + 1 + watched_ / 2);
    // Whole milliseconds, rounded up, as CPython's selectors.py: timers that are due close together share one wake-up.
    const auto ms = timeout ? std::chrono::ceil<std::chrono::milliseconds>(*timeout).count() : -1;
    const int count = epoll_wait(epoll_, events_.data(), static_cast<int>(events_.size()), static_cast<int>(ms));
    if (count < 0 && errno != EINTR) throw_os_error(errno);
    return count < 0 ? 0 : count;
}

}  // namespace asyncio::detail
