// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/wait.h>
#include <unistd.h>

#include <asyncio/asyncio.hpp>
#include <catch2/catch.hpp>
#include <vector>

#include "tests/support/captured_stderr.hpp"

using namespace asyncio;
using namespace std::chrono_literals;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int many = 50'000;  // red zones and shadows cost ten times the memory
#else
constexpr int many = 1'000'000;
#endif

template <class A>
auto run_virtual(A&& main) {
    return run(std::forward<A>(main), {.clock = Clock::virtual_time});
}

}  // namespace

TEST_CASE("A million tasks are alive at once, and end in their order") {
    const auto order_kept = run_virtual([]() -> Coroutine<int> {
        Event go;
        int next = 0, in_order = 0;
        const auto wait = [&](int number) -> Coroutine<> {
            co_await go.wait();
            in_order += next++ == number;
        };
        std::vector<Task<>> tasks;
        tasks.reserve(many);
        for (int i = 0; i < many; ++i) tasks.push_back(create_task(wait(i)));
        co_await sleep(1s);
        go.set();
        for (auto& task : tasks) co_await task;
        co_return in_order;
    });
    CHECK(order_kept == many);
}

TEST_CASE("Coroutines that await each other a hundred thousand deep need no stack") {
    struct Deep {
        static Coroutine<int> down(int depth) {
            if (depth == 0) {
                co_await sleep(1s);
                co_return 0;
            }
            const int below = co_await down(depth - 1);
            co_return below + 1;
        }
    };
    CHECK(run_virtual([]() -> Coroutine<int> { co_return co_await Deep::down(100'000); }) == 100'000);
    // Nor does throwing a cancellation up through them, nor dropping them all with their loop.
    const bool cancelled = run_virtual([]() -> Coroutine<bool> {
        auto task = create_task(Deep::down(100'000));
        co_await sleep(0s);
        task.cancel();
        const auto result = co_await as_result(task);
        co_return !result.ok() && task.cancelled();
    });
    CHECK(cancelled);
    const awaitscope::test::CapturedStderr captured;  // that it was destroyed while pending
    const auto loop = new_event_loop(Clock::virtual_time);
    loop->create_task(Deep::down(100'000));
    loop->run_until_complete(sleep(0s));
    loop->close();
    CHECK(loop->is_closed());
}

TEST_CASE("Tasks that await each other in a chain of a hundred thousand end one a turn") {
    const auto turns = run_virtual([]() -> Coroutine<std::uint64_t> {
        constexpr int length = 100'000;
        const auto after = [](Task<> before) -> Coroutine<> { co_await before; };
        const auto first = []() -> Coroutine<> { co_await sleep(1s); };
        Task<> last = create_task(first());
        for (int i = 1; i < length; ++i) last = create_task(after(last));
        co_await sleep(0s);
        co_await sleep(0s);
        const auto begin = get_running_loop().iteration();
        co_await last;
        co_return get_running_loop().iteration() - begin;
    });
    // A turn for the timer, one for each task, one for the main task.
    CHECK(turns == 100'002);
}

TEST_CASE("A hundred thousand sleeps of one length end in the order in which they began") {
    const auto [in_order, seconds] = run_virtual([]() -> Coroutine<std::pair<int, double>> {
        constexpr int sleepers = 100'000;
        int next = 0, in_order = 0;
        const auto sleeper = [&](int number) -> Coroutine<> {
            co_await sleep(700ms);
            in_order += next++ == number;
        };
        std::vector<Task<>> tasks;
        for (int i = 0; i < sleepers; ++i) tasks.push_back(create_task(sleeper(i)));
        for (auto& task : tasks) co_await task;
        co_return std::pair(in_order,
                            std::chrono::duration<double>(get_running_loop().time().time_since_epoch()).count());
    });
    CHECK(in_order == 100'000);
    CHECK(seconds == Approx(0.7));
}

TEST_CASE("Sleeps beyond the end of time wait, and can be cancelled") {
    const auto ended = run_virtual([]() -> Coroutine<int> {
        const auto forever = [](auto delay) -> Coroutine<> { co_await sleep(delay); };
        std::vector<Task<>> tasks{create_task(forever(std::chrono::hours::max())),
                                  create_task(forever(std::chrono::nanoseconds::max())),
                                  create_task(forever(std::chrono::duration<double>(1e300)))};
        co_await sleep(24h * 365 * 100);
        int pending = 0;
        for (auto& task : tasks) pending += !task.done();
        for (auto& task : tasks) task.cancel();
        for (auto& task : tasks) co_await as_result(task);
        co_return pending;
    });
    CHECK(ended == 3);
}

TEST_CASE("A child made by fork() runs tasks on a loop of its own, and the parent's go on") {
    const auto sum = run_virtual([]() -> Coroutine<int> {
        const auto give = [](int value) -> Coroutine<int> {
            co_await sleep(1s);
            co_return value;
        };
        auto before = create_task(give(40));
        co_await sleep(0s);
        // From a callback of the loop, so that the child leaves through _exit and never comes back into it.
        const pid_t child = fork();
        if (child == 0) {
            int result = 1;
            std::thread([&] {  // a thread of the child's: no loop runs in it
                result = run(
                    [&]() -> Coroutine<int> {
                        const auto values = co_await gather(give(1), give(2));
                        co_return std::get<0>(values) + std::get<1>(values) == 3 ? 0 : 1;
                    },
                    {.clock = Clock::virtual_time});
            })
                .join();
            _exit(result);
        }
        int status = -1;
        waitpid(child, &status, 0);
        const int value = co_await before;
        co_return value + (WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 2 : 0);
    });
    CHECK(sum == 42);
}
