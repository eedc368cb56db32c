// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "asyncio/asyncio.hpp"

using namespace asyncio;
using namespace std::chrono_literals;

namespace {

/// Counts, and says in `log` how it ends.
AsyncGenerator<int> count(int n, std::vector<std::string>& log) {
    struct Left {
        std::vector<std::string>& log;
        ~Left() { log.push_back("left"); }
    } left{log};
    for (int i = 0; i < n; ++i) {
        co_await sleep(1ms);
        try {
            co_yield i;
        } catch (const BaseException&) {
            log.push_back("closed");
            throw;
        }
    }
}

AsyncGenerator<int> fails() {
    co_yield 1;
    throw ValueError("x");
}

}  // namespace

TEST_CASE("A generator gives its values one at a time, and then nothing") {
    std::vector<std::string> log;
    std::vector<int> values;
    run([&]() -> Coroutine<> {
        auto generator = count(3, log);
        while (auto value = co_await generator.next()) values.push_back(*value);
        const auto after = co_await generator.next();
        CHECK_FALSE(after);
    });
    CHECK(values == std::vector<int>{0, 1, 2});
    CHECK(log == std::vector<std::string>{"left"});
}

TEST_CASE("aclose() ends a generator at its co_yield") {
    std::vector<std::string> log;
    run([&]() -> Coroutine<> {
        auto generator = count(3, log);
        co_await generator.next();
        co_await generator.aclose();
        CHECK(log == std::vector<std::string>{"closed", "left"});
        const auto after = co_await generator.next();
        CHECK_FALSE(after);
        co_await generator.aclose();
    });
}

TEST_CASE("A generator that never began has nothing to close") {
    std::vector<std::string> log;
    run([&]() -> Coroutine<> {
        auto generator = count(3, log);
        co_await generator.aclose();
        const auto after = co_await generator.next();
        CHECK_FALSE(after);
    });
    CHECK(log.empty());
}

TEST_CASE("What a generator throws comes out of next(), and then it has ended") {
    run([]() -> Coroutine<> {
        auto generator = fails();
        const auto got_1 = co_await generator.next();
        CHECK(got_1 == 1);
        CHECK_THROWS_AS(co_await generator.next(), ValueError);
        const auto after = co_await generator.next();
        CHECK_FALSE(after);
    });
}

TEST_CASE("run() closes the generators that were left open") {
    std::vector<std::string> log;
    std::optional<AsyncGenerator<int>> left_open;
    run([&]() -> Coroutine<> {
        left_open.emplace(count(3, log));
        co_await left_open->next();
    });
    CHECK(log == std::vector<std::string>{"closed", "left"});
}

TEST_CASE("A generator is consumed by one task at a time") {
    std::vector<std::string> log;
    run([&]() -> Coroutine<> {
        auto generator = count(3, log);
        const Task<std::optional<int>> first = create_task(generator.next());
        co_await sleep(0s);
        CHECK_THROWS_AS(co_await generator.next(), RuntimeError);
        const auto got_2 = co_await first;
        CHECK(got_2 == 0);
    });
}
