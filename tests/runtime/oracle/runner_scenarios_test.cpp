// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/runtime/oracle/oracle.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::LoopLog;
using awaitscope::test::oracle::expected;

namespace {

using Lines = std::vector<LoopLog::Line>;

/// CPython cancels the tasks that are left in the order of a set, which is none: ours is the order of creation. Within
/// a turn the lines are compared as a set.
std::string sorted_text(Lines lines) {
    std::stable_sort(lines.begin(), lines.end(), [](const LoopLog::Line& a, const LoopLog::Line& b) {
        return a.turn != b.turn ? a.turn < b.turn : a.text < b.text;
    });
    return to_text(lines);
}

/// What CPython's program logged itself; the lines in between tell what the runner did.
Lines expected_lines(const std::string& scenario) {
    Lines lines = expected("expected_runner.json").at(scenario).lines;
    std::erase_if(lines, [](const LoopLog::Line& line) { return line.text.starts_with("---"); });
    return lines;
}

/// Runs it as asyncio.run does, and tells in which turn the runner was through.
template <class Program>
Lines run_and_close(const Program& program) {
    Runner runner({.clock = Clock::virtual_time});
    EventLoop& loop = runner.get_loop();
    LoopLog log(loop);
    loop.set_exception_handler(
        [&](EventLoop&, const ExceptionContext& context) { log("EXC HANDLER: {}", context.message); });
    std::string end;
    try {
        using T = typename detail::CoroutineResult<decltype(program(log))>::type;
        if constexpr (std::is_void_v<T>) {
            runner.run(program(log));
            end = "asyncio.run returned None";
        } else {
            end = fmt::format("asyncio.run returned {}", runner.run(program(log)));
        }
    } catch (...) {
        end = "raised " + to_string(std::current_exception());
    }
    runner.close();
    log.add(end);
    return log.lines();
}

Coroutine<> background(LoopLog& log, const char* name, int turns = 0) {
    log("{} start", name);
    const auto slept = co_await as_result(sleep(100s));
    log("{} cancelled", name);
    for (int i = 0; i < turns; ++i) co_await sleep(0s);
    log("{} cleanup done", name);
    std::rethrow_exception(slept.exception());
}

AsyncGenerator<int> endless(LoopLog& log) {
    std::exception_ptr closing;
    try {
        for (;;) co_yield 1;
    } catch (...) {
        closing = std::current_exception();
    }
    log("agen finally");
    co_await sleep(0s);
    log("agen finally 2");
    std::rethrow_exception(closing);
}

}  // namespace

TEST_CASE("As CPython: runner_cancels_background") {
    const auto lines = run_and_close([](LoopLog& log) -> Coroutine<int> {
        auto a = create_task(background(log, "A"), "A");
        auto b = create_task(background(log, "B", 2), "B");
        co_await sleep(0s);
        log("main returns");
        co_return 1;
    });
    CHECK(sorted_text(lines) == sorted_text(expected_lines("runner_cancels_background")));
}

TEST_CASE("As CPython: runner_main_returns_before_child_first_step") {
    const auto lines = run_and_close([](LoopLog& log) -> Coroutine<int> {
        auto a = create_task(background(log, "A"), "A");
        log("main returns at once");
        co_return 1;
    });
    CHECK(to_text(lines) == to_text(expected_lines("runner_main_returns_before_child_first_step")));
}

TEST_CASE("As CPython: runner_child_raises_during_shutdown") {
    const auto lines = run_and_close([](LoopLog&) -> Coroutine<> {
        auto bad = []() -> Coroutine<> {
            try {
                co_await sleep(100s);
            } catch (const CancelledError&) {
                throw ValueError("in cleanup");
            }
        };
        auto a = create_task(bad, "A");
        co_await sleep(0s);
    });
    CHECK(to_text(lines) == to_text(expected_lines("runner_child_raises_during_shutdown")));
}

TEST_CASE("As CPython: runner_main_raises") {
    struct KeyError : std::runtime_error {
        using runtime_error::runtime_error;
    };
    const auto lines = run_and_close([](LoopLog&) -> Coroutine<> {
        throw KeyError("boom");
        co_return;
    });
    // CPython's trace ends with the exception in turn 6, after the generators' and the executor's shutdown.
    REQUIRE(expected("expected_runner.json").at("runner_main_raises").error == "KeyError('boom')");
    REQUIRE(lines.size() == 1);
    CHECK(lines.back().turn == 6);
    CHECK_THAT(lines.back().text, Catch::EndsWith("KeyError: boom"));
}

TEST_CASE("As CPython: runner_leftover_callbacks") {
    const auto lines = run_and_close([](LoopLog& log) -> Coroutine<> {
        get_running_loop().call_soon([&] { log("cb1"); });
        get_running_loop().call_later(5s, [&] { log("timer never"); });
        log("main end");
        co_return;
    });
    CHECK(to_text(lines) == to_text(expected_lines("runner_leftover_callbacks")));
}

TEST_CASE("As CPython: runner_ready_task_runs_once_more_after_main_returns") {
    const auto lines = run_and_close([](LoopLog& log) -> Coroutine<> {
        auto ticker = [&log]() -> Coroutine<> {
            for (int i = 0;; ++i) {
                log("tick {}", i);
                co_await sleep(0s);
            }
        };
        auto task = create_task(ticker, "T");
        co_await sleep(0s);
        log("main returns");
    });
    CHECK(to_text(lines) == to_text(expected_lines("runner_ready_task_runs_once_more_after_main_returns")));
}

TEST_CASE("As CPython: runner_asyncgen_left_open") {
    // It lives on when main has ended, as the global does that holds it there.
    std::optional<AsyncGenerator<int>> left_open;
    const auto lines = run_and_close([&](LoopLog& log) -> Coroutine<> {
        left_open.emplace(endless(log));
        co_await left_open->next();
        log("main end");
    });
    CHECK(to_text(lines) == to_text(expected_lines("runner_asyncgen_left_open")));
}
