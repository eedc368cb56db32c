// SPDX-License-Identifier: GPL-3.0-or-later
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <thread>

#include "asyncio/asyncio.hpp"
#include "tests/support/child_process.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::ChildProcess;

// Children tell by their exit code: 0 is what was expected.

TEST_CASE("In a forked child no loop runs, and run() makes one of its own") {
    const int got = run([]() -> Coroutine<int> {
        ChildProcess child([] {
            if (running_loop()) return 1;
            const int slept = run([]() -> Coroutine<int> {
                const int a = co_await sleep(1ms, 20);
                const int b = co_await to_thread([] { return 22; });
                co_return a + b;
            });
            return slept == 42 ? 0 : 2;
        });
        CHECK(child.wait() == 0);
        CHECK(running_loop() != nullptr);
        co_return co_await sleep(1ms, 7);
    });
    CHECK(got == 7);
}

TEST_CASE("What a forked child does with the loop it has inherited does not reach the parent") {
    run([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        int ends[2];
        REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) == 0);
        auto readable = loop.create_future<>();
        loop.add_reader(ends[0], [&] {
            loop.remove_reader(ends[0]);
            readable.set_result();
        });
        ChildProcess child([&] {
            // As a child would that unwinds through the parent's program.
            loop.remove_reader(ends[0]);
            loop.call_soon_threadsafe([] {});
            close(ends[0]);
            return 0;
        });
        CHECK(child.wait() == 0);
        CHECK(write(ends[1], "x", 1) == 1);
        co_await readable;
        close(ends[0]);
        close(ends[1]);
    });
}

#ifndef __SANITIZE_THREAD__  // which lets no thread begin in the child of a process with threads
TEST_CASE("A forked child that unwinds through run() ends, with threads of the parent's behind it") {
    ChildProcess outer([] {
        pid_t child = -1;
        const int code = run([&]() -> Coroutine<int> {
            const int three = co_await to_thread([] { return 3; });
            auto left = create_task([]() -> Coroutine<> { co_await sleep(1h); });
            co_await sleep(1ms);
            child = fork();
            if (child == 0) co_return three;
            co_await sleep(1ms);
            int status = 0;
            waitpid(child, &status, 0);
            co_return WIFEXITED(status) && WEXITSTATUS(status) == 3 ? 0 : 1;
        });
        return code;
    });
    CHECK(outer.wait() == 0);
}
#endif

TEST_CASE("A signal for a forked child is not one for its parent's loop") {
    int told_parent = 0;
    run([&]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        struct sigaction before {};
        sigaction(SIGUSR1, nullptr, &before);
        loop.add_signal_handler(SIGUSR1, [&] { ++told_parent; });
        ChildProcess child([&] {
            struct sigaction now {};
            sigaction(SIGUSR1, nullptr, &now);
            if (now.sa_handler != before.sa_handler) return 1;
            int told_child = 0;
            run([&]() -> Coroutine<> {
                auto got = get_running_loop().create_future<>();
                get_running_loop().add_signal_handler(SIGUSR1, [&] {
                    ++told_child;
                    got.set_result();
                });
                raise(SIGUSR1);
                co_await got;
            });
            return told_child == 1 ? 0 : 2;
        });
        CHECK(child.wait() == 0);
        for (int i = 0; i < 4; ++i) co_await sleep(0s);
        CHECK(told_parent == 0);
        raise(SIGUSR1);
        for (int i = 0; i < 4; ++i) co_await sleep(0s);
    });
    CHECK(told_parent == 1);
}

TEST_CASE("A fork while other threads post to the loop finds its lock open") {
    run([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        std::atomic<bool> ending = false;
        std::thread poster([&] {
            while (!ending) {
                loop.call_soon_threadsafe([] {});
                std::this_thread::yield();
            }
        });
        for (int i = 0; i < 20; ++i) {
            ChildProcess child([&] {
                loop.call_soon_threadsafe([] {});
                return 0;
            });
            CHECK(child.wait() == 0);
            co_await sleep(0s);
        }
        ending = true;
        poster.join();
    });
}
