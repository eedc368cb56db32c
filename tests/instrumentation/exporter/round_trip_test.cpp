// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <sstream>

#include "instrumentation/exporter/export.hpp"
#include "instrumentation/source/trace_json_source.hpp"
#include "tests/support/trace_text.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

TEST_CASE("what is exported to Chrome's JSON and opened again has the same tasks in the same states") {
    const TextTrace t(R"(
        0 task_created 1 name=main coro=main file=f.cpp line=9
        0.000001 task_running 1
        0.000003 task_created 2 name=B coro=work parent=1
        0.000005 task_suspended 1 on=queue_get object=70 file=f.cpp line=10
        0.000007123 task_running 2
        0.000009 task_ready 1 by=2
        0.000010 task_done 2 state=finished
        0.000012 task_running 1
    )");
    std::string json;
    export_chrome(t.trace, {}, [&](std::string_view text) { json += text; });
    TraceJsonSource source(std::make_unique<std::istringstream>(json), "a.json");
    const auto symbols = std::make_shared<Symbols>();
    Trace again(symbols);
    std::vector<Event> events;
    while (source.read(*symbols, events, 1000) == SourceState::more) {
    }
    again.append(events);
    CHECK(lives(again) == lives(t.trace));
    CHECK(source.note().empty());
    const Task& main = again.tasks()[0];
    const Place place = symbols->place(main.spans[2].place);
    CHECK(symbols->string(place.file) == "f.cpp");
    CHECK(place.line == 10);
}
