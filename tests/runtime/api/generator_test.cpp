// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <catch2/catch.hpp>

using namespace std::chrono_literals;
using asyncio::AsyncGenerator;
using asyncio::Coroutine;

namespace {

AsyncGenerator<int> count(int to) {
    for (int i = 0; i < to; ++i) {
        co_await asyncio::sleep(1ms);
        co_yield i;
    }
}
AsyncGenerator<std::string> words() {
    const std::string kept = "kept";
    co_yield "literal";
    co_yield kept;
    co_yield std::string("temporary");
}
AsyncGenerator<std::unique_ptr<int>> owners() {
    co_yield std::make_unique<int>(1);
}
AsyncGenerator<int> doubled(AsyncGenerator<int> source) {
    while (auto x = co_await source.next()) co_yield *x * 2;
}

}  // namespace

TEST_CASE("An asynchronous generator is consumed with next") {
    asyncio::run([]() -> Coroutine<> {
        int sum = 0;
        auto g = count(4);
        while (auto x = co_await g.next()) sum += *x;
        CHECK(sum == 6);
        const auto after = co_await g.next();
        CHECK_FALSE(after.has_value());
        std::string all;
        auto w = words();
        while (auto x = co_await w.next()) all += *x + " ";
        CHECK(all == "literal kept temporary ");
        auto o = owners();
        auto owner = co_await o.next();
        CHECK(**owner == 1);
        int twice = 0;
        auto d = doubled(count(3));
        while (auto x = co_await d.next()) twice += *x;
        CHECK(twice == 6);
    });
}

TEST_CASE("aclose and shutdown_asyncgens end generators") {
    bool cleaned = false;
    const auto generator = [&]() -> AsyncGenerator<int> {
        struct Clean {
            bool& flag;
            ~Clean() { flag = true; }
        } clean{cleaned};
        for (int i = 0;; ++i) co_yield i;
    };
    asyncio::run([&]() -> Coroutine<> {
        auto g = generator();
        const auto first = co_await g.next();
        CHECK(*first == 0);
        co_await g.aclose();
        CHECK(cleaned);
        auto second = generator();
        cleaned = false;
        co_await second.next();
        co_await asyncio::get_running_loop().shutdown_asyncgens();
        CHECK(cleaned);
    });
}
