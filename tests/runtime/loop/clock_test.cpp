// SPDX-License-Identifier: GPL-3.0-or-later
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <thread>

#include "tests/support/loop_log.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::run_virtual;
using awaitscope::test::thrown_by;

TEST_CASE("Virtual time begins at 0, stands still while code runs, and jumps to the next timer") {
    run_virtual([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        CHECK(loop.time().time_since_epoch() == 0ns);
        co_await sleep(0s);
        CHECK(loop.time().time_since_epoch() == 0ns);
        co_await sleep(1h);
        CHECK(loop.time().time_since_epoch() == 1h);
        co_await sleep(1ns);
        CHECK(loop.time().time_since_epoch() == 1h + 1ns);
    });
}

TEST_CASE("A year of virtual time costs nothing") {
    const auto began = std::chrono::steady_clock::now();
    run_virtual([]() -> Coroutine<> {
        for (int day = 0; day < 365; ++day) co_await sleep(24h);
    });
    CHECK(std::chrono::steady_clock::now() - began < 30s);
}

TEST_CASE("A sleep of zero or less is one turn and no time") {
    run_virtual([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        const auto turn = loop.iteration();
        co_await sleep(0s);
        CHECK(loop.iteration() == turn + 1);
        co_await sleep(-5s);
        CHECK(loop.iteration() == turn + 2);
        CHECK(loop.time().time_since_epoch() == 0ns);
    });
}

TEST_CASE("Sleeps take any duration") {
    run_virtual([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        co_await sleep(std::chrono::duration<double>(0.1));
        CHECK(loop.time().time_since_epoch() == 100ms);
        co_await sleep(std::chrono::duration<float>(0.5f));
        CHECK(loop.time().time_since_epoch() == 600ms);
        co_await sleep(std::chrono::duration<int, std::ratio<1, 3>>(1));
        CHECK(loop.time().time_since_epoch() == 933333334ns);
        CHECK(thrown_by([] {
                  [[maybe_unused]] auto never =
                      sleep(std::chrono::duration<double>(std::numeric_limits<double>::quiet_NaN()));
              }) == "ValueError: Invalid delay: NaN (not a number)");
    });
}

TEST_CASE("A sleep gives its result") {
    run_virtual([]() -> Coroutine<> {
        const std::string text = co_await sleep(1s, std::string("morning"));
        CHECK(text == "morning");
        const auto pointer = co_await sleep(1s, std::make_unique<int>(4));
        CHECK(*pointer == 4);
    });
}

TEST_CASE("The longest timers neither overflow nor fire") {
    run_virtual([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        bool fired = false;
        co_await sleep(1s);
        auto a = loop.call_later(std::chrono::nanoseconds::max(), [&] { fired = true; });
        auto b = loop.call_later(std::chrono::hours::max(), [&] { fired = true; });
        auto c = loop.call_later(std::chrono::duration<double>(std::numeric_limits<double>::infinity()),
                                 [&] { fired = true; });
        CHECK(a.when() == TimePoint::max());
        CHECK(b.when() == TimePoint::max());
        CHECK(c.when() == TimePoint::max());
        co_await sleep(10000h);
        CHECK_FALSE(fired);
    });
}

TEST_CASE("Virtual time does not jump while a descriptor is watched: what comes there comes first") {
    int ends[2];
    REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) == 0);
    run_virtual([&]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        auto came = loop.create_future<>();
        loop.add_reader(ends[0], [&] {
            loop.remove_reader(ends[0]);
            came.set_result();
        });
        ssize_t written = 0;
        std::thread other([&] { written = write(ends[1], "x", 1); });
        co_await wait_for(came, 1h);
        CHECK(loop.time().time_since_epoch() < 1h);
        other.join();
        CHECK(written == 1);
    });
    close(ends[0]);
    close(ends[1]);
}

TEST_CASE("A timer is never early on the real clock") {
    run([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        const auto began = loop.time();
        for (int i = 0; i < 5; ++i) co_await sleep(2ms);
        CHECK(loop.time() - began >= 10ms);
    });
}

namespace {

extern "C" void ignore_signal(int) {}

/// SIGUSR1 interrupts system calls while this lives.
class InterruptingSignal {
  public:
    InterruptingSignal() {
        struct sigaction action {};
        action.sa_handler = ignore_signal;
        sigaction(SIGUSR1, &action, &saved_);
    }
    ~InterruptingSignal() { sigaction(SIGUSR1, &saved_, nullptr); }

  private:
    struct sigaction saved_ {};
};

}  // namespace

TEST_CASE("A signal in the middle of a wait neither ends it early nor throws") {
    const InterruptingSignal signal;
    int ends[2];
    REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) == 0);
    const auto program = [&]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        loop.add_reader(ends[0], [] {});  // so that the virtual clock waits for real
        const auto began = std::chrono::steady_clock::now();
        const auto loop_began = loop.time();
        std::thread other([thread = pthread_self()] {
            for (int i = 0; i < 5; ++i) {
                std::this_thread::sleep_for(2ms);
                pthread_kill(thread, SIGUSR1);
            }
        });
        co_await sleep(30ms);
        CHECK(std::chrono::steady_clock::now() - began >= 30ms);
        CHECK(loop.time() - loop_began >= 30ms);
        loop.remove_reader(ends[0]);
        other.join();
    };
    run(program);
    run_virtual(program);
    close(ends[0]);
    close(ends[1]);
}
