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
    // How soon the thread hears of its result is chance, and so is the turn in which it tells the loop.
    auto lines = awaitscope::test::run_logged(run_coroutine_threadsafe_path);
    auto wanted = expected("expected.json").at("run_coroutine_threadsafe_path").lines;
    REQUIRE(lines.size() == wanted.size());
    for (auto* both : {&lines, &wanted}) {
        for (LoopLog::Line& line : *both) line.time = 0;
        both->back().turn = 0;
    }
    CHECK(to_text(lines) == to_text(wanted));
}
