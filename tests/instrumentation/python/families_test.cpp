// SPDX-License-Identifier: GPL-3.0-or-later
// What a Python program starts, on one axis of time with it.
#include <unistd.h>

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <sstream>

#include "instrumentation/source/launch.hpp"
#include "instrumentation/source/session_group.hpp"
#include "tests/instrumentation/python/python_programs.hpp"
#include "tests/support/session_files.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

/// Nanoseconds on one axis.
struct Life {
    std::int64_t begin = 0, end = 0;
};

/// Reads the source to its end.
void read_all(EventSource& source, Symbols& symbols, Trace& trace) {
    for (SourceState state = SourceState::more; state != SourceState::ended;) {
        std::vector<Event> events;
        state = source.read(symbols, events, 1 << 16);
        trace.append(events);
        if (state == SourceState::idle) usleep(1000);
    }
}

}  // namespace

TEST_CASE_METHOD(FreshFolder, "brief children of a busy Python program have the times that they measure themselves") {
    constexpr std::int64_t clocks_differ = 1'000'000;
    for (const Python& python : pythons()) {
        INFO(python.path);
        const auto process = std::make_shared<LaunchedProcess>(LaunchOptions{
            .command = {python.path, program("families.py")}, .environment = {with_adapter()}, .capture_output = true});
        const auto source = open_launch(process);
        const auto symbols = std::make_shared<Symbols>();
        Trace trace(symbols);
        read_all(*source, *symbols, trace);
        process->wait();
        char bytes[4096];
        const ssize_t size = read(process->output(), bytes, sizeof bytes);
        std::istringstream said(std::string(bytes, static_cast<std::size_t>(std::max<ssize_t>(size, 0))));

        std::vector<Life> lives;
        for (const Task& task : trace.tasks())
            if (symbols->string(task.name) == "kid") lives.push_back({task.created, task.done});
        std::ranges::sort(lives, {}, &Life::begin);
        std::vector<std::array<std::int64_t, 3>> measured;
        for (std::int64_t begin = 0, end = 0, after = 0; said >> begin >> end >> after;)
            measured.push_back({begin, end, after});
        std::ranges::sort(measured);
        REQUIRE(lives.size() == 4);
        REQUIRE(measured.size() == lives.size());
        for (std::size_t i = 0; i < lives.size(); ++i) {
            const std::int64_t epoch = source->info().epoch_monotonic_ns;
            CHECK(epoch + lives[i].begin >= measured[i][0] - clocks_differ);
            CHECK(epoch + lives[i].end >= measured[i][1] - clocks_differ);
            CHECK(epoch + lives[i].end <= measured[i][2] + clocks_differ);
            CHECK(lives[i].end - lives[i].begin >= 60'000'000 - clocks_differ);
        }
    }
}
