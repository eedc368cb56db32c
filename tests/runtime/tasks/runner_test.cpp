// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "tests/support/captured_stderr.hpp"
#include "tests/support/loop_log.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::CapturedStderr;
using awaitscope::test::run_virtual;
using awaitscope::test::thrown_by;

namespace {
Coroutine<int> answer() {
    co_return 42;
}
}  // namespace

TEST_CASE("run gives the main coroutine's result") {
    CHECK(run(answer()) == 42);
    CHECK(run(answer) == 42);
    CHECK(run([]() -> Coroutine<std::unique_ptr<int>> { co_return std::make_unique<int>(1); }) != nullptr);
    CHECK(run([]() -> Coroutine<std::string> { co_return co_await sleep(0s, std::string("text")); }) == "text");
}

TEST_CASE("run throws the main coroutine's exception, and the thread has no loop afterwards") {
    CHECK(thrown_by([] {
              run([]() -> Coroutine<> {
                  throw ValueError("main's");
                  co_return;
              });
          }) == "ValueError: main's");
    CHECK(running_loop() == nullptr);
}

TEST_CASE("run inside a loop is a RuntimeError, and the coroutine is never awaited") {
    const CapturedStderr captured;
    run_virtual([]() -> Coroutine<> {
        CHECK(thrown_by([] { run(answer()); }) ==
              "RuntimeError: asyncio.run() cannot be called from a running event loop");
        Runner runner;
        CHECK(thrown_by([&] { runner.run(answer()); }) ==
              "RuntimeError: Runner.run() cannot be called from a running event loop");
        co_return;
    });
    CHECK_THAT(captured.text(), Catch::Contains("coroutine 'answer' was never awaited"));
}

TEST_CASE("A Runner runs several coroutines on one loop") {
    Runner runner({.clock = Clock::virtual_time});
    EventLoop* const loop = &runner.get_loop();
    runner.run([]() -> Coroutine<> { co_await sleep(1s); });
    CHECK(runner.run(answer()) == 42);
    CHECK(&runner.get_loop() == loop);
    CHECK(loop->time().time_since_epoch() == 1s);
    runner.close();
    runner.close();
    CHECK(loop->is_closed());
    CHECK(thrown_by([&] { runner.get_loop(); }) == "RuntimeError: Runner is closed");
}

TEST_CASE("What a task left by one run does goes on in the next") {
    Runner runner({.clock = Clock::virtual_time});
    bool ended = false;
    auto background = [&]() -> Coroutine<> {
        co_await sleep(2s);
        ended = true;
    };
    runner.run([&]() -> Coroutine<> {
        create_task(background);
        co_return;
    });
    CHECK_FALSE(ended);
    runner.run([]() -> Coroutine<> { co_await sleep(3s); });
    CHECK(ended);
}

TEST_CASE("run cancels what is left, and waits for its clean-up") {
    std::string said;
    run_virtual([&]() -> Coroutine<> {
        auto work = [&said](char name) -> Coroutine<> {
            const auto slept = co_await as_result(sleep(100s));
            co_await sleep(1s);
            said += name;
            std::rethrow_exception(slept.exception());
        };
        static std::vector<std::function<Coroutine<>()>> kept;
        kept = {[work] { return work('a'); }, [work] { return work('b'); }};
        for (auto& body : kept) create_task(body);
        co_await sleep(0s);
    });
    CHECK(said == "ab");
}

TEST_CASE("An error during the shutdown is reported and does not hide the result") {
    const CapturedStderr captured;
    const int result = run_virtual([]() -> Coroutine<int> {
        create_task([]() -> Coroutine<> {
            co_await as_result(sleep(100s));
            throw ValueError("cleaning up");
        });
        co_await sleep(0s);
        co_return 1;
    });
    CHECK(result == 1);
    CHECK_THAT(captured.text(), Catch::StartsWith("unhandled exception during asyncio.run() shutdown"));
    CHECK_THAT(captured.text(), Catch::Contains("ValueError: cleaning up"));
}
