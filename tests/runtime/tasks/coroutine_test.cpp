// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <memory>

#include "tests/support/captured_stderr.hpp"
#include "tests/support/loop_log.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::CapturedStderr;
using awaitscope::test::run_virtual;
using awaitscope::test::thrown_by;

namespace {

Coroutine<int> forgotten() {
    co_return 1;
}

Coroutine<int> down(int levels) {
    if (levels == 0) {
        co_await sleep(1s);
        co_return 0;
    }
    const int below = co_await down(levels - 1);
    co_return below + 1;
}

Coroutine<> fall(int levels) {
    if (levels == 0) {
        co_await sleep(0s);
        throw ValueError("from the bottom");
    }
    co_await fall(levels - 1);
}

constexpr int deep = 100'000;

}  // namespace

TEST_CASE("A coroutine that is never awaited is reported with its name and place") {
    const CapturedStderr captured;
    { const auto coroutine = forgotten(); }
    CHECK_THAT(captured.text(), Catch::Contains("RuntimeWarning: coroutine 'forgotten' was never awaited"));
    CHECK_THAT(captured.text(), Catch::Contains("coroutine_test.cpp:"));
}

TEST_CASE("A lambda that is never awaited is reported as one") {
    const CapturedStderr captured;
    {
        auto lambda = []() -> Coroutine<> { co_return; };
        const auto coroutine = lambda();
    }
    CHECK_THAT(captured.text(), Catch::Contains("coroutine '<lambda>' was never awaited"));
}

TEST_CASE("A coroutine that was awaited, made a task or moved from is not reported") {
    const CapturedStderr captured;
    run_virtual([]() -> Coroutine<> {
        auto awaited = forgotten();
        co_await std::move(awaited);
        auto made_task = forgotten();
        co_await create_task(std::move(made_task));
        auto moved = forgotten();
        auto target = std::move(moved);
        co_await std::move(target);
    });
    CHECK(captured.text() == "");
}

TEST_CASE("A coroutine is true until it is awaited") {
    run_virtual([]() -> Coroutine<> {
        auto coroutine = forgotten();
        CHECK(coroutine);
        CHECK(std::string(coroutine.name()) == "forgotten");
        co_await std::move(coroutine);
        CHECK_FALSE(coroutine);
    });
}

TEST_CASE("A coroutine awaited twice is a RuntimeError") {
    CHECK(thrown_by([] {
              run_virtual([]() -> Coroutine<> {
                  auto coroutine = forgotten();
                  co_await std::move(coroutine);
                  co_await std::move(coroutine);
              });
          }) == "RuntimeError: cannot reuse already awaited coroutine");
}

TEST_CASE("A coroutine made a task twice is a RuntimeError") {
    CHECK(thrown_by([] {
              run_virtual([]() -> Coroutine<> {
                  auto coroutine = forgotten();
                  auto task = create_task(std::move(coroutine));
                  create_task(std::move(coroutine));
                  co_await task;
              });
          }) == "RuntimeError: cannot reuse already awaited coroutine");
}

TEST_CASE("A body starts when it is awaited, not before") {
    run_virtual([]() -> Coroutine<> {
        bool started = false;
        auto body = [&]() -> Coroutine<> {
            started = true;
            co_return;
        };
        auto coroutine = body();
        CHECK_FALSE(started);
        co_await std::move(coroutine);
        CHECK(started);
    });
}

TEST_CASE("A lambda that was made a task lives as long as its coroutine") {
    run_virtual([]() -> Coroutine<> {
        auto held = std::make_shared<std::string>("held");
        const std::weak_ptr<std::string> watch = held;
        auto task = create_task([held = std::move(held)]() -> Coroutine<std::string> {
            co_await sleep(1s);
            co_return *held;
        });
        co_await sleep(0s);
        CHECK_FALSE(watch.expired());
        CHECK((co_await task) == "held");
        task = {};
        CHECK(watch.expired());
    });
}

TEST_CASE("A coroutine that is dropped before its start destroys its arguments") {
    const CapturedStderr captured;
    const auto held = std::make_shared<int>(0);
    const auto take = [](std::shared_ptr<int>) -> Coroutine<> { co_return; };
    {
        const auto coroutine = take(held);
        CHECK(held.use_count() == 2);
    }
    CHECK(held.use_count() == 1);
}

TEST_CASE("An exception crosses a hundred coroutines") {
    CHECK(thrown_by([] { run_virtual(fall(100)); }) == "ValueError: from the bottom");
}

TEST_CASE("A chain of 100,000 awaits runs down and up again") {
    CHECK(run_virtual(down(deep)) == deep);
}

TEST_CASE("A chain of 100,000 awaits is cancelled") {
    run_virtual([]() -> Coroutine<> {
        auto task = create_task(down(deep));
        co_await sleep(0s);
        task.cancel();
        co_await as_result(task);
        CHECK(task.cancelled());
    });
}

TEST_CASE("A chain of 100,000 awaits is destroyed with its loop") {
    const auto loop = new_event_loop(Clock::virtual_time);
    loop->create_task(down(deep));
    loop->run_until_complete(sleep(0s));
    loop->close();
    CHECK(all_tasks(loop.get()).empty());
}

TEST_CASE("A hundred thousand awaits of a coroutine that is done at once need no stack") {
    const int sum = run_virtual([]() -> Coroutine<int> {
        int sum = 0;
        for (int i = 0; i < deep; ++i) sum += co_await forgotten();
        co_return sum;
    });
    CHECK(sum == deep);
}

TEST_CASE("A coroutine may await anything that has an operator co_await of ours") {
    struct Ticket {
        Future<int> future;
        const Future<int>& operator co_await() const { return future; }
    };
    run_virtual([]() -> Coroutine<> {
        Ticket ticket{get_running_loop().create_future<int>()};
        ticket.future.set_result(9);
        CHECK((co_await ticket) == 9);
    });
}

TEST_CASE("as_result gives a value or an exception") {
    run_virtual([]() -> Coroutine<> {
        const auto good = co_await as_result(forgotten());
        CHECK(good.ok());
        CHECK(good);
        CHECK(good.value() == 1);
        CHECK(good.exception() == nullptr);
        const auto bad = co_await as_result(fall(1));
        CHECK_FALSE(bad.ok());
        CHECK(thrown_by([&] { bad.value(); }) == "ValueError: from the bottom");
        CHECK(to_string(bad.exception()) == "ValueError: from the bottom");
    });
}
