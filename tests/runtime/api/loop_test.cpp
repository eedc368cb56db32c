// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <asyncio/asyncio.hpp>
#include <catch2/catch.hpp>

using namespace std::chrono_literals;
using asyncio::Coroutine;

TEST_CASE("Calls of a loop, with and without arguments") {
    asyncio::run(
        []() -> Coroutine<> {
            asyncio::EventLoop& loop = asyncio::get_running_loop();
            std::string calls;
            const auto note = [&](const std::string& text, int n) { calls += text + std::to_string(n) + " "; };
            asyncio::Handle handle = loop.call_soon([&] { calls += "soon "; });
            loop.call_soon(note, "bound", 1);
            loop.call_soon_threadsafe(note, std::string("threadsafe"), 2);
            asyncio::TimerHandle later = loop.call_later(1s, note, "later", 3);
            loop.call_later(0.5s, [&] { calls += "half "; });
            loop.call_at(loop.time() + 2s, note, "at", 4);
            loop.call_at(loop.time() + 2.5s, [&] { calls += "at-half "; });
            auto cancelled = loop.call_soon([&] { calls += "never "; });
            cancelled.cancel();
            CHECK(cancelled.cancelled());
            CHECK_FALSE(handle.cancelled());
            CHECK(later.when() == loop.time() + 1s);
            co_await asyncio::sleep(3s);
            CHECK(calls == "soon bound1 threadsafe2 half later3 at4 at-half ");
            CHECK(loop.is_running());
            CHECK_FALSE(loop.is_closed());
        },
        {.clock = asyncio::Clock::virtual_time});
}

TEST_CASE("Readers and writers of a descriptor") {
    asyncio::run([]() -> Coroutine<> {
        asyncio::EventLoop& loop = asyncio::get_running_loop();
        int fds[2];
        REQUIRE(pipe(fds) == 0);
        asyncio::Event readable;
        bool writable = false;
        loop.add_reader(fds[0], [&] {
            loop.remove_reader(fds[0]);
            readable.set();
        });
        const auto write_now = [&](int fd, const char* text) {
            writable = ::write(fd, text, 1) == 1;
            loop.remove_writer(fd);
        };
        loop.add_writer(fds[1], write_now, fds[1], "x");
        co_await readable.wait();
        CHECK(writable);
        CHECK_FALSE(loop.remove_reader(fds[0]));
        CHECK_FALSE(loop.remove_writer(fds[1]));
        ::close(fds[0]);
        ::close(fds[1]);
    });
}

TEST_CASE("Exception handlers") {
    asyncio::run([]() -> Coroutine<> {
        asyncio::EventLoop& loop = asyncio::get_running_loop();
        std::vector<std::string> told;
        loop.set_exception_handler([&](asyncio::EventLoop&, const asyncio::ExceptionContext& context) {
            told.push_back(context.message);
            if (context.exception) told.push_back(asyncio::to_string(context.exception));
            if (context.handle) told.push_back("handle");
            if (context.future) told.push_back("future");
        });
        loop.call_soon([] { throw asyncio::ValueError("callback"); });
        co_await asyncio::sleep(0s);
        co_await asyncio::sleep(0s);
        REQUIRE(told.size() == 3);
        CHECK(told[0].starts_with("Exception in callback"));
        CHECK(told[1] == "ValueError: callback");
        CHECK(told[2] == "handle");
        told.clear();
        asyncio::create_task([]() -> Coroutine<> {
            throw asyncio::ValueError("lost");
            co_return;
        });
        co_await asyncio::sleep(0s);
        co_await asyncio::sleep(0s);
        CHECK(told == std::vector<std::string>{"Task exception was never retrieved", "ValueError: lost", "future"});
        told.clear();
        {
            auto future = loop.create_future<int>();
            future.set_exception(asyncio::ValueError("plain"));
        }
        CHECK(told == std::vector<std::string>{"Future exception was never retrieved", "ValueError: plain", "future"});
        told.clear();
        loop.call_exception_handler({.message = "by hand"});
        loop.call_exception_handler(
            {.message = "with", .exception = std::make_exception_ptr(asyncio::RuntimeError("error"))});
        CHECK(told == std::vector<std::string>{"by hand", "with", "RuntimeError: error"});
        loop.set_exception_handler(nullptr);
    });
}

TEST_CASE("Debug mode is asked for and set") {
    asyncio::run(
        []() -> Coroutine<> {
            asyncio::EventLoop& loop = asyncio::get_running_loop();
            CHECK(loop.get_debug());
            loop.set_debug(false);
            CHECK_FALSE(loop.get_debug());
            loop.slow_callback_duration = 50ms;
            loop.slow_callback_duration = 0.25s;
            CHECK(loop.slow_callback_duration == 250ms);
            co_return;
        },
        {.debug = true});
    auto loop = asyncio::new_event_loop();
    CHECK(loop->slow_callback_duration == 100ms);
}
