// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "instrumentation/analysis/histogram.hpp"
#include "instrumentation/analysis/scene.hpp"

namespace awaitscope {

/// What the tasks of one coroutine did.
struct CoroutineFigures {
    PlaceId definition = 0;
    std::uint64_t created = 0;  ///< or first heard of
    std::uint64_t ended = 0;
    std::uint64_t cancelled = 0;
    std::uint64_t failed = 0;
    Histogram steps;  ///< how long each ran
    Histogram ready;  ///< how long each waited for its turn: the loop's lag
    Histogram lives;  ///< of the tasks that ended, and whose begin was seen
};

/// What happened at one co_await.
struct LineFigures {
    PlaceId place = 0;
    WaitKind on = WaitKind::none;  ///< what was last waited for there
    Histogram waits;               ///< from the suspension to the wake-up
    std::uint64_t waiting = 0;     ///< tasks that wait there now
    Histogram steps;               ///< those that began there, when the wait was over
};

struct LongStep {
    Nanoseconds length = 0;
    EventIndex event = 0;  ///< with which it began
    TaskIndex task = no_task;
    PlaceId place = 0;  ///< where it began
    PlaceId seen = 0;   ///< where it was seen to be meanwhile; 0: nobody looked
};

struct QueueFigures {
    Id id = 0;
    std::uint64_t puts = 0;
    std::uint64_t gets = 0;
    std::uint32_t size = 0;  ///< now
    std::uint32_t most = 0;
    std::uint32_t maxsize = 0;
};

/// Sums and distributions over a trace, built up event by event.
class Figures {
  public:
    static constexpr std::size_t long_steps_max = 10;

    void see(const Trace& trace, const Scene& scene, const Seen& seen);

    // In order of first appearance.
    const std::vector<CoroutineFigures>& coroutines() const { return coroutines_; }
    const std::vector<LineFigures>& lines() const { return lines_; }
    const std::vector<QueueFigures>& queues() const { return queues_; }
    const std::vector<LongStep>& long_steps() const { return long_steps_; }  ///< the longest first
    const Histogram& lag() const { return lag_; }                            ///< ready to running, of all tasks
    std::uint64_t steps() const;                                             ///< of all tasks
    Nanoseconds running() const;                                             ///< of all tasks
    std::uint64_t turns() const { return turns_; }
    std::uint64_t jobs() const { return jobs_; }      ///< given to threads
    std::uint64_t timers() const { return timers_; }  ///< set

  private:
    CoroutineFigures& coroutine(PlaceId definition);
    LineFigures& line(PlaceId place);
    void waiting(const Scene& scene, const Seen& seen);
    void step(const Trace& trace, const Scene& scene, const Seen& seen);

    std::vector<CoroutineFigures> coroutines_;
    std::vector<LineFigures> lines_;
    std::vector<QueueFigures> queues_;
    std::vector<std::uint32_t> coroutine_numbers_, line_numbers_;  ///< by place, plus one
    IdMap queue_numbers_;
    std::vector<LongStep> long_steps_;
    Histogram lag_;
    std::uint64_t turns_ = 0, jobs_ = 0, timers_ = 0;
};

}  // namespace awaitscope
