// SPDX-License-Identifier: GPL-3.0-or-later
#include <benchmark/benchmark.h>

#include <memory>
#include <optional>
#include <vector>

#include "instrumentation/trace/trace.hpp"

namespace {

using namespace awaitscope;

/// A thousand tasks that sleep and wake in turn: the events a busy loop gives.
std::vector<Event> busy_loop(std::size_t count) {
    constexpr Id tasks = 1000;
    std::vector<Event> events;
    std::uint64_t time = 0;
    const auto add = [&](EventKind kind, Id task, std::uint64_t a = 0, std::uint32_t b = 0, std::uint32_t c = 0) {
        events.push_back({Event::pack(kind, 1, task), time += 100, a, b, c});
    };
    for (Id task = 1; task <= tasks; ++task) add(EventKind::task_created, task);
    for (Id task = 1; events.size() < count; task = task % tasks + 1) {
        add(EventKind::task_running, task);
        add(EventKind::task_suspended, task, task + tasks, 0, static_cast<std::uint32_t>(WaitKind::sleep));
        add(EventKind::task_ready, task);
    }
    return events;
}

void trace_append(benchmark::State& state) {
    constexpr std::size_t batch = 1 << 14, most = 1 << 23;
    const auto events = busy_loop(most);
    std::optional<Trace> trace;
    std::size_t at = most;
    while (state.KeepRunningBatch(batch)) {
        if (at + batch > most) {
            state.PauseTiming();
            trace.emplace(std::make_shared<Symbols>());
            at = 0;
            state.ResumeTiming();
        }
        trace->append(std::span(events).subspan(at, batch));
        at += batch;
    }
}
BENCHMARK(trace_append);

}  // namespace
