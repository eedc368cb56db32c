// SPDX-License-Identifier: GPL-3.0-or-later
// One thread appends while others read: what a reader sees stands still, and nobody waits for good.
#include "instrumentation/trace/growing_trace.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <thread>
#include <utility>
#include <vector>

#include "tests/support/generated_events.hpp"

using namespace awaitscope;
using namespace std::chrono_literals;

namespace {

std::vector<Event> generate(test::TraceShape shape, std::uint64_t count, Symbols& symbols) {
    test::GeneratedEvents source({.shape = shape, .events = count});
    std::vector<Event> events;
    while (source.read(symbols, events, 1000) == SourceState::more) continue;
    return events;
}

/// Everything a view asks for, at the newest event. Nonzero.
std::uint64_t look_at_all(const Trace& trace) {
    if (trace.event_count() == 0) return 1;
    const EventIndex last = trace.event_count() - 1;
    std::uint64_t sum = 1 + trace.event(last).time + trace.ready_queue_at(last).size() + trace.timers_at(last).size() +
                        trace.watches_at(last).size() + trace.primitives_at(last).size() + trace.running_at(last) +
                        trace.tasks_alive() + trace.first_at_or_after(trace.end());
    for (const Task& task : trace.tasks()) {
        sum += static_cast<std::uint64_t>(task.state) + task.resumed + task.spans.size();
        sum += static_cast<std::uint64_t>(task.running_ns);
    }
    for (const IoTrack& track : trace.io_tracks()) sum += track.bytes_read + track.events.size();
    return sum;
}

}  // namespace

