// SPDX-License-Identifier: GPL-3.0-or-later
#include <benchmark/benchmark.h>
#include <time.h>

#include <atomic>
#include <vector>

#include "instrumentation/probe/emit.hpp"
#include "instrumentation/probe/include/awaitscope/probe.hpp"

namespace {

using awaitscope::Event;
using awaitscope::EventKind;

std::uint64_t stamp() {
#if defined(__x86_64__)
    return __builtin_ia32_rdtsc();
#else
    return static_cast<std::uint64_t>(__builtin_readcyclecounter());
#endif
}

void floor_branch(benchmark::State& state) {
    static std::atomic<bool> flag = false;
    for (auto _ : state)
        if (flag.load(std::memory_order_acquire)) [[unlikely]]
            benchmark::ClobberMemory();
}
BENCHMARK(floor_branch);

// Before the next but one: sharing cannot be switched off again.
void emit_event_disabled(benchmark::State& state) {
    for (auto _ : state)
        if (auto* emitter = awaitscope::probe::emitter()) emitter->emit_now(EventKind::task_ready, 1, 1, 2);
}
BENCHMARK(emit_event_disabled);

void clock_counter(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(stamp());
}
BENCHMARK(clock_counter);

void clock_monotonic(benchmark::State& state) {
    for (auto _ : state) {
        timespec now{};
        clock_gettime(CLOCK_MONOTONIC, &now);
        benchmark::DoNotOptimize(now);
    }
}
BENCHMARK(clock_monotonic);

void floor_stamp_and_store(benchmark::State& state) {
    std::vector<Event> ring(1 << 18);  // as large as a real one: 8 MiB
    std::size_t n = 0;
    for (auto _ : state) {
        Event& event = ring[n++ & (ring.size() - 1)];
        event.head = Event::pack(EventKind::task_ready, 1, 1);
        event.time = stamp();
        event.a = n;
        event.b = event.c = 0;
        benchmark::ClobberMemory();
    }
}
BENCHMARK(floor_stamp_and_store);

}  // namespace
