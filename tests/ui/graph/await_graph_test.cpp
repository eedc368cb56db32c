// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/await_graph.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <set>

#include "tests/support/sample_traces.hpp"
#include "tests/support/trace_text.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;

namespace {

/// Ann holds lock one and waits for two, Bob the other way round; main gathers both; Eve sleeps, Tim reads a queue.
const char* const philosophers = R"(
0.000 task_created 1 name=main coro=main_ file=a.cpp line=3
0.000 sync_created object=20 kind=lock name=one
0.000 sync_created object=21 kind=lock name=two
0.000 sync_created object=22 kind=queue name=jobs
0.001 task_running 1
0.002 task_created 2 name=Ann parent=1 coro=eat file=a.cpp line=9
0.002 task_created 3 name=Bob parent=1 coro=eat file=a.cpp line=9
0.003 task_suspended 1 on=gather object=50 file=a.cpp line=5
0.003 task_created 4 name=Eve coro=eat file=a.cpp line=9
0.003 task_created 5 name=Tim coro=eat file=a.cpp line=9
0.004 task_running 2
0.004 sync_acquired 2 object=20 kind=lock
0.005 task_suspended 2 on=sleep object=7 file=a.cpp line=11
0.006 task_running 3
0.006 sync_acquired 3 object=21 kind=lock
0.007 task_suspended 3 on=lock object=20 file=a.cpp line=12
0.008 task_running 4
0.009 task_suspended 4 on=sleep object=8 file=a.cpp line=13
0.010 task_running 5
0.010 queue_put 5 object=22 size=1 maxsize=4
0.010 queue_get 5 object=22 size=0 maxsize=4
0.011 task_suspended 5 on=queue_get object=22 file=a.cpp line=14
0.012 task_ready 2
0.012 task_running 2
0.013 task_suspended 2 on=lock object=21 file=a.cpp line=12
0.014 task_done 4 state=finished
)";
constexpr EventIndex before_ann_woke = 21, deadlocked = 24, eve_done = 25;

std::string told(const AwaitGraph& graph) {
    return graph.sentences().join('\n').toStdString();
}

const AwaitNode& node(const AwaitGraph& graph, const char* name) {
    const auto found = std::ranges::find(graph.nodes, QString(name), &AwaitNode::name);
    REQUIRE(found != graph.nodes.end());
    return *found;
}

/// `parents` tasks that each gather `children` sleeping ones.
std::string many(int parents, int children) {
    std::string text;
    int id = 1, handle = 1'000'000;
    for (int i = 0; i < parents; ++i) {
        const int parent = id++;
        text += fmt::format("0 task_created {} name=p{}\n0 task_running {}\n", parent, i, parent);
        std::vector<int> made;
        for (int k = 0; k < children + i; ++k) {
            made.push_back(id);
            text += fmt::format("0 task_created {} name=c{}.{} parent={}\n", id++, i, k, parent);
        }
        text += fmt::format("0 task_suspended {} on=gather object={}\n", parent, handle++);
        for (const int child : made)
            text += fmt::format("0 task_running {}\n0 task_suspended {} on=sleep object={}\n", child, child, handle++);
    }
    return text;
}

}  // namespace

TEST_CASE("the graph tells who waits for whom, through what") {
    const test::TextTrace trace(philosophers);
    const AwaitGraph graph = awaitGraph(trace.trace, before_ann_woke, no_task);
    CHECK(graph.cycles.isEmpty());
    CHECK(graph.alive == 5);
    CHECK(graph.shown == 5);
    CHECK(told(graph) ==
          "main waits for gather of 2.\nAnn waits for sleep.\nBob waits for lock one.\nEve waits for sleep.\n"
          "Tim waits for queue jobs.\ngather of 2 waits for Ann, Bob.\nlock one is held by Ann.");
    CHECK(node(graph, "gather of 2").detail == "0 of 2 done");
    CHECK(node(graph, "queue jobs").detail == "0 of 4 · 1 waiting");
    CHECK(node(graph, "lock one").detail == "1 waiting");
    CHECK(node(graph, "Bob").detail == "4.00 ms · a.cpp:12");
    CHECK(node(graph, "lock one").object == 20);
}

TEST_CASE("a cycle is found, named and marked, and what only waits for it is not") {
    const test::TextTrace trace(philosophers);
    const AwaitGraph graph = awaitGraph(trace.trace, deadlocked, no_task);
    REQUIRE(graph.cycles.size() == 1);
    CHECK(graph.cycles[0] == "Ann → lock two → Bob → lock one → Ann");
    for (const char* name : {"Ann", "Bob", "lock one", "lock two"}) CHECK(node(graph, name).in_cycle);
    for (const char* name : {"main", "gather of 2", "Eve", "queue jobs"}) CHECK_FALSE(node(graph, name).in_cycle);
    CHECK(std::ranges::count(graph.arc_in_cycle, true) == 4);
}

