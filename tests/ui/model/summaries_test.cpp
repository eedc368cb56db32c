// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "tests/support/trace_text.hpp"
#include "ui/model/loop_moment.hpp"
#include "ui/model/selection_summary.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;
using awaitscope::test::TextTrace;

namespace {

/// "main (waits for) gather of 2 (waits for) A (running)"
std::string text(const AwaitChain& chain) {
    std::string out;
    for (const ChainItem& item : chain.items)
        out += (out.empty() ? "" : " ") + item.name.toStdString() + " (" + item.relation.toStdString() + ")";
    return out;
}

constexpr auto factorial = R"(
    0 iteration n=1 ready=1 timers=0
    0 task_created 1 name=main coro=main file=f.py line=9
    1 task_running 1
    1 task_created 2 name=A coro=factorial parent=1 file=f.py line=1
    1 task_created 3 name=B coro=factorial parent=1 file=f.py line=1
    2 task_suspended 1 on=gather object=50 file=f.py line=10
    2 iteration n=2 ready=2 timers=0
    2 task_running 2
    2 timer_set 2 handle=60 when=5
    3 task_suspended 2 on=sleep object=61 file=f.py line=5
    3 task_running 3
    4 task_suspended 3 on=yield
    5 timer_fired handle=60
    5 task_ready 2
    6 task_running 3
    7 task_done 3 state=failed error="ValueError: boom"
)";

}  // namespace

TEST_CASE("who waits for whom, through a gather") {
    const TextTrace t(factorial);
    CHECK(text(awaitChain(t.trace, 1, 9)) == "main (waits for) gather of 2 (waits for) A (waits: sleep 3.000 s)");
    CHECK(text(awaitChain(t.trace, 2, 9)) == "main (waits for) gather of 2 (waits for) B (ready, 1st in the queue)");
    CHECK(text(awaitChain(t.trace, 0, 9)) == "main (waits for) gather of 2 (waits for) A (waits: sleep 3.000 s)");
    CHECK(text(awaitChain(t.trace, 2, 14)) == "main (waits for) gather of 2 (waits for) B (running)");
    CHECK(text(awaitChain(t.trace, 1, 2)) == "");
    CHECK(text(awaitChain(t.trace, no_task, 2)) == "");
}

TEST_CASE("a lock is held by its owner, and a deadlock is a cycle") {
    const TextTrace t(R"(
        0 task_created 1 name=A
        0 task_created 2 name=B
        0 sync_created object=10 kind=lock name=left
        0 sync_created object=11 kind=lock name=right
        1 task_running 1
        1 sync_acquired 1 object=10 kind=lock
        1 task_suspended 1 on=yield
        2 task_running 2
        2 sync_acquired 2 object=11 kind=lock
        2 task_suspended 2 on=lock object=10
        3 task_running 1
        3 task_suspended 1 on=lock object=11
    )");
    const AwaitChain waits = awaitChain(t.trace, 0, 9);
    CHECK(text(waits) == "B (waits for) lock left (held by) A (ready, 1st in the queue)");
    CHECK_FALSE(waits.cycle);
    const AwaitChain deadlock = awaitChain(t.trace, 0, 11);
    CHECK(text(deadlock) == "A (waits for) lock right (held by) B (waits for) lock left (held by) A (again: a cycle)");
    CHECK(deadlock.cycle);
}

