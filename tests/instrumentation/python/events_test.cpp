// SPDX-License-Identifier: GPL-3.0-or-later
// What a Python program's events say, the same by every CPython.
#include <catch2/catch.hpp>
#include <regex>

#include "instrumentation/event/vocabulary.hpp"
#include "instrumentation/exporter/event_text.hpp"
#include "tests/instrumentation/python/python_programs.hpp"
#include "tests/support/findings.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

/// Without the tasks that asyncio.run() makes at the end; how many these are depends on the version.
std::string without_shutdown(std::string steps) {
    return steps.substr(0, steps.find("Task-2"));
}

}  // namespace

TEST_CASE("tasks of a Python program are told: who made them, what they wait for, where, and who wakes them") {
    if (pythons().empty()) WARN("no CPython of 3.8 or later is here");
    for (const Python& python : pythons()) {
        INFO(python.path);
        const ToldProgram told = told_by(python, "tasks.py");
        CHECK(told.exit_code == 0);
        CHECK(told.output == "cancelled\n");
        CHECK(without_shutdown(told.steps()) == R"(Task-1: created
Task-1: running
Ann: created by Task-1
Bob: created by Task-1
Task-1: suspended on gather at 27
Ann: running
Ann: suspended on sleep at 8
Bob: running
Bob: suspended on lock at 7
Ann: ready
Ann: running
Bob: ready
Ann: finished
Bob: running
Bob: suspended on sleep at 8
Bob: ready
Bob: running
Bob: finished
Task-1: ready
Task-1: running
Task-1: suspended on yield at 28
Task-1: running
reader: created by Task-1
Task-1: suspended on yield at 32
reader: running
reader: suspended on future at 12
Task-1: running
reader: ready
Task-1: suspended on task at 34
reader: running
Task-1: ready
reader: finished
Task-1: running
waiter: created by Task-1
Task-1: suspended on yield at 38
waiter: running
waiter: suspended on event at 20
Task-1: running
waiter: cancel requested by Task-1
waiter: ready
Task-1: suspended on task at 41
waiter: running
Task-1: ready
waiter: cancelled
Task-1: running
failing: created by Task-1
Task-1: suspended on task at 47
failing: running
Task-1: ready
failing: failed
Task-1: running
Task-1: finished
)");
    }
    CHECK(true);
}

TEST_CASE("a Python program tells every event there is") {
    for (const Python& python : pythons()) {
        INFO(python.path);
        const ToldProgram told = told_by(python, "everything.py");
        INFO(told.events());
        CHECK(told.exit_code == 0);
        for (const KindInfo& info : vocabulary()) {
            INFO(info.name);
            const bool is_a_readers = info.kind == EventKind::lost || info.kind == EventKind::recording_begins ||
                                      info.kind == EventKind::silence;
            const bool is_an_answer = info.kind == EventKind::snapshot_begin || info.kind == EventKind::task_alive ||
                                      info.kind == EventKind::snapshot_end;
            // Of a step that lasts: see stall_test.cpp.
            const bool is_of_a_stall = info.kind == EventKind::stack;
            if (!is_a_readers && !is_an_answer && !is_of_a_stall) CHECK(told.count(info.name) > 0);
        }
        for (const char* const kind :
             {"never_awaited", "never_retrieved", "slow_callback", "wrong_thread", "callback_failed"})
            CHECK(told.events().find(std::string("warning kind=") + kind) != std::string::npos);
        for (const char* const kind : {"lock", "event", "condition", "semaphore", "bounded_semaphore", "queue"})
            CHECK(told.events().find(std::string("kind=") + kind) != std::string::npos);
    }
    CHECK(true);
}