TEST_CASE("a task that waits for itself, through a lock it holds, is a cycle of one") {
    const test::TextTrace trace(R"(
0.0 task_created 1 name=a
0.0 task_running 1
0.0 sync_acquired 1 object=9 kind=lock
0.0 task_suspended 1 on=lock object=9
)");
    const AwaitGraph graph = awaitGraph(trace.trace, 3, no_task);
    REQUIRE(graph.cycles.size() == 1);
    CHECK(graph.cycles[0] == "a → lock 9 → a");
}

TEST_CASE("the dead are not drawn, and before the first event there is nothing") {
    const test::TextTrace trace(philosophers);
    const AwaitGraph after = awaitGraph(trace.trace, eve_done, no_task);
    CHECK(after.alive == 4);
    CHECK(told(after).find("Eve") == std::string::npos);
    const AwaitGraph before = awaitGraph(trace.trace, no_event, no_task);
    CHECK(before.nodes.empty());
    CHECK_FALSE(before.any_before);
    CHECK(awaitGraph(trace.trace, 0, no_task).any_before);
}

TEST_CASE("a thing keeps its key while it is waited for, and so does a task") {
    const test::TextTrace trace(philosophers);
    const AwaitGraph one = awaitGraph(trace.trace, before_ann_woke, no_task);
    const AwaitGraph two = awaitGraph(trace.trace, deadlocked, no_task);
    for (const char* name : {"main", "gather of 2", "lock one", "Bob"})
        CHECK(node(one, name).key == node(two, name).key);
    std::set<std::uint64_t> keys;
    for (const AwaitNode& each : two.nodes) keys.insert(each.key);
    CHECK(keys.size() == two.nodes.size());
}

TEST_CASE("of very many tasks the largest trees are shown, and how many are not is said") {
    const test::TextTrace trace(many(5, 40));
    const EventIndex end = trace->event_count() - 1;
    const AwaitGraph graph = awaitGraph(trace.trace, end, no_task, 30);
    CHECK(graph.nodes.size() == 30);
    CHECK(graph.alive == 5 + 40 + 41 + 42 + 43 + 44);
    CHECK(graph.shown < graph.alive);
    CHECK(graph.nodes.front().name == "p3");
    CHECK(node(graph, "p4").hidden == 0);
    CHECK(node(graph, "gather of 44").hidden == 44 - 8);
    CHECK(told(graph).find("of 215 tasks are told.") != std::string::npos);
}

TEST_CASE("what is near the selected task is shown before all else") {
    const test::TextTrace trace(many(5, 40));
    const EventIndex end = trace->event_count() - 1;
    const TaskIndex child = trace.task("c0.39");
    const AwaitGraph graph = awaitGraph(trace.trace, end, child, 12);
    CHECK(node(graph, "c0.39").task == child);
    CHECK(node(graph, "p0").hidden == 0);
    for (const Arc& arc : graph.arcs) CHECK(arc.from != arc.to);
}

TEST_CASE("a cycle is shown however small it is among very many") {
    std::string text = many(3, 50);
    text +=
        "1 task_created 900 name=x\n1 task_created 901 name=y\n1 task_running 900\n1 task_suspended 900 on=task "
        "object=901\n1 task_running 901\n1 task_suspended 901 on=task object=900\n";
    const test::TextTrace trace(text);
    const AwaitGraph graph = awaitGraph(trace.trace, trace->event_count() - 1, no_task, 10);
    REQUIRE(graph.cycles.size() == 1);
    CHECK(graph.cycles[0] == "x → y → x");
}

TEST_CASE("while a graph is made others have their turn, and it ends when nobody wants it any more") {
    const test::TextTrace trace(many(100, 40));
    const EventIndex end = trace->event_count() - 1;
    int asked = 0;
    const AwaitGraph whole = awaitGraph(trace.trace, end, no_task, 30, [&] { return ++asked, false; });
    CHECK(whole.nodes.size() == 30);
    CHECK(asked >= 6);
    asked = 0;
    CHECK(awaitGraph(trace.trace, end, no_task, 30, [&] { return ++asked == 2; }).nodes.empty());
    CHECK(asked == 2);
}

TEST_CASE("arcs are between nodes that are there, at every event of a trace with one of everything") {
    const test::TextTrace trace(test::all_kinds());
    for (EventIndex at = 0; at < trace->event_count(); ++at) {
        const AwaitGraph graph = awaitGraph(trace.trace, at, no_task);
        REQUIRE(graph.arc_in_cycle.size() == graph.arcs.size());
        for (const Arc& arc : graph.arcs) {
            REQUIRE(arc.from < graph.nodes.size());
            REQUIRE(arc.to < graph.nodes.size());
        }
        CHECK(graph.alive == trace->tasks_alive_at(at));
        for (const AwaitNode& each : graph.nodes) CHECK_FALSE(each.name.isEmpty());
    }
}
