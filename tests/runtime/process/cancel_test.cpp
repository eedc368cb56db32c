// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/wait.h>

#include <catch2/catch.hpp>
#include <functional>

#include "tests/runtime/process/open_descriptors.hpp"
#include "tests/support/captured_stderr.hpp"
#include "tests/support/loop_log.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::NothingLeft;

// Programs with children, cancelled at every turn in which they can be, one after the other: nothing may hang, and no
// child, dead or alive, and no descriptor be left.

namespace {

using Program = std::function<Coroutine<>()>;

/// Runs the program, cancels it before turn n of its own, and tells whether there was still something to cancel. A
/// child's doings take as many turns as the kernel likes: the count is of turns in which the victim may run.
bool run_cancelled_at_turn(const Program& program, int n, void (*between_turns)() = nullptr) {
    const NothingLeft nothing_left;
    bool was_running = false;
    asyncio::run([&]() -> Coroutine<> {
        auto task = create_task(program, "victim");
        for (int i = 0; i < n && !task.done(); ++i) {
            if (between_turns) between_turns();
            co_await sleep(0s);
        }
        was_running = task.cancel("systematically");
        const auto result = co_await as_result(wait_for(task, 30s));  // hangs otherwise
        CHECK((result.ok() || task.cancelled()));
    });
    return was_running;
}

/// Up to `turns`: what waits for a child can be cancelled in as many turns as that takes.
void cancel_everywhere(const Program& program, int turns) {
    const awaitscope::test::CapturedStderr captured;
    for (int turn = 0; turn < turns; ++turn) {
        const bool was_running = run_cancelled_at_turn(program, turn);
        if (turn < 3) CHECK(was_running);
    }
    CHECK(captured.text() == "");
}

}  // namespace

TEST_CASE("Cancelled everywhere: starting a child without pipes") {
    cancel_everywhere([]() -> Coroutine<> { co_await create_subprocess_exec("sleep", {"1000"}); }, 8);
}

TEST_CASE("Cancelled everywhere: starting a child with three pipes") {
    cancel_everywhere(
        []() -> Coroutine<> {
            co_await create_subprocess_exec("sleep", {"1000"}, {.stdin_ = PIPE, .stdout_ = PIPE, .stderr_ = PIPE});
        },
        20);
}

TEST_CASE("Cancelled everywhere: starting a child that has ended before its pipes are connected") {
    const auto program = []() -> Coroutine<> {
        co_await create_subprocess_exec("true", {}, {.stdin_ = PIPE, .stdout_ = PIPE, .stderr_ = PIPE});
    };
    const auto await_child = [] {
        siginfo_t ended{};
        waitid(P_ALL, 0, &ended, WEXITED | WNOWAIT);  // at once where there is no child
    };
    for (int turn = 0; turn < 12; ++turn) run_cancelled_at_turn(program, turn, await_child);
}

TEST_CASE("Cancelled everywhere: wait()") {
    cancel_everywhere(
        []() -> Coroutine<> {
            auto process = co_await create_subprocess_exec("sleep", {"1000"});
            process.kill();
            co_await process.wait();
        },
        20);
}

TEST_CASE("Cancelled everywhere: communicate() both ways") {
    cancel_everywhere(
        []() -> Coroutine<> {
            auto process = co_await create_subprocess_exec("cat", {}, {.stdin_ = PIPE, .stdout_ = PIPE});
            const std::string data(300'000, 'x');
            auto [out, err] = co_await process.communicate(data);
            CHECK((out == data));
        },
        120);
}

TEST_CASE("Cancelled everywhere: lines to and from a child, which is waited for in the end") {
    cancel_everywhere(
        []() -> Coroutine<> {
            auto process = co_await create_subprocess_exec("cat", {}, {.stdin_ = PIPE, .stdout_ = PIPE});
            for (int i = 0; i < 3; ++i) {
                process.stdin_().write("line\n");
                co_await process.stdin_().drain();
                co_await process.stdout_().readline();
            }
            process.stdin_().close();
            co_await process.stdin_().wait_closed();
            co_await process.wait();
        },
        80);
}
