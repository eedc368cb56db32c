// SPDX-License-Identifier: GPL-3.0-or-later
// One process, and as many viewers as may come, each a process as well.
#include <signal.h>
#include <sys/wait.h>

#include <catch2/catch.hpp>
#include <memory>

#include "instrumentation/source/live_source.hpp"
#include "tests/instrumentation/source/source_fixture.hpp"
#include "tests/support/child_process.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

constexpr std::uint64_t total = 100'000, ring_records = 1024;
constexpr int viewer_count = 64, all_seen = 10, some_lost = 11;

/// Reads up to the last event. all_seen, or some_lost, where each event was seen or counted as lost, in its place.
int view(const std::string& path, const Gate& attached, bool is_stopped) {
    LiveSource source{path, LiveStart::beginning};
    Symbols symbols;
    std::vector<Event> events;
    source.read(symbols, events, 1);
    attached.open();
    if (is_stopped) raise(SIGSTOP);
    std::uint64_t next = 1, lost = 0;
    for (;;) {
        for (const Event& event : events) {
            if (event.kind() == EventKind::lost) {
                lost += event.a;
                next += event.a;
            } else if (event.task() != next++) {
                return 1;
            }
        }
        if (next > total) return next != total + 1 ? 2 : lost > 0 ? some_lost : all_seen;
        events.clear();
        if (source.read(symbols, events, 4096) == SourceState::ended) return 3;
    }
}

}  // namespace

TEST_CASE_METHOD(FreshFolder,
                 "of 64 viewers some are stopped and lapped, and each is told exactly what it has not seen") {
    WrittenSession session{ring_records};
    auto& ring = session.ring();
    const auto write = [&](std::uint64_t number) {
        ring.write(Event::pack(EventKind::task_running, 1, number), session.now(), 0, 0);
    };
    write(1);
    const std::string path = session.path();
    Gate attached;
    std::vector<std::unique_ptr<ChildProcess>> viewers;
    const auto is_stopped = [](int i) { return i % 4 == 0; };
    for (int i = 0; i < viewer_count; ++i)
        viewers.push_back(std::make_unique<ChildProcess>([&, i] { return view(path, attached, is_stopped(i)); }));
    for (int i = 0; i < viewer_count; ++i) attached.wait();
    for (int i = 0; i < viewer_count; ++i) {
        int status = 0;
        if (is_stopped(i)) REQUIRE(waitpid(viewers[static_cast<std::size_t>(i)]->pid(), &status, WUNTRACED) > 0);
        if (is_stopped(i)) REQUIRE(WIFSTOPPED(status));
    }

    for (std::uint64_t number = 2; number <= total; ++number) write(number);
    // It was not held up by anybody, and what it holds is what it wrote.
    CHECK(session.segment().ring_header(0).head == total);

    for (int i = 0; i < viewer_count; ++i) {
        ChildProcess& viewer = *viewers[static_cast<std::size_t>(i)];
        viewer.kill(SIGCONT);
        const int code = viewer.wait();
        INFO("viewer " << i);
        if (is_stopped(i))
            CHECK(code == some_lost);
        else
            CHECK((code == all_seen || code == some_lost));
    }
}
