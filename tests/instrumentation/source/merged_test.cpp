// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <set>

#include "instrumentation/ring/clock.hpp"
#include "instrumentation/source/merged_source.hpp"
#include "tests/instrumentation/source/source_fixture.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

Event event_at(std::uint64_t time, EventKind kind, std::uint16_t loop, Id task, std::uint64_t a = 0) {
    return {.head = Event::pack(kind, loop, task), .time = time, .a = a};
}

std::unique_ptr<ListSource> process(const std::string& name, int pid, std::int64_t epoch, std::vector<Event> events) {
    auto source = std::make_unique<ListSource>(std::move(events));
    source->info_ = {.name = name, .pid = pid, .epoch_unix_ns = epoch, .epoch_monotonic_ns = epoch};
    return source;
}

template <class... Sources>
MergedSource merged(Sources... sources) {
    std::vector<std::unique_ptr<EventSource>> all;
    (all.push_back(std::move(sources)), ...);
    return MergedSource(std::move(all));
}

constexpr std::int64_t second = 1'000'000'000;

}  // namespace

TEST_CASE("the events of several processes come in the order in which they happened") {
    auto both = merged(
        process("late", 2, 110 * second, {event_at(1, EventKind::mark, 0, 1), event_at(500, EventKind::mark, 0, 1)}),
        process("early", 1, 100 * second,
                {event_at(5, EventKind::mark, 0, 1), event_at(10 * second + 100, EventKind::mark, 0, 1)}));
    Symbols symbols;
    const auto events = read_to_end(both, symbols);
    REQUIRE(events.size() == 4);
    CHECK(times_ascend(events));
    CHECK(events[0].time == 5);
    CHECK(events[1].time == 10 * second + 1);
    CHECK(events[2].time == 10 * second + 100);
    CHECK(events[3].time == 10 * second + 500);
}

// The clock is set in what the sources say, not in the machine: CLOCK_REALTIME is the same in all time namespaces, and
// who may set it (CAP_SYS_TIME) sets it for every process that runs beside this test.
TEST_CASE("a wall clock that was set between two starts moves nothing") {
    auto first = process("a", 1, 100 * second, {event_at(0, EventKind::mark, 0, 1)});
    auto second_one = process("b", 2, 101 * second, {event_at(0, EventKind::mark, 0, 1)});
    second_one->info_.epoch_unix_ns = 5;
    auto both = merged(std::move(first), std::move(second_one));
    Symbols symbols;
    const auto events = read_to_end(both, symbols);
    CHECK(events[1].time == second);
}

TEST_CASE("tasks, objects and loops of different processes never share a number") {
    const std::vector<Event> own = {event_at(0, EventKind::loop_started, 1, 0),
                                    event_at(1, EventKind::task_created, 1, 7, 3),
                                    event_at(2, EventKind::task_suspended, 1, 7, 9)};
    auto both = merged(process("a", 1, second, own), process("b", 2, second, own));
    Symbols symbols;
    std::set<Id> tasks, objects;
    std::set<std::uint16_t> loops;
    for (const Event& event : read_to_end(both, symbols)) {
        loops.insert(event.loop());
        if (event.task()) tasks.insert(event.task());
        if (event.kind() == EventKind::task_suspended) objects.insert(event.a);
    }
    CHECK(loops == std::set<std::uint16_t>{1, 2});
    CHECK(tasks.size() == 2);
    CHECK(objects.size() == 2);
    CHECK(tasks.contains(7));  // the first source's stay
}

TEST_CASE("a second loop of the first process gets a number that nobody has") {
    auto both =
        merged(process("a", 1, second,
                       {event_at(0, EventKind::loop_started, 1, 0), event_at(2, EventKind::loop_started, 2, 0)}),
               process("b", 2, second, {event_at(1, EventKind::loop_started, 1, 0)}));
    Symbols symbols;
    std::set<std::uint16_t> loops;
    for (const Event& event : read_to_end(both, symbols)) loops.insert(event.loop());
    CHECK(loops.size() == 3);
}

TEST_CASE("a loop's event tells its process's name and pid, also of one that ran before we came") {
    Symbols symbols;
    Event started = event_at(0, EventKind::loop_started, 1, 0);
    started.b = symbols.add_string("main");
    auto both = merged(process("web", 11, second, {started}),
                       process("worker", 12, second, {event_at(5, EventKind::task_running, 1, 4)}));
    std::vector<std::string> names;
    std::vector<std::uint64_t> pids;
    for (const Event& event : read_to_end(both, symbols))
        if (event.kind() == EventKind::loop_started) {
            names.push_back(text_of(event, symbols));
            pids.push_back(event.a);
        }
    CHECK(names == std::vector<std::string>{"web 11: main", "worker 12"});
    CHECK(pids == std::vector<std::uint64_t>{11, 12});
}

