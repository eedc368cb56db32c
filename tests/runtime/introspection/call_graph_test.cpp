// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "asyncio/asyncio.hpp"

using namespace asyncio;
using namespace std::chrono_literals;

namespace {

Coroutine<> leaf() {
    co_await sleep(1h);  // line 12
}
Coroutine<> waits_for(Task<> task) {
    co_await task;  // line 15
}

template <class F>
void virtually(F&& main) {
    run(std::forward<F>(main), {.clock = Clock::virtual_time});
}

/// "leaf <- (a <- (b) c)".
std::string text_of(const FutureCallGraph& graph) {
    auto* const task = graph.future.core()->as_task();
    std::string text = task ? task->name() : "future";
    if (graph.awaited_by.empty()) return text;
    text += " <- (";
    for (const auto& awaiter : graph.awaited_by) text += text_of(awaiter) + " ";
    text.back() = ')';
    return text;
}

}  // namespace

TEST_CASE("Who awaits a task, and where") {
    virtually([]() -> Coroutine<> {
        auto task = create_task(leaf(), "leaf");
        auto first = create_task(waits_for(task), "first");
        auto second = create_task(waits_for(task), "second");
        auto outer = create_task(waits_for(first), "outer");
        co_await sleep(0s);
        const FutureCallGraph graph = capture_call_graph(task);
        CHECK(graph.future == task);
        CHECK(text_of(graph) == "leaf <- (first <- (outer) second)");
        REQUIRE(graph.call_stack.size() == 1);
        CHECK(graph.call_stack[0].name == "leaf");
        CHECK(graph.call_stack[0].lineno == 12);
        CHECK(graph.awaited_by[0].call_stack[0].lineno == 15);
        CHECK(text_of(capture_call_graph(outer)) == "outer");
        const auto future = get_running_loop().create_future<int>();
        CHECK(text_of(capture_call_graph(future)) == "future");
    });
}

TEST_CASE("The graph sees through gather, wait, shield and task groups") {
    virtually([]() -> Coroutine<> {
        auto a = create_task(leaf(), "a");
        auto b = create_task(leaf(), "b");
        auto c = create_task(leaf(), "c");
        auto gathers = create_task([&]() -> Coroutine<> { co_await gather(a, b); }, "gathers");
        auto waits = create_task(
            [&]() -> Coroutine<> {
                std::vector<Task<>> tasks{a, c};
                co_await wait(tasks);
            },
            "waits");
        auto shields = create_task([&]() -> Coroutine<> { co_await shield(c); }, "shields");
        Task<> member;
        auto groups = create_task(
            [&]() -> Coroutine<> {
                co_await task_group([&](TaskGroup& tg) -> Coroutine<> {
                    member = tg.create_task(leaf(), "member");
                    co_return;
                });
            },
            "groups");
        auto limits = create_task([&]() -> Coroutine<> { co_await wait_for(b, 2h); }, "limits");
        co_await sleep(0s);
        CHECK(text_of(capture_call_graph(a)) == "a <- (gathers waits)");
        CHECK(text_of(capture_call_graph(b)) == "b <- (gathers limits)");
        CHECK(text_of(capture_call_graph(c)) == "c <- (waits shields)");
        CHECK(text_of(capture_call_graph(member)) == "member <- (groups)");
        auto unawaited = gather(create_task(leaf(), "child"));
        for (const AnyTask& task : all_tasks())
            if (task.get_name() == "child")
                CHECK(text_of(capture_call_graph(task)) == "child <- (" + current_task()->get_name() + ")");
        unawaited.cancel();
        auto ended = co_await as_result(unawaited);
    });
}

TEST_CASE("Tasks that wait for each other have a graph that ends") {
    const auto main = []() -> Coroutine<> {
        Task<> second;
        auto first = create_task([&]() -> Coroutine<> { co_await second; }, "first");
        second = create_task([&]() -> Coroutine<> { co_await first; }, "second");
        co_await sleep(0s);
        CHECK(text_of(capture_call_graph(first)) == "first <- (second)");
        // Nothing can cancel such a ring.
        CHECK_THROWS_AS(first.cancel(), RuntimeError);
    };
    CHECK_THROWS_AS(virtually(main), RuntimeError);
}

TEST_CASE("format_call_graph writes Python's text") {
    virtually([]() -> Coroutine<> {
        auto task = create_task(leaf(), "leaf");
        auto awaiter = create_task(waits_for(task), "awaiter");
        co_await sleep(0s);
        char ids[2][24];
        std::snprintf(ids[0], sizeof ids[0], "0x%lx", static_cast<unsigned long>(task.id()));
        std::snprintf(ids[1], sizeof ids[1], "0x%lx", static_cast<unsigned long>(awaiter.id()));
        const std::string file = "File '" __FILE__ "', line ";
        CHECK(format_call_graph(task) == "* Task(name='leaf', id=" + std::string(ids[0]) +
                                             ")\n"
                                             "  + Call stack:\n"
                                             "  |   " +
                                             file +
                                             "12, in async leaf()\n"
                                             "  + Awaited by:\n"
                                             "    * Task(name='awaiter', id=" +
                                             ids[1] +
                                             ")\n"
                                             "      + Call stack:\n"
                                             "      |   " +
                                             file + "15, in async waits_for()");
        const auto future = get_running_loop().create_future<>();
        CHECK_THAT(format_call_graph(future), Catch::StartsWith("* Future(id=0x"));
    });
}

TEST_CASE("The running task's graph ends at the line that asks") {
    virtually([]() -> Coroutine<> {
        const std::string text = format_call_graph();
        const int line = __LINE__ - 1;
        CHECK_THAT(text, Catch::Contains("line " + std::to_string(line) + ", in async <lambda>()"));
        const auto graph = capture_call_graph();
        CHECK(graph->call_stack.front().lineno == __LINE__ - 1);
        bool nothing = false;
        get_running_loop().call_soon([&] { nothing = !capture_call_graph() && format_call_graph().empty(); });
        co_await sleep(0s);
        CHECK(nothing);
        std::FILE* const file = std::tmpfile();
        print_call_graph(*current_task(), file);
        std::rewind(file);
        char line_read[64] = "";
        CHECK(std::fgets(line_read, sizeof line_read, file));
        CHECK_THAT(line_read, Catch::StartsWith("* Task(name='Task-"));
        std::fclose(file);
    });
    CHECK_THROWS_AS(format_call_graph(), RuntimeError);
}
