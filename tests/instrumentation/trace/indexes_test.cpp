// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <random>

#include "instrumentation/source/id_map.hpp"
#include "instrumentation/trace/event_store.hpp"
#include "instrumentation/trace/index_list.hpp"
#include "instrumentation/trace/interval_index.hpp"
#include "tests/support/trace_text.hpp"

using namespace awaitscope;

TEST_CASE("an id map holds what a std::map holds, through puts and erasures") {
    std::mt19937_64 random(11);
    IdMap map;
    std::map<Id, std::uint32_t> expected;
    for (int i = 0; i < 50'000; ++i) {
        const Id id = 1 + random() % 700;
        if (random() % 3 == 0) {
            map.erase(id);
            expected.erase(id);
        } else {
            map.put(id, static_cast<std::uint32_t>(i));
            expected[id] = static_cast<std::uint32_t>(i);
        }
        REQUIRE(map.size() == expected.size());
    }
    for (Id id = 0; id < 800; ++id) {
        const auto found = expected.find(id);
        REQUIRE(map.find(id) == (found == expected.end() ? IdMap::none : found->second));
    }
}

TEST_CASE("an index list finds what lies before and after a cursor") {
    IndexList list;
    CHECK(list.after(no_event) == no_event);
    CHECK(list.before(5) == no_event);
    for (EventIndex i : {3u, 7u, 8u}) list.push_back(i);
    CHECK(list.after(no_event) == 3);
    CHECK(list.after(3) == 7);
    CHECK(list.after(8) == no_event);
    CHECK(list.before(3) == no_event);
    CHECK(list.before(4) == 3);
    CHECK(list.before(100) == 8);
    CHECK(list.before(no_event) == no_event);
    CHECK(list.before(0) == no_event);
    CHECK(list.count_until(7) == 2);
    CHECK(list.count_until(no_event) == 0);
    IndexList moved = std::move(list);
    CHECK(moved.size() == 3);
    CHECK(moved.front() == 3);
    CHECK(moved.back() == 8);
}

TEST_CASE("an index list counts what lies before an event, wherever the search begins") {
    std::mt19937_64 random(17);
    IndexList list;
    std::vector<EventIndex> plain;
    for (EventIndex event = 0; event < 3000; ++event) {
        if (random() % 4) continue;
        list.push_back(event);
        plain.push_back(event);
    }
    CHECK(IndexList().count_before(5) == 0);
    for (EventIndex event = 0; event < 3010; event += 7) {
        const auto expected = static_cast<std::size_t>(std::ranges::lower_bound(plain, event) - plain.begin());
        REQUIRE(list.count_before(event) == expected);
        REQUIRE(list.count_before(event, expected) == expected);
        REQUIRE(list.count_before(event, expected / 2) == expected);
    }
}

TEST_CASE("events are found by their time, wherever the search begins") {
    std::mt19937_64 random(19);
    EventStore store;
    std::vector<Nanoseconds> times;
    CHECK(store.first_at_or_after(5) == 0);
    Nanoseconds now = 0;
    for (int i = 0; i < 9000; ++i) {
        now += static_cast<Nanoseconds>(random() % 3 ? random() % 40 : 0);  // many share their time
        store.push_back({0, static_cast<std::uint64_t>(now)});
        times.push_back(now);
    }
    for (Nanoseconds time = -10; time < now + 50; time += 13) {
        const auto expected = static_cast<EventIndex>(std::ranges::lower_bound(times, time) - times.begin());
        REQUIRE(store.first_at_or_after(time) == expected);
        REQUIRE(store.first_at_or_after(time, expected) == expected);
        REQUIRE(store.first_at_or_after(time, expected / 3) == expected);
    }
}

