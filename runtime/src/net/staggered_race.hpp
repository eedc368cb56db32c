// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "asyncio/event.hpp"
#include "asyncio/event_loop.hpp"
#include "runtime/src/net/socket.hpp"

namespace asyncio::detail {

/// Attempts at one thing, of which the first to succeed wins: RFC 8305's "happy eyeballs", CPython's staggered.py. Each
/// begins when the one before it has failed, or has not succeeded within the delay. The others are cancelled then.
class StaggeredRace : public std::enable_shared_from_this<StaggeredRace> {
  public:
    /// Throws when it fails.
    using Attempt = std::function<Coroutine<Socket>()>;
    StaggeredRace(EventLoop& loop, std::vector<Attempt> attempts, LoopClock::duration delay)
        : loop_(loop), attempts_(std::move(attempts)), delay_(delay) {}

    /// The winner's socket; none when all have failed. Ends when the last attempt has: none is left behind.
    Coroutine<Socket> run();

  private:
    void start(std::shared_ptr<Event> previous_failed);
    void ended(const Future<>& attempt);
    static Coroutine<> run_one(std::shared_ptr<StaggeredRace> race, std::shared_ptr<Event> previous_failed);
    static Coroutine<Socket> run_all(std::shared_ptr<StaggeredRace> race);

    EventLoop& loop_;
    std::vector<Attempt> attempts_;
    LoopClock::duration delay_;
    std::size_t next_ = 0;
    std::vector<Task<>> running_;
    std::optional<Future<>> all_ended_;
    std::exception_ptr unhandled_;
    Socket winner_;
};

}  // namespace asyncio::detail
