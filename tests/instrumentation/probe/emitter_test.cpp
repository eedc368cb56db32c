// SPDX-License-Identifier: GPL-3.0-or-later
#include <awaitscope/probe.hpp>
#include <bit>
#include <catch2/catch.hpp>
#include <cstring>
#include <set>
#include <thread>

#include "tests/instrumentation/probe/probe_fixture.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

std::string text_after(const std::vector<Event>& records, std::size_t event) {
    std::string text;
    for (std::size_t i = event + 1; i < records.size() && records[i].kind() == EventKind::text; ++i) {
        const auto part = std::bit_cast<TextRecord>(records[i]);
        text.append(part.bytes, part.size);
    }
    return text;
}

probe::Emitter* begin() {
    setenv("AWAITSCOPE_RING", "4096", 1);
    EXPECT_IN_CHILD(awaitscope::enable("test"));
    probe::Emitter* emitter = probe::emitter();
    EXPECT_IN_CHILD(emitter != nullptr);
    return emitter;
}

}  // namespace

TEST_CASE_METHOD(FreshFolder, "without enable() there is no emitter, no session and no file") {
    CHECK(in_child([] {
              EXPECT_IN_CHILD(!awaitscope::enabled());
              EXPECT_IN_CHILD(probe::emitter() == nullptr);
              awaitscope::mark("nothing");
              awaitscope::output("nothing");
              probe::enable_from_environment();
              EXPECT_IN_CHILD(probe::emitter() == nullptr);
              EXPECT_IN_CHILD(session_paths(ring::session_folder()).empty());
              return 0;
          }) == 0);
}

TEST_CASE_METHOD(FreshFolder, "an event arrives with all its fields, at the last stamp") {
    CHECK(in_child([] {
              auto* emitter = begin();
              emitter->stamp();
              emitter->emit(EventKind::timer_set, 3, id_max, 0x1122334455667788, 0x99aabbcc, 0xddeeff00);
              emitter->emit(EventKind::loop_stopped, 0xffff, 0);
              emitter->emit_now(EventKind::task_running, 3, 9);
              const auto events = OnlySession{}.ring(0);
              EXPECT_IN_CHILD(events.size() == 3);
              EXPECT_IN_CHILD(events[0].head == Event::pack(EventKind::timer_set, 3, id_max));
              EXPECT_IN_CHILD(events[0].a == 0x1122334455667788 && events[0].b == 0x99aabbcc);
              EXPECT_IN_CHILD(events[0].c == 0xddeeff00);
              EXPECT_IN_CHILD(events[1].loop() == 0xffff && events[1].a == 0 && events[1].bc() == 0);
              EXPECT_IN_CHILD(events[1].time == events[0].time);
              EXPECT_IN_CHILD(events[2].time > events[0].time);
              return 0;
          }) == 0);
}

TEST_CASE_METHOD(FreshFolder, "names and texts follow their events") {
    CHECK(in_child([] {
              auto* emitter = begin();
              emitter->emit_name(EventKind::task_created, 1, 5, 4, 3, 12, "not written");
              emitter->emit_name(EventKind::task_created, 1, 6, 4, 3, 0, "worker");
              emitter->emit_text(EventKind::task_done, 1, 6, 7, 2, "ValueError: no");
              emitter->emit_text(EventKind::output, 1, 6, 0, 0, "");
              const auto records = OnlySession{}.ring(0);
              EXPECT_IN_CHILD(records.size() == 6);
              EXPECT_IN_CHILD(records[0].a == 4 && records[0].b == 12 && records[0].c == 3);
              EXPECT_IN_CHILD(records[1].b == 0 && text_after(records, 1) == "worker");
              EXPECT_IN_CHILD(records[3].a == 7 && records[3].c == 2 && text_after(records, 3) == "ValueError: no");
              EXPECT_IN_CHILD(text_after(records, 5).empty());
              return 0;
          }) == 0);
}

TEST_CASE_METHOD(FreshFolder, "mark() and output() speak for the current task of their thread") {
    CHECK(in_child([] {
              auto* emitter = begin();
              awaitscope::mark("before");
              emitter->set_current(2, 77);
              awaitscope::output("hello");
              emitter->set_current(0, 0);
              awaitscope::mark("after");
              const auto records = OnlySession{}.ring(0);
              EXPECT_IN_CHILD(records.size() == 7);
              EXPECT_IN_CHILD(records[0].head == Event::pack(EventKind::mark, 0, 0));
              EXPECT_IN_CHILD(records[2].head == Event::pack(EventKind::task_at, 2, 77));
              EXPECT_IN_CHILD(records[3].head == Event::pack(EventKind::output, 2, 77));
              EXPECT_IN_CHILD(text_after(records, 3) == "hello");
              EXPECT_IN_CHILD(records[5].head == Event::pack(EventKind::mark, 0, 0));
              return 0;
          }) == 0);
}

