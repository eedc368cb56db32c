// SPDX-License-Identifier: GPL-3.0-or-later
// Prints what was measured, then each figure against its floor: what the same machine needs, in the same run, for the
// least that could do the job.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <map>
#include <string>

#include "tests/main/private_folder.hpp"

namespace {

/// The usual table, and the times by name.
class Collector : public benchmark::ConsoleReporter {
  public:
    void ReportRuns(const std::vector<Run>& runs) override {
        for (const Run& run : runs) {
            if (run.error_occurred) continue;
            if (run.run_type != Run::RT_Iteration) continue;
            // CPU time: the figures are to hold on a machine that does other things. What measures itself does so, too.
            const bool measures_itself = !run.run_name.time_type.empty();
            nanoseconds[run.run_name.function_name] =
                measures_itself ? run.GetAdjustedRealTime() : run.GetAdjustedCPUTime();
        }
        ConsoleReporter::ReportRuns(runs);
    }
    std::map<std::string, double> nanoseconds;
};

struct Comparison {
    const char* what;
    const char* measured;
    const char* floor;
    const char* floor_is;
};

constexpr Comparison comparisons[] = {
    {"one emitted event", "emit_event", "floor_stamp_and_store", "a bare time stamp and a 32-byte store"},
    {"one emitted event", "emit_event", "clock_counter", "reading the processor's counter alone"},
    {"one emitted event", "emit_event", "clock_monotonic", "reading CLOCK_MONOTONIC alone"},
    {"one emitted event", "emit_event", "lttng_event", "an event that LTTng-UST takes"},
    {"one emitted event", "emit_event", "tracy_event", "an event that Tracy's client takes"},
    {"an event taken in by a viewer", "intake_event", "floor_copy", "copying its 32 bytes"},
    {"an event recorded", "record_event", "floor_copy", "copying its 32 bytes"},
    {"an event while nobody shares", "emit_event_disabled", "floor_branch", "one load and branch"},
    {"a task switch", "switch_tasks", "floor_coroutine_resume", "resuming a bare coroutine"},
    {"a task switch, shared", "switch_tasks_shared", "switch_tasks", "the same, not shared"},
};

}  // namespace

int main(int argc, char** argv) {
    const awaitscope::test::PrivateFolder folder;
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
    Collector collector;
    benchmark::RunSpecifiedBenchmarks(&collector);
    std::puts("");
    const auto& times = collector.nanoseconds;
    for (const auto& [what, measured, floor, floor_is] : comparisons)
        if (times.contains(measured) && times.contains(floor))
            std::printf("%-30s %8.2f ns = %5.2f x %s (%.2f ns)\n", what, times.at(measured),
                        times.at(measured) / times.at(floor), floor_is, times.at(floor));
#ifndef AWAITSCOPE_BENCH_LTTNG
    std::puts("not measured: LTTng-UST; ./dev bench --install-peers installs it");
#endif
#ifndef AWAITSCOPE_BENCH_TRACY
    std::puts("not measured: Tracy's client; Debian 12 has none, and no CMake package of it was found");
#endif
    if (times.contains("trace_append"))
        std::printf("%-30s %8.2f ns = %5.1f million events a second\n", "the viewer's intake, an event",
                    times.at("trace_append"), 1e3 / times.at("trace_append"));
}
