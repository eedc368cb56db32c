// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "instrumentation/analysis/finding.hpp"
#include "instrumentation/analysis/scene.hpp"

namespace awaitscope {

/// Where the walk stands when findings are asked for.
struct Moment {
    const Trace& trace;
    const Scene& scene;
    Nanoseconds time;  ///< now: of the last event, or later where the source lives and says nothing
    EventIndex last;   ///< the last event; no_event: there is none yet
};

/// Looks for one kind of finding, or a family of them, in events as they come. What it finds depends on the events
/// alone, never on how many came at once.
class Detector {
  public:
    virtual ~Detector() = default;
    /// The events it wants to see; `lost` means that what it knew may not hold any more.
    virtual std::span<const EventKind> wants() const = 0;
    virtual void see(const Trace& trace, const Scene& scene, const Seen& seen) = 0;
    /// Appends what it has found so far. It may work a little (look for cycles among what waits), but not walk over the
    /// events.
    virtual void report(const Moment& now, std::vector<Finding>& out) = 0;
};

/// The same thing at the same place, again and again.
struct Sighting {
    std::uint64_t count = 0;
    Nanoseconds worst = -1;
    EventIndex worst_event = 0;
    TaskIndex worst_task = no_task;
    EventIndex begin_event = 0, end_event = 0;
    Nanoseconds begin = 0, end = 0;
    std::vector<EventIndex> events;
    std::vector<TaskIndex> tasks;

    /// Once more, from one event to another; `amount` says how bad it was.
    void add(const Trace& trace, EventIndex from, EventIndex to, Nanoseconds amount, TaskIndex task);
    /// What a finding has from here: time, events, tasks, count.
    Finding finding(FindingKind kind) const;
};

/// Sightings by a number: of a place, a loop, a text. Few, and each new one is a rare thing.
class Sightings {
  public:
    Sighting& operator[](std::uint64_t key);
    struct Entry {
        std::uint64_t key;
        Sighting sighting;
    };
    std::span<const Entry> all() const { return entries_; }

  private:
    std::vector<Entry> entries_;
};

// The detectors. Each keeps what it needs of the options.
std::unique_ptr<Detector> make_blocked_loop(const FindingOptions& options);
std::unique_ptr<Detector> make_deadlock(const FindingOptions& options);
std::unique_ptr<Detector> make_possible_deadlock(const FindingOptions& options);
std::unique_ptr<Detector> make_lock_order(const FindingOptions& options);
std::unique_ptr<Detector> make_exit_holding_lock(const FindingOptions& options);
std::unique_ptr<Detector> make_lock_convoy(const FindingOptions& options);
std::unique_ptr<Detector> make_starvation(const FindingOptions& options);
std::unique_ptr<Detector> make_task_leak(const FindingOptions& options);
std::unique_ptr<Detector> make_warnings(const FindingOptions& options);
std::unique_ptr<Detector> make_swallowed_cancel(const FindingOptions& options);
std::unique_ptr<Detector> make_cancel_storm(const FindingOptions& options);
std::unique_ptr<Detector> make_missed_task_done(const FindingOptions& options);
std::unique_ptr<Detector> make_queue_levels(const FindingOptions& options);
std::unique_ptr<Detector> make_busy_yield(const FindingOptions& options);
std::unique_ptr<Detector> make_late_timer(const FindingOptions& options);
std::unique_ptr<Detector> make_executor_saturation(const FindingOptions& options);
std::unique_ptr<Detector> make_slow_io(const FindingOptions& options);

}  // namespace awaitscope
