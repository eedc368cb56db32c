// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/live_source.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <thread>

#include "tests/instrumentation/source/source_fixture.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

void write_task(ring::RingWriter& ring, std::uint64_t time, Id task) {
    ring.write(Event::pack(EventKind::task_running, 1, task), time, 0, 0);
}

}  // namespace

TEST_CASE_METHOD(FreshFolder, "events of one ring come at once, with session time, and then the source is idle") {
    WrittenSession session;
    LiveSource source{session.path()};
    CHECK(source.info().name == "written");
    CHECK(source.info().pid == getpid());
    CHECK(source.info().live);
    Symbols symbols;
    std::vector<Event> events;
    CHECK(source.read(symbols, events, 100) == SourceState::idle);
    auto& ring = session.ring();
    const auto epoch = session.segment().header().epoch_ticks;
    write_task(ring, epoch, 5);
    write_task(ring, session.now(), 6);
    CHECK(source.read(symbols, events, 100) == SourceState::idle);
    REQUIRE(events.size() == 2);
    CHECK(events[0].time == 0);
    CHECK(events[0].task() == 5);
    CHECK(events[1].time > 0);
    CHECK(source.note().empty());
}

TEST_CASE_METHOD(FreshFolder, "texts, names and places become symbols") {
    WrittenSession session;
    auto& ring = session.ring();
    const std::uint32_t place = session.segment().strings().add("src/a.cpp", 12, "Coroutine<> worker(int)");
    const auto now = session.now();
    ring.write_text(Event::pack(EventKind::task_created, 1, 5), now, 4, 12 | std::uint64_t{place} << 32, {});
    ring.write_text(Event::pack(EventKind::task_created, 1, 6), now, 4, std::uint64_t{place} << 32, "fetcher");
    ring.write(Event::pack(EventKind::task_suspended, 1, 6), now, 9,
               place | std::uint64_t{static_cast<unsigned>(WaitKind::lock)} << 32);
    ring.write_text(Event::pack(EventKind::output, 1, 6), now, 0, 0, std::string(100, 'x'));
    ring.write_text(Event::pack(EventKind::output, 1, 6), now, 0, 0, "bad \xff byte");
    ring.write(Event::pack(EventKind::task_suspended, 1, 6), now, 9, 0xffffffff);  // no such place
    LiveSource source{session.path()};
    Symbols symbols;
    std::vector<Event> events;
    read_available(source, symbols, events);
    REQUIRE(events.size() == 6);
    CHECK(text_of(events[0], symbols) == "Task-12");
    CHECK(text_of(events[1], symbols) == "fetcher");
    const Place definition = place_of(events[1], symbols);
    CHECK(symbols.string(definition.file) == "src/a.cpp");
    CHECK(symbols.string(definition.function) == "worker");
    CHECK(definition.line == 12);
    CHECK(place_of(events[2], symbols) == definition);
    CHECK(events[2].c == static_cast<unsigned>(WaitKind::lock));
    CHECK(text_of(events[3], symbols) == std::string(100, 'x'));
    CHECK(text_of(events[4], symbols) == "bad \ufffd byte");
    CHECK(place_of(events[5], symbols) == Place{});
}

TEST_CASE_METHOD(FreshFolder, "a text is whole whatever the limit") {
    WrittenSession session;
    auto& ring = session.ring();
    for (int i = 0; i < 100; ++i)
        ring.write_text(Event::pack(EventKind::output, 1, 1), session.now(), 0, 0,
                        std::string(900, 'x') + std::to_string(i));
    LiveSource source{session.path()};
    Symbols symbols;
    std::vector<Event> events;
    read_available(source, symbols, events, GENERATE(1u, 3u, 64u));
    REQUIRE(events.size() == 100);
    bool good = true;
    for (int i = 0; i < 100; ++i)
        good =
            good && text_of(events[static_cast<std::size_t>(i)], symbols) == std::string(900, 'x') + std::to_string(i);
    CHECK(good);
}

