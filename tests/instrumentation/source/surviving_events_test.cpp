// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/surviving_events.hpp"

#include <catch2/catch.hpp>

#include "tests/instrumentation/source/source_fixture.hpp"
#include "tests/instrumentation/trace/random_program.hpp"
#include "tests/support/generated_events.hpp"
#include "tests/support/trace_text.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

/// The state of the program at a moment, in words that do not depend on the numbers of events and tasks in the trace.
std::string state_of(const Trace& trace, EventIndex cursor) {
    std::vector<std::string> lines;
    for (TaskIndex task = 0; task < trace.task_count_at(cursor); ++task) {
        const TaskMoment now = trace.at(task, cursor);
        if (!now.span) continue;
        lines.push_back(std::to_string(trace.tasks()[task].id) + " since " + std::to_string(now.span->begin) + " at " +
                        std::to_string(trace.place_at(task, cursor)) + " object " + std::to_string(now.span->object) +
                        " called " + std::to_string(trace.tasks()[task].name) + ": " +
                        std::string(to_string(now.state)) + " " + chain(trace, task, cursor) + "\n");
    }
    std::ranges::sort(lines);
    std::string text = moment(trace, cursor);
    for (const std::string& line : lines) text += line;
    return text;
}

std::vector<Event> survivors_of(std::span<const Event> events) {
    SurvivingEvents survivors;
    for (const Event& event : events) survivors.take(event);
    std::vector<Event> list;
    survivors.list(list);
    return list;
}

/// Whether a trace that begins with what survived up to a cut goes on as the trace of everything does.
void check_cut(const std::vector<Event>& all, const Trace& whole, std::shared_ptr<const Symbols> symbols,
               std::size_t cut) {
    INFO("cut at " << cut);
    const std::vector<Event> list = survivors_of(std::span{all}.first(cut));
    Trace part(std::move(symbols));
    part.append(list);
    part.append(std::span{all}.subspan(cut));
    REQUIRE(times_ascend(list));
    for (std::size_t step : {0, 1, 2, 3, 10, 50, 200, 1000}) {
        const EventIndex at = cut - 1 + step;
        if (at >= all.size()) break;
        REQUIRE(state_of(part, list.size() + step - 1) == state_of(whole, at));
    }
}

}  // namespace

TEST_CASE("what survives of a program's events has the state of all of them, and goes on like them") {
    const auto seed = GENERATE(range(1u, 9u));
    const std::vector<Event> all = random_program(seed, 3000);
    const auto symbols = std::make_shared<Symbols>();
    Trace whole(symbols);
    whole.append(all);
    for (std::size_t cut = 1; cut < all.size(); cut += 97) check_cut(all, whole, symbols, cut);
}

TEST_CASE("what survives of generated programs has their state") {
    const auto shape = GENERATE(from_range(trace_shapes));
    INFO(to_string(shape));
    GeneratedEvents source({.shape = shape, .events = 6000, .tasks = shape == TraceShape::one_track ? 1u : 60u});
    const auto symbols = std::make_shared<Symbols>();
    const std::vector<Event> all = read_to_end(source, *symbols);
    Trace whole(symbols);
    whole.append(all);
    for (std::size_t cut = 500; cut < all.size(); cut += 1777) check_cut(all, whole, symbols, cut);
}

TEST_CASE("what survives does not grow with the past") {
    const std::vector<Event> all = random_program(5, 40'000);
    CHECK(survivors_of(std::span{all}.first(2000)).size() < 400);
    CHECK(survivors_of(all).size() < 400);
}

TEST_CASE("a step whose end was not seen is over at the loop's next turn, and at a loss") {
    const auto source = text_source(R"(
        0 task_created 1 name=A
        0 task_created 2 name=B loop=2
        1 task_running 1
        1 task_running 2 loop=2
        2 iteration n=2 ready=0 timers=0
        3 lost count=4
        4 output text=end
    )");
    Symbols symbols;
    const std::vector<Event> list = survivors_of(read_to_end(*source, symbols));
    Trace trace(std::make_shared<Symbols>());
    trace.append(list);
    CHECK(trace.at(0, list.size() - 1).span->begin == 2'000'000'000);
    CHECK(trace.at(1, list.size() - 1).span->begin == 3'000'000'000);
}

TEST_CASE("a task that was renamed survives under its new name") {
    const auto source = text_source(R"(
        0 task_created 1 name=Task-1
        1 task_renamed 1 name=Ann
        1 task_renamed 9 name=nobody
    )");
    Symbols symbols;
    const std::vector<Event> list = survivors_of(read_to_end(*source, symbols));
    REQUIRE(list.size() == 1);
    CHECK(symbols.string(list[0].b) == "Ann");
}

TEST_CASE("after a loss, a whole snapshot lets go of the tasks it does not tell of") {
    const auto source = text_source(R"(
        0 task_created 1 name=A
        0 task_created 2 name=B
        0 task_created 3 name=C loop=2
        1 lost count=100
        2 snapshot_begin tasks=1
        2 task_alive 1 name=A
        2 task_created 4 name=D
        2 snapshot_end
    )");
    Symbols symbols;
    std::vector<Id> ids;
    for (const Event& event : survivors_of(read_to_end(*source, symbols)))
        if (event.task() != 0) ids.push_back(event.task());
    CHECK(ids == std::vector<Id>{1, 3, 4});
}

TEST_CASE("of very many things, those are let go that nothing was heard of for longest") {
    SurvivingEvents survivors;
    for (Id task = 1; task <= SurvivingEvents::things_max + 10; ++task)
        survivors.take({.head = Event::pack(EventKind::task_created, 1, task)});
    std::vector<Event> list;
    survivors.list(list);
    CHECK(list.size() < SurvivingEvents::things_max * 6 / 10);
    CHECK(list.back().task() == SurvivingEvents::things_max + 10);
}