TEST_CASE("moments of timers are on the axis as well") {
    Event timer = event_at(0, EventKind::timer_set, 1, 1, 5);
    timer.set_bc(3);
    auto both = merged(process("a", 1, second, {}), process("b", 2, 2 * second, {timer}));
    Symbols symbols;
    for (const Event& event : read_to_end(both, symbols))
        if (event.kind() == EventKind::timer_set) CHECK(event.bc() == second + 3);
}

TEST_CASE("who comes later joins, and the end is when nobody more may come") {
    std::vector<std::unique_ptr<EventSource>> first;
    first.push_back(process("a", 1, second, {event_at(0, EventKind::mark, 0, 1)}));
    int asked = 0;
    MergedSource all(std::move(first), [&] {
        MergedSource::Newcomers found;
        found.more_may_come = ++asked < 3;
        if (asked == 2) found.sources.push_back(process("b", 2, 3 * second, {event_at(0, EventKind::mark, 0, 1)}));
        return found;
    });
    Symbols symbols;
    const auto events = read_to_end(all, symbols);
    CHECK(asked == 3);
    REQUIRE(events.size() == 2);
    CHECK(events[1].time == 2 * second);
    CHECK(all.note() == "the list is over. the list is over");
    CHECK(all.unknown_events() == 6);
}

TEST_CASE("who is found after the others have told of later moments has its own times") {
    const auto now = static_cast<std::int64_t>(ring::monotonic_ns());
    const std::size_t others = GENERATE(0, 1);
    constexpr std::int64_t later = 1000 * second;
    std::vector<std::unique_ptr<EventSource>> first;
    auto parent = process("parent", 1, now - second,
                          {event_at(1, EventKind::mark, 0, 1), event_at(later, EventKind::mark, 0, 1)});
    parent->endless = true;
    first.push_back(std::move(parent));
    for (std::size_t i = 0; i < others; ++i)
        first.push_back(process("other", 9, now - second, {event_at(later, EventKind::mark, 0, 1)}));
    unsigned looks = 0;
    MergedSource all(std::move(first), [&] {
        MergedSource::Newcomers found;
        // It began after the first read.
        if (++looks == 3)
            found.sources.push_back(
                process("child", 2, now, {event_at(500, EventKind::mark, 0, 1), event_at(700, EventKind::mark, 0, 1)}));
        return found;
    });
    Symbols symbols;
    std::vector<Event> events;
    all.read(symbols, events, 1 << 16);
    CHECK(events.size() == 1);  // the parent's later one is known, and waits for who may come
    all.read(symbols, events, 1 << 16);
    all.finish(symbols, events);
    REQUIRE(looks == 4);
    REQUIRE(events.size() == 4 + others);
    CHECK(times_ascend(events));
    CHECK(events[1].time == second + 500);
    CHECK(events[2].time == second + 700);
    CHECK(events[3].time == later);
}

TEST_CASE("a virtual clock is nobody else's: of real and virtual times, or two virtual ones, the first's are there") {
    const bool first_is_virtual = GENERATE(false, true), second_is_virtual = GENERATE(false, true);
    const bool known_at_once = GENERATE(false, true);
    struct Late : ListSource {  // it says so with its first events
        using ListSource::ListSource;
        SourceState read(Symbols& symbols, std::vector<Event>& out, std::size_t limit) override {
            info_.virtual_clock = is_virtual;
            return ListSource::read(symbols, out, limit);
        }
        bool is_virtual = false;
    };
    const auto start = [&](int pid, bool is_virtual) {
        auto source = std::make_unique<Late>(
            std::vector{event_at(5, EventKind::mark, 0, 1), event_at(9 * second, EventKind::mark, 0, 1)});
        source->info_ = {.name = "p", .pid = pid, .epoch_unix_ns = pid * second, .epoch_monotonic_ns = pid * second};
        source->is_virtual = is_virtual;
        source->info_.virtual_clock = is_virtual && known_at_once;
        return source;
    };
    auto both = merged(start(1, first_is_virtual), start(2, second_is_virtual));
    Symbols symbols;
    const auto events = read_to_end(both, symbols);
    CHECK(events[0].time == 5);
    if (!first_is_virtual && !second_is_virtual) {
        CHECK(events.size() == 4);
        CHECK(events[1].time == second + 5);
        CHECK(both.note().find("look at it alone") == std::string::npos);
    } else {
        CHECK(events.size() == 2);
        CHECK(events[1].time == 9 * second);
        CHECK(both.note().find("process 2 (p) ") != std::string::npos);
        CHECK(both.note().find("look at it alone") != std::string::npos);
    }
}

