// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "asyncio/condition.hpp"

namespace asyncio {

/// Python's Barrier: nobody goes on before `parties` tasks have come; then it fills anew.
class Barrier {
  public:
    /// ValueError for less than one party.
    explicit Barrier(int parties, std::string_view name = {});

    /// Waits for the others; gives a number from 0 to parties - 1, each once. BrokenBarrierError.
    Coroutine<int> wait();
    /// Empties it: those that wait get BrokenBarrierError.
    Coroutine<> reset();
    /// Breaks it: who waits now or later gets BrokenBarrierError, until reset().
    Coroutine<> abort();
    int parties() const { return parties_; }
    int n_waiting() const { return state_ == State::filling ? count_ : 0; }
    bool broken() const { return state_ == State::broken; }

  private:
    enum class State : unsigned char { filling, draining, resetting, broken };
    Coroutine<> block();
    Coroutine<> pass();
    void leave();

    Condition condition_;
    int parties_;
    int count_ = 0;
    State state_ = State::filling;
};

}  // namespace asyncio
