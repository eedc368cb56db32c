// SPDX-License-Identifier: MIT
#pragma once

#include <sys/epoll.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "asyncio/handle.hpp"

namespace asyncio::detail {

/// epoll, and who is called for which descriptor. Level-triggered, one reader and one writer each.
class Selector {
  public:
    Selector();
    ~Selector();
    Selector(const Selector&) = delete;
    Selector& operator=(const Selector&) = delete;

    /// Takes over a reference to `callback`; replaces (and cancels) the one that was there. Throws OSError.
    void watch(int fd, bool write, HandleNode* callback);
    bool watches(int fd, bool write) const {
        const auto index = static_cast<std::size_t>(fd);
        if (fd < 0 || index >= watches_.size()) return false;
        return write ? watches_[index].writer : watches_[index].reader;
    }
    /// Cancels and forgets the callback of one that it watches.
    void unwatch(int fd, bool write);
    /// Watches a descriptor of the loop itself, which is not counted and has no callback.
    void watch_own(int fd);
    /// In a forked child: the parent's epoll is shared, and what the child would change in it would change for the
    /// parent. It gets one of its own, in which only the loop's own descriptor is watched.
    void after_fork_in_child() noexcept;
    /// Forgets every callback: the loop is closed.
    void clear() noexcept;

    /// Waits until something is ready, but not longer than `timeout`, rounded up to a millisecond (nothing: without
    /// end), and not at all when it is zero. Gives how many are ready. EINTR counts as none.
    int wait(std::optional<std::chrono::nanoseconds> timeout);
    /// Calls `ready(callback, fd, write)` for each in epoll's order, the reader of a descriptor before its writer.
    template <class F>
    void for_each_ready(int count, F&& ready) {
        for (int i = 0; i < count; ++i) {
            const epoll_event& event = events_[static_cast<std::size_t>(i)];
            const int fd = event.data.fd;
            if (fd == own_fd_) {
                own_ready_ = true;
                continue;
            }
            const Watch watch = watches_[static_cast<std::size_t>(fd)];
            // An error or a hang-up is for whoever is interested, as selectors.py has it.
            if ((event.events & ~EPOLLOUT) && watch.reader) ready(*watch.reader, fd, false);
            if ((event.events & ~EPOLLIN) && watch.writer) ready(*watch.writer, fd, true);
        }
    }
    /// True once after the loop's own descriptor was ready.
    bool take_own_ready() { return std::exchange(own_ready_, false); }

    /// Descriptors with a callback.
    std::size_t watched() const { return watched_; }

  private:
    struct Watch {
        HandleNode* reader = nullptr;
        HandleNode* writer = nullptr;
    };
    void update(int fd, const Watch& before, const Watch& after);

    int epoll_;
    int own_fd_ = -1;
    bool own_ready_ = false;
    std::size_t watched_ = 0;
    std::vector<Watch> watches_;  ///< by descriptor
    std::vector<epoll_event> events_;
};

}  // namespace asyncio::detail
