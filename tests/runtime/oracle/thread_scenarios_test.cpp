// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <thread>

#include "tests/runtime/oracle/oracle.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::LoopLog;
using awaitscope::test::oracle::expected;

namespace {

const awaitscope::test::oracle::Registration registration{"run_coroutine_threadsafe_path"};

Coroutine<> run_coroutine_threadsafe_path(LoopLog& log) {
    EventLoop& loop = get_running_loop();
    auto seven = [&]() -> Coroutine<int> {
        log("c");
        co_await sleep(0s);
        co_return 7;
    };
    Event done;
    int result = 0;
    std::thread thread([&] {
        result = run_coroutine_threadsafe(seven, loop).result();
        loop.call_soon_threadsafe([&] { done.set(); });
    });
    co_await done.wait();
    thread.join();
    log("[{}]", result);
}

}  // namespace

TEST_CASE("As CPython: run_coroutine_threadsafe_path") {
    // The turns are compared; the time goes on here while the loop waits for the thread.
    auto lines = awaitscope::test::run_logged(run_coroutine_threadsafe_path);
    for (LoopLog::Line& line : lines) line.time = 0;
    CHECK(to_text(lines) == to_text(expected("expected.json").at("run_coroutine_threadsafe_path").lines));
}
