// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <catch2/catch.hpp>

using namespace std::chrono_literals;
using asyncio::Coroutine;
using asyncio::StreamReader;
using asyncio::StreamWriter;

namespace {

Coroutine<> echo(StreamReader reader, StreamWriter writer) {
    for (;;) {
        std::string line = co_await reader.readline();
        if (line.empty()) break;
        writer.write(line);
        co_await writer.drain();
    }
    writer.close();
    co_await writer.wait_closed();
}

}  // namespace

TEST_CASE("A client and a server of streams") {
    asyncio::run([]() -> Coroutine<> {
        asyncio::Server server = co_await asyncio::start_server(echo, "127.0.0.1", 0);
        CHECK(server.is_serving());
        CHECK(server.port() > 0);
        CHECK(server.sockets().size() == 1);
        auto [reader, writer] = co_await asyncio::open_connection("127.0.0.1", server.port());
        writer.write("one\ntwo\nthree;four\n");
        co_await writer.drain();
        const std::string one = co_await reader.readline();
        const std::string two = co_await reader.readexactly(4);
        const std::string three = co_await reader.readuntil(";");
        const std::string four = co_await reader.readuntil();
        CHECK(one == "one\n");
        CHECK(two == "two\n");
        CHECK(three == "three;");
        CHECK(four == "four\n");
        writer.writelines({"a\n", "b\n"});
        const std::string lines = co_await reader.readexactly(4);
        CHECK(lines == "a\nb\n");
        auto peer = std::any_cast<asyncio::SocketAddress>(writer.get_extra_info("peername"));
        CHECK(peer.port() == server.port());
        CHECK(writer.get_extra_info("sockname").has_value());
        CHECK_FALSE(writer.get_extra_info("no such thing").has_value());
        CHECK(writer.can_write_eof());
        writer.write_eof();
        const std::string rest = co_await reader.read();
        CHECK(rest.empty());
        CHECK(reader.at_eof());
        CHECK_FALSE(writer.is_closing());
        writer.close();
        CHECK(writer.is_closing());
        co_await writer.wait_closed();
        server.close();
        co_await server.wait_closed();
        CHECK_FALSE(server.is_serving());
    });
}

TEST_CASE("Servers in their spellings") {
    asyncio::run([]() -> Coroutine<> {
        int plain_calls = 0;
        auto plain = co_await asyncio::start_server(
            [&](StreamReader, StreamWriter writer) {
                ++plain_calls;
                writer.write("hello");
                writer.close();
            },
            "127.0.0.1", 0, {.limit = 1024, .backlog = 5});
        auto lambda = co_await asyncio::start_server(
            [&](StreamReader reader, StreamWriter writer) -> Coroutine<> {
                const std::string got = co_await reader.read(100);
                writer.write(got + got);
                writer.close();
            },
            "127.0.0.1", 0, {.start_serving = false});
        CHECK_FALSE(lambda.is_serving());
        co_await lambda.start_serving();
        CHECK(lambda.is_serving());
        {
            auto [reader, writer] = co_await asyncio::open_connection("127.0.0.1", plain.port(), {.limit = 4096});
            const std::string hello = co_await reader.read();
            CHECK(hello == "hello");
            writer.close();
        }
        {
            auto [reader, writer] = co_await asyncio::open_connection("localhost", lambda.port());
            writer.write("ab");
            const std::string twice = co_await reader.read(-1);
            CHECK(twice == "abab");
            writer.close();
        }
        CHECK(plain_calls == 1);
        { auto closing = co_await plain.scoped(); }
        CHECK_FALSE(plain.is_serving());
        auto serving = asyncio::create_task(lambda.serve_forever());
        co_await asyncio::sleep(0s);
        serving.cancel();
        auto ended = co_await asyncio::as_result(serving);
        CHECK(serving.cancelled());
        auto refused = co_await asyncio::as_result(asyncio::open_connection("127.0.0.1", 1));
        CHECK_THROWS_AS(refused.value(), asyncio::ConnectionRefusedError);
        CHECK_THROWS_AS(refused.value(), asyncio::OSError);
    });
}

TEST_CASE("Errors of reads") {
    asyncio::run([]() -> Coroutine<> {
        auto server = co_await asyncio::start_server(
            [](StreamReader, StreamWriter writer) {
                writer.write("abc");
                writer.close();
            },
            "127.0.0.1", 0);
        auto [reader, writer] = co_await asyncio::open_connection("127.0.0.1", server.port());
        std::string partial;
        long expected = 0;
        try {
            co_await reader.readexactly(10);
        } catch (const asyncio::IncompleteReadError& e) {
            partial = e.partial();
            expected = e.expected();
        }
        CHECK(partial == "abc");
        CHECK(expected == 10);
        writer.close();
        server.close();
    });
}

TEST_CASE("Protocols and transports") {
    struct Collect : asyncio::Protocol {
        std::shared_ptr<asyncio::Transport> transport;
        std::string data;
        bool lost = false;
        std::optional<asyncio::Future<>> ended;
        void connection_made(std::shared_ptr<asyncio::Transport> made) override { transport = made; }
        void data_received(std::string_view bytes) override { data += bytes; }
        bool eof_received() override { return false; }
        void connection_lost(std::exception_ptr) override {
            lost = true;
            transport = nullptr;
            if (ended) ended->set_result();
        }
    };
    struct Echo : asyncio::Protocol {
        std::shared_ptr<asyncio::Transport> transport;
        void connection_made(std::shared_ptr<asyncio::Transport> made) override { transport = made; }
        void data_received(std::string_view bytes) override {
            transport->write(bytes);
            transport->close();
        }
        void connection_lost(std::exception_ptr) override { transport = nullptr; }
    };
    asyncio::run([]() -> Coroutine<> {
        auto& loop = asyncio::get_running_loop();
        auto server = co_await loop.create_server([] { return std::make_shared<Echo>(); }, "127.0.0.1", 0);
        auto [transport, protocol] =
            co_await loop.create_connection([] { return std::make_shared<Collect>(); }, "127.0.0.1", server.port());
        protocol->ended = loop.create_future();
        transport->write("ping");
        CHECK(transport->peername().has_value());
        CHECK(transport->sockname().has_value());
        CHECK_FALSE(transport->is_closing());
        co_await *protocol->ended;
        CHECK(protocol->data == "ping");
        CHECK(protocol->lost);
        server.close();
        const asyncio::SocketAddress address = std::pair<std::string, int>("127.0.0.1", 80);
        const asyncio::SocketAddress path = "/run/x.sock";
        CHECK(address.port() == 80);
        CHECK(path.is_unix());
    });
}
