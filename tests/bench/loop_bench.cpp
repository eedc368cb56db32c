// SPDX-License-Identifier: GPL-3.0-or-later
#include <benchmark/benchmark.h>

#include <asyncio/asyncio.hpp>
#include <awaitscope/probe.hpp>
#include <coroutine>
#include <vector>

#include "instrumentation/probe/emit.hpp"

namespace {

using namespace std::chrono_literals;

struct Bare {
    struct promise_type {
        Bare get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
        std::suspend_always initial_suspend() noexcept { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        void return_void() {}
        void unhandled_exception() {}
    };
    std::coroutine_handle<promise_type> handle;
};

Bare endless() {
    while (true) co_await std::suspend_always{};
}

void floor_coroutine_resume(benchmark::State& state) {
    constexpr int coroutines = 100;
    std::vector<Bare> all;
    for (int i = 0; i < coroutines; ++i) all.push_back(endless());
    while (state.KeepRunningBatch(coroutines))
        for (auto& bare : all) bare.handle.resume();
    for (auto& bare : all) bare.handle.destroy();
}
BENCHMARK(floor_coroutine_resume);

asyncio::Coroutine<> yield(int times) {
    for (int i = 0; i < times; ++i) co_await asyncio::sleep(0s);
}

asyncio::Coroutine<> switching(benchmark::State& state) {
    constexpr int tasks = 100, times = 1000;
    while (state.KeepRunningBatch(tasks * times)) {
        std::vector<asyncio::Task<void>> all;
        for (int i = 0; i < tasks; ++i) all.push_back(asyncio::create_task(yield(times)));
        co_await asyncio::gather(all);
    }
}

asyncio::Coroutine<> nothing() {
    co_return;
}

asyncio::Coroutine<> spawning(benchmark::State& state) {
    for (auto _ : state) {
        auto task = asyncio::create_task(nothing());
        co_await task;
    }
}

void switch_tasks(benchmark::State& state) {
    asyncio::run(switching(state));
}
BENCHMARK(switch_tasks);

void spawn_task(benchmark::State& state) {
    asyncio::run(spawning(state));
}
BENCHMARK(spawn_task);

// From here on the process shares its events.
void emit_event(benchmark::State& state) {
    awaitscope::enable("bench");
    auto* emitter = awaitscope::probe::emitter();
    std::uint64_t n = 0;
    for (auto _ : state) emitter->emit_now(awaitscope::EventKind::task_ready, 1, 1, ++n);
}
BENCHMARK(emit_event);

void switch_tasks_shared(benchmark::State& state) {
    awaitscope::enable("bench");
    asyncio::run(switching(state));
}
BENCHMARK(switch_tasks_shared);

}  // namespace