TEST_CASE("readers see a trace that stands still while another thread appends to it") {
    const auto shape = GENERATE(test::TraceShape::many_tasks, test::TraceShape::await_chains);
    const auto symbols = std::make_shared<Symbols>();
    const std::vector<Event> events = generate(shape, 30'000, *symbols);
    GrowingTrace trace(symbols);
    std::atomic<bool> done = false;
    std::atomic<int> changed = 0, shrunk = 0;
    const auto look = [&](bool breathes) {
        EventIndex seen = 0;
        for (bool last = false; !last;) {
            last = done;
            auto reader = trace.read();
            const std::uint64_t sum = look_at_all(*reader);
            changed += look_at_all(*reader) != sum;
            shrunk += reader->event_count() < seen;
            seen = reader->event_count();
            if (!breathes) continue;
            reader.breathe();
            shrunk += reader->event_count() < seen;
        }
        return seen;
    };
    EventIndex seen_by_frames = 0, seen_by_worker = 0;
    std::thread frames([&] { seen_by_frames = look(false); });
    std::thread worker([&] { seen_by_worker = look(true); });
    std::span<const Event> rest = events;
    while (!rest.empty()) rest = rest.subspan(trace.append(rest.first(std::min<std::size_t>(rest.size(), 500)), 1ms));
    done = true;
    frames.join();
    worker.join();
    CHECK(changed == 0);
    CHECK(shrunk == 0);
    CHECK(seen_by_frames == events.size());
    CHECK(seen_by_worker == events.size());

    Trace alone(symbols);
    alone.append(events);
    CHECK(look_at_all(*trace.read()) == look_at_all(alone));
}

TEST_CASE("an appender waits for a reader no longer than it was told, and the wait is counted") {
    const auto symbols = std::make_shared<Symbols>();
    const std::vector<Event> events = generate(test::TraceShape::few_tasks, 100, *symbols);
    GrowingTrace trace(symbols);
    {
        const auto reader = trace.read();
        CHECK(trace.append(events, 0ns) == 0);
        CHECK(reader->event_count() == 0);
    }
    CHECK(trace.appender_waits().count == 1);
    CHECK(trace.append(events, 0ns) == events.size());
    CHECK(trace.appender_waits().count == 1);
    CHECK(trace.read()->event_count() == events.size());
    CHECK(trace.reader_waits().count == 0);
}

TEST_CASE("a reader that breathes lets a waiting appender have its turn") {
    const auto symbols = std::make_shared<Symbols>();
    const std::vector<Event> events = generate(test::TraceShape::few_tasks, 1000, *symbols);
    GrowingTrace trace(symbols);
    auto reader = trace.read();
    reader.breathe();  // nobody waits
    CHECK(reader->event_count() == 0);
    std::thread appender([&] { trace.append_all(events); });
    while (reader->event_count() < events.size()) reader.breathe();
    appender.join();
    CHECK(trace.appender_waits().count > 0);
}

TEST_CASE("an append ends early where somebody waits, and goes on where it ended") {
    const auto symbols = std::make_shared<Symbols>();
    const std::vector<Event> events = generate(test::TraceShape::few_tasks, 1000, *symbols);
    Trace trace(symbols);
    const std::atomic<unsigned> somebody = 1;
    std::span<const Event> rest = events;
    while (!rest.empty()) {
        const std::size_t taken = trace.append(rest, somebody);
        CHECK(taken > 0);
        CHECK(taken <= 64);
        rest = rest.subspan(taken);
    }
    CHECK(trace.event_count() == events.size());
}

TEST_CASE("a trace that may take little memory folds its oldest detail, and counts it") {
    const auto symbols = std::make_shared<Symbols>();
    constexpr std::size_t memory = 2 << 20;
    GrowingTrace trace(symbols, memory);
    test::GeneratedEvents source({.shape = test::TraceShape::few_tasks, .events = 250'000});
    std::vector<Event> events;
    std::uint64_t count = 0;
    std::size_t most = 0;
    int folds = 0;
    EventIndex kept = no_event;  // as a view keeps the number of an event
    Event kept_event;
    for (auto state = SourceState::more; state == SourceState::more;) {
        events.clear();
        state = source.read(*symbols, events, 1 << 12);
        trace.append_all(events);
        count += events.size();
        most = std::max(most, trace.memory_bytes());
        if (kept == no_event) {
            kept = trace.read()->event_count() - 1;
            kept_event = trace.read()->event(kept);
        }
        if (!trace.fold_due()) continue;
        const Nanoseconds now = trace.read()->end();
        const auto renumbered = trace.fold();
        ++folds;
        const auto reader = trace.read();
        CHECK(reader->end() == now);
        CHECK(reader->folded().events + (reader->event_count() - reader->folded().begin - 1) == count);
        const EventIndex then = renumbered(kept);
        if (then != renumbered.begin) CHECK(reader->event(then) == kept_event);
        kept = no_event;
    }
    CHECK(folds >= 3);
    CHECK(most < memory * 5 / 4);
    CHECK(GrowingTrace::Renumbering{}(42) == 42);  // of a fold for which there was nothing to do
    CHECK(GrowingTrace::default_memory() > memory);
}

TEST_CASE("names that nobody refers to any more go when a trace is folded, and the others stay what they are") {
    auto symbols = std::make_shared<Symbols>();
    GrowingTrace trace(symbols, 2 << 20);
    constexpr Id alive_most = 20;
    std::uint64_t time = 0, names = 0;
    int folds = 0, rotations = 0;
    std::size_t most = 0;
    const auto name_of = [](Id id) { return "the one and only name of task " + std::to_string(id); };
    for (Id next = 1; next <= 60'000; next += 100) {
        // Each task lives a while, beside others, and has a name of its own.
        std::vector<Event> events;
        for (Id id = next; id < next + 100; ++id) {
            const StringId name = symbols->add_string(name_of(id));
            const PlaceId place = symbols->add_place("server.cpp", "serve", static_cast<std::uint32_t>(id % 50 + 1));
            events.push_back({Event::pack(EventKind::task_created, 1, id), ++time, 0, name, place});
            events.push_back({Event::pack(EventKind::task_running, 1, id), ++time});
            events.push_back({Event::pack(EventKind::task_suspended, 1, id), ++time, 5, place,
                              static_cast<std::uint32_t>(WaitKind::event)});
            if (id > alive_most) events.push_back({Event::pack(EventKind::task_done, 1, id - alive_most), ++time});
            ++names;
        }
        trace.append_all(events);
        most = std::max(most, trace.memory_bytes());
        if (trace.fold_due()) folds += trace.fold().begin != no_event;
        if (next % 5000 == 1) {  // as who reads does when they have become many
            const auto old = std::exchange(symbols, std::make_shared<Symbols>());
            trace.take_symbols(symbols);
            ++rotations;
        }
        const auto reader = trace.read();
        for (Id id = next + 100 - alive_most; id < next + 100; ++id) {
            const TaskIndex task = reader->find_task(id);
            REQUIRE(task != no_task);
            REQUIRE(reader->symbols().string(reader->tasks()[task].name) == name_of(id));
            const Place at = reader->symbols().place(reader->place_at(task, reader->event_count() - 1));
            REQUIRE(at.line == id % 50 + 1);
            REQUIRE(reader->symbols().string(at.function) == "serve");
        }
    }
    CHECK(folds >= 3);
    CHECK(rotations == 12);
    CHECK(most < (2 << 20) * 2);
    CHECK(trace.read()->symbols().string_count() < names / 3);
}

TEST_CASE("a trace is folded while others read and append") {
    const auto symbols = std::make_shared<Symbols>();
    GrowingTrace trace(symbols, 2 << 20);
    std::atomic<bool> done = false;
    std::atomic<int> changed = 0;
    std::thread reading([&] {
        while (!done) {
            auto reader = trace.read();
            const std::uint64_t sum = look_at_all(*reader);
            changed += look_at_all(*reader) != sum;
            reader.breathe();
        }
    });
    int folds = 0;
    std::thread folding([&] {
        while (!done)
            if (trace.fold_due()) folds += trace.fold().begin != no_event;
    });
    test::GeneratedEvents source({.shape = test::TraceShape::few_tasks, .events = 150'000});
    std::vector<Event> events;
    std::uint64_t count = 0;
    for (auto state = SourceState::more; state == SourceState::more;) {
        events.clear();
        state = source.read(*symbols, events, 1 << 11);
        trace.append_all(events);
        count += events.size();
    }
    // Perhaps nobody has come to fold yet.
    done = true;
    folding.join();
    reading.join();
    if (trace.fold_due()) folds += trace.fold().begin != no_event;
    CHECK(changed == 0);
    CHECK(folds > 0);
    // No event was lost between the two, whenever somebody folded.
    const auto reader = trace.read();
    CHECK(reader->folded().events + (reader->event_count() - reader->folded().begin - 1) == count);
}
