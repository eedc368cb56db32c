// SPDX-License-Identifier: MIT
#include "runtime/src/net/staggered_race.hpp"

#include <algorithm>

#include "asyncio/errors.hpp"
#include "asyncio/wait_for.hpp"

namespace asyncio::detail {

void StaggeredRace::start(std::shared_ptr<Event> previous_failed) {
    const Task<> task = loop_.create_task(run_one(shared_from_this(), std::move(previous_failed)));
    running_.push_back(task);
    task.add_done_callback([race = shared_from_this()](const Future<>& attempt) { race->ended(attempt); });
}

void StaggeredRace::ended(const Future<>& attempt) {
    std::erase_if(running_, [&](const Task<>& task) { return task == attempt; });
    if (running_.empty() && all_ended_ && !all_ended_->done()) all_ended_->set_result();
    if (!attempt.cancelled() && attempt.exception()) unhandled_ = attempt.exception();
}

Coroutine<> StaggeredRace::run_one(std::shared_ptr<StaggeredRace> race, std::shared_ptr<Event> previous_failed) {
    if (previous_failed) {
        try {
            co_await wait_for(previous_failed->wait(), race->delay_);
        } catch (const TimeoutError&) {
        }
    }
    if (race->next_ == race->attempts_.size()) co_return;
    const Attempt attempt = race->attempts_[race->next_++];
    const auto failed = std::make_shared<Event>();
    race->start(failed);
    try {
        Socket socket = co_await attempt();
        race->winner_ = std::move(socket);
    } catch (const KeyboardInterrupt&) {
        throw;
    } catch (const SystemExit&) {
        throw;
    } catch (...) {
        failed->set();
        co_return;
    }
    // Not this one, which is about to end by itself.
    const auto self = current_task();
    for (const Task<>& task : race->running_)
        if (AnyTask(task) != self) task.cancel();
}

Coroutine<Socket> StaggeredRace::run() {
    return run_all(shared_from_this());
}

Coroutine<Socket> StaggeredRace::run_all(std::shared_ptr<StaggeredRace> race) {
    race->start(nullptr);
    std::exception_ptr cancelled;
    while (!race->running_.empty()) {
        const auto all_ended = race->loop_.create_future<>();
        race->all_ended_ = all_ended;
        try {
            co_await all_ended;
        } catch (const CancelledError&) {
            cancelled = std::current_exception();
            for (const Task<>& task : race->running_) task.cancel();
        }
        race->all_ended_.reset();
    }
    if (race->unhandled_) std::rethrow_exception(race->unhandled_);
    if (cancelled) std::rethrow_exception(cancelled);
    co_return std::move(race->winner_);
}

}  // namespace asyncio::detail
