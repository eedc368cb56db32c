// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <catch2/catch.hpp>

using namespace std::chrono_literals;

namespace {

asyncio::Coroutine<int> answer() {
    co_await asyncio::sleep(0s);
    co_return 42;
}
asyncio::Coroutine<> nothing() {
    co_return;
}
asyncio::Coroutine<std::unique_ptr<int>> owned() {
    co_return std::make_unique<int>(7);
}
asyncio::Coroutine<std::string> named(std::string name, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += name;
    co_return all;
}
asyncio::Coroutine<std::pair<int, std::string>> braces() {
    co_return {1, "one"};
}
asyncio::Coroutine<std::optional<int>> maybe(bool there) {
    if (there) co_return 5;
    co_return std::nullopt;
}
struct Service {
    int base = 10;
    asyncio::Coroutine<int> call(int x) const { co_return base + x; }
    static asyncio::Coroutine<int> shared() { co_return 1; }
};
template <class T>
asyncio::Coroutine<T> twice(T value) {
    co_return value + value;
}

}  // namespace

TEST_CASE("run takes a coroutine, a function, and options") {
    CHECK(asyncio::run(answer()) == 42);
    CHECK(asyncio::run(answer) == 42);
    asyncio::run(nothing());
    asyncio::run(nothing(), {});
    CHECK(asyncio::run(answer(), {.debug = true}) == 42);
    CHECK(asyncio::run(answer(), {.debug = true, .name = "x"}) == 42);
    CHECK(asyncio::run(answer(), {.clock = asyncio::Clock::virtual_time}) == 42);
    CHECK(asyncio::run(answer(), {.debug = false, .clock = asyncio::Clock::real, .name = "main"}) == 42);
    const asyncio::RunOptions options{.clock = asyncio::Clock::virtual_time};
    CHECK(asyncio::run(answer(), options) == 42);
    CHECK(asyncio::run([]() -> asyncio::Coroutine<int> { co_return 3; }) == 3);
    int seen = 0;
    asyncio::run([&]() -> asyncio::Coroutine<> {
        seen = 9;
        co_return;
    });
    CHECK(seen == 9);
    auto coroutine = answer();
    CHECK(asyncio::run(std::move(coroutine)) == 42);
    CHECK(*asyncio::run(owned()) == 7);
    CHECK(asyncio::run(named("ab", 2)) == "abab");
    CHECK(asyncio::run(braces()).second == "one");
    CHECK(asyncio::run(maybe(true)) == 5);
    CHECK_FALSE(asyncio::run(maybe(false)).has_value());
    const Service service;
    CHECK(asyncio::run(service.call(1)) == 11);
    CHECK(asyncio::run(Service::shared()) == 1);
    CHECK(asyncio::run(twice(21)) == 42);
    CHECK(asyncio::run(twice<std::string>("a")) == "aa");
}

TEST_CASE("run inside a loop is a RuntimeError") {
    std::string error;
    asyncio::run([&]() -> asyncio::Coroutine<> {
        try {
            asyncio::run(nothing());
        } catch (const asyncio::RuntimeError& e) {
            error = e.what();
        }
        co_return;
    });
    CHECK(error == "asyncio.run() cannot be called from a running event loop");
}

TEST_CASE("A Runner runs more than once on one loop") {
    asyncio::Runner runner;
    CHECK(runner.run(answer()) == 42);
    asyncio::EventLoop& loop = runner.get_loop();
    CHECK(runner.run([&]() -> asyncio::Coroutine<bool> { co_return &asyncio::get_running_loop() == &loop; }));
    runner.close();
    CHECK(loop.is_closed());

    asyncio::Runner debugging({.debug = true, .clock = asyncio::Clock::virtual_time, .name = "second"});
    CHECK(debugging.get_loop().get_debug());
    debugging.run(nothing());
    asyncio::Runner braced{asyncio::RunOptions{.debug = false}};
    CHECK_FALSE(braced.get_loop().get_debug());
}

TEST_CASE("An exception of the main coroutine leaves run") {
    const auto fails = []() -> asyncio::Coroutine<int> {
        co_await asyncio::sleep(0s);
        throw asyncio::ValueError("no");
    };
    CHECK_THROWS_AS(asyncio::run(fails()), asyncio::ValueError);
    CHECK_THROWS_AS(asyncio::run(fails), std::exception);
    CHECK_THROWS_AS(asyncio::run([]() -> asyncio::Coroutine<> {
                        throw asyncio::SystemExit(3);
                        co_return;
                    }),
                    asyncio::SystemExit);
}

TEST_CASE("Under the virtual clock a day takes no time") {
    const auto took = asyncio::run(
        []() -> asyncio::Coroutine<asyncio::TimePoint> {
            co_await asyncio::sleep(24h);
            co_await asyncio::sleep(0.5s);
            co_return asyncio::get_running_loop().time();
        },
        {.clock = asyncio::Clock::virtual_time});
    CHECK(took.time_since_epoch() == 24h + 500ms);
}

TEST_CASE("A loop of one's own") {
    auto loop = asyncio::new_event_loop();
    CHECK(loop->run_until_complete(answer()) == 42);
    CHECK(loop->run_until_complete(answer) == 42);
    asyncio::Task<int> task = loop->create_task(answer(), "mine");
    CHECK(loop->run_until_complete(task) == 42);
    asyncio::Future<> future = loop->create_future();
    loop->call_soon([future] { future.set_result(); });
    loop->run_until_complete(future);
    CHECK_FALSE(loop->is_running());
    loop->call_soon([&] { loop->stop(); });
    loop->run_forever();
    loop->close();
    CHECK(loop->is_closed());
    CHECK(asyncio::running_loop() == nullptr);
    CHECK_THROWS_AS(asyncio::get_running_loop(), asyncio::RuntimeError);
    CHECK_THROWS_AS(asyncio::current_task(), asyncio::RuntimeError);
    CHECK_THROWS_AS(loop->run_forever(), asyncio::RuntimeError);
}