TEST_CASE("the summary of a task at the cursor") {
    const TextTrace t(factorial);
    const SelectionSummary a = summarize(t.trace, 1, 14);
    CHECK(a.exists);
    CHECK(a.name == "A");
    CHECK(a.subtitle == "factorial() · f.py:5");
    CHECK(a.state == "ready");
    CHECK(a.waits_for == "");
    CHECK(a.created_by == "main");
    CHECK(a.created == "at 1.000 s");
    CHECK(a.resumed == "1 time");
    CHECK(a.age == "5.000 s");
    CHECK(a.ended == "");
    REQUIRE(a.times.size() == 3);
    CHECK(a.times[0].label == "running");
    CHECK(a.times[0].duration == "1.000 s");
    CHECK(a.times[0].percent == "20.0 %");
    CHECK(a.times[1].label == "ready, not run");
    CHECK(a.times[1].time == 2'000'000'000);
    CHECK(a.times[2].label == "waiting: sleep");
    CHECK(a.times[2].percent == "40.0 %");
}

TEST_CASE("the summary of a task that failed, of the first task, and of none") {
    const TextTrace t(factorial);
    const SelectionSummary b = summarize(t.trace, 2, 15);
    CHECK(b.state == "failed");
    CHECK(b.error == "ValueError: boom");
    CHECK(b.ended == "at 7.000 s");
    CHECK(b.age == "6.000 s");
    CHECK(summarize(t.trace, 0, 15).created_by == "the loop");
    CHECK(summarize(t.trace, 0, 15).created == "at 0.000 s");
    CHECK_FALSE(summarize(t.trace, 2, 2).exists);
    CHECK_FALSE(summarize(t.trace, no_task, 2).exists);
    const TextTrace old("5 task_alive 4 name=old");
    CHECK(summarize(old.trace, 0, 0).older);
    CHECK(summarize(old.trace, 0, 0).created_by == "");
}

TEST_CASE("what the loop holds at the cursor") {
    const TextTrace t(factorial);
    const LoopMoment first = loopMoment(t.trace, 6);
    REQUIRE(first.ready.size() == 2);
    CHECK(first.ready[0].name == "A");
    CHECK(first.ready[0].why == "first step");
    CHECK(first.iteration == 2);
    const LoopMoment later = loopMoment(t.trace, 11);
    REQUIRE(later.timers.size() == 1);
    CHECK(later.timers[0].name == "A");
    CHECK(later.timers[0].when == "5.000 s");
    CHECK(later.timers[0].left == "in 1.000 s");
    CHECK(later.ready[0].why == "resume after yield");
    const LoopMoment ready = loopMoment(t.trace, 13);
    CHECK(ready.ready[1].name == "A");
    CHECK(ready.ready[1].why == "resume after sleep");
    CHECK(ready.timers.empty());
    CHECK(loopMoment(t.trace, 13, 1).ready.size() == 1);
    CHECK(loopMoment(t.trace, 13, 1).ready_count == 2);
    CHECK(loopMoment(t.trace, 10).running == 2);
    CHECK(loopMoment(t.trace, no_event).iteration == 0);
}

TEST_CASE("watched descriptors with the peer they have at the cursor") {
    const TextTrace t(R"(
        0 io_wait fd=4 what=read
        1 connection_made fd=7 peer=10.0.0.1:5000
        1 io_wait fd=7 what=read
        2 io_wait fd=7 what=write
        3 io_ready fd=7 what=write
        3 io_unwatched fd=7 what=write
        4 connection_lost fd=7
        5 connection_made fd=7 peer=10.0.0.2:6000
        5 io_wait fd=7 what=read
    )");
    const auto watches = [&](EventIndex cursor) {
        std::string out;
        for (const LoopMoment::Watch& watch : loopMoment(t.trace, cursor).watches)
            out += std::to_string(watch.fd) + " " + watch.what.toStdString() + " " + watch.peer.toStdString() + "; ";
        return out;
    };
    CHECK(watches(0) == "4 read ; ");
    CHECK(watches(3) == "4 read ; 7 read 10.0.0.1:5000; 7 write 10.0.0.1:5000; ");
    CHECK(watches(4) == watches(3));
    CHECK(watches(5) == "4 read ; 7 read 10.0.0.1:5000; ");
    CHECK(watches(6) == "4 read ; ");
    CHECK(watches(8) == "4 read ; 7 read 10.0.0.2:6000; ");
}