TEST_CASE("who waits for a primitive is told, and each byte in and out, alike by every CPython") {
    for (const Python& python : pythons()) {
        INFO(python.path);
        const ToldProgram told = told_by(python, "contended.py");
        const std::string events = told.events();
        INFO(events);
        CHECK(told.exit_code == 0);
        const auto count = [&](const std::string& text) {
            std::size_t found = 0;
            for (std::size_t at = events.find(text); at != std::string::npos; at = events.find(text, at + 1)) ++found;
            return found;
        };
        const auto sync = [&](const std::string& event, const std::string& kind) {
            const std::regex line(" sync_" + event + " [^\n]*kind=" + kind + "\n");
            return std::distance(std::sregex_iterator(events.begin(), events.end(), line), std::sregex_iterator());
        };
        // A barrier is made of a condition, whose lock each of two takes, and the first one again when it goes on.
        const int of_barrier = python.minor >= 11 ? 3 : 0;
        CHECK(sync("wait", "lock") == 1);
        CHECK(sync("acquired", "lock") == 7 + of_barrier);
        CHECK(sync("released", "lock") == 7 + of_barrier);
        CHECK(sync("wait", "semaphore") == 1);
        CHECK(sync("acquired", "semaphore") == 2);
        CHECK(sync("released", "semaphore") == 2);
        CHECK(sync("wait", "condition") == 2);
        CHECK(sync("acquired", "condition") == 2);
        CHECK(sync("wait", "event") == 2);
        CHECK(sync("wait", "queue") == 3);
        CHECK(sync("wait", "barrier") == (of_barrier ? 1 : 0));
        CHECK(count(" io_write fd=") == 4);  // a datagram, a line there and back, and what the child is told
        CHECK(count(" bytes=5\n") == 2);
        CHECK(count(" bytes=11\n") == 4);
        CHECK(count(" bytes=13\n") == 2);
        CHECK(count(" connection_made fd=") == 6);
        CHECK(count(" peer=\"pipe\"\n") == 2);
        CHECK(count(" connection_lost fd=") == 6);
        CHECK(count(" task_renamed name=\"renamed\"\n") == 1);
    }
    CHECK(true);
}

TEST_CASE("a program that begins to share in the midst of things tells the tasks that are there") {
    for (const Python& python : pythons()) {
        INFO(python.path);
        const ToldProgram told({python.path, program("late.py")}, {with_adapter(), {"AWAITSCOPE", "0"}});
        const std::string events = told.events();
        INFO(events);
        CHECK(told.exit_code == 0);
        CHECK(told.count("snapshot_begin") == 4);  // at once each time, and by the loop
        CHECK(told.steps().starts_with(
            "Task-1: running\nTask-2: suspended on lock at 7\nTask-1: suspended on sleep at 20\n"));
        CHECK(events.find("task_alive name=\"Task-2\" coro=waits late.py:") != std::string::npos);
        CHECK(told.steps().find("Task-1: suspended on sleep at 30\n") != std::string::npos);
        CHECK(told.steps().find("Task-3: suspended on event at 35\nTask-1: running\n") != std::string::npos);
        CHECK(told.steps().find("Task-3: suspended on sleep at 36\n") != std::string::npos);
        CHECK(told.steps().find("Task-2: ready\nTask-1: suspended on task at 22\nTask-2: running\n") !=
              std::string::npos);
    }
    CHECK(true);
}

TEST_CASE("who begins to share in a deadlock tells who holds what, and whose children the tasks of a group are") {
    for (const Python& python : pythons()) {
        INFO(python.path);
        const ToldProgram told({python.path, program("late_deadlock.py")}, {with_adapter(), {"AWAITSCOPE", "0"}});
        CHECK(told.exit_code == 0);
        INFO(told.events());
        const Trace& trace = told.trace;
        const EventIndex last = trace.event_count() - 1;
        const auto task = [&](const std::string& name) {
            for (TaskIndex i = 0; i < trace.tasks().size(); ++i)
                if (task_name(trace, i) == name) return i;
            throw std::runtime_error("no task is called " + name);
        };
        // It has made no step since: all of this was told when it began.
        CHECK(trace.awaits(task("Task-3"), last) == std::vector{task("Task-4")});
        CHECK(trace.awaits(task("Task-4"), last) == std::vector{task("Task-3")});
        CHECK(trace.awaits(task("Task-5"), last) == std::vector{task("Task-3")});
        unsigned locks = 0, by_hand = 0, semaphores = 0;
        for (const PrimitiveMoment& one : trace.primitives_at(last)) {
            if (one.kind == SyncKind::lock) {
                CHECK(one.held);
                CHECK(!one.waiters.empty());
                ++(one.owner ? locks : by_hand);
            }
            if (one.kind == SyncKind::semaphore) {
                CHECK(one.value == 0);
                CHECK(one.waiters == std::vector{task("Task-10")});
                ++semaphores;
            }
        }
        CHECK(locks == 2);
        CHECK(by_hand == 1);  // nothing says who took it
        CHECK(semaphores == 1);
        CHECK(told.count("sync_acquired") == 4);
        const auto findings = find_all(trace);
        REQUIRE(findings.size() == 1);
        CHECK(findings[0].kind == FindingKind::deadlock);
        if (python.minor < 11) continue;
        for (const char* name : {"Task-3", "Task-6", "Task-10"})
            CHECK(trace.tasks()[task(name)].parent == task("Task-2"));
        CHECK(trace.awaits(task("Task-2"), last).size() == 8);
    }
    CHECK(true);
}

