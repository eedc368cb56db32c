// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/runtime/events/recorded_events.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::RecordedEvents;

TEST_CASE("callback_scheduled, callback_run, callback_cancelled") {
    const RecordedEvents events([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        loop.call_soon([] {});
        auto cancelled = loop.call_soon([] {});
        cancelled.cancel();
        loop.call_soon_threadsafe([] {});
        co_await sleep(0s);
        co_await sleep(0s);
    });
    std::size_t run = 0;
    std::size_t cancelled = 0;
    for (const auto& scheduled : events.of("callback_scheduled")) {
        const auto handle = scheduled.at("handle");
        const auto ran = events.find("callback_run", {{"handle", handle}});
        const bool was_cancelled = events.find("callback_cancelled", {{"handle", handle}}).is_object();
        CHECK(ran.is_object() != was_cancelled);
        run += ran.is_object();
        cancelled += was_cancelled;
        if (ran.is_object()) CHECK(ran.at("took").get<double>() >= 0);
    }
    CHECK(run >= 2);
    CHECK(cancelled == 1);
}

TEST_CASE("timer_set, timer_fired, timer_cancelled") {
    const RecordedEvents events([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        auto cancelled = loop.call_later(1h, [] {});
        loop.call_later(1ms, [] {});
        cancelled.cancel();
        co_await sleep(2ms);
    });
    const auto set = events.of("timer_set");
    REQUIRE(set.size() == 3);  // the sleep's too
    const auto handle = [&](int i) {
        return nlohmann::json{{"handle", set[static_cast<std::size_t>(i)].at("handle")}};
    };
    CHECK(events.find("timer_cancelled", handle(0)).is_object());
    CHECK(events.find("timer_fired", handle(0)).is_null());
    CHECK(events.find("timer_fired", handle(1)).is_object());
    CHECK(events.find("callback_run", handle(1)).is_object());
    CHECK(events.find("timer_fired", handle(2)).is_object());
    const double distance = set[0].at("when").get<double>() - set[1].at("when").get<double>();
    CHECK(distance == Approx(3599.999).margin(0.1));
    CHECK(set[1].at("when").get<double>() > set[1].at("t").get<double>());
}

TEST_CASE("what is asked of a loop before its first run is told, and what is left of it when it is closed") {
    const RecordedEvents events([]() -> Coroutine<> {
        // A loop of its own thread, since one runs here.
        co_await to_thread([] {
            const auto loop = new_event_loop();
            loop->call_soon([] {});
            loop->call_later(1h, [] {});
            loop->call_later(1ms, [&] { loop->stop(); });
            loop->run_forever();
            loop->close();
        });
    });
    const auto scheduled = events.of("callback_scheduled");
    const auto soon = std::ranges::find_if(
        scheduled, [&](const auto& event) { return event.at("loop") != events.of("loop_started").front().at("loop"); });
    REQUIRE(soon != scheduled.end());
    const nlohmann::json loop{{"loop", soon->at("loop")}};
    CHECK(events.find("callback_run", {{"handle", soon->at("handle")}}).is_object());
    const auto started = events.find("loop_started", loop), stopped = events.find("loop_stopped", loop);
    CHECK(soon->at("t") <= started.at("t"));
    const auto hour = events.find("timer_set", loop);
    REQUIRE(hour.is_object());
    CHECK(hour.at("t") <= started.at("t"));
    const auto cancelled = events.find("timer_cancelled", {{"handle", hour.at("handle")}});
    REQUIRE(cancelled.is_object());
    CHECK(cancelled.at("t") >= stopped.at("t"));
    CHECK(cancelled.at("loop") == hour.at("loop"));
}

TEST_CASE("a sleep whose task is destroyed with its loop leaves no timer behind") {
    const RecordedEvents events([]() -> Coroutine<> {
        co_await to_thread([] {
            const auto loop = new_event_loop();
            const auto lost = loop->create_task([]() -> Coroutine<> { co_await sleep(1h); });
            loop->call_later(1ms, [&] { loop->stop(); });
            loop->set_exception_handler([](EventLoop&, const ExceptionContext&) {});
            loop->run_forever();
            loop->close();
        });
    });
    std::size_t open = 0;
    for (const auto& set : events.of("timer_set")) {
        const nlohmann::json handle{{"handle", set.at("handle")}};
        const int ends =
            events.find("timer_fired", handle).is_object() + events.find("timer_cancelled", handle).is_object();
        CHECK(ends == 1);
        ++open;
    }
    CHECK(open >= 2);
}

TEST_CASE("thread_submitted and thread_done") {
    std::uint64_t id = 0;
    const RecordedEvents events([&]() -> Coroutine<> {
        id = current_task()->id();
        co_await to_thread([] {});
    });
    const auto submitted = events.find("thread_submitted", {{"task", id}});
    REQUIRE(submitted.is_object());
    CHECK(events.find("thread_done", {{"object", submitted.at("object")}}).is_object());
}
