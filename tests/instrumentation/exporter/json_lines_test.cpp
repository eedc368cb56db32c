// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/exporter/json_lines.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>

#include "instrumentation/event/vocabulary.hpp"
#include "instrumentation/source/json_lines_source.hpp"
#include "tests/support/trace_text.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

std::string json_lines(const TextTrace& t) {
    std::string out;
    for (EventIndex i = 0; i < t->event_count(); ++i) append_json_line(out, *t.symbols, t->event(i));
    return out;
}

struct Read {
    std::shared_ptr<Symbols> symbols = std::make_shared<Symbols>();
    std::vector<Event> events;
    std::string note;
    std::uint64_t unknown = 0;
};

Read read(const std::string& text) {
    Read result;
    JsonLinesSource source(std::make_unique<std::istringstream>(text), "a text");
    while (source.read(*result.symbols, result.events, 3) == SourceState::more) {
    }
    result.note = source.note();
    result.unknown = source.unknown_events();
    return result;
}

std::string write(const Read& read) {
    std::string out;
    for (const Event& event : read.events) append_json_line(out, *read.symbols, event);
    return out;
}

}  // namespace

TEST_CASE("events as JSON lines, as the reference has them") {
    const TextTrace t(R"(
        0 loop_started name=main
        0.000000001 task_created 1 name=main coro=main file=a.cpp line=3
        0.1 task_created 2 name="Task \"B\"" coro=child parent=1 file=a.cpp line=9
        0.2 iteration n=4 ready=2 timers=1
        0.3 poll timeout=null took=0.25 ready=0
        0.3 poll timeout=1.5 took=0.25 ready=1
        0.4 task_suspended 1 on=sleep object=7 file=a.cpp line=4
        0.5 timer_set 1 handle=8 when=1.000000007
        0.6 callback_run handle=8 took=0.000012
        0.7 io_wait fd=5 what=read
        0.8 process_exited pid=77 code=-9
        0.9 task_done 1 state=failed error="ValueError: boom"
        1234567.123456789 lost count=12
    )");
    CHECK(json_lines(t) ==
          R"({"t":0.000000000,"loop":1,"event":"loop_started","name":"main"}
{"t":0.000000001,"loop":1,"event":"task_created","task":1,"name":"main","coro":"main","file":"a.cpp","line":3}
{"t":0.100000000,"loop":1,"event":"task_created","task":2,"name":"Task \"B\"","coro":"child","file":"a.cpp","line":9,"parent":1}
{"t":0.200000000,"loop":1,"event":"iteration","n":4,"ready":2,"timers":1}
{"t":0.300000000,"loop":1,"event":"poll","timeout":null,"took":0.250000000,"ready":0}
{"t":0.300000000,"loop":1,"event":"poll","timeout":1.500000,"took":0.250000000,"ready":1}
{"t":0.400000000,"loop":1,"event":"task_suspended","task":1,"on":"sleep","object":7,"file":"a.cpp","line":4}
{"t":0.500000000,"loop":1,"event":"timer_set","task":1,"handle":8,"when":1.000000007}
{"t":0.600000000,"loop":1,"event":"callback_run","handle":8,"took":0.000012000}
{"t":0.700000000,"loop":1,"event":"io_wait","fd":5,"what":"read"}
{"t":0.800000000,"loop":1,"event":"process_exited","pid":77,"code":-9}
{"t":0.900000000,"loop":1,"event":"task_done","task":1,"state":"failed","error":"ValueError: boom"}
{"t":1234567.123456789,"loop":1,"event":"lost","count":12}
)");
}

