// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <initializer_list>

/// What every C++ program of the runtime benchmark shares: the sizes of the workloads, the clocks, the command line.
/// The same sizes stand in the peers' programs of other languages.
namespace awaitscope::bench {

constexpr long yield_tasks = 1000, yields = 1000;
constexpr long spawns = 1'000'000;
constexpr long gathers = 1000, gather_width = 1000;
constexpr long timers = 100'000;
constexpr long queue_items = 1'000'000, queue_size = 64;
constexpr long lock_tasks = 100, lock_turns = 10'000;
constexpr long connections = 64, round_trips = 1563, message_bytes = 64;

/// Calls of operator new so far, in the programs that link count_allocations.cpp.
inline std::uint64_t allocations = 0;
inline bool allocations_counted = false;

/// How long the timers workload's tasks sleep: in [0, 1) s, the same sequence for every peer.
class Delays {
  public:
    /// Nanoseconds.
    std::int64_t next() {
        state_ = state_ * 6364136223846793005u + 1442695040888963407u;
        return static_cast<std::int64_t>((state_ >> 33) * 1'000'000'000u >> 31);
    }

  private:
    std::uint64_t state_ = 12345;
};

/// One workload's run: how much is to be done, how long it took, whether it was done right.
class Measurement {
  public:
    explicit Measurement(double scale) : scale_(scale) {}

    /// `full`, made smaller by the scale, but at least 1.
    long scaled(long full) const {
        const auto count = static_cast<long>(static_cast<double>(full) * scale_);
        return count < 1 ? 1 : count;
    }
    /// Set-up is over; until end() the time counts.
    void begin();
    void end(long operations);
    /// Ends the program with an error when a workload's result is wrong.
    void require(bool right, const char* what) const;
    /// One line of JSON for the script that compares.
    void print() const;

  private:
    double scale_;
    long operations_ = 0;
    std::int64_t wall_ns_ = 0;
    std::int64_t cpu_ns_ = 0;
    std::uint64_t allocations_ = 0;
};

struct Workload {
    const char* name;
    void (*run)(Measurement&);
};

/// `PROGRAM list` names the workloads; `PROGRAM WORKLOAD [SCALE]` runs one, first a twentieth of it unmeasured. A
/// workload called echo_server prints its port and serves until it is killed. Gives main's exit code.
int run_workload(int argc, char** argv, std::initializer_list<Workload> workloads);

}  // namespace awaitscope::bench
