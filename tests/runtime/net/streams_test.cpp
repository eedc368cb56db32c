// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "asyncio/asyncio.hpp"

using namespace asyncio;
using namespace std::chrono_literals;

namespace {

Coroutine<> echo_lines(StreamReader reader, StreamWriter writer) {
    for (;;) {
        const std::string line = co_await reader.readline();
        if (line.empty()) break;
        writer.write(line);
        co_await writer.drain();
    }
    writer.close();
    co_await writer.wait_closed();
}

/// Runs `body(reader, writer)` as a client of a server that runs `handler`, over TCP on this machine.
template <class Handler, class Body>
void with_server(Handler handler, Body body, ServerOptions options = ServerOptions()) {
    run([&]() -> Coroutine<> {
        const Server server = co_await start_server(handler, "127.0.0.1", 0, options);
        auto [reader, writer] = co_await open_connection("127.0.0.1", server.port());
        co_await body(reader, writer);
        writer.close();
        co_await writer.wait_closed();
        server.close();
        co_await server.wait_closed();
    });
}

/// What a reader gets when the other side sends `data` and ends.
template <class Body>
void with_data(std::string data, Body body, std::size_t limit = 64 * 1024) {
    run([&]() -> Coroutine<> {
        const auto send = [&data](StreamReader, StreamWriter writer) -> Coroutine<> {
            writer.write(data);
            co_await writer.drain();
        };
        const Server server = co_await start_server(send, "127.0.0.1", 0);
        auto [reader, writer] = co_await open_connection("127.0.0.1", server.port(), {.limit = limit});
        co_await body(reader);
        server.close();
    });
}

}  // namespace

TEST_CASE("A server echoes lines until the client ends its writing") {
    with_server(echo_lines, [](StreamReader reader, StreamWriter writer) -> Coroutine<> {
        writer.write("hello\nworld\n");
        const auto got_1 = co_await reader.readline();
        CHECK(got_1 == "hello\n");
        const auto got_2 = co_await reader.readexactly(6);
        CHECK(got_2 == "world\n");
        CHECK_FALSE(reader.at_eof());
        writer.write_eof();
        const auto got_3 = co_await reader.read();
        CHECK(got_3.empty());
        CHECK(reader.at_eof());
    });
}