TEST_CASE("what is written is read back: random events of every kind") {
    std::mt19937_64 random(20);
    Read made;
    const std::string texts[] = {"", "plain", "line\nbreak \"quoted\" \\", "λ → ∞", std::string("nul\0in", 6)};
    std::uint64_t time = 0;
    for (int round = 0; round < 20; ++round) {
        for (const KindInfo& info : vocabulary()) {
            time += random() % 3'000'000'000;
            Event event{Event::pack(info.kind, static_cast<std::uint16_t>(random()), random() & id_max), time, 0, 0, 0};
            for (const Field& field : info.fields) {
                std::uint64_t value = random() >> (random() % 60);
                switch (field.type) {
                    case FieldType::text:
                    case FieldType::task_name:
                        value = made.symbols->add_string(texts[random() % 5]);
                        break;
                    case FieldType::place:
                        value = made.symbols->add_place("f" + texts[random() % 4], "", random() % 100);
                        break;
                    case FieldType::definition:
                        value = made.symbols->add_place("f", "c" + texts[random() % 4], random() % 100);
                        break;
                    case FieldType::duration:
                    case FieldType::moment:
                        value >>= 2;
                        break;
                    case FieldType::signed_count:
                        value &= 0xffff'ffff;
                        break;
                    default:
                        if (!enum_word(field.type, 0).empty()) value %= 3;
                        if (field.type == FieldType::io_direction) value %= 2;
                        break;
                }
                set(event, field.slot, value);
            }
            made.events.push_back(event);
        }
    }
    const std::string text = write(made);
    const Read again = read(text);
    CHECK(again.note == "");
    REQUIRE(again.events.size() == made.events.size());
    CHECK(write(again) == text);
    for (std::size_t i = 0; i < made.events.size(); ++i) {
        CHECK(again.events[i].time == made.events[i].time);
        CHECK(again.events[i].head == made.events[i].head);
        CHECK(again.events[i].a == made.events[i].a);
    }
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) CHECK(nlohmann::json::accept(line));
}

TEST_CASE("bytes that are no UTF-8 still give valid JSON") {
    std::string out;
    append_json_string(out, "a\xff\xfe b");
    CHECK(nlohmann::json::accept(out));
    CHECK(nlohmann::json::parse(out).get<std::string>() == "a\xef\xbf\xbd\xef\xbf\xbd b");
}

TEST_CASE("broken lines are left out and told") {
    const Read r = read(R"({"t":1,"event":"loop_stopped","loop":1}
not json
{"t":1,"event":"task_running","task":-4}
{"t":"soon","event":"task_running","task":4}
{"event":"task_running"}
[1,2,3]
"text"
{"t":1,"event":"poll","took":"long"}

{"t":2,"event":"from_the_future","task":1,"deep":[[{"x":1}]]}
{"t":3,"event":"loop_stopped","loop":70000}
{"t":3,"event":"loop_stopped","loop":1,"extra":{"nested":[1]}}
)");
    CHECK(r.events.size() == 2);
    CHECK(r.unknown == 1);
    CHECK(r.note == "8 lines are no events and were left out (the first: line 2: it is not JSON from character 2).");
}

TEST_CASE("hostile lines neither crash nor exhaust the reader") {
    CHECK(read(std::string(100'000, '[')).events.empty());
    CHECK(read("{\"t\":" + std::string(100'000, '{')).events.empty());
    CHECK(read("{\"t\":" + std::string(JsonLinesSource::line_bytes_max + 5, '1')).note.find("longer than a megabyte") !=
          std::string::npos);
    for (const char* t : {"1e300", "-1", "1e-300", "99999999999999999999", "0.5.5", "\"1e999\""}) {
        const Read r = read(std::string("{\"t\":") + t + ",\"event\":\"loop_stopped\"}");
        CHECK(r.events.size() + !r.note.empty() == 1);
    }
}

TEST_CASE("times that run back count as the time before") {
    const Read r = read("{\"t\":5,\"event\":\"loop_stopped\"}\n{\"t\":4,\"event\":\"loop_stopped\"}");
    REQUIRE(r.events.size() == 2);
    CHECK(r.events[1].time == 5'000'000'000);
}

TEST_CASE("JSON lines are told from other files by how they begin") {
    CHECK(looks_like_json_lines("{\"t\":0.0,\"loop\":1"));
    CHECK(looks_like_json_lines("\n { \"event\":\"x\"}"));
    CHECK_FALSE(looks_like_json_lines("{\"traceEvents\":["));
    CHECK_FALSE(looks_like_json_lines("[{\"t\":1}]"));
    CHECK_FALSE(looks_like_json_lines(""));
}
