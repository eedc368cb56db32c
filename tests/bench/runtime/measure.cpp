// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/runtime/measure.hpp"

#include <time.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace awaitscope::bench {
namespace {
std::int64_t read_clock(clockid_t clock) {
    timespec now{};
    clock_gettime(clock, &now);
    return now.tv_sec * std::int64_t{1'000'000'000} + now.tv_nsec;
}
}  // namespace

void Measurement::begin() {
    allocations_ = allocations;
    cpu_ns_ = read_clock(CLOCK_PROCESS_CPUTIME_ID);
    wall_ns_ = read_clock(CLOCK_MONOTONIC);
}

void Measurement::end(long operations) {
    wall_ns_ = read_clock(CLOCK_MONOTONIC) - wall_ns_;
    cpu_ns_ = read_clock(CLOCK_PROCESS_CPUTIME_ID) - cpu_ns_;
    allocations_ = allocations - allocations_;
    operations_ = operations;
}

void Measurement::require(bool right, const char* what) const {
    if (right) return;
    std::fprintf(stderr, "wrong result: %s\n", what);
    std::exit(1);
}

void Measurement::print() const {
    const auto each = [this](auto total) { return static_cast<double>(total) / static_cast<double>(operations_); };
    std::printf("{\"wall\": %.3f, \"cpu\": %.3f", each(wall_ns_), each(cpu_ns_));
    if (allocations_counted) std::printf(", \"allocations\": %.4f", each(allocations_));
    std::printf("}\n");
}

int run_workload(int argc, char** argv, std::initializer_list<Workload> workloads) {
    const std::string_view wanted = argc > 1 ? argv[1] : "";
    if (wanted == "list") {
        for (const Workload& workload : workloads) std::puts(workload.name);
        return 0;
    }
    const double scale = argc > 2 ? std::atof(argv[2]) : 1.0;
    for (const Workload& workload : workloads) {
        if (wanted != workload.name) continue;
        if (wanted != "echo_server") {
            Measurement warm_up(scale / 20);
            workload.run(warm_up);
        }
        Measurement measurement(scale);
        workload.run(measurement);
        measurement.print();
        return 0;
    }
    std::fprintf(stderr, "usage: %s list | WORKLOAD [SCALE]\n", argv[0]);
    return 2;
}

}  // namespace awaitscope::bench
