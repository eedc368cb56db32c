// SPDX-License-Identifier: GPL-3.0-or-later
// Groups of real processes.
#include <signal.h>

#include <catch2/catch.hpp>
#include <map>

#include "instrumentation/source/launch.hpp"
#include "instrumentation/source/session_group.hpp"
#include "tests/instrumentation/source/source_fixture.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

const std::string target = AWAITSCOPE_SOURCE_TARGET;

LaunchOptions shell(const std::string& script) {
    return {.command = {"sh", "-c", script}};
}

/// The texts of all marks, and the loops' names.
std::multimap<std::string, Id> marks_of(const std::vector<Event>& events, const Symbols& symbols) {
    std::multimap<std::string, Id> marks;
    for (const Event& event : events)
        if (event.kind() == EventKind::mark) marks.emplace(text_of(event, symbols), event.task());
    return marks;
}

}  // namespace

TEST_CASE_METHOD(FreshFolder, "all that a launched command starts is one source, one after the other") {
    {
        const auto process = std::make_shared<LaunchedProcess>(
            shell(target + " mark=one; " + target + " mark=two & wait; " + target + " mark=three"));
        const auto source = open_launch(process);
        Symbols symbols;
        const auto events = read_to_end(*source, symbols);
        const auto marks = marks_of(events, symbols);
        CHECK(marks.size() == 3);
        CHECK(marks.contains("one"));
        CHECK(marks.contains("two"));
        CHECK(marks.contains("three"));
        CHECK(times_ascend(events));
    }
    CHECK(session_paths(ring::session_folder()).empty());
}

TEST_CASE_METHOD(FreshFolder,
                 "a wall clock that is set while processes run, and between them, moves none of their events") {
    const auto process = std::make_shared<LaunchedProcess>(
        shell(target + " mark=one clock=86400 mark=two clock=-172800 mark=three; TARGET_CLOCK=-86400 " + target +
              " mark=four clock=-3600 mark=five; TARGET_CLOCK=86400 " + target + " mark=six"));
    const auto source = open_launch(process);
    Symbols symbols;
    std::vector<std::string> marks;
    const auto events = read_to_end(*source, symbols);
    for (const Event& event : events)
        if (event.kind() == EventKind::mark) marks.push_back(text_of(event, symbols));
    CHECK(marks == std::vector<std::string>{"one", "two", "three", "four", "five", "six"});
    CHECK(times_ascend(events));
    constexpr std::uint64_t hour_ns = 3'600'000'000'000;  // the smallest step, and far more than this takes
    CHECK(events.back().time - events.front().time < hour_ns);
}

TEST_CASE_METHOD(FreshFolder, "children of a process that was attached to are picked up as they start") {
    WrittenSession parent;  // this process is the parent
    HeldInput input;
    Symbols symbols;
    std::vector<Event> events;
    const auto source = open_group({.pids = {static_cast<int>(getpid())}});
    read_available(*source, symbols, events);
    LaunchedProcess child{{.command = {target, "mark=child", "wait"}}};
    read_until(*source, symbols, events, 1);
    CHECK(marks_of(events, symbols).contains("child"));
    CHECK(source->info().live);
    input.end();
    child.wait();
}

TEST_CASE_METHOD(FreshFolder, "what a launched process starts is of its group, however briefly it lives") {
    WrittenSession parent{4096, 77};
    Symbols symbols;
    std::vector<Event> events;
    const auto source = open_group({.pids = {static_cast<int>(getpid())}});
    read_available(*source, symbols, events);
    WrittenSession child{4096, 77};
    child.ring().write_text(Event::pack(EventKind::mark, 1, 0), child.now(), 0, 0, "brief");
    child.crash();
    read_until(*source, symbols, events, 1);
    CHECK(marks_of(events, symbols).contains("brief"));
}

TEST_CASE_METHOD(FreshFolder, "who stops to read gets all that has come until then, of one process or of several") {
    constexpr Id each = 20'000;
    const bool several = GENERATE(false, true);
    WrittenSession parent{1 << 16, 77};
    std::vector<ring::RingWriter*> rings = {&parent.ring(), &parent.ring()};
    const auto source = open_group({.pids = {static_cast<int>(getpid())}});
    Symbols symbols;
    std::vector<Event> events;
    read_available(*source, symbols, events);
    std::unique_ptr<WrittenSession> child;
    if (several) {
        child = std::make_unique<WrittenSession>(1 << 16, 77);
        rings.push_back(&child->ring());
    }
    for (Id i = 1; i <= each; ++i)
        for (ring::RingWriter* ring : rings)
            ring->write(Event::pack(EventKind::task_running, 0, i), parent.now(), 0, 0);
    if (several) read_available(*source, symbols, events, 100);
    source->finish(symbols, events);
    std::map<Id, std::size_t> seen;
    for (const Event& event : events) ++seen[event.task() & ((Id{1} << MergedSource::id_bits) - 1)];
    CHECK(events.size() == each * rings.size());
    CHECK(seen.size() == each);
    CHECK(times_ascend(events));
}

