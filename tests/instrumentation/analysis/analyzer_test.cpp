// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/instrumentation/analysis/found.hpp"
#include "tests/support/findings.hpp"
#include "tests/support/generated_events.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

TEST_CASE("nothing is found in nothing") {
    const TextTrace text("");
    Analyzer analyzer;
    CHECK(analyzer.advance(text.trace));
    CHECK(analyzer.findings(text.trace).empty());
}

TEST_CASE("every kind has a name of its own, and says what it looks for, why it matters and what to do") {
    std::vector<std::string_view> names;
    for (const FindingInfo& info : finding_infos()) {
        INFO(info.name);
        CHECK(std::ranges::find(names, info.name) == names.end());
        names.push_back(info.name);
        CHECK(&info_of(info.kind) == &info);
        CHECK_FALSE(std::string_view(info.title).empty());
        CHECK_FALSE(std::string_view(info.looks_for).empty());
        CHECK(std::string_view(info.why).ends_with('.'));
        CHECK(std::string_view(info.advice).ends_with('.'));
    }
    CHECK(names.size() == finding_kind_count);
}

TEST_CASE("findings come worst first, then by time") {
    const Found found(R"(
0 warning kind=wrong_thread text=early
0 task_created 1 name=stubborn coro=stubborn
0 task_running 1
0.5 task_suspended 1 on=sleep
1 warning kind=never_awaited text=later
1 task_cancel_requested 1 by=9
1 task_running 1
1 task_suspended 1 on=sleep
2 task_running 1
2 task_suspended 1 on=sleep
9 output text=end
)");
    CHECK(found.kinds() == "wrong-thread blocked-loop never-awaited swallowed-cancel");
}

TEST_CASE("a finding's key is the same in another run, and differs by kind and line") {
    const Found one(
        "0 task_created 1 coro=f file=/a/x.cpp line=3\n0 task_running 1\n1 task_suspended 1 on=io file=/a/x.cpp "
        "line=5\n"
        "2 task_running 1\n3 task_suspended 1 on=io file=/a/x.cpp line=5\n");
    const Found other(
        "0 task_created 77 coro=f file=/b/x.cpp line=3\n0 task_running 77\n0.3 task_suspended 77 on=io\n");
    REQUIRE(one.findings.size() == 2);
    CHECK(finding_key(one.findings[0], one.text.trace) == "blocked-loop x.cpp:3 f");
    CHECK(finding_key(one.findings[0], one.text.trace) == finding_key(other.findings.at(0), other.text.trace));
    CHECK(finding_key(one.findings[0], one.text.trace) != finding_key(one.findings[1], one.text.trace));
}

TEST_CASE("walking a generated trace in parts finds what walking it at once finds") {
    for (const TraceShape shape : trace_shapes) {
        INFO(to_string(shape));
        const auto symbols = std::make_shared<Symbols>();
        Trace trace(symbols);
        GeneratedEvents source({.shape = shape, .events = shape == TraceShape::blocked_loop ? 400'000u : 50'000u});
        Analyzer parts;
        std::vector<Event> events;
        SourceState state;
        do {
            events.clear();
            state = source.read(*symbols, events, 7000);
            trace.append(events);
            parts.advance(trace);
            CHECK(parts.walked() == trace.event_count());
        } while (state == SourceState::more);
        const auto once = find_all(trace);
        const auto piecewise = parts.findings(trace);
        REQUIRE(piecewise.size() == once.size());
        for (std::size_t i = 0; i < once.size(); ++i) CHECK(piecewise[i].what.english() == once[i].what.english());
        const bool blocks =
            std::ranges::any_of(once, [](const Finding& finding) { return finding.kind == FindingKind::blocked_loop; });
        CHECK(blocks == (shape == TraceShape::blocked_loop));
    }
}
