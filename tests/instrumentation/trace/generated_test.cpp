// SPDX-License-Identifier: GPL-3.0-or-later
// The generated programs are what benchmarks measure: they must be what they claim, and hang together.
#include <algorithm>
#include <catch2/catch.hpp>

#include "instrumentation/trace/trace.hpp"
#include "tests/support/generated_events.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

std::vector<Event> generate(const GeneratorOptions& options, Symbols& symbols) {
    GeneratedEvents source(options);
    std::vector<Event> events;
    while (source.read(symbols, events, 1000) == SourceState::more) continue;
    return events;
}

}  // namespace

TEST_CASE("a seed gives the same events every time, another one others") {
    for (const TraceShape shape : trace_shapes) {
        INFO(to_string(shape));
        Symbols symbols;
        const GeneratorOptions options{.shape = shape, .events = 20'000};
        const auto events = generate(options, symbols);
        CHECK(events.size() >= 20'000);
        CHECK(events.size() < 60'000);
        CHECK((generate(options, symbols) == events));
        GeneratorOptions other = options;
        other.seed = 2;
        CHECK((generate(other, symbols) != events));
        CHECK(std::ranges::is_sorted(events, {}, &Event::time));
    }
}

TEST_CASE("generated tasks run only when they are ready, and nothing happens to the dead") {
    for (const TraceShape shape : trace_shapes) {
        INFO(to_string(shape));
        const auto symbols = std::make_shared<Symbols>();
        Trace trace(symbols);
        TaskIndex contradictions = 0;
        for (const Event& event : generate({.shape = shape, .events = 20'000}, *symbols)) {
            const TaskIndex task = trace.find_task(event.task());
            const TaskState state = task == no_task ? TaskState::unborn : trace.tasks()[task].state;
            switch (event.kind()) {
                case EventKind::task_created:
                    contradictions += state != TaskState::unborn;
                    break;
                case EventKind::task_running:
                    contradictions += state != TaskState::ready;
                    break;
                case EventKind::task_suspended:
                case EventKind::task_done:
                    contradictions += state != TaskState::running;
                    break;
                case EventKind::task_ready:
                    contradictions += state != TaskState::waiting;
                    break;
                default:
                    break;
            }
            trace.append(std::span(&event, 1));
        }
        CHECK(contradictions == 0);
        CHECK(trace.tasks().size() >= 1);
    }
}

TEST_CASE("the shapes are told by name, and a wrong name lists them") {
    for (const TraceShape shape : trace_shapes) CHECK(trace_shape(to_string(shape)) == shape);
    CHECK_THROWS_WITH(trace_shape("round"), Catch::Contains("round") && Catch::Contains("await-chains"));
}