TEST_CASE("an event store gives back every event as it came, in half the room") {
    std::mt19937_64 random(29);
    EventStore store;
    std::vector<Event> plain;
    for (std::uint64_t i = 0; i < 30'000; ++i) {
        Event event{Event::pack(EventKind::task_running, 1, 1 + random() % 500), 1000 * i, random() % 5000};
        event.b = static_cast<std::uint32_t>(random() % 300);
        if (i % 8 == 0) event.c = static_cast<std::uint32_t>(random() % 17);
        plain.push_back(event);
        store.push_back(event);
    }
    bool same = true;
    for (std::size_t i = 0; i < plain.size(); ++i)
        same = same && store[i] == plain[i] && store.kind(i) == plain[i].kind() &&
               store.time(i) == static_cast<Nanoseconds>(plain[i].time);
    CHECK(same);
    CHECK(store.memory_bytes() < plain.size() * 16 + EventStore::chunk_size * sizeof(Event));
}

TEST_CASE("a block of events takes any values, and little room for what does not change") {
    const std::uint64_t most = ~std::uint64_t{0};
    std::vector<Event> events = {{},
                                 {most, most, most, ~0u, ~0u},
                                 {1, 2, 3, 4, 5},
                                 {Event::pack(EventKind::mark, 0xffff, id_max), 1ull << 40, 1ull << 33, 70'000, 300}};
    const EventBlock wide(events);
    for (std::size_t i = 0; i < events.size(); ++i) CHECK(wide[i] == events[i]);

    const std::vector<Event> alike(1000, Event{7, most, 9, 10, 11});
    const EventBlock narrow(alike);
    CHECK(narrow[999] == alike[999]);
    CHECK(narrow.memory_bytes() < 16);
    CHECK(EventBlock(std::span<const Event>()).memory_bytes() < 16);

    // Each width, at its bounds.
    for (const std::uint64_t greatest : {0xffull, 0x100ull, 0xffffull, 0x1'0000ull, 0xffff'ffffull, 0x1'0000'0000ull}) {
        const std::vector<Event> two = {{0, 5, 0}, {0, 5 + greatest, greatest}};
        const EventBlock block(two);
        CHECK(block[0] == two[0]);
        CHECK(block[1] == two[1]);
    }
}

TEST_CASE("a compact array grows by little, and may be moved") {
    CompactArray<std::uint8_t> array;
    CHECK(array.empty());
    CHECK(array.memory_bytes() == 0);
    for (int i = 0; i < 100'000; ++i) array.push_back(static_cast<std::uint8_t>(i * 7));
    CHECK(array.memory_bytes() < 126'000);
    CompactArray<std::uint8_t> moved = std::move(array);
    REQUIRE(moved.size() == 100'000);
    bool same = true;
    for (int i = 0; i < 100'000; ++i)
        same = same && moved[static_cast<std::size_t>(i)] == static_cast<std::uint8_t>(i * 7);
    CHECK(same);
}

TEST_CASE("an interval index tells what was open at any moment") {
    std::mt19937_64 random(13);
    IntervalIndex index;
    std::map<std::uint64_t, EventIndex> open;
    std::vector<std::vector<EventIndex>> expected;
    for (EventIndex event = 0; event < 5000; ++event) {
        // First few, then many, then few again: the spacing of its notes adapts.
        const bool grow = event < 500 || (event > 1500 && event < 3000);
        const std::uint64_t key = 1 + random() % 900;
        if (random() % 10 < (grow ? 8u : 3u)) {
            index.open(key, event);
            open[key] = event;
        } else {
            index.close(key, event);
            open.erase(key);
        }
        std::vector<EventIndex> now;
        for (const auto& [_, begin] : open) now.push_back(begin);
        std::ranges::sort(now);
        expected.push_back(now);
    }
    for (EventIndex cursor = 0; cursor < 5000; ++cursor) REQUIRE(index.open_at(cursor) == expected[cursor]);
    CHECK(index.open_at(no_event).empty());
}

TEST_CASE("a task with thousands of spans sums up at any cursor what a walk would") {
    std::string text = "0 task_created 1 name=A\n";
    for (int i = 1; i <= 2000; ++i) {
        text += std::to_string(i) + " task_running 1\n";
        text += std::to_string(i) + ".25 task_suspended 1 on=" + (i % 2 ? "sleep" : "future") +
                " object=" + std::to_string(i + 10) + "\n";
    }
    const test::TextTrace t(text);
    const SpanList& spans = t->tasks()[0].spans;
    REQUIRE(spans.size() == 4001);
    TaskTally walked;
    for (std::size_t i = 0; i < spans.size(); ++i) {
        const EventIndex cursor = spans.event_of(i);
        TaskTally expected = walked;
        expected.add(spans[i].state, spans[i].on, t->time_at(cursor) - spans[i].begin);
        const TaskTally found = t->tally_at(0, cursor);
        REQUIRE(found.resumed == expected.resumed);
        REQUIRE(found.running_ns == expected.running_ns);
        REQUIRE(found.waiting_ns == expected.waiting_ns);
        REQUIRE(found.waiting_by_kind_ns == expected.waiting_by_kind_ns);
        walked.add(spans[i].state, spans[i].on, spans[i].end - spans[i].begin);
    }
    CHECK(spans.count_until_time(5'100'000'000) == 10);
    CHECK(spans.count_until_time(-1) == 0);
}

TEST_CASE("events are found by time") {
    const test::TextTrace t(R"(
        1 loop_stopped
        2 loop_stopped
        2 loop_stopped
        3 loop_stopped
    )");
    constexpr Nanoseconds s = 1'000'000'000;
    CHECK(t->first_at_or_after(0) == 0);
    CHECK(t->first_at_or_after(1 * s + 1) == 1);
    CHECK(t->first_at_or_after(2 * s) == 1);
    CHECK(t->first_at_or_after(3 * s) == 3);
    CHECK(t->first_at_or_after(4 * s) == 4);
    CHECK(t->begin() == 1 * s);
    CHECK(t->end() == 3 * s);
    CHECK(t->time_at(no_event) == 1 * s);
    CHECK(t->time_at(99) == 3 * s);
}

TEST_CASE("the place where a task stands is its last co_await, or else its coroutine") {
    const test::TextTrace t(R"(
        0 task_created 1 name=A coro=work file=a.cpp line=3
        1 task_running 1
        2 task_suspended 1 on=sleep object=5 file=a.cpp line=7
        3 task_ready 1
        4 task_running 1
    )");
    const auto line = [&](EventIndex cursor) { return t.symbols->place(t->place_at(0, cursor)).line; };
    CHECK(line(0) == 3);
    CHECK(line(1) == 3);
    CHECK(line(2) == 7);
    CHECK(line(4) == 7);
}

TEST_CASE("the first event at a time is found wherever one begins to look, and with a slack not far behind it") {
    Trace trace(std::make_shared<Symbols>());
    CHECK(trace.first_at_or_after(5) == 0);
    std::vector<Event> events;
    for (std::uint64_t i = 0; i < 3 * EventStore::chunk_size + 100; ++i)
        events.push_back({Event::pack(EventKind::poll, 1, 0), i / 3 * 10, 0, 0, 0});
    trace.append(events);
    for (EventIndex i = 0; i < trace.event_count(); i += 37) {
        const auto time = static_cast<Nanoseconds>(i / 3 * 10);
        const EventIndex first = i / 3 * 3;
        for (const EventIndex from : {EventIndex{0}, first / 2, first}) {
            REQUIRE(trace.first_at_or_after(time, from) == first);
            REQUIRE(trace.first_at_or_after(time - 4, from) == first);
            const EventIndex about = trace.first_at_or_after(time, from, 64);
            REQUIRE(about >= first);
            REQUIRE(about <= first + 64);
        }
    }
    CHECK(trace.first_at_or_after(1'000'000'000) == trace.event_count());
    CHECK(trace.first_at_or_after(1'000'000'000, trace.event_count()) == trace.event_count());
    CHECK(trace.first_at_or_after(-7) == 0);
}
