// SPDX-License-Identifier: MIT
#pragma once

#include <sys/epoll.h>

#include <awaitscope/asio/task.hpp>
#include <chrono>

namespace awaitscope::asio {

/// Asks for ready descriptors, and tells of it. A turn of the loop begins with it.
struct Poll {
    int operator()(int epoll, epoll_event* events, int size, int timeout_ms) const {
        Thread& thread = this_thread;
        awaitscope_emitter* const e = thread.emitter();
        if (!e) return ::epoll_wait(epoll, events, size, timeout_ms);
        const std::int64_t began = now();
        const int count = wait(e, epoll, events, size, timeout_ms);
        const int error = errno;
        const auto found = static_cast<std::uint32_t>(std::max(count, 0));
        awaitscope_poll(e, thread.loop(), timeout_ms < 0 ? -1 : timeout_ms * std::int64_t{1000},
                        static_cast<std::uint64_t>(now() - began), found);
        const auto posted = std::max(pending.ready.load(std::memory_order_relaxed), 0);
        const auto timers = std::max(pending.timers.load(std::memory_order_relaxed), 0);
        awaitscope_iteration(e, thread.loop(), thread.next_turn(), static_cast<std::uint32_t>(posted) + found,
                             static_cast<std::uint32_t>(timers), pending.tasks.load(std::memory_order_relaxed));
        errno = error;
        return count;
    }

  private:
    static constexpr int look_every_ms = 100;

    static std::int64_t now() { return std::chrono::steady_clock::now().time_since_epoch().count(); }

    /// An idle loop looks whether a viewer asks which tasks are alive.
    static int wait(awaitscope_emitter* e, int epoll, epoll_event* events, int size, int timeout_ms) {
        for (;;) {
            if (awaitscope_snapshot_wanted(e)) Task::tell_alive(e);
            const bool is_last = timeout_ms >= 0 && timeout_ms <= look_every_ms;
            const int count = ::epoll_wait(epoll, events, size, is_last ? timeout_ms : look_every_ms);
            if (count != 0 || is_last) return count;
            if (timeout_ms > 0) timeout_ms -= look_every_ms;
        }
    }
};

}  // namespace awaitscope::asio

namespace boost::asio::detail {

/// What Asio's reactor finds when it calls epoll_wait(): an object, and not a function, is not overloaded by the
/// system's.
inline constexpr awaitscope::asio::Poll epoll_wait{};

}  // namespace boost::asio::detail
