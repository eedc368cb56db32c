// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/analysis/trace_diff.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "instrumentation/analysis/analyzer.hpp"
#include "tests/support/trace_text.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

/// A server that answers so many requests, each in a task that waits for the database and computes. Lengths in
/// microseconds; every other request takes a tenth longer, so that there is something like noise.
std::string server(int requests, int waits_us, int computes_us, int line = 12, const char* name = "handle") {
    std::string text = "0 loop_started\n0 iteration n=1 ready=1 timers=0\n";
    for (int i = 0; i < requests; ++i) {
        const double begin = i * 0.1;
        const double noise = i % 2 ? 1.1 : 1.0;
        const double woken = begin + 0.001 + waits_us * 1e-6 * noise;
        const double done = woken + computes_us * 1e-6 * noise;
        text += fmt::format(
            "{0:.6f} task_created {1} coro={2} file=/srv/server.cpp line=10\n{0:.6f} task_running {1}\n"
            "{3:.6f} task_suspended {1} on=io file=/srv/server.cpp line={4}\n"
            "{5:.6f} task_ready {1}\n{5:.6f} task_running {1}\n{6:.6f} task_done {1} state=finished\n",
            begin, i + 1, name, begin + 0.001, line, woken, done);
    }
    return text;
}

struct Side {
    explicit Side(const std::string& events) : text(events) {
        analyzer.gather_figures();
        analyzer.advance(text.trace);
        findings = analyzer.findings(text.trace);
    }
    DiffSide view(const char* name) const { return {name, text.trace, analyzer.figures(), findings}; }

    TextTrace text;
    Analyzer analyzer;
    std::vector<Finding> findings;
};

TraceDiff diff_of(const std::string& before, const std::string& after) {
    const Side a(before), b(after);
    return compare(a.view("before"), b.view("after"));
}

const DiffRow& row(const std::vector<DiffRow>& rows, const std::string& function, std::uint32_t line = 0) {
    for (const DiffRow& one : rows)
        if (one.function == function && (line == 0 || one.line[1] == line)) return one;
    throw std::out_of_range("no row of " + function);
}

}  // namespace

TEST_CASE("a run compared with itself, or with its like, differs in nothing") {
    for (const int requests : {10, 200}) {
        const TraceDiff diff = diff_of(server(200, 5000, 2000), server(requests, 5000, 2000));
        for (const DiffRow& one : diff.coroutines) CHECK(one.verdict == Verdict::same);
        for (const DiffRow& one : diff.lines) CHECK(one.verdict == Verdict::same);
        CHECK(diff.findings.empty());
    }
}

TEST_CASE("a wait that takes longer is slower, at its line alone") {
    const TraceDiff diff = diff_of(server(200, 5000, 2000), server(200, 8000, 2000));
    const DiffRow& line = diff.lines.front();
    CHECK(line.verdict == Verdict::slower);
    CHECK(line.line[0] == 12);
    CHECK(line.waits.middle == Verdict::slower);
    CHECK(line.steps.middle == Verdict::same);
    CHECK(diff.coroutines.front().verdict == Verdict::same);
}

TEST_CASE("a step that takes longer is slower, at its line and in its coroutine, the other way round it is faster") {
    const TraceDiff slower = diff_of(server(600, 5000, 2000), server(600, 5000, 3000));
    CHECK(row(slower.coroutines, "handle").verdict == Verdict::slower);
    CHECK(slower.lines.front().steps.middle == Verdict::slower);
    const TraceDiff faster = diff_of(server(600, 5000, 3000), server(600, 5000, 2000));
    CHECK(row(faster.coroutines, "handle").verdict == Verdict::faster);
}

TEST_CASE("with too few measurements, or by too little, nothing is said") {
    const auto same = [](const TraceDiff& diff) {
        return diff.lines.front().verdict == Verdict::same && diff.coroutines.front().verdict == Verdict::same;
    };
    CHECK(same(diff_of(server(4, 5000, 2000), server(4, 8000, 2000))));
    CHECK(same(diff_of(server(200, 5000, 2000), server(200, 5200, 2000))));  // 4 %
    CHECK(same(diff_of(server(200, 20, 20), server(200, 28, 20))));          // 8 microseconds
}