TEST_CASE("who is left out because its clock turned virtual leaves its tasks' numbers to nobody") {
    const auto task_of = [](int pid) {
        auto source = process("p", pid, second, {event_at(0, EventKind::task_created, 1, 7)});
        source->endless = true;
        return source;
    };
    std::vector<std::unique_ptr<EventSource>> first;
    first.push_back(task_of(1));
    auto turning = task_of(2);
    ListSource& turns = *turning;
    first.push_back(std::move(turning));
    MergedSource::Newcomers newcomers;
    MergedSource all(std::move(first), [&] { return std::exchange(newcomers, {}); });
    Symbols symbols;
    std::vector<Event> events;
    read_until(all, symbols, events, 4);  // with a loop_started each
    turns.info_.virtual_clock = true;
    all.read(symbols, events, 1);
    CHECK(all.note().find("process 2 (p) runs on a virtual clock") != std::string::npos);
    newcomers.sources.push_back(task_of(3));
    read_until(all, symbols, events, 6);
    std::set<Id> tasks;
    for (const Event& event : events)
        if (event.kind() == EventKind::task_created) tasks.insert(event.task());
    CHECK(tasks.size() == 3);
}

TEST_CASE("who is there when the first is opened may have begun before it") {
    std::vector<std::unique_ptr<EventSource>> first;
    first.push_back(process("second", 2, 5 * second, {event_at(0, EventKind::mark, 0, 1)}));
    bool asked = false;
    MergedSource all(std::move(first), [&] {
        MergedSource::Newcomers found;
        if (!std::exchange(asked, true))
            found.sources.push_back(process(
                "first", 1, 3 * second, {event_at(0, EventKind::mark, 0, 1), event_at(second, EventKind::mark, 0, 1)}));
        return found;
    });
    Symbols symbols;
    const auto events = read_to_end(all, symbols);
    REQUIRE(events.size() == 3);
    CHECK(events[0].time == 0);
    CHECK(events[1].time == second);
    CHECK(events[2].time == 2 * second);
}

TEST_CASE("more processes than there are numbers for are told, and left out") {
    std::vector<std::unique_ptr<EventSource>> many;
    for (int i = 0; i < 70; ++i) many.push_back(process("p", i + 1, second, {event_at(0, EventKind::mark, 0, 1)}));
    MergedSource all(std::move(many));
    Symbols symbols;
    CHECK(read_to_end(all, symbols).size() == MergedSource::sources_max);
    CHECK(all.note().find("more than 64 processes") != std::string::npos);
}

TEST_CASE("who has ended makes room for who comes later, and no two tasks share a number") {
    constexpr int processes = 3 * MergedSource::sources_max;
    int come = 1;
    const auto tasks_of = [](int pid) {
        return process("p", pid, second,
                       {event_at(0, EventKind::task_created, 1, 1), event_at(1, EventKind::task_created, 1, 5, 1)});
    };
    std::vector<std::unique_ptr<EventSource>> first;
    first.push_back(tasks_of(1));
    MergedSource all(std::move(first), [&] {
        MergedSource::Newcomers found;
        for (int i = 0; i < 25 && come < processes; ++i) found.sources.push_back(tasks_of(++come));
        found.more_may_come = come < processes;
        return found;
    });
    Symbols symbols;
    std::set<Id> tasks;
    std::size_t created = 0;
    for (const Event& event : read_to_end(all, symbols)) {
        if (event.kind() != EventKind::task_created) continue;
        ++created;
        tasks.insert(event.task());
    }
    CHECK(created == 2 * processes);
    CHECK(tasks.size() == created);
    CHECK(all.note().find("are not here") == std::string::npos);
    CHECK(all.info().name == std::to_string(processes) + " processes");
}

TEST_CASE("what one process waits for the others with is told in the symbols of the reader that gets it") {
    Symbols first, other;
    for (int i = 0; i < 5; ++i) first.add_string(std::to_string(i));  // so that ids differ
    Event mark = event_at(5, EventKind::mark, 0, 1);
    mark.b = first.add_string("held back");
    auto slow = process("slow", 2, second, {event_at(1, EventKind::mark, 0, 1), event_at(9, EventKind::mark, 0, 1)});
    auto both = merged(process("fast", 1, second, {mark, event_at(6, EventKind::mark, 0, 1)}), std::move(slow));
    std::vector<Event> events;
    both.read(first, events, 1);  // room for one: the mark is read, and waits
    REQUIRE(events.size() == 1);
    REQUIRE(events[0].time == 1);
    while (both.read(other, events, 1) != SourceState::ended) continue;
    REQUIRE(events[1].time == 5);
    CHECK(other.string(static_cast<StringId>(events[1].b)) == "held back");
}
