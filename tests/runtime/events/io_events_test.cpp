// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <catch2/catch.hpp>

#include "tests/runtime/events/recorded_events.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::RecordedEvents;

TEST_CASE("io_wait, io_ready and io_unwatched tell the descriptor and what for") {
    int fds[2] = {-1, -1};
    const RecordedEvents events([&]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        if (pipe(fds) != 0) throw OSError("pipe");
        asyncio::Event ready;
        loop.add_reader(fds[0], [&] {
            loop.remove_reader(fds[0]);
            ready.set();
        });
        loop.add_writer(fds[1], [&] {
            loop.remove_writer(fds[1]);
            [[maybe_unused]] const auto written = ::write(fds[1], "x", 1);
        });
        co_await ready.wait();
        ::close(fds[0]);
        ::close(fds[1]);
    });
    CHECK(events.find("io_wait", {{"fd", fds[0]}, {"what", "read"}}).is_object());
    CHECK(events.find("io_wait", {{"fd", fds[1]}, {"what", "write"}}).is_object());
    CHECK(events.find("io_ready", {{"fd", fds[0]}, {"what", "read"}}).is_object());
    CHECK(events.find("io_ready", {{"fd", fds[1]}, {"what", "write"}}).is_object());
    CHECK(events.find("io_unwatched", {{"fd", fds[0]}, {"what", "read"}}).is_object());
    CHECK(events.find("io_unwatched", {{"fd", fds[1]}, {"what", "write"}}).is_object());
}

TEST_CASE("connection_made, io_read, io_write, connection_lost") {
    int port = 0;
    const RecordedEvents events([&]() -> Coroutine<> {
        auto server = co_await start_server(
            [](StreamReader reader, StreamWriter writer) -> Coroutine<> {
                const std::string got = co_await reader.readexactly(5);
                writer.write(got + "!");
                writer.close();
            },
            "127.0.0.1", 0);
        port = server.port();
        auto [reader, writer] = co_await open_connection("127.0.0.1", port);
        writer.write("hello");
        const std::string answer = co_await reader.read();
        CHECK(answer == "hello!");
        writer.close();
        co_await writer.wait_closed();
        server.close();
        co_await server.wait_closed();
    });
    const auto made = events.of("connection_made");
    REQUIRE(made.size() == 2);
    CHECK(events.find("connection_made", {{"peer", "127.0.0.1:" + std::to_string(port)}}).is_object());
    CHECK(made[0].at("fd") != made[1].at("fd"));
    for (const auto& connection : made)
        CHECK(events.find("connection_lost", {{"fd", connection.at("fd")}}).is_object());
    for (const int bytes : {5, 6}) {
        CHECK(events.find("io_write", {{"bytes", bytes}}).is_object());
        CHECK(events.find("io_read", {{"bytes", bytes}}).is_object());
    }
    CHECK(events.find("io_read", {{"bytes", 0}}).is_object());
}