TEST_CASE("what one run alone has is new, or gone") {
    const std::string both = server(20, 5000, 2000);
    std::string more = both +
                       "5 task_created 900 coro=extra file=/srv/server.cpp line=50\n5 task_running 900\n"
                       "5.2 task_suspended 900 on=sleep file=/srv/server.cpp line=55\n";
    const TraceDiff added = diff_of(both, more);
    CHECK(row(added.coroutines, "extra").verdict == Verdict::added);
    CHECK(added.coroutines.front().function == "extra");
    REQUIRE(added.findings.size() == 1);
    CHECK(added.findings[0].verdict == Verdict::added);
    CHECK(added.findings[0].finding.kind == FindingKind::blocked_loop);
    CHECK(added.findings[0].side() == 1);
    const TraceDiff gone = diff_of(more, both);
    CHECK(row(gone.coroutines, "extra").verdict == Verdict::gone);
    CHECK(gone.findings.at(0).verdict == Verdict::gone);
    CHECK(gone.findings.at(0).side() == 0);
    const TraceDiff same = diff_of(more, more);
    REQUIRE(same.findings.size() == 1);
    CHECK(same.findings[0].verdict == Verdict::same);
    CHECK_THAT(diff_text(same), Catch::Contains("FINDINGS: 0 new, 0 gone, 1 in both\n\n"));
    CHECK_THAT(diff_text(gone), Catch::Contains("FINDINGS: 0 new, 1 gone, 0 in both\n  gone: error: Blocked loop, ") &&
                                    Catch::Contains("look at event") && Catch::Contains(" of A."));
    const auto json = nlohmann::json::parse(diff_json(added)).at("findings").at(0);
    CHECK(json.at("verdict") == "new");
    CHECK(json.at("kind") == "blocked-loop");
    CHECK(json.at("severity") == "error");
    CHECK(json.at("begin") == 5.0);
    CHECK(json.at("event") == added.findings[0].finding.event);
    CHECK(json.at("count") == 1);
}

TEST_CASE("a line that moved is the same line") {
    const TraceDiff diff = diff_of(server(200, 5000, 2000, 12), server(200, 8000, 2000, 15));
    const DiffRow& line = row(diff.lines, "", 15);
    CHECK(line.line[0] == 12);
    CHECK(line.verdict == Verdict::slower);
}

TEST_CASE("the text of a comparison tells its threshold, and what differs") {
    const std::string text = diff_text(diff_of(server(200, 5000, 2000), server(200, 8000, 2000)));
    CHECK_THAT(text, Catch::Contains("A: before, 1,202 events") && Catch::Contains("95 % ranges"));
    CHECK_THAT(text, Catch::Contains("COROUTINES: 0 of 1 differ") && Catch::Contains("LINES: 1 of 2 differ"));
    CHECK_THAT(text, Catch::Contains("slower") && Catch::Contains("server.cpp:12") && Catch::Contains("(+60 %)"));
}

TEST_CASE("the JSON of a comparison has the members that its page names") {
    const auto json = nlohmann::json::parse(diff_json(diff_of(server(200, 5000, 2000), server(200, 8000, 2000))));
    CHECK(json.at("format") == 1);
    CHECK(json.at("names") == nlohmann::json({"before", "after"}));
    CHECK(json.at("threshold").at("share") == 0.1);
    const auto& line = json.at("lines").at(0);
    CHECK(line.at("verdict") == "slower");
    CHECK(line.at("line") == nlohmann::json({12, 12}));
    CHECK(line.at("waits").at("p50_verdict") == "slower");
    CHECK(line.at("waits").at("count") == nlohmann::json({200, 200}));
    CHECK(json.at("coroutines").at(0).at("tasks") == nlohmann::json({200, 200}));
    CHECK(json.at("lag").at("p50").at(0).is_number());
}
