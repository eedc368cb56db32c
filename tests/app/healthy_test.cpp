// SPDX-License-Identifier: GPL-3.0-or-later
// No false alarms: in programs that are as they should be nothing is found. What is found in each scenario stands in
// tests/golden/scenarios.
#include <catch2/catch.hpp>
#include <sstream>

#include "instrumentation/analysis/analyzer.hpp"
#include "instrumentation/exporter/event_text.hpp"
#include "instrumentation/source/open_source.hpp"
#include "tests/app/child.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

/// What somebody would see who watches the program while it runs: after every event that is followed by a pause, up to
/// the end of that pause, and at the end.
std::string found_meanwhile(const Trace& trace) {
    constexpr Nanoseconds pause = 100'000'000;
    Analyzer analyzer;
    for (EventIndex i = 0; i < trace.event_count(); ++i) {
        analyzer.advance(trace, 1);
        const Nanoseconds next = i + 1 < trace.event_count() ? trace.time_at(i + 1) : open_end;
        if (next - trace.time_at(i) < pause) continue;
        const Nanoseconds until = next == open_end ? trace.end() : next - 1;
        for (const Finding& finding : analyzer.findings(trace, until))
            return std::string(info_of(finding.kind).name) + " " + place_text(trace.symbols(), finding.place) + ": " +
                   finding.what.english();
    }
    return {};
}

}  // namespace

TEST_CASE("nothing is found in healthy programs: servers, queues, clocks, retries, slow clients") {
    std::istringstream names(run({HEALTHY_BINARY}).out);
    int count = 0;
    for (std::string name; std::getline(names, name); ++count) {
        INFO(name);
        const std::string file = private_file(name + ".awaitscope");
        const Finished recorded = run_awaitscope({"record", "-o", file, "--", HEALTHY_BINARY, name});
        INFO(recorded.err);
        REQUIRE(recorded.exit_code == 0);
        const auto source = open_source(file);
        auto symbols = std::make_shared<Symbols>();
        std::vector<Event> events;
        while (source->read(*symbols, events, 1 << 16) == SourceState::more) continue;
        Trace trace(symbols);
        trace.append(events);
        CHECK(trace.lost_count() == 0);
        CHECK(trace.tasks_alive() == 0);
        CHECK(found_meanwhile(trace) == "");
    }
    CHECK(count >= 16);
}
