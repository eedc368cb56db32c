// SPDX-License-Identifier: GPL-3.0-or-later
// The flight recorder of a Python program.
#include <algorithm>
#include <catch2/catch.hpp>

#include "instrumentation/source/live_source.hpp"
#include "instrumentation/source/session_directory.hpp"
#include "tests/instrumentation/python/python_programs.hpp"
#include "tests/support/session_files.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

TEST_CASE_METHOD(FreshFolder, "the last events of a Python program that crashed can be opened") {
    const std::string way = GENERATE("null", "abort", "exit", "kill");
    for (const Python& python : pythons()) {
        INFO(python.path);
        const FreshFolder folder;
        const ShellRun run =
            shell("AWAITSCOPE=1 PYTHONPATH=" PYTHON_ADAPTER, python.path + " " + program("crashes.py") + " " + way);
        CHECK(run.exit_code != 0);
        const auto sessions = SessionDirectory().refresh();
        REQUIRE(sessions.size() == 1);
        CHECK(sessions[0].status == SessionStatus::crashed);

        LiveSource source(sessions[0].path, LiveStart::beginning);
        auto symbols = std::make_shared<Symbols>();
        std::vector<Event> events;
        while (source.read(*symbols, events, 1 << 16) != SourceState::ended) continue;
        CHECK(source.note().find("was killed or crashed; its last events are here") != std::string::npos);
        Trace trace(symbols);
        trace.append(events);
        REQUIRE(trace.tasks().size() == 2);
        CHECK(trace.tasks()[0].state == TaskState::running);
        CHECK(trace.tasks()[1].on == WaitKind::sleep);
        REQUIRE(trace.outputs().size() == 1);
        const auto text = static_cast<StringId>(trace.event(trace.outputs()[0]).b);
        CHECK(symbols->string(text) == "last words");
    }
    CHECK(true);
}

TEST_CASE_METHOD(FreshFolder, "threads that the interpreter ends inside asyncio end, and nothing else") {
    for (const Python& python : pythons()) {
        INFO(python.path);
        const ShellRun run =
            shell("AWAITSCOPE=1 PYTHONPATH=" PYTHON_ADAPTER, python.path + " " + program("daemons.py"));
        CHECK(run.exit_code == 0);
        CHECK(run.output == "ends\n");
        CHECK(SessionDirectory().refresh().empty());
    }
    CHECK(true);
}

TEST_CASE_METHOD(FreshFolder,
                 "a Python program that becomes another one has ended well, and goes on where it could not") {
    for (const Python& python : pythons()) {
        INFO(python.path);
        const std::string way = GENERATE("another", "itself", "nothing");
        const FreshFolder folder;
        const ShellRun run =
            shell("AWAITSCOPE=1 PYTHONPATH=" PYTHON_ADAPTER, python.path + " " + program("replaced.py") + " " + way);
        const std::string said = way == "another" ? "another\n" : way == "itself" ? "1\n0\n" : "not replaced\n";
        CHECK_THAT(run.output, Catch::StartsWith(said));
        const auto sessions = SessionDirectory().refresh();
        REQUIRE(sessions.size() == (way == "nothing" ? 1 : 0));
        CHECK(std::ranges::all_of(sessions, [](const auto& one) { return one.status == SessionStatus::crashed; }));
    }
    CHECK(true);
}

TEST_CASE_METHOD(FreshFolder, "a child that leaves well through os._exit() is no crash, and one that does not is one") {
    for (const Python& python : pythons()) {
        INFO(python.path);
        for (const bool fails : {false, true}) {
            const FreshFolder folder;
            const ShellRun run = shell("AWAITSCOPE=1 PYTHONPATH=" PYTHON_ADAPTER,
                                       python.path + " " + program("leaves.py") + (fails ? " 3" : " 0"));
            CHECK(run.exit_code == 0);
            const auto sessions = SessionDirectory().refresh();
            REQUIRE(sessions.size() == (fails ? 1 : 0));
            CHECK(std::ranges::all_of(sessions, [](const auto& one) { return one.status == SessionStatus::crashed; }));
        }
    }
    CHECK(true);
}
