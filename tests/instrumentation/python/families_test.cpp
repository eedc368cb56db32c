// SPDX-License-Identifier: GPL-3.0-or-later
// What a Python program starts, on one axis of time with it.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>

#include "instrumentation/source/launch.hpp"
#include "instrumentation/source/session_group.hpp"
#include "tests/instrumentation/python/python_programs.hpp"
#include "tests/support/session_files.hpp"
#include "tests/support/told_program.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

/// Reads the source to its end.
void read_to_end(EventSource& source, Symbols& symbols, Trace& trace) {
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
        read_to_end(*source, *symbols, trace);
        CHECK(process->wait() == 0);
        const std::string output = read_all(process->output());
        INFO(output);
        std::istringstream said(output);

        const std::int64_t epoch = source->info().epoch_monotonic_ns;
        int children = 0;
        for (std::int64_t begin = 0, end = 0, after = 0; said >> begin >> end >> after; ++children) {
            const auto is_its = [&, name = fmt::format("kid {}", begin)](const Task& task) {
                return symbols->string(task.name) == name;
            };
            const TaskList tasks = trace.tasks();
            const auto kid = std::ranges::find_if(tasks, is_its);
            REQUIRE(kid != tasks.end());
            CHECK(epoch + kid->created >= begin - clocks_differ);
            CHECK(epoch + kid->done >= end - clocks_differ);
            CHECK(epoch + kid->done <= after + clocks_differ);
            CHECK(kid->done - kid->created >= 60'000'000 - clocks_differ);
        }
        CHECK(children == 4);
    }
}
