// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <sstream>

#include "instrumentation/source/trace_json_source.hpp"
#include "tests/instrumentation/source/source_fixture.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

/// A text's events as "TIME TASK KIND WORD" lines; times in nanoseconds.
struct Imported {
    explicit Imported(const std::string& text) : source(std::make_unique<std::istringstream>(text), "a.json") {
        for (const Event& event : read_to_end(source, symbols)) {
            const Place place = place_of(event, symbols);
            std::string word = text_of(event, symbols);
            if (word.empty()) word = symbols.string(place.function);
            lines.push_back(std::to_string(event.time) + ' ' + std::to_string(event.task()) + ' ' +
                            std::string(find_kind(event.kind())->name) + (word.empty() ? "" : " " + word));
        }
    }
    Symbols symbols;
    TraceJsonSource source;
    std::vector<std::string> lines;
};

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("a track becomes a task, its slices steps, slices within them coroutines") {
    const Imported trace(R"({"traceEvents": [
        {"ph": "M", "pid": 1, "tid": 2, "name": "process_name", "args": {"name": "browser"}},
        {"ph": "M", "pid": 1, "tid": 2, "name": "thread_name", "args": {"name": "renderer"}},
        {"ph": "X", "pid": 1, "tid": 2, "name": "inner", "ts": 1001, "dur": 0.5},
        {"ph": "X", "pid": 1, "tid": 2, "name": "outer", "ts": 1000, "dur": 3},
        {"ph": "i", "pid": 1, "tid": 2, "name": "here", "ts": 1002}]})");
    CHECK(trace.lines == Lines{"0 0 loop_started browser", "0 1 task_created renderer", "0 1 task_running",
                               "0 1 coroutine_entered outer", "1000 1 coroutine_entered inner", "1500 1 coroutine_left",
                               "2000 1 mark here", "3000 1 coroutine_left", "3000 1 task_suspended",
                               "3000 1 task_done"});
    CHECK(trace.source.note().empty());
    CHECK(trace.source.unknown_events() == 0);
}

TEST_CASE("begins and ends make slices, each end the innermost") {
    const Imported trace(R"([
        {"ph": "B", "pid": 1, "tid": 1, "name": "outer", "ts": 0},
        {"ph": "B", "pid": 1, "tid": 1, "name": "inner", "ts": 1},
        {"ph": "E", "pid": 1, "tid": 1, "ts": 2},
        {"ph": "E", "pid": 1, "tid": 1, "ts": 3}])");
    CHECK(trace.lines == Lines{"0 0 loop_started process 1", "0 1 task_created track 1", "0 1 task_running",
                               "0 1 coroutine_entered outer", "1000 1 coroutine_entered inner", "2000 1 coroutine_left",
                               "3000 1 coroutine_left", "3000 1 task_suspended", "3000 1 task_done"});
}

TEST_CASE("a text that stops in the middle gives what stood before, and says where") {
    const Imported trace(R"([{"ph": "X", "pid": 1, "tid": 1, "name": "good", "ts": 0, "dur": 1}, {"ph": "X", "pi)");
    CHECK(trace.lines.size() == 7);
    CHECK(trace.source.note().find("a.json: it is no JSON from character ") == 0);
    CHECK(trace.source.note().find("; what stood before is here") != std::string::npos);
}

TEST_CASE("what is no slice, name or instant is counted, what makes no sense is told") {
    const Imported trace(R"({"traceEvents": [{"ph": "C", "ts": 1}, {"ph": "s", "ts": 1}, {"ph": "X", "ts": "soon"},
        {"ph": "X", "ts": 1, "dur": -1}, {"ph": "E", "ts": 1}, 7, null, []]})");
    CHECK(trace.source.unknown_events() == 2);
    CHECK(trace.source.note() == "a.json: 3 events make no sense and were left out");
}

TEST_CASE("a slice that outlasts the one it lies in is cut there, and one never ended ends with its track") {
    const Imported trace(R"([{"ph": "X", "pid": 1, "tid": 1, "name": "a", "ts": 0, "dur": 2},
        {"ph": "X", "pid": 1, "tid": 1, "name": "b", "ts": 1, "dur": 9},
        {"ph": "B", "pid": 1, "tid": 1, "name": "c", "ts": 20}])");
    CHECK(trace.lines[4] == "1000 1 coroutine_entered b");
    CHECK(trace.lines[5] == "2000 1 coroutine_left");
    CHECK(trace.lines[6] == "2000 1 coroutine_left");
    CHECK(trace.lines.back() == "20000 1 task_done");
}

TEST_CASE("a JSON text without a list of events says so") {
    CHECK(Imported(R"({"version": 3})").source.note() == "a.json has no list of trace events");
    CHECK(Imported("").source.note().find("no JSON from character") != std::string::npos);
}

TEST_CASE("a text nested without end is refused, not followed") {
    std::string deep = "[{\"args\":";
    deep.append(100'000, '[');
    CHECK(Imported(deep).source.note().find("it is nested too deeply") != std::string::npos);
}

TEST_CASE("Chrome's traces are told from other files by how they begin") {
    CHECK(looks_like_trace_json(" [ {\"ph\": \"X\""));
    CHECK(looks_like_trace_json("{\"displayTimeUnit\": \"ns\", \"traceEvents\": ["));
    CHECK_FALSE(looks_like_trace_json("{\"name\": \"awaitscope\"}"));
    CHECK_FALSE(looks_like_trace_json("[1, 2, 3]"));
    CHECK_FALSE(looks_like_trace_json(""));
}
