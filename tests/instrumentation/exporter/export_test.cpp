// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/exporter/export.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <vector>

#include "tests/support/trace_text.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

const char* const wake_up = R"(
    0 loop_started name=demo
    0.000001 task_created 1 name=main coro=main file=f.cpp line=9
    0.000002 task_running 1
    0.000003 task_created 2 name="B, \"the\" second" coro=wait_for_it parent=1 file=f.cpp line=1
    0.000004 queue_put 1 object=70 size=1 maxsize=2
    0.000005 task_suspended 1 on=task object=2 file=f.cpp line=10
    0.000006 iteration n=2 ready=1 timers=3
    0.000007 task_running 2
    0.000008 output 2 text="hello"
    0.000009 task_ready 1 by=2
    0.000010123 task_done 2 state=finished
)";

const SourceInfo demo{.name = "demo", .command = "./demo --fast", .pid = 4711};

template <class Export>
std::string exported(Export one) {
    std::string all;
    one([&](std::string_view text) { all += text; });
    return all;
}

nlohmann::json chrome_events(const Trace& trace) {
    return nlohmann::json::parse(
        exported([&](const ExportSink& sink) { export_chrome(trace, demo, sink); }))["traceEvents"];
}

/// Those of a phase, by the names of their tracks, as "TRACK: NAME @ts".
std::vector<std::string> of_phase(const nlohmann::json& events, const std::string& phase) {
    std::map<int, std::string> tracks;
    std::vector<std::string> lines;
    for (const auto& event : events) {
        if (event["name"] == "thread_name") tracks[event["tid"]] = event["args"]["name"];
        if (event["ph"] != phase) continue;
        lines.push_back(tracks[event["tid"]] + ": " + event["name"].get<std::string>() + " @" + event["ts"].dump());
    }
    return lines;
}

/// A message's fields as a protobuf reader sees them: number, and number or bytes.
struct WireField {
    unsigned number = 0;
    std::uint64_t value = 0;
    std::string_view bytes;
};

std::vector<WireField> wire_fields(std::string_view bytes) {
    std::vector<WireField> fields;
    const auto varint = [&] {
        std::uint64_t value = 0;
        for (int shift = 0;; shift += 7) {
            REQUIRE_FALSE(bytes.empty());
            const auto byte = static_cast<unsigned char>(bytes.front());
            bytes.remove_prefix(1);
            value |= std::uint64_t{byte & 0x7fu} << shift;
            if (byte < 0x80) return value;
        }
    };
    while (!bytes.empty()) {
        const std::uint64_t tag = varint();
        WireField field{static_cast<unsigned>(tag >> 3), 0, {}};
        if ((tag & 7) == 0) field.value = varint();
        const std::size_t size = (tag & 7) == 2 ? varint() : (tag & 7) == 1 ? 8 : 0;
        REQUIRE(size <= bytes.size());
        field.bytes = bytes.substr(0, size);
        bytes.remove_prefix(size);
        fields.push_back(field);
    }
    return fields;
}

std::optional<WireField> field(std::string_view message, unsigned number) {
    for (const WireField& one : wire_fields(message))
        if (one.number == number) return one;
    return std::nullopt;
}

}  // namespace

TEST_CASE("Chrome's JSON has a slice for each state of each task, on its track") {
    const TextTrace t(wake_up);
    const auto events = chrome_events(t.trace);
    CHECK(of_phase(events, "B") == std::vector<std::string>{"main: ready @1.0", "main: running @2.0", "main: task @5.0",
                                                            "main: ready @9.0", "B, \"the\" second: ready @3.0",
                                                            "B, \"the\" second: running @7.0"});
    CHECK(of_phase(events, "E") == std::vector<std::string>{"main: ready @2.0", "main: running @5.0", "main: task @9.0",
                                                            "main: ready @10.123", "B, \"the\" second: ready @7.0",
                                                            "B, \"the\" second: running @10.123"});
    CHECK(of_phase(events, "i") ==
          std::vector<std::string>{"B, \"the\" second: wakes main @9.0", "B, \"the\" second: hello @8.0"});
    CHECK(of_phase(events, "C").size() == 3);
    for (const auto& event : events) CHECK(event["pid"] == 4711);
}

