// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/exporter/otlp.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <nlohmann/json.hpp>

#include "tests/support/trace_text.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

const SourceInfo demo{.name = "demo", .command = "./demo", .pid = 4711, .epoch_unix_ns = 1'700'000'000'000'000'000};

/// The spans of a text of events.
struct ExportedSpans {
    explicit ExportedSpans(std::string_view text, bool end = true) : spans(demo, symbols) {
        std::vector<Event> events;
        const auto source = text_source(text);
        while (source->read(symbols, events, 100) != SourceState::ended) {
        }
        spans.take(events);
        if (end) spans.end();
        if (spans.pending() > 0) request = nlohmann::json::parse(spans.request());
    }
    nlohmann::json all() const {
        return request.is_null() ? nlohmann::json::array() : request["resourceSpans"][0]["scopeSpans"][0]["spans"];
    }
    /// By its name; of steps the last.
    nlohmann::json named(const std::string& name) const {
        nlohmann::json found;
        for (const auto& span : all())
            if (span["name"] == name) found = span;
        return found;
    }
    static nlohmann::json attribute(const nlohmann::json& span, const std::string& key) {
        for (const auto& one : span["attributes"])
            if (one["key"] == key) return one["value"];
        return {};
    }
    Symbols symbols;
    OtlpSpans spans;
    nlohmann::json request;
};

const char* const family = R"(
    0 task_created 1 name=main coro=main file=f.cpp line=9
    1 task_running 1
    2 task_created 2 name=child coro=work parent=1 file=f.cpp line=1
    3 task_suspended 1 on=task object=2
    4 task_running 2
    5 task_done 2 state=failed error="ValueError: boom"
    6 task_running 1
    7 task_done 1 state=finished
)";

}  // namespace

TEST_CASE("a task is a span below its parent's, a step a span below its task's") {
    const ExportedSpans e(family);
    CHECK(e.all().size() == 5);
    const auto main = e.named("main"), child = e.named("child"), step = e.named("step");
    CHECK_FALSE(main.contains("parentSpanId"));
    CHECK(child["parentSpanId"] == main["spanId"]);
    CHECK(child["traceId"] == main["traceId"]);
    CHECK(step["parentSpanId"] == main["spanId"]);
    CHECK(main["traceId"].get<std::string>().size() == 32);
    CHECK(main["spanId"].get<std::string>().size() == 16);
    CHECK(main["startTimeUnixNano"] == "1700000000000000000");
    CHECK(main["endTimeUnixNano"] == "1700000007000000000");
    CHECK(step["startTimeUnixNano"] == "1700000006000000000");
    CHECK(e.attribute(main, "awaitscope.steps")["intValue"] == "2");
    CHECK(e.attribute(main, "code.function.name")["stringValue"] == "main");
}

TEST_CASE("how a task ended is its span's status") {
    const ExportedSpans e(family);
    CHECK(e.named("child")["status"] == nlohmann::json({{"code", 2}, {"message", "ValueError: boom"}}));
    CHECK_FALSE(e.named("main").contains("status"));
    CHECK(e.attribute(e.named("main"), "awaitscope.state")["stringValue"] == "finished");
}

TEST_CASE("the process is the resource of its spans") {
    const ExportedSpans e(family);
    const auto resource = e.request["resourceSpans"][0]["resource"];
    CHECK(ExportedSpans::attribute(resource, "service.name")["stringValue"] == "demo");
    CHECK(ExportedSpans::attribute(resource, "process.pid")["intValue"] == "4711");
}

TEST_CASE("each of several processes is the resource of its own spans, by the name that its loops have") {
    const ExportedSpans exported(R"(
        0 task_created 9 loop=1 name=early coro=early
        0 task_running 9 loop=1
        0 loop_started loop=1 name="web 4711: main" pid=4711
        1 loop_started loop=2 name="worker 12" pid=12
        2 task_created 1 loop=1 name=serve coro=serve
        3 task_created 2 loop=2 name=work coro=work
        4 task_done 2 loop=2 state=finished
        5 task_done 1 loop=1 state=finished
        5 task_done 9 loop=1 state=finished
    )");
    std::vector<std::string> lines;
    for (const auto& process : exported.request["resourceSpans"]) {
        std::string line;
        for (const auto& one : process["resource"]["attributes"]) {
            const auto& value = one["value"];
            line += (value.contains("intValue") ? value["intValue"] : value["stringValue"]).get<std::string>() + ' ';
        }
        for (const auto& span : process["scopeSpans"][0]["spans"]) line += '/' + span["name"].get<std::string>();
        lines.push_back(line);
    }
    CHECK(lines == std::vector<std::string>{"worker 12 /work", "web 4711 ./demo /serve/step/early"});
}

TEST_CASE("every span has an id of its own, and the same one each time") {
    const ExportedSpans one(family), other(family);
    CHECK(one.request == other.request);
    std::map<std::string, int> ids;
    for (const auto& span : one.all()) ++ids[span["spanId"]];
    CHECK(ids.size() == one.all().size());
}

TEST_CASE("spans come when they end, and what is alive at the end is marked") {
    const char* const alive =
        "0 task_created 1 name=main\n1 task_running 1\n2 task_suspended 1 on=sleep\n3 task_running 1";
    CHECK(ExportedSpans(alive, false).all().size() == 1);
    const ExportedSpans ended(alive);
    CHECK(ended.all().size() == 3);
    CHECK(ended.attribute(ended.named("main"), "awaitscope.open")["boolValue"] == true);
    CHECK(ended.attribute(ended.named("step"), "awaitscope.open")["boolValue"] == true);
}

TEST_CASE("a task older than the recording is one that says so") {
    const ExportedSpans e("5 task_running 9\n6 task_done 9 state=cancelled");
    CHECK(e.attribute(e.named("task 9"), "awaitscope.older_than_recording")["boolValue"] == true);
    CHECK(e.attribute(e.named("task 9"), "awaitscope.state")["stringValue"] == "cancelled");
}

TEST_CASE("a task that claims to be its own parent begins a trace") {
    const ExportedSpans e("0 task_created 1 name=loop parent=1\n1 task_done 1");
    CHECK_FALSE(e.named("loop").contains("parentSpanId"));
}