TEST_CASE_METHOD(FreshFolder, "virtual stamps are a microsecond apart, or where the clock jumped to") {
    CHECK(in_child([] {
              auto* emitter = begin();
              emitter->set_virtual_time(0);
              const auto stamp = [&] { emitter->emit_now(EventKind::task_running, 1, 1); };
              stamp();
              stamp();
              emitter->emit(EventKind::task_running, 1, 1);  // no stamp of its own
              stamp();
              emitter->set_virtual_time(1'000'000'000);
              stamp();
              stamp();
              emitter->set_virtual_time(500);  // a clock never goes back
              stamp();
              emitter->set_virtual_time(1'000'002'500);  // a jump that is shorter than the steps taken
              stamp();
              stamp();
              const OnlySession session;
              EXPECT_IN_CHILD(session.file->facts().virtual_clock);
              std::vector<std::uint64_t> times;
              for (const Event& event : session.ring(0)) {
                  EXPECT_IN_CHILD((event.time & ring::virtual_time_bit) != 0);
                  times.push_back(event.time & ~ring::virtual_time_bit);
              }
              const std::vector<std::uint64_t> expected = {
                  0, 1000, 1000, 2000, 1'000'000'000, 1'000'001'000, 1'000'002'000, 1'000'003'000, 1'000'004'000};
              EXPECT_IN_CHILD(times == expected);
              emitter->leave_virtual_time();
              stamp();
              EXPECT_IN_CHILD((session.ring(0).back().time & ring::virtual_time_bit) == 0);
              return 0;
          }) == 0);
}

TEST_CASE_METHOD(FreshFolder, "a place has one id, whichever thread asks, and the cache never mixes two up") {
    CHECK(in_child([] {
              auto* emitter = begin();
              static char files[64][32];
              for (int i = 0; i < 64; ++i) std::snprintf(files[i], sizeof files[i], "file%d.cpp", i);
              std::set<std::uint32_t> ids;
              const auto all = [](probe::Emitter& own) {
                  std::vector<std::uint32_t> found;
                  for (auto& file : files)
                      for (unsigned line = 1; line <= 50; ++line) found.push_back(own.place(file, line, "void f(int)"));
                  return found;
              };
              const auto first = all(*emitter);
              EXPECT_IN_CHILD(std::set<std::uint32_t>(first.begin(), first.end()).size() == 64 * 50);
              EXPECT_IN_CHILD(all(*emitter) == first);
              std::thread{[&] { EXPECT_IN_CHILD(all(*probe::emitter()) == first); }}.join();
              const OnlySession session;
              const auto place = session.file->read_place(first[50 * 7 + 2]);
              EXPECT_IN_CHILD(place.file == "file7.cpp" && place.line == 3 && place.function == "f");
              EXPECT_IN_CHILD(emitter->place(nullptr, 1, nullptr) != 0);
              return 0;
          }) == 0);
}

TEST_CASE_METHOD(FreshFolder, "each loop's thread answers each request for a snapshot once") {
    CHECK(in_child([] {
              setenv("AWAITSCOPE", "1", 1);
              probe::enable_from_environment();
              auto* emitter = probe::emitter();
              EXPECT_IN_CHILD(emitter && !emitter->snapshot_wanted());
              const OnlySession session;
              session.file->request_snapshot();
              EXPECT_IN_CHILD(emitter->snapshot_wanted());
              EXPECT_IN_CHILD(!emitter->snapshot_wanted());
              std::thread{[] { EXPECT_IN_CHILD(probe::emitter()->snapshot_wanted()); }}.join();
              session.file->request_snapshot();
              OnlySession{}.file->request_snapshot();
              EXPECT_IN_CHILD(emitter->snapshot_wanted());
              EXPECT_IN_CHILD(!emitter->snapshot_wanted());
              return 0;
          }) == 0);
}

TEST_CASE_METHOD(FreshFolder, "a program that shows itself in mid-run tells the tasks it has") {
    CHECK(in_child([] {
              EXPECT_IN_CHILD(begin()->snapshot_wanted());
              return 0;
          }) == 0);
}

TEST_CASE_METHOD(FreshFolder, "what a loop publishes can be read") {
    CHECK(in_child([] {
              begin()->publish_loop(4, 1234, 99);
              const auto rings = OnlySession{}.rings();
              EXPECT_IN_CHILD(rings[0].loop == 4 && rings[0].tasks_alive == 1234 && rings[0].iterations == 99);
              return 0;
          }) == 0);
}

TEST_CASE("ids are never given twice, whichever thread asks") {
    std::vector<std::vector<Id>> given(4);
    std::vector<std::thread> threads;
    for (auto& ids : given)
        threads.emplace_back([&ids] {
            for (int i = 0; i < 5000; ++i) ids.push_back(probe::next_id());
        });
    for (auto& thread : threads) thread.join();
    std::set<Id> all;
    for (const auto& ids : given) all.insert(ids.begin(), ids.end());
    CHECK(all.size() == 4 * 5000);
    CHECK(all.count(0) == 0);
    CHECK(*all.rbegin() <= id_max);
}

TEST_CASE("ids of one thread follow each other") {
    const Id first = probe::next_id();
    for (Id i = 1; i < 200; ++i) CHECK(probe::next_id() > first);
    const auto loop = probe::next_loop_number();
    CHECK(loop >= 1);
    CHECK(probe::next_loop_number() == loop + 1);
}
