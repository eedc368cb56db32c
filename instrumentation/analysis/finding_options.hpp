// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "instrumentation/trace/trace.hpp"

namespace awaitscope {

/// From where on something is a finding. Times are nanoseconds.
struct FindingOptions {
    static constexpr Nanoseconds ms = 1'000'000;

    Nanoseconds blocked_loop = 100 * ms;  ///< a step or callback as long as this
    Nanoseconds starved = 500 * ms;       ///< ready for so long, while other tasks ran
    std::uint32_t convoy_handovers = 32;  ///< of a lock, one waiter to the next, without a moment in which it was free
    Nanoseconds convoy_length = 100 * ms;
    std::uint32_t leak_alive = 128;        ///< tasks of one coroutine alive, none of which has ended meanwhile
    Nanoseconds leak_growth = 1'000 * ms;  ///< over which they doubled at least
    Nanoseconds leak_age = 60'000 * ms;    ///< a task that waits so long where others of its kind ended
    std::uint32_t leak_lives = 20;         ///< and so many times their longest life
    std::uint32_t leak_crowd = 64;         ///< so many at once need not wait that long
    Nanoseconds leak_crowd_age = 2'000 * ms;
    Nanoseconds swallowed = 1'000 * ms;    ///< alive so long after it was asked to end
    std::uint32_t cancels_of_one = 10;     ///< requests that one task outlived
    std::uint32_t cancels_a_second = 100;  ///< of tasks of one coroutine
    std::uint32_t cancel_seconds = 3;      ///< in so many seconds
    Nanoseconds missed_task_done = 1'000 * ms;
    Nanoseconds queue_watched = 10'000 * ms;  ///< a queue that was full for most of so long
    std::uint32_t queue_full_percent = 80;
    std::uint32_t queue_put_waits = 100;
    std::uint32_t queue_growth = 1024;  ///< items in a queue without a bound, and never less than a quarter of it since
    Nanoseconds queue_growth_time = 1'000 * ms;
    std::uint32_t yields = 1'000;          ///< of one task in a row
    Nanoseconds yield_step = ms / 50;      ///< with steps shorter than this
    Nanoseconds late_timer = 50 * ms;      ///< fired so late, though no step blocked the loop
    std::uint32_t late_timers = 5;         ///< so often
    Nanoseconds executor_wait = 100 * ms;  ///< a job waits for a thread
    std::uint32_t executor_jobs = 8;       ///< so many of them
    Nanoseconds held = 5'000 * ms;         ///< a lock, by whom is not known, while tasks wait for it
    Nanoseconds standstill = 1'000 * ms;   ///< the same, where no other task of the loop can go on by itself
    Nanoseconds slow_answer = 1'000 * ms;  ///< of a peer, while the loop was idle
};

}  // namespace awaitscope
