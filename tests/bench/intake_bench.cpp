// SPDX-License-Identifier: GPL-3.0-or-later
// What it costs to take in what a process shares: the viewer's end of the ring, and the recorder.
#include <benchmark/benchmark.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "instrumentation/probe/emit.hpp"
#include "instrumentation/probe/include/awaitscope/probe.hpp"
#include "instrumentation/ring/clock.hpp"
#include "instrumentation/source/live_source.hpp"
#include "instrumentation/source/recording_writer.hpp"
#include "instrumentation/source/session_directory.hpp"
#include "instrumentation/trace/growing_trace.hpp"
#include "tests/support/generated_events.hpp"

namespace {

using namespace awaitscope;

/// What a loop tells of a task that wakes, runs, and sleeps again: five events, two of them with something to look up.
void emit_switch(probe::Emitter& emitter, Id task) {
    constexpr unsigned line = 42;
    emitter.stamp();
    emitter.emit(EventKind::timer_fired, 1, 0, task + 5000);
    emitter.emit(EventKind::task_ready, 1, task);
    emitter.emit(EventKind::task_running, 1, task);
    const std::uint64_t when = ring::monotonic_ns();
    emitter.emit(EventKind::timer_set, 1, task, task + 5000, static_cast<std::uint32_t>(when),
                 static_cast<std::uint32_t>(when >> 32));
    emitter.emit(EventKind::task_suspended, 1, task, task + 9000, emitter.place(__FILE__, line, "serve"),
                 static_cast<std::uint32_t>(WaitKind::sleep));
}
constexpr std::size_t events_a_switch = 5;

double seconds_of(clockid_t clock) {
    timespec now{};
    clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

std::uint64_t lost_in(std::span<const Event> events) {
    std::uint64_t lost = 0;
    for (const Event& event : events)
        if (event.kind() == EventKind::lost) lost += event.a;
    return lost;
}

// The ring's end alone, without anybody beside it: how long an event takes.
void intake_event(benchmark::State& state) {
    enable("bench");
    auto& emitter = *probe::emitter();
    LiveSource source(find_session(getpid()));
    Symbols symbols;
    std::vector<Event> events;
    while (source.read(symbols, events, 1 << 16) == SourceState::more) events.clear();
    constexpr std::size_t switches = 10'000;
    while (state.KeepRunningBatch(switches * events_a_switch)) {
        for (Id task = 1; task <= switches; ++task) emit_switch(emitter, task % 1000 + 1);
        const double begin = seconds_of(CLOCK_THREAD_CPUTIME_ID);
        std::size_t count = 0;
        while (count < switches * events_a_switch) {
            events.clear();
            source.read(symbols, events, 1 << 16);
            count += events.size();
        }
        state.SetIterationTime(seconds_of(CLOCK_THREAD_CPUTIME_ID) - begin);
    }
}
BENCHMARK(intake_event)->UseManualTime();

// A copy of as many bytes: what nobody can go below.
void floor_copy(benchmark::State& state) {
    std::vector<Event> from(1 << 18), to(1 << 16);
    std::size_t at = 0;
    while (state.KeepRunningBatch(1 << 16)) {
        std::copy_n(from.begin() + static_cast<std::ptrdiff_t>(at), to.size(), to.begin());
        benchmark::DoNotOptimize(to.data());
        at = (at + to.size()) % from.size();
    }
}
BENCHMARK(floor_copy);

/// Ten million events a second for a second, as a busy program would give them, and beside it a reader on one core that
/// sleeps as the recorder does and gives `take` what it reads. Where something is lost, `pause_ms` tells why: the
/// longest time between two readings, against `ring_ms`, for which a ring of the default size has room.
template <class Take>
void paced(benchmark::State& state, const Take& take) {
    constexpr double rate = 10e6;
    constexpr std::size_t burst = 200;
    constexpr auto period = static_cast<std::uint64_t>(burst * events_a_switch / rate * 1e9);
    enable("bench");
    std::uint64_t read_events = 0, lost = 0;
    double reader_cpu = 0, seconds = 0, longest_pause = 0;
    for (auto _ : state) {
        std::atomic<bool> done = false;
        const auto symbols = std::make_shared<Symbols>();
        LiveSource source(find_session(getpid()));
        std::vector<Event> events;
        // What an earlier run left in the ring is not this one's.
        while (source.read(*symbols, events, 1 << 16) == SourceState::more) events.clear();
        std::thread producer([&] {
            auto& emitter = *probe::emitter();
            const std::uint64_t begin = ring::monotonic_ns();
            std::uint64_t due = begin;
            for (std::size_t switches = 0; switches * events_a_switch < rate; switches += burst) {
                for (Id task = 1; task <= burst; ++task) emit_switch(emitter, task);
                // What the machine kept it from is not made up for: that would be another rate.
                due = std::max(due + period, ring::monotonic_ns());
                while (ring::monotonic_ns() < due) __builtin_ia32_pause();
            }
            seconds += static_cast<double>(ring::monotonic_ns() - begin) * 1e-9;
            done = true;
        });
        const double begin = seconds_of(CLOCK_THREAD_CPUTIME_ID);
        double read_at = seconds_of(CLOCK_MONOTONIC);
        for (bool last = false; !last;) {
            last = done;
            for (auto more = SourceState::more; more == SourceState::more;) {
                events.clear();
                more = source.read(*symbols, events, 1 << 13);
                const double now = seconds_of(CLOCK_MONOTONIC);
                longest_pause = std::max(longest_pause, now - std::exchange(read_at, now));
                read_events += events.size();
                lost += lost_in(events);
                take(symbols, events);
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
        reader_cpu += seconds_of(CLOCK_THREAD_CPUTIME_ID) - begin;
        producer.join();
    }
    state.counters["events/s"] = static_cast<double>(read_events) / seconds;
    state.counters["lost"] = static_cast<double>(lost);
    state.counters["reader_core"] = reader_cpu / seconds;
    state.counters["pause_ms"] = longest_pause * 1e3;
    state.counters["ring_ms"] = static_cast<double>(ring::ring_records_default) / rate * 1e3;
}

void intake_paced(benchmark::State& state) {
    paced(state, [](const auto&, const auto&) {});
}
BENCHMARK(intake_paced)->Iterations(1)->Unit(benchmark::kMillisecond);

// The same with a trace that grows from it: the window's reading thread.
void view_paced(benchmark::State& state) {
    std::unique_ptr<GrowingTrace> trace;
    paced(state, [&](const std::shared_ptr<Symbols>& symbols, std::span<const Event> events) {
        if (!trace) trace = std::make_unique<GrowingTrace>(symbols);
        trace->append_all(events);
    });
}
BENCHMARK(view_paced)->Iterations(1)->Unit(benchmark::kMillisecond);

void record_event(benchmark::State& state) {
    Symbols symbols;
    test::GeneratedEvents source({.events = 1 << 21, .tasks = 1000});
    std::vector<Event> events;
    while (source.read(symbols, events, 1 << 16) == SourceState::more) {
    }
    const std::string path = std::filesystem::temp_directory_path() / ("awaitscope-bench-" + std::to_string(getpid()));
    std::uint64_t bytes = 0;
    while (state.KeepRunningBatch(static_cast<benchmark::IterationCount>(events.size()))) {
        const double begin = seconds_of(CLOCK_THREAD_CPUTIME_ID);
        RecordingWriter writer(path, symbols);
        writer.append(events);
        writer.finish({}, 0);
        state.SetIterationTime(seconds_of(CLOCK_THREAD_CPUTIME_ID) - begin);
        bytes = writer.bytes_written();
    }
    std::filesystem::remove(path);
    state.counters["bytes/event"] = static_cast<double>(bytes) / static_cast<double>(events.size());
}
BENCHMARK(record_event)->UseManualTime()->Unit(benchmark::kNanosecond);

}  // namespace
