// SPDX-License-Identifier: MIT
// CPython's locks.py, Barrier.
#include "asyncio/barrier.hpp"

#include "asyncio/errors.hpp"

namespace asyncio {

Barrier::Barrier(int parties, std::string_view name) : condition_(Condition::OfBarrier(), name), parties_(parties) {
    if (parties < 1) throw ValueError("parties must be > 0");
}

Coroutine<int> Barrier::wait() {
    auto guard = co_await condition_.scoped();
    co_await block();
    const int index = count_++;
    struct Leave {
        Barrier& barrier;
        detail::LifeWatch life{barrier.condition_.watchers_};
        ~Leave() {
            if (!life.alive()) return;
            --barrier.count_;
            barrier.leave();
        }
    } leaving{*this};
    if (index + 1 == parties_) {
        state_ = State::draining;
        condition_.notify_all();
    } else {
        co_await pass();
    }
    co_return index;
}

Coroutine<> Barrier::block() {
    // Still draining or resetting: the next round begins when the last has left.
    co_await condition_.wait_for([this] { return state_ != State::draining && state_ != State::resetting; });
    if (state_ == State::broken) throw BrokenBarrierError("Barrier aborted");
}

Coroutine<> Barrier::pass() {
    co_await condition_.wait_for([this] { return state_ != State::filling; });
    if (state_ == State::broken || state_ == State::resetting) throw BrokenBarrierError("Abort or reset of barrier");
}

void Barrier::leave() {
    if (count_ > 0) return;
    if (state_ == State::resetting || state_ == State::draining) state_ = State::filling;
    condition_.notify_all();
}

Coroutine<> Barrier::reset() {
    auto guard = co_await condition_.scoped();
    if (count_ > 0) {
        state_ = State::resetting;
        condition_.notify_all();
    } else {
        state_ = State::filling;
    }
}

Coroutine<> Barrier::abort() {
    auto guard = co_await condition_.scoped();
    state_ = State::broken;
    condition_.notify_all();
}

}  // namespace asyncio
