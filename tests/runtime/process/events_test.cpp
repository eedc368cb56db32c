// SPDX-License-Identifier: GPL-3.0-or-later
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <awaitscope/probe.hpp>
#include <catch2/catch.hpp>

#include "asyncio/asyncio.hpp"
#include "instrumentation/event/vocabulary.hpp"
#include "instrumentation/ring/ring_reader.hpp"
#include "instrumentation/ring/segment_file.hpp"
#include "instrumentation/ring/session_folder.hpp"
#include "tests/support/child_process.hpp"
#include "tests/support/session_files.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::EventKind;
using awaitscope::test::ChildProcess;

namespace {

/// In a child, in place of an assertion: says which line failed, and ends the child.
#define EXPECT_IN_CHILD(condition)                                                       \
    do {                                                                                 \
        if (!(condition)) {                                                              \
            std::fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
            _exit(1);                                                                    \
        }                                                                                \
    } while (false)

/// What the process has told so far, in its only thread's ring.
std::vector<awaitscope::Event> told() {
    const auto paths = awaitscope::test::session_paths(awaitscope::ring::session_folder());
    EXPECT_IN_CHILD(paths.size() == 1);
    std::string error;
    const auto file = awaitscope::ring::SegmentFile::open(paths.front(), error);
    EXPECT_IN_CHILD(file != nullptr);
    awaitscope::ring::RingReader reader{awaitscope::ring::FileRing{*file, 0}, 0};
    std::vector<awaitscope::Event> events;
    reader.read(events, file->facts().ring_records);
    return events;
}

std::vector<awaitscope::Event> of_kind(const std::vector<awaitscope::Event>& events, EventKind kind) {
    std::vector<awaitscope::Event> found;
    std::ranges::copy_if(events, std::back_inserter(found),
                         [&](const awaitscope::Event& event) { return event.kind() == kind; });
    return found;
}

/// Each case has the probe to itself: in a child that begins unseen.
int seen(const std::function<int()>& body) {
    const awaitscope::test::FreshFolder folder;
    ChildProcess child([&] {
        EXPECT_IN_CHILD(awaitscope::enable("seen"));
        return body();
    });
    return child.wait();
}

}  // namespace

TEST_CASE("A child process is seen: its start, its end, who waits for it, what goes through its pipes") {
    CHECK(seen([] {
              int pid = 0;
              run([&]() -> Coroutine<> {
                  auto process = co_await create_subprocess_exec("sh", {"-c", "read x; echo $x; exit 3"},
                                                                 {.stdin_ = asyncio::PIPE, .stdout_ = asyncio::PIPE});
                  pid = process.pid();
                  auto waiting = create_task(process.wait(), "waiting");
                  co_await sleep(0s);
                  co_await process.communicate("abc\n");
                  co_await waiting;
              });
              const auto events = told();
              const auto started = of_kind(events, EventKind::process_started);
              EXPECT_IN_CHILD(started.size() == 1);
              EXPECT_IN_CHILD(started[0].b == static_cast<std::uint32_t>(pid) && started[0].task() != 0);
              const auto exited = of_kind(events, EventKind::process_exited);
              EXPECT_IN_CHILD(exited.size() == 1);
              EXPECT_IN_CHILD(exited[0].b == static_cast<std::uint32_t>(pid) && exited[0].c == 3);
              const auto suspended = of_kind(events, EventKind::task_suspended);
              EXPECT_IN_CHILD(std::ranges::any_of(suspended, [](const awaitscope::Event& event) {
                  return event.c == static_cast<std::uint32_t>(awaitscope::WaitKind::process) && event.a != 0;
              }));
              const auto four_bytes = [](const awaitscope::Event& event) { return event.a == 4; };
              EXPECT_IN_CHILD(std::ranges::count_if(of_kind(events, EventKind::io_read), four_bytes) == 1);
              EXPECT_IN_CHILD(std::ranges::count_if(of_kind(events, EventKind::io_write), four_bytes) == 1);
              EXPECT_IN_CHILD(of_kind(events, EventKind::connection_made).size() == 2);
              EXPECT_IN_CHILD(of_kind(events, EventKind::connection_lost).size() == 2);
              return 0;
          }) == 0);
}

TEST_CASE("A child process that a signal has ended tells a negative code") {
    CHECK(seen([] {
              run([]() -> Coroutine<> {
                  auto process = co_await create_subprocess_exec("sleep", {"1000"});
                  process.terminate();
                  co_await process.wait();
              });
              const auto exited = of_kind(told(), EventKind::process_exited);
              EXPECT_IN_CHILD(exited.size() == 1);
              EXPECT_IN_CHILD(static_cast<std::int32_t>(exited[0].c) == -SIGTERM);
              return 0;
          }) == 0);
}

TEST_CASE("A signal for a handler is seen") {
    CHECK(seen([] {
              run([]() -> Coroutine<> {
                  EventLoop& loop = get_running_loop();
                  loop.add_signal_handler(SIGUSR2, [] {});
                  raise(SIGUSR2);
                  raise(SIGUSR2);
                  co_await sleep(1ms);
              });
              const auto signals = of_kind(told(), EventKind::signal);
              EXPECT_IN_CHILD(signals.size() == 2);
              EXPECT_IN_CHILD(signals[0].b == SIGUSR2);
              return 0;
          }) == 0);
}

TEST_CASE("A child forked inside a loop tells nothing in its parent's name, with the loop it inherited or its own") {
    CHECK(seen([] {
              run([]() -> Coroutine<> {
                  co_await sleep(1ms);
                  const std::size_t before = told().size();
                  EventLoop& loop = get_running_loop();
                  ChildProcess child([&] {
                      // The loop still points to the emitter it has had.
                      loop.call_soon([] {});
                      loop.create_task(sleep(1ms));
                      return 0;
                  });
                  const int code = child.wait();
                  EXPECT_IN_CHILD(code == 0);
                  EXPECT_IN_CHILD(told().size() == before);
                  ChildProcess second([] {
                      run([]() -> Coroutine<> {
                          auto process = co_await create_subprocess_exec("true", {});
                          co_await process.wait();
                      });
                      return 0;
                  });
                  const int own = second.wait();
                  EXPECT_IN_CHILD(own == 0);
                  EXPECT_IN_CHILD(told().size() == before);
                  co_await sleep(1ms);
                  EXPECT_IN_CHILD(told().size() > before);
              });
              return 0;
          }) == 0);
}