TEST_CASE("Chrome's flows lead from who wakes to who is ready") {
    const TextTrace t(wake_up);
    const auto events = chrome_events(t.trace);
    CHECK(of_phase(events, "s") == std::vector<std::string>{"B, \"the\" second: wake @9.0"});
    CHECK(of_phase(events, "f") == std::vector<std::string>{"main: wake @9.0"});
}

TEST_CASE("what had not ended at the trace's end says so, and ends there") {
    const TextTrace t(wake_up);
    for (const auto& event : chrome_events(t.trace))
        if (event["name"] == "ready" && event["ts"] >= 9.0) {
            CHECK(event["args"]["open"] == true);
            CHECK(event["ts"] == (event["ph"] == "B" ? 9.0 : 10.123));
        }
}

TEST_CASE(
    "Chrome's JSON leaves out what has no length, which readers would put into what follows, but not who woke it") {
    const TextTrace t(R"(
        0 loop_started name=demo
        0.000001 task_created 1 name=main coro=main
        0.000002 task_running 1
        0.000003 task_created 2 name=other coro=other parent=1
        0.000003 task_running 2
        0.000004 task_suspended 1 on=task object=2
        0.000005 task_ready 1 by=2
        0.000005 task_running 1
        0.000006 output 1 text=end
    )");
    const auto events = chrome_events(t.trace);
    CHECK(of_phase(events, "B") == std::vector<std::string>{"main: ready @1.0", "main: running @2.0", "main: task @4.0",
                                                            "main: running @5.0", "other: running @3.0"});
    CHECK(of_phase(events, "f") == std::vector<std::string>{"main: wake @5.0"});
}

TEST_CASE("a table has a row for each span, with what RFC 4180 quotes in quotes") {
    const TextTrace t(wake_up);
    CHECK(exported([&](const ExportSink& sink) { export_csv(t.trace, sink); }) ==
          "task,name,coroutine,loop,parent,state,on,object,begin,end,open,file,line\n"
          "1,main,main,1,,ready,,,0.000001000,0.000002000,false,,\n"
          "1,main,main,1,,running,,,0.000002000,0.000005000,false,,\n"
          "1,main,main,1,,waiting,task,2,0.000005000,0.000009000,false,f.cpp,10\n"
          "1,main,main,1,,ready,,2,0.000009000,0.000010123,true,,\n"
          "2,\"B, \"\"the\"\" second\",wait_for_it,1,1,ready,,,0.000003000,0.000007000,false,,\n"
          "2,\"B, \"\"the\"\" second\",wait_for_it,1,1,running,,,0.000007000,0.000010123,false,,\n");
}

TEST_CASE("Perfetto's packets describe each track before they use it, and slices begin and end in turn") {
    const TextTrace t(wake_up);
    const std::string bytes = exported([&](const ExportSink& sink) { export_perfetto(t.trace, demo, sink); });
    std::map<std::uint64_t, std::string> tracks;
    std::map<std::uint64_t, int> open;
    int slices = 0, flows_begun = 0, flows_ended = 0, counts = 0;
    for (const WireField& packet : wire_fields(bytes)) {
        REQUIRE(packet.number == 1);
        CHECK(field(packet.bytes, 10)->value == 1);
        if (const auto track = field(packet.bytes, 60)) {
            const auto parent = field(track->bytes, 5);
            if (parent) {
                CHECK(tracks.contains(parent->value));
                CHECK(field(track->bytes, 15)->value == 2);  // tasks of one name stay apart
                if (!field(track->bytes, 8)) CHECK(field(track->bytes, 11)->value == 2);  // as they came
            }
            tracks[field(track->bytes, 1)->value] = parent ? field(track->bytes, 2)->bytes : "the process";
            continue;
        }
        REQUIRE(field(packet.bytes, 8));
        const std::string_view event = field(packet.bytes, 11)->bytes;
        const std::uint64_t track = field(event, 11)->value;
        CHECK(tracks.contains(track));
        const auto type = field(event, 9)->value;
        if (type == 1) ++slices, ++open[track];
        if (type == 2) --open[track];
        if (type == 4) ++counts;
        flows_begun += field(event, 47).has_value();
        flows_ended += field(event, 48).has_value();
        CHECK(open[track] >= 0);
        CHECK(open[track] <= 1);
    }
    CHECK(slices == 6);
    CHECK(counts == 3);
    CHECK(flows_begun == 1);
    CHECK(flows_ended == 1);
    std::vector<std::string> names;
    for (const auto& [uuid, name] : tracks) names.push_back(name);
    CHECK(names == std::vector<std::string>{"the process", "loop demo", "ready handles", "timers", "queue 70", "main",
                                            "B, \"the\" second"});
}