TEST_CASE("who begins to share in a deadlock of locks taken by hand leaves a suspicion, once it has lasted") {
    for (const Python& python : pythons()) {
        INFO(python.path);
        const ToldProgram told({python.path, program("late_by_hand.py")}, {with_adapter(), {"AWAITSCOPE", "0"}});
        CHECK(told.exit_code == 0);
        INFO(told.events());
        const Trace& trace = told.trace;
        Analyzer analyzer;
        analyzer.advance(trace);
        CHECK(analyzer.findings(trace).empty());
        const auto findings = analyzer.findings(trace, trace.end() + 1'500'000'000);
        REQUIRE(findings.size() == 1);
        CHECK(findings[0].kind == FindingKind::possible_deadlock);
        CHECK(findings[0].severity == Severity::error);
        CHECK(findings[0].task_count == 2);
        CHECK(findings[0].objects.size() == 2);
        CHECK(place_text(trace.symbols(), findings[0].place) == "late_by_hand.py:11");
    }
    CHECK(true);
}

TEST_CASE("tasks that start eagerly are told as they start") {
    for (const Python& python : pythons()) {
        if (python.minor < 12) continue;
        INFO(python.path);
        const ToldProgram told = told_by(python, "eager.py");
        CHECK(told.output == "slow begins\nTrue False\n");
        CHECK(told.steps().starts_with(R"(Task-1: created
Task-1: running
quick: created by Task-1
quick: running
quick: finished
Task-1: running
slow: created by Task-1
slow: running
slow: suspended on sleep at 12
Task-1: running
Task-1: suspended on task at 22
slow: ready
slow: running
)"));
    }
    CHECK(true);
}

TEST_CASE("a task that is asked to start eagerly is told as it starts, with a factory and without") {
    for (const Python& python : pythons()) {
        if (python.minor < 14) continue;
        INFO(python.path);
        for (const char* const factory : {"", "factory"}) {
            const ToldProgram told = told_by(python, "eager_start.py", {factory});
            CHECK(told.output == "slow begins\nTrue False\ngrouped begins\n");
            INFO(told.steps());
            CHECK(told.steps().starts_with(R"(Task-1: created
Task-1: running
quick: created by Task-1
quick: running
quick: finished
Task-1: running
slow: created by Task-1
slow: running
slow: suspended on sleep at 14
Task-1: running
grouped: created by Task-1
grouped: running
grouped: suspended on sleep at 14
Task-1: running
late: created by Task-1
Task-1: suspended on group at 24
late: running
late: finished
slow: ready
)"));
        }
    }
    CHECK(true);
}

TEST_CASE("a child that forks and runs a loop has a session of its own") {
    for (const Python& python : pythons()) {
        INFO(python.path);
        const ToldProgram told = told_by(python, "forks.py");
        CHECK(told.exit_code == 0);
        CHECK(told.output == "before\nchild\nafter\n");
        CHECK(told.events().find("output text=\"before\"") != std::string::npos);
        CHECK(told.events().find("output text=\"after\"") != std::string::npos);
        CHECK(told.events().find("output text=\"child\"") == std::string::npos);
    }
    CHECK(true);
}

TEST_CASE("a job tells how long it waited for a thread, and goes to other executors as it is") {
    for (const Python& python : pythons()) {
        INFO(python.path);
        const ToldProgram told = told_by(python, "jobs.py");
        INFO(told.events());
        CHECK(told.exit_code == 0);
        CHECK(told.output == "7 8\n");
        // One thread for two jobs: the second waits for the first, which waits for us, 10 ms. A job in another process
        // tells nothing of when it begins.
        REQUIRE(told.count("thread_submitted") == 4);
        REQUIRE(told.count("thread_done") == 4);
        std::vector<std::uint64_t> waited;
        for (EventIndex i = 0; i < told.trace.event_count(); ++i)
            if (told.trace.event(i).kind() == EventKind::thread_done) waited.push_back(told.trace.event(i).bc());
        CHECK(waited[0] > 0);
        CHECK(waited[1] >= 10'000'000);
        CHECK(waited[2] == 0);
        CHECK(waited[3] > 0);  // done before it is awaited
    }
    CHECK(true);
}

TEST_CASE("who joins a queue waits for that queue") {
    for (const Python& python : pythons()) {
        INFO(python.path);
        const ToldProgram told = told_by(python, "jobs.py");
        const std::string events = told.events();
        INFO(events);
        std::smatch queue;
        REQUIRE(std::regex_search(events, queue, std::regex("sync_wait object=([0-9]+) kind=queue")));
        CHECK(events.find("on=event object=" + queue.str(1) + " ") != std::string::npos);
    }
    CHECK(true);
}

TEST_CASE("a timer whose callback is given by name is told, too") {
    for (const Python& python : pythons()) {
        INFO(python.path);
        const ToldProgram told = told_by(python, "jobs.py");
        CHECK(told.count("timer_fired") == 1);
    }
    CHECK(true);
}
