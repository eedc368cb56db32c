// SPDX-License-Identifier: GPL-3.0-or-later
#include <awaitscope/probe.hpp>
#include <catch2/catch.hpp>

#include "tests/runtime/events/recorded_events.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::RecordedEvents;

TEST_CASE("loop_started, loop_stopped, iteration and poll") {
    const RecordedEvents events([]() -> Coroutine<> {
        get_running_loop().call_later(1h, [] {});
        co_await sleep(2ms);
        co_await sleep(0s);
    });
    const auto started = events.of("loop_started");
    const auto stopped = events.of("loop_stopped");
    REQUIRE_FALSE(started.empty());
    CHECK(started.size() == stopped.size());
    CHECK(started[0].at("loop") == stopped[0].at("loop"));
    const auto iterations = events.of("iteration");
    REQUIRE(iterations.size() > 3);
    for (std::size_t i = 0; i < iterations.size(); ++i) CHECK(iterations[i].at("n") == i + 1);
    CHECK(iterations[0].at("ready") == 1);
    CHECK(iterations[0].at("timers") == 0);
    CHECK(events.find("iteration", {{"timers", 1}}).is_object());
    const auto polls = events.of("poll");
    const auto waited = std::find_if(polls.begin(), polls.end(), [](const auto& poll) {
        return poll.at("timeout").is_number() && poll.at("timeout").template get<double>() > 0.001;
    });
    REQUIRE(waited != polls.end());
    CHECK(waited->at("took").get<double>() > 0.001);
    CHECK(waited->at("ready") == 0);
}

TEST_CASE("A loop's name is told") {
    const RecordedEvents events([]() -> Coroutine<> {
        // A loop of its own thread, since one runs here.
        co_await to_thread([] { run([]() -> Coroutine<> { co_return; }, {.name = "second loop"}); });
    });
    const auto started = events.find("loop_started", {{"name", "second loop"}});
    REQUIRE(started.is_object());
    CHECK(started.at("loop") != events.of("loop_started").front().at("loop"));
    CHECK(events.find("loop_stopped", {{"loop", started.at("loop")}}).is_object());
}

TEST_CASE("mark and output are the running task's, which says at which line it is") {
    std::uint64_t id = 0;
    int line = 0;
    const RecordedEvents events([&]() -> Coroutine<> {
        id = current_task()->id();
        line = __LINE__;
        awaitscope::mark("here");
        awaitscope::output("printed");
        get_running_loop().call_soon([] { awaitscope::mark("in a callback"); });
        co_await sleep(0s);
        awaitscope::output("after");
    });
    CHECK(events.find("mark", {{"text", "here"}, {"task", id}}).is_object());
    const auto at = events.find("task_at", {{"task", id}});
    REQUIRE(at.is_object());
    CHECK(at.at("line") == line + 1);
    CHECK(at.at("file").get<std::string>().ends_with("loop_events_test.cpp"));
    CHECK(events.find("output", {{"text", "printed"}, {"task", id}}).is_object());
    CHECK(events.find("output", {{"text", "after"}, {"task", id}}).is_object());
    const auto in_callback = events.find("mark", {{"text", "in a callback"}});
    REQUIRE(in_callback.is_object());
    CHECK_FALSE(in_callback.contains("task"));
}

TEST_CASE("Times go up, and ids name one thing") {
    const RecordedEvents events([]() -> Coroutine<> {
        co_await gather(sleep(1ms), sleep(2ms), create_task(sleep(0s)));
        asyncio::Event event;
        event.set();
        co_await event.wait();
    });
    double last = 0;
    bool ascending = true;
    for (const auto& event : events.all()) {
        ascending = ascending && event.at("t").get<double>() >= last;
        last = event.at("t").get<double>();
    }
    CHECK(ascending);
    std::map<std::uint64_t, std::string> names;
    for (const auto& event : events.all()) {
        const std::string kind = event.at("event");
        std::uint64_t id = 0;
        if (kind == "task_created") id = event.at("task");
        if (kind == "future_created" || kind == "sync_created") id = event.at("object");
        if (kind == "callback_scheduled" || kind == "timer_set") id = event.at("handle");
        if (id == 0) continue;
        INFO(kind << " " << id);
        CHECK(names.emplace(id, kind).second);
    }
}