namespace {

const char* const two_processes = R"(
    0 loop_started loop=1 name="web 11: main" pid=11
    0.000001 task_created 1 loop=1 name=serve coro=serve
    0.000002 loop_started loop=2 name="worker 12: main" pid=12
    0.000003 task_created 2 loop=2 name=work coro=work
    0.000004 loop_started loop=3 name="worker 12" pid=12
    0.000005 iteration loop=3 n=1 ready=1 timers=0
    0.000006 task_running 2 loop=2
)";

const SourceInfo recorded_together{.name = "2 processes", .command = "./web", .pid = 11};

}  // namespace

TEST_CASE("each of several processes is one in Chrome's JSON, with its own pid and name, its loops and tasks in it") {
    const TextTrace t(two_processes);
    const auto events = nlohmann::json::parse(
        exported([&](const ExportSink& sink) { export_chrome(t.trace, recorded_together, sink); }))["traceEvents"];
    std::vector<std::string> processes, tracks;
    for (const auto& event : events) {
        const std::string line =
            std::to_string(event["pid"].get<int>()) + ' ' + event.value("/args/name"_json_pointer, std::string());
        if (event["name"] == "process_name") processes.push_back(line);
        if (event["name"] == "thread_name") tracks.push_back(line);
        if (event["ph"] == "B") CHECK(event["pid"] == (event["tid"] == 4 ? 11 : 12));
        if (event["ph"] == "C") CHECK(event["pid"] == 12);
    }
    CHECK(processes == std::vector<std::string>{"11 web", "12 worker"});
    CHECK(tracks == std::vector<std::string>{"11 loop main", "12 loop main", "12 loop 3", "11 serve", "12 work"});
}

TEST_CASE("each of several processes is one in Perfetto's packets, with its own pid and name, its loops in it") {
    const TextTrace t(two_processes);
    const std::string bytes =
        exported([&](const ExportSink& sink) { export_perfetto(t.trace, recorded_together, sink); });
    std::map<std::uint64_t, std::string> processes;
    std::vector<std::string> loops;
    for (const WireField& packet : wire_fields(bytes)) {
        const auto track = field(packet.bytes, 60);
        if (!track) continue;
        const auto parent = field(track->bytes, 5);
        if (const auto process = field(track->bytes, 3))
            processes[field(track->bytes, 1)->value] =
                std::to_string(field(process->bytes, 1)->value) + ' ' + std::string(field(process->bytes, 6)->bytes);
        else if (processes.contains(parent->value))
            loops.push_back(processes[parent->value] + ": " + std::string(field(track->bytes, 2)->bytes));
    }
    CHECK(processes.size() == 2);
    CHECK(loops == std::vector<std::string>{"11 web: loop main", "12 worker: loop main", "12 worker: loop 3"});
}

TEST_CASE("an empty trace is exported as one") {
    const TextTrace t("");
    CHECK(chrome_events(t.trace).size() == 1);
    CHECK(exported([&](const ExportSink& sink) { export_csv(t.trace, sink); }).find('\n') != std::string::npos);
    CHECK_FALSE(exported([&](const ExportSink& sink) { export_perfetto(t.trace, demo, sink); }).empty());
}
