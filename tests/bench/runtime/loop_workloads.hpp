// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/runtime/measure.hpp"

/// The workloads that need no descriptor, each for a runtime whose `run(main, n)` runs the coroutine function `main`
/// with `n` and gives its sum.
namespace awaitscope::bench {

template <auto run, auto main>
void measure(Measurement& m, long count, long operations, long expected) {
    m.begin();
    const long result = run(main, count);
    m.end(operations);
    m.require(result == expected, "the sum");
}

template <auto run, auto main>
void yield_workload(Measurement& m) {
    const long times = m.scaled(yields);
    measure<run, main>(m, times, yield_tasks * times, yield_tasks * times);
}
template <auto run, auto main>
void spawn_workload(Measurement& m) {
    const long count = m.scaled(spawns);
    measure<run, main>(m, count, count, count);
}
template <auto run, auto main>
void gather_workload(Measurement& m) {
    const long times = m.scaled(gathers);
    measure<run, main>(m, times, times * gather_width, times * (gather_width - 1));
}
template <auto run, auto main>
void timers_workload(Measurement& m) {
    const long count = m.scaled(timers);
    measure<run, main>(m, count, count, count);
}
template <auto run, auto main>
void queue_workload(Measurement& m) {
    const long count = m.scaled(queue_items);
    measure<run, main>(m, count, count, count * (count - 1) / 2);
}
template <auto run, auto main>
void lock_workload(Measurement& m) {
    const long times = m.scaled(lock_turns);
    measure<run, main>(m, times, lock_tasks * times, lock_tasks * times);
}

}  // namespace awaitscope::bench