TEST_CASE_METHOD(FreshFolder, "without its children a group is its processes alone") {
    WrittenSession parent;
    const auto source = open_group({.pids = {static_cast<int>(getpid())}, .children = false});
    LaunchedProcess child{{.command = {target, "mark=child"}}};
    CHECK(child.open() != nullptr);
    parent.segment().end();
    parent.crash();
    Symbols symbols;
    CHECK(marks_of(read_to_end(*source, symbols), symbols).empty());
}

TEST_CASE_METHOD(FreshFolder, "a process that is started again is followed") {
    const std::vector<std::string> command = {target, "mark=again", "wait"};
    HeldInput input;
    Symbols symbols;
    std::vector<Event> events;
    auto first = std::make_unique<LaunchedProcess>(LaunchOptions{.command = command});
    CHECK(first->open() != nullptr);
    const auto source = open_group({.pids = {first->pid()}, .children = false, .follow = true});
    read_until(*source, symbols, events, 1);
    first->terminate(SIGKILL);
    first->wait();
    LaunchedProcess other{{.command = command}};
    read_until(*source, symbols, events, 2);
    CHECK(marks_of(events, symbols).count("again") == 2);
    CHECK(source->note().find("was killed") != std::string::npos);
    other.terminate(SIGKILL);
    other.wait();
    CHECK(read_available(*source, symbols, events) == SourceState::idle);
}

TEST_CASE_METHOD(FreshFolder,
                 "each generation of a program is followed, whatever its arguments and however short its life") {
    HeldInput input;
    Symbols symbols;
    std::vector<Event> events;
    const auto start = [](const std::string& mark) {
        auto process = std::make_unique<LaunchedProcess>(LaunchOptions{.command = {target, "mark=" + mark, "wait"}});
        Symbols its_own;
        std::vector<Event> seen;
        read_until(*process->open(), its_own, seen, 1);
        return process;
    };
    const auto kill = [&](LaunchedProcess& process) {
        process.terminate(SIGKILL);
        process.wait();
    };
    const auto before = start("before");
    const std::string left = find_session(before->pid());
    kill(*before);
    const auto first = start("first");
    const auto source = open_group({.pids = {first->pid()}, .children = false, .follow = true});
    read_until(*source, symbols, events, 1);
    kill(*first);
    const auto second = start("second");
    kill(*second);  // nobody has looked while it lived
    const auto third = start("third");
    read_until(*source, symbols, events, 3);
    const auto marks = marks_of(events, symbols);
    for (const char* each : {"first", "second", "third"}) CHECK(marks.count(each) == 1);
    CHECK(marks.count("before") == 0);
    kill(*third);
}

TEST_CASE_METHOD(FreshFolder,
                 "who begins and ends between two looks is missed no more than others, and leaves nothing") {
    constexpr int generations = 5;
    const auto tell = [](WrittenSession& session, const std::string& text) {
        session.ring().write_text(Event::pack(EventKind::mark, 1, 0), session.now(), 0, 0, text);
    };
    auto first = std::make_unique<WrittenSession>();
    tell(*first, "0");
    Symbols symbols;
    std::vector<Event> events;
    {
        auto source = open_group({.pids = {static_cast<int>(getpid())}, .children = true, .follow = true});
        read_available(*source, symbols, events);
        first->segment().end();
        first.reset();
        for (int i = 1; i < generations; ++i) {
            WrittenSession next;
            tell(next, std::to_string(i));
            next.segment().end();
        }
        LaunchedProcess child{{.command = {"env", "-u", "AWAITSCOPE_LAUNCH", target, "mark=child"}}};
        child.wait();
        source->finish(symbols, events);
        CHECK(session_paths(ring::session_folder()).size() == generations + 1);
    }
    const auto marks = marks_of(events, symbols);
    for (int i = 0; i < generations; ++i) CHECK(marks.count(std::to_string(i)) == 1);
    CHECK(marks.count("child") == 1);
    CHECK(times_ascend(events));
    CHECK(session_paths(ring::session_folder()).empty());
}

TEST_CASE_METHOD(FreshFolder, "a group with a process that shares nothing is refused in words") {
    CHECK(error_of([] { open_group({.pids = {999999999}}); }).find("process 999999999 shares no events") == 0);
}