TEST_CASE("Megabytes go both ways, with the writer held back by drain()") {
    std::string sent(3'000'000, 'x');
    for (std::size_t i = 999; i < sent.size(); i += 1000) sent[i] = '\n';
    with_server(echo_lines, [&](StreamReader reader, StreamWriter writer) -> Coroutine<> {
        auto send = [&, writer]() -> Coroutine<> {
            for (std::size_t i = 0; i < sent.size(); i += 100'000) {
                writer.write(std::string_view(sent).substr(i, 100'000));
                co_await writer.drain();
            }
            writer.write_eof();
        };
        const Task<> sending = create_task(send);
        const std::string received = co_await reader.read();
        CHECK(received == sent);
        co_await sending;
    });
}

TEST_CASE("read(n) gives what is there, up to n") {
    with_data("abcdef", [](StreamReader reader) -> Coroutine<> {
        const auto got_4 = co_await reader.read(0);
        CHECK(got_4.empty());
        const auto got_5 = co_await reader.read(4);
        CHECK(got_5 == "abcd");
        const auto got_6 = co_await reader.read(100);
        CHECK(got_6 == "ef");
        const auto got_7 = co_await reader.read(100);
        CHECK(got_7.empty());
    });
}

TEST_CASE("readexactly says what had come when the stream ends first") {
    with_data("abc", [](StreamReader reader) -> Coroutine<> {
        try {
            co_await reader.readexactly(5);
            FAIL("it was complete");
        } catch (const IncompleteReadError& error) {
            CHECK(error.partial() == "abc");
            CHECK(error.expected() == 5);
            CHECK(std::string(error.what()) == "3 bytes read on a total of 5 expected bytes");
        }
    });
}

TEST_CASE("readuntil keeps to its separator and to the limit") {
    with_data("one--two--", [](StreamReader reader) -> Coroutine<> {
        const auto got_8 = co_await reader.readuntil("--");
        CHECK(got_8 == "one--");
        const auto got_9 = co_await reader.readuntil("--");
        CHECK(got_9 == "two--");
        CHECK_THROWS_AS(co_await reader.readuntil("--"), IncompleteReadError);
    });
    with_data(
        std::string(40, 'a') + "\n",
        [](StreamReader reader) -> Coroutine<> {
            CHECK_THROWS_AS(co_await reader.readuntil("\n"), LimitOverrunError);
            CHECK_THROWS_AS(co_await reader.readline(), ValueError);
        },
        16);
}

TEST_CASE("readline gives the rest when the stream ends without a line's end") {
    with_data("line\nrest", [](StreamReader reader) -> Coroutine<> {
        const auto got_10 = co_await reader.readline();
        CHECK(got_10 == "line\n");
        const auto got_11 = co_await reader.readline();
        CHECK(got_11 == "rest");
        const auto got_12 = co_await reader.readline();
        CHECK(got_12.empty());
    });
}

TEST_CASE("Two reads at once are refused") {
    with_server(echo_lines, [](StreamReader reader, StreamWriter) -> Coroutine<> {
        const Task<std::string> first = create_task(reader.read(1));
        co_await sleep(0s);
        CHECK_THROWS_AS(co_await reader.read(1), RuntimeError);
        first.cancel();
        const auto ended = co_await as_result(first);
        CHECK_FALSE(ended.ok());
    });
}

TEST_CASE("A connection that is refused says so in CPython's words") {
    run([]() -> Coroutine<> {
        try {
            co_await open_connection("127.0.0.1", 1);
            FAIL("somebody listens on port 1");
        } catch (const ConnectionRefusedError& error) {
            CHECK(std::string(error.what()) == "[Errno 111] Connect call failed ('127.0.0.1', 1)");
        }
    });
}

TEST_CASE("A port that is taken says so") {
    run([]() -> Coroutine<> {
        const Server server = co_await start_server(echo_lines, "127.0.0.1", 0);
        const int port = server.port();
        try {
            co_await start_server(echo_lines, "127.0.0.1", port);
            FAIL("two servers listen on one port");
        } catch (const OSError& error) {
            CHECK(std::string(error.what()) == "[Errno 98] error while attempting to bind on address ('127.0.0.1', " +
                                                   std::to_string(port) + "): [errno 98] address already in use");
        }
        server.close();
    });
}

TEST_CASE("A handler that fails is reported, and its connection closed") {
    std::vector<std::string> messages;
    run([&]() -> Coroutine<> {
        get_running_loop().set_exception_handler([&](EventLoop&, const ExceptionContext& context) {
            messages.push_back(context.message + ": " + to_string(context.exception));
        });
        const auto fail = [](StreamReader reader, StreamWriter) -> Coroutine<> {
            co_await reader.readline();
            throw ValueError("x");
        };
        const Server server = co_await start_server(fail, "127.0.0.1", 0);
        auto [reader, writer] = co_await open_connection("127.0.0.1", server.port());
        writer.write("go\n");
        const auto got_13 = co_await reader.read();
        CHECK(got_13.empty());
        server.close();
    });
    CHECK(messages == std::vector<std::string>{"Unhandled exception in client_connected_cb: ValueError: x"});
}

TEST_CASE("A peer that resets ends reads and writes with ConnectionResetError") {
    run([]() -> Coroutine<> {
        const auto reset = [](StreamReader reader, StreamWriter writer) -> Coroutine<> {
            co_await reader.read(1);
            const linger at_once{1, 0};
            setsockopt(writer.transport().fileno(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
            writer.transport().abort();
        };
        const Server server = co_await start_server(reset, "127.0.0.1", 0);
        auto [reader, writer] = co_await open_connection("127.0.0.1", server.port());
        writer.write("x");
        CHECK_THROWS_AS(co_await reader.read(), ConnectionResetError);
        CHECK_THROWS_AS(co_await writer.drain(), ConnectionResetError);
        server.close();
    });
}

TEST_CASE("The connection closes when its last writer goes") {
    with_data("bye", [](StreamReader reader) -> Coroutine<> {
        const auto got = co_await reader.read();
        CHECK(got == "bye");
    });
}

TEST_CASE("A Unix socket serves like TCP, and its stale file is no obstacle") {
    const std::string path = "/tmp/awaitscope-test-" + std::to_string(getpid()) + ".socket";
    for (int round = 0; round < 2; ++round)
        run([&]() -> Coroutine<> {
            const Server server = co_await start_unix_server(echo_lines, path);
            auto [reader, writer] = co_await open_unix_connection(path);
            writer.write("hi\n");
            const auto got_14 = co_await reader.readline();
            CHECK(got_14 == "hi\n");
            writer.close();
            server.close();
        });
    unlink(path.c_str());
}

#ifndef __SANITIZE_ADDRESS__  // the sanitizer asks through a pipe of its own whether memory is there
TEST_CASE("Out of descriptors, accepting pauses, is reported, and goes on") {
    std::vector<std::string> messages;
    run([&]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        loop.set_exception_handler(
            [&](EventLoop&, const ExceptionContext& context) { messages.push_back(context.message); });
        const Server server = co_await start_server(echo_lines, "127.0.0.1", 0);
        auto [reader, writer] = co_await open_connection("127.0.0.1", server.port());
        writer.write("a\n");
        const auto got_15 = co_await reader.readline();
        CHECK(got_15 == "a\n");
        // One more descriptor is to be had: the client's own. The server's accept finds none.
        const int next = dup(0);
        close(next);
        rlimit before{};
        getrlimit(RLIMIT_NOFILE, &before);
        const rlimit tight{static_cast<rlim_t>(next) + 1, before.rlim_max};
        setrlimit(RLIMIT_NOFILE, &tight);
        auto [late_reader, late_writer] = co_await open_connection("127.0.0.1", server.port());
        late_writer.write("b\n");
        while (messages.empty()) co_await sleep(0s);
        setrlimit(RLIMIT_NOFILE, &before);
        const auto got_16 = co_await late_reader.readline();
        CHECK(got_16 == "b\n");
        server.close();
    });
    CHECK(messages == std::vector<std::string>{"socket.accept() out of system resource"});
}
#endif

TEST_CASE("A loop may be closed with servers and connections open") {
    run([]() -> Coroutine<> {
        const Server server = co_await start_server(echo_lines, "127.0.0.1", 0);
        auto [reader, writer] = co_await open_connection("127.0.0.1", server.port());
        writer.write("x\n");
        const auto got_17 = co_await reader.readline();
        CHECK(got_17 == "x\n");
        create_task(reader.read());
        co_await sleep(0s);
    });
}

TEST_CASE("A name is looked up off the loop") {
    run([]() -> Coroutine<> {
        const Server server = co_await start_server(echo_lines, "localhost", 0);
        CHECK(server.port() > 0);
        auto [reader, writer] = co_await open_connection("localhost", server.port());
        writer.write("x\n");
        const auto got_18 = co_await reader.readline();
        CHECK(got_18 == "x\n");
        writer.close();
        server.close();
    });
}