TEST_CASE_METHOD(FreshFolder, "moments of timers count from the epoch") {
    WrittenSession session;
    Event timer;
    timer.set_bc(session.segment().header().epoch_monotonic_ns + 1'000'000'000);
    session.ring().write(Event::pack(EventKind::timer_set, 1, 1), session.now(), 7, timer.bc());
    LiveSource source{session.path()};
    Symbols symbols;
    std::vector<Event> events;
    read_available(source, symbols, events);
    REQUIRE(events.size() == 1);
    CHECK(events[0].bc() == 1'000'000'000);
    CHECK(events[0].a == 7);
}

TEST_CASE_METHOD(FreshFolder, "events of several rings come in the order of their times") {
    WrittenSession session;
    std::vector<ring::RingWriter*> rings;
    for (int i = 0; i < 5; ++i) rings.push_back(&session.ring());
    std::mt19937 random{20261120};
    const std::uint64_t begin = session.segment().header().epoch_ticks;
    const std::uint64_t step = (session.now() - begin) / 3000 + 1;
    for (Id i = 0; i < 3000; ++i) write_task(*rings[random() % rings.size()], begin + i * step, i);
    LiveSource source{session.path()};
    Symbols symbols;
    std::vector<Event> events;
    const std::size_t limit = GENERATE(7u, 1u << 16);
    while (events.size() < 3000) source.read(symbols, events, limit);
    bool good = events.size() == 3000;
    for (Id i = 0; good && i < 3000; ++i) good = events[i].task() == i;
    CHECK(good);
    CHECK(times_ascend(events));
}

TEST_CASE_METHOD(FreshFolder, "threads that write while they are read come out in order, none missing") {
    WrittenSession session{1 << 16};
    LiveSource source{session.path()};
    Symbols symbols;
    std::vector<Event> events;
    constexpr std::size_t each = 20'000;
    std::vector<std::thread> threads;
    for (int i = 0; i < 3; ++i)
        threads.emplace_back([&session, &ring = session.ring()] {
            for (Id n = 0; n < each; ++n) write_task(ring, session.now(), n);
        });
    read_until(source, symbols, events, 3 * each);
    for (auto& thread : threads) thread.join();
    CHECK(events.size() == 3 * each);
    CHECK(times_ascend(events));
    std::vector<std::size_t> times_seen(each);
    for (const Event& event : events) ++times_seen[event.task()];
    CHECK(std::ranges::all_of(times_seen, [](std::size_t seen) { return seen == 3; }));
}

TEST_CASE_METHOD(FreshFolder, "a quiet ring does not hold up the others") {
    WrittenSession session;
    auto& quiet = session.ring();
    auto& busy = session.ring();
    LiveSource source{session.path()};
    write_task(quiet, session.now(), 1);
    Symbols symbols;
    std::vector<Event> events;
    for (Id i = 0; i < 100; ++i) write_task(busy, session.now(), 2 + i);
    read_until(source, symbols, events, 101);
    CHECK(events.size() == 101);
}

TEST_CASE_METHOD(FreshFolder, "what was overwritten is told where it is missing, exactly") {
    WrittenSession session{256};
    auto& ring = session.ring();
    LiveSource source{session.path()};
    Symbols symbols;
    std::vector<Event> events;
    for (Id i = 0; i < 10; ++i) write_task(ring, session.now(), i);
    read_available(source, symbols, events);
    for (Id i = 10; i < 1010; ++i) write_task(ring, session.now(), i);
    read_available(source, symbols, events);
    REQUIRE(events.size() == 10 + 1 + 191);
    CHECK(events[10].kind() == EventKind::lost);
    CHECK(events[10].a == 1000 - 191);
    CHECK(events[11].task() == 1010 - 191);
    CHECK(events[10].time == events[11].time);
}

TEST_CASE_METHOD(FreshFolder, "of threads that lap their reader, what was not read was counted, each in its order") {
    constexpr Id each = 30'000;
    constexpr std::uint16_t writers = 4;
    WrittenSession session{GENERATE(256u, 4096u)};
    LiveSource source{session.path(), LiveStart::beginning};
    std::vector<std::thread> threads;
    for (std::uint16_t loop = 1; loop <= writers; ++loop)
        threads.emplace_back([&session, loop, &ring = session.ring()] {
            for (Id n = 0; n < each; ++n)
                ring.write(Event::pack(EventKind::task_running, loop, n), session.now(), 0, 0);
        });
    Symbols symbols;
    std::vector<Event> events;
    // Little at a time while they write, all of it when they are done.
    for (int i = 0; i < 50; ++i) source.read(symbols, events, 100);
    for (auto& thread : threads) thread.join();
    session.crash();
    while (source.read(symbols, events, 1 << 12) != SourceState::ended) {
    }
    std::uint64_t lost = 0, read = 0;
    Id next[writers + 1] = {};
    bool ascends = true;
    for (const Event& event : events) {
        if (event.kind() == EventKind::lost) {
            lost += event.a;
            continue;
        }
        ++read;
        ascends = ascends && event.task() >= next[event.loop()];
        next[event.loop()] = event.task() + 1;
    }
    CHECK(ascends);
    CHECK(lost > 0);
    CHECK(read + lost == writers * std::uint64_t{each});
    for (std::uint16_t loop = 1; loop <= writers; ++loop) CHECK(next[loop] == each);
    CHECK(times_ascend(events));
}

TEST_CASE_METHOD(FreshFolder, "text whose event was overwritten is passed over") {
    WrittenSession session{256};
    auto& ring = session.ring();
    for (int i = 0; i < 20; ++i)
        ring.write_text(Event::pack(EventKind::output, 1, 1), session.now(), 0, 0,
                        std::string(600, static_cast<char>('a' + i)));
    LiveSource source{session.path(), LiveStart::beginning};
    Symbols symbols;
    std::vector<Event> events;
    read_available(source, symbols, events);
    // 420 records were written, 191 are there: nine whole texts of 21, and the rest of a tenth.
    REQUIRE(events.size() == 10);
    CHECK(events[0].kind() == EventKind::lost);
    CHECK(events[0].a == 420 - 191);
    CHECK(text_of(events[1], symbols) == std::string(600, 'a' + 11));
    CHECK(text_of(events[9], symbols) == std::string(600, 'a' + 19));
}

TEST_CASE_METHOD(FreshFolder, "who attaches late begins with what is there, and who started the process counts all") {
    WrittenSession session{256};
    auto& ring = session.ring();
    for (Id i = 0; i < 1000; ++i) write_task(ring, session.now(), i);
    Symbols symbols;
    std::vector<Event> late_events, all_events;
    LiveSource late{session.path()}, all{session.path(), LiveStart::beginning};
    read_available(late, symbols, late_events);
    read_available(all, symbols, all_events);
    CHECK(late_events.size() == 191);
    REQUIRE(all_events.size() == 192);
    CHECK(all_events[0].a == 1000 - 191);
    CHECK(std::equal(late_events.begin(), late_events.end(), all_events.begin() + 1,
                     [](const Event& x, const Event& y) { return x.task() == y.task(); }));
}

TEST_CASE_METHOD(FreshFolder, "two viewers read the same, and neither takes from the other") {
    WrittenSession session;
    auto& ring = session.ring();
    LiveSource one{session.path()}, other{session.path()};
    Symbols symbols;
    std::vector<Event> ones, others;
    for (Id i = 0; i < 300; ++i) {
        write_task(ring, session.now(), i);
        if (i % 7 == 0) read_available(one, symbols, ones);
    }
    read_available(one, symbols, ones);
    read_available(other, symbols, others);
    REQUIRE(ones.size() == 300);
    REQUIRE(others.size() == 300);
    CHECK(std::ranges::equal(ones, others, {}, &Event::head, &Event::head));
}

TEST_CASE_METHOD(FreshFolder, "attaching asks for a snapshot, counting from the beginning does not") {
    WrittenSession session;
    const auto asked = [&] { return session.segment().header().snapshot_request.load(); };
    const auto before = asked();
    LiveSource starter{session.path(), LiveStart::beginning};
    CHECK(asked() == before);
    LiveSource late{session.path()};
    CHECK(asked() != before);
}

TEST_CASE_METHOD(FreshFolder, "virtual times arrive as they are, and real ones beside them take the last") {
    WrittenSession session;
    session.segment().header().virtual_clock.store(1);
    auto& ring = session.ring();
    write_task(ring, session.now(), 1);
    write_task(ring, ring::virtual_time_bit | 0, 2);
    write_task(ring, ring::virtual_time_bit | 1'000'000'000, 3);
    write_task(ring, session.now(), 4);
    Event timer;
    timer.set_bc(5'000'000'000);
    ring.write(Event::pack(EventKind::timer_set, 1, 1), ring::virtual_time_bit | 1'000'001'000, 7, timer.bc());
    LiveSource source{session.path()};
    Symbols symbols;
    std::vector<Event> events;
    read_available(source, symbols, events);
    REQUIRE(events.size() == 5);
    CHECK(events[0].time == 0);
    CHECK(events[1].time == 0);
    CHECK(events[2].time == 1'000'000'000);
    CHECK(events[3].time == 1'000'000'000);
    CHECK(events[4].time == 1'000'001'000);
    CHECK(events[4].bc() == 5'000'000'000);
    CHECK(source.info().virtual_clock);
}

TEST_CASE_METHOD(FreshFolder, "all that a dead process wrote is read before the end is told") {
    WrittenSession session;
    auto& ring = session.ring();
    auto& other = session.ring();
    LiveSource source{session.path()};
    for (Id i = 0; i < 1000; ++i) write_task(i % 2 ? ring : other, session.now(), i);
    SECTION("crashed") {
        session.crash();
        Symbols symbols;
        CHECK(read_to_end(source, symbols).size() == 1000);
        CHECK(source.note().find("was killed or crashed; its last events are here") != std::string::npos);
    }
    SECTION("ended") {
        session.segment().end();
        session.crash();
        Symbols symbols;
        CHECK(read_to_end(source, symbols).size() == 1000);
        CHECK(source.note() == "process " + std::to_string(getpid()) + " has exited");
    }
    CHECK_FALSE(source.info().live);
    Symbols symbols;
    std::vector<Event> nothing;
    CHECK(source.read(symbols, nothing, 10) == SourceState::ended);
    CHECK(nothing.empty());
}

TEST_CASE_METHOD(FreshFolder, "a crashed session is a flight recorder for who comes later") {
    WrittenSession session{256};
    auto& ring = session.ring();
    for (Id i = 0; i < 1000; ++i) write_task(ring, session.now(), i);
    LiveSource source{session.crash()};
    Symbols symbols;
    const auto events = read_to_end(source, symbols);
    CHECK(events.size() == 191);
    CHECK(events.back().task() == 999);
}

TEST_CASE_METHOD(FreshFolder, "a session that is cut short under a viewer ends with what was read") {
    WrittenSession session;
    auto& ring = session.ring();
    for (Id i = 0; i < 10; ++i) write_task(ring, session.now(), i);
    LiveSource source{session.path()};
    Symbols symbols;
    std::vector<Event> events;
    read_available(source, symbols, events);
    const std::string path = session.crash();
    REQUIRE(truncate(path.c_str(), 5000) == 0);
    CHECK(read_available(source, symbols, events) == SourceState::ended);
    CHECK(events.size() == 10);
    CHECK(source.note().find("cut short") != std::string::npos);
}

TEST_CASE_METHOD(FreshFolder, "kinds this build does not know are left out and counted") {
    WrittenSession session;
    auto& ring = session.ring();
    ring.write(Event::pack(static_cast<EventKind>(200), 1, 1), session.now(), 0, 0);
    write_task(ring, session.now(), 1);
    ring.write(Event::pack(EventKind::none, 1, 1), session.now(), 0, 0);
    LiveSource source{session.path()};
    Symbols symbols;
    std::vector<Event> events;
    read_available(source, symbols, events);
    CHECK(events.size() == 1);
    CHECK(source.unknown_events() == 2);
}

TEST_CASE_METHOD(FreshFolder, "random bytes in the rings are events or nothing, in order, in bounded memory") {
    WrittenSession session{256};
    session.ring();
    session.ring();
    const std::string path = session.crash();
    std::mt19937_64 random{20261120};
    const int fd = open(path.c_str(), O_RDWR | O_CLOEXEC);
    for (int round = 0; round < 50; ++round) {
        std::vector<std::uint64_t> words(2 * 256 * 4);
        for (auto& word : words) word = random() % 3 == 0 ? random() % 64 : random();
        const auto bytes = static_cast<ssize_t>(words.size() * 8);
        REQUIRE(pwrite(fd, words.data(), words.size() * 8, ring::rings_offset) == bytes);
        for (unsigned ring = 0; ring < 2; ++ring) {
            const std::uint64_t head = random() >> (random() % 64);
            const auto at = ring::ring_headers_offset + ring * sizeof(ring::RingHeader);
            REQUIRE(pwrite(fd, &head, 8, static_cast<off_t>(at)) == 8);
        }
        LiveSource source{path, round % 2 ? LiveStart::now : LiveStart::beginning};
        Symbols symbols;
        const auto events = read_to_end(source, symbols);
        CHECK(events.size() <= 2 * 256 + 2);
        CHECK(times_ascend(events));
        for (const Event& event : events)
            if (const Field* field = text_field(event.kind()))
                REQUIRE(get(event, field->slot) < symbols.string_count());
    }
    close(fd);
}

TEST_CASE_METHOD(FreshFolder, "what is no session is refused in one line") {
    CHECK(error_of([] { LiveSource{"/nonesuch/1-1.session"}; }).find("No such file") != std::string::npos);
    CHECK(error_of([] { LiveSource{"/etc/passwd"}; }).find("/etc/passwd") == 0);
}
