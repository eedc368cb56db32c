// SPDX-License-Identifier: GPL-3.0-or-later
// The options of connections and servers, and how servers end.
#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/runtime/net/tls_support.hpp"
#include "tests/support/captured_stderr.hpp"

using namespace asyncio;
using namespace awaitscope::test;
using namespace std::chrono_literals;

namespace {

std::string socket_path(const char* name) {
    return "/tmp/awaitscope-options-" + std::to_string(getpid()) + "-" + name;
}

bool exists(const std::string& path) {
    struct stat status {};
    return stat(path.c_str(), &status) == 0;
}

/// A stream socket bound to a free port of 127.0.0.1.
int bound_socket() {
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    return fd;
}

std::shared_ptr<Protocol> plain_protocol() {
    return std::make_shared<Protocol>();
}

const auto greet = [](StreamReader, StreamWriter writer) {
    writer.write("hi");
    writer.close();
};

}  // namespace

TEST_CASE("Options of connections that contradict each other are refused in CPython's words") {
    run([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        const SSLContext context = client_context();
        const auto tcp = [&](std::string host, ConnectionOptions options) {
            return error_of(loop.create_connection(plain_protocol, std::move(host), 1, options));
        };
        const auto tcp_1 = co_await tcp("127.0.0.1", {.server_hostname = "x"});
        CHECK(tcp_1 == "ValueError: server_hostname is only meaningful with ssl");
        const auto tcp_2 = co_await tcp("127.0.0.1", {.ssl_handshake_timeout = 1s});
        CHECK(tcp_2 == "ValueError: ssl_handshake_timeout is only meaningful with ssl");
        const auto tcp_3 = co_await tcp("127.0.0.1", {.ssl_shutdown_timeout = 1s});
        CHECK(tcp_3 == "ValueError: ssl_shutdown_timeout is only meaningful with ssl");
        const auto tcp_4 = co_await tcp("", {.ssl = context});
        CHECK(tcp_4 == "ValueError: You must set server_hostname when using ssl without a host");
        const auto tcp_5 = co_await tcp("127.0.0.1", {.sock = 0});
        CHECK(tcp_5 == "ValueError: host/port and sock can not be specified at the same time");
        const auto none = co_await error_of(loop.create_connection(plain_protocol, ConnectionOptions()));
        CHECK(none == "ValueError: host and port was not specified and no sock specified");
        const auto unnamed = co_await error_of(loop.create_connection(plain_protocol, {.ssl = context, .sock = 0}));
        CHECK(unnamed == "ValueError: You must set server_hostname when using ssl without a host");

        const auto unix_1 = co_await error_of(loop.create_unix_connection(plain_protocol, "/x", {.ssl = context}));
        CHECK(unix_1 == "ValueError: you have to pass server_hostname when using ssl");
        const auto unix_2 = co_await error_of(loop.create_unix_connection(plain_protocol, "/x", {.sock = 0}));
        CHECK(unix_2 == "ValueError: path and sock can not be specified at the same time");
        const auto unix_3 = co_await error_of(loop.create_unix_connection(plain_protocol, ConnectionOptions()));
        CHECK(unix_3 == "ValueError: no path and sock were specified");
        const auto unix_4 = co_await error_of(loop.create_unix_connection(plain_protocol, "/nowhere/at/all"));
        CHECK(unix_4 == "FileNotFoundError: [Errno 2] No such file or directory");
    });
}

TEST_CASE("Options of servers that contradict each other are refused in CPython's words") {
    run([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        const auto tcp_1 = co_await error_of(loop.create_server(plain_protocol, ServerOptions()));
        CHECK(tcp_1 == "ValueError: Neither host/port nor sock were specified");
        const auto tcp_2 = co_await error_of(loop.create_server(plain_protocol, "127.0.0.1", 0, {.sock = 0}));
        CHECK(tcp_2 == "ValueError: host/port and sock can not be specified at the same time");
        const auto tcp_3 =
            co_await error_of(loop.create_server(plain_protocol, "127.0.0.1", 0, {.ssl_handshake_timeout = 1s}));
        CHECK(tcp_3 == "ValueError: ssl_handshake_timeout is only meaningful with ssl");
        const auto tcp_4 = co_await error_of(loop.create_server(plain_protocol, "127.0.0.1", 0, {.ssl = true}));
        CHECK(tcp_4 == "TypeError: ssl argument must be an SSLContext or None");
        const auto unix_1 = co_await error_of(loop.create_unix_server(plain_protocol, ServerOptions()));
        CHECK(unix_1 == "ValueError: path was not specified, and no sock specified");
        const int tcp = bound_socket();
        const auto unix_2 = co_await error_of(loop.create_unix_server(plain_protocol, {.sock = tcp}));
        CHECK(unix_2 == "ValueError: A UNIX Domain Stream Socket was expected, got fd " + std::to_string(tcp));
        close(tcp);
        const int datagrams = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        const auto wrong = co_await error_of(loop.create_server(plain_protocol, {.sock = datagrams}));
        CHECK(wrong == "ValueError: A Stream Socket was expected, got fd " + std::to_string(datagrams));
        close(datagrams);
    });
}

TEST_CASE("A connection over a socket that is connected already, with TLS too") {
    run([]() -> Coroutine<> {
        int ends[2];
        REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
        EventLoop& loop = get_running_loop();
        auto accepted = create_task(loop.connect_accepted_socket(plain_protocol, ends[0], {.ssl = server_context()}));
        auto [reader, writer] =
            co_await open_connection({.ssl = client_context(), .server_hostname = "localhost", .sock = ends[1]});
        const auto server = co_await accepted;
        CHECK(std::any_cast<SSLObject>(server.transport->get_extra_info("ssl_object")).server_hostname == "localhost");
        server.transport->write("over a pair");
        const auto got = co_await reader.readexactly(11);
        CHECK(got == "over a pair");
        writer.close();
        co_await writer.wait_closed();

        REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
        auto [unix_reader, unix_writer] = co_await open_unix_connection({.sock = ends[0]});
        const auto plain = co_await loop.connect_accepted_socket(plain_protocol, ends[1]);
        plain.transport->write("x");
        const auto plain_got = co_await unix_reader.readexactly(1);
        CHECK(plain_got == "x");
        plain.transport->close();
    });
}

TEST_CASE("A connection from an address of one's own") {
    run([]() -> Coroutine<> {
        std::string peer;
        const auto handler = [&](StreamReader, StreamWriter writer) {
            peer = writer.peername()->host();
            writer.close();
        };
        const Server server = co_await start_server(handler, "127.0.0.1", 0);
        const SocketAddress local("127.0.0.2", 0);
        auto [reader, writer] = co_await open_connection("127.0.0.1", server.port(), {.local_addr = &local});
        CHECK(writer.sockname()->host() == "127.0.0.2");
        co_await reader.read();
        CHECK(peer == "127.0.0.2");
        const SocketAddress foreign("192.0.2.1", 0);
        const auto error = co_await error_of(open_connection("127.0.0.1", server.port(), {.local_addr = &foreign}));
        CHECK(error ==
              "OSError: [Errno 99] error while attempting to bind on address ('192.0.2.1', 0): [errno 99] "
              "cannot assign requested address");
        const SocketAddress other_family("::1", 0);
        const auto mismatch =
            co_await error_of(open_connection("127.0.0.1", server.port(), {.local_addr = &other_family}));
        CHECK(mismatch == "OSError: no matching local address with family=<AddressFamily.AF_INET: 2> found");
        server.close();
    });
}

TEST_CASE("The limit of a connection's reader and of a server's") {
    run([]() -> Coroutine<> {
        std::string seen;
        const auto handler = [&](StreamReader reader, StreamWriter writer) -> Coroutine<> {
            const auto line = co_await as_result(reader.readline());
            seen = to_string(line.exception());
            writer.write(std::string(100, 'x'));
            writer.close();
        };
        const Server server = co_await start_server(handler, "127.0.0.1", 0, {.limit = 10});
        auto [reader, writer] = co_await open_connection("127.0.0.1", server.port(), {.limit = 20});
        writer.write(std::string(50, 'y'));
        const auto line = co_await as_result(reader.readuntil("\n"));
        CHECK(to_string(line.exception()) == "LimitOverrunError: Separator is not found, and chunk exceed the limit");
        CHECK(seen == "ValueError: Separator is not found, and chunk exceed the limit");
        server.close();
    });
}

TEST_CASE("A server on several hosts, each of them once, and on a socket that is bound already") {
    run([]() -> Coroutine<> {
        const std::vector<std::string> hosts{"127.0.0.1", "127.0.0.2", "127.0.0.1"};
        const Server server = co_await start_server(greet, hosts, 0);
        REQUIRE(server.sockets().size() == 2);
        CHECK(server.sockets()[1].host() == "127.0.0.2");
        CHECK(server.sockets()[1].port() == server.port());
        for (const char* host : {"127.0.0.1", "127.0.0.2"}) {
            auto [reader, writer] = co_await open_connection(host, server.port());
            const auto got = co_await reader.read();
            CHECK(got == "hi");
        }
        server.close();
        CHECK(server.sockets().empty());
        CHECK(server.port() == 0);

        const Server given = co_await start_server(greet, {.sock = bound_socket()});
        auto [reader, writer] = co_await open_connection("127.0.0.1", given.port());
        const auto got = co_await reader.read();
        CHECK(got == "hi");
        given.close();
        const auto error = co_await error_of(start_server(greet, "192.0.2.1", 0));
        CHECK(error == "OSError: could not bind on any address out of [('192.0.2.1', 0)]");
    });
}

TEST_CASE("Two servers share a port when both ask to") {
    run([]() -> Coroutine<> {
        const Server first = co_await start_server(greet, "127.0.0.1", 0, {.reuse_port = true});
        const Server second = co_await start_server(greet, "127.0.0.1", first.port(), {.reuse_port = true});
        CHECK(second.port() == first.port());
        const auto third = co_await error_of(start_server(greet, "127.0.0.1", first.port()));
        CHECK(third.starts_with("OSError: [Errno 98] error while attempting to bind"));
        first.close();
        second.close();
    });
}

TEST_CASE("A server that does not serve yet, and one that is told twice to") {
    run([]() -> Coroutine<> {
        const Server server = co_await start_server(greet, "127.0.0.1", 0, {.start_serving = false});
        CHECK_FALSE(server.is_serving());
        const auto refused = co_await error_of(open_connection("127.0.0.1", server.port()));
        CHECK(refused.starts_with("ConnectionRefusedError: [Errno 111] Connect call failed"));
        co_await server.start_serving();
        co_await server.start_serving();
        CHECK(server.is_serving());
        auto [reader, writer] = co_await open_connection("127.0.0.1", server.port());
        const auto got = co_await reader.read();
        CHECK(got == "hi");
        server.close();
        server.close();
        CHECK_FALSE(server.is_serving());
    });
}

TEST_CASE("The file of a Unix server goes with it, unless it is not to, or is another's by now") {
    run([]() -> Coroutine<> {
        const std::string path = socket_path("clean");
        const Server first = co_await start_unix_server(greet, path);
        CHECK(exists(path));
        // A stale file stands in nobody's way; the first one's end leaves the second one's file alone.
        const Server second = co_await start_unix_server(greet, path);
        first.close();
        CHECK(exists(path));
        auto [reader, writer] = co_await open_unix_connection(path);
        const auto got = co_await reader.read();
        CHECK(got == "hi");
        second.close();
        CHECK_FALSE(exists(path));
        const Server kept = co_await start_unix_server(greet, path, {.cleanup_socket = false});
        kept.close();
        CHECK(exists(path));
        unlink(path.c_str());
    });
}

TEST_CASE("Server.wait_closed waits for the connections: close_clients and abort_clients end them") {
    for (const bool abort : {false, true}) {
        run([&]() -> Coroutine<> {
            int open = 0;
            const auto handler = [&](StreamReader reader, StreamWriter writer) -> Coroutine<> {
                ++open;
                writer.write("hello");
                const auto end = co_await as_result(reader.read());
                CHECK(end.ok());
                --open;
            };
            const Server server = co_await start_server(handler, "127.0.0.1", 0);
            auto [reader_1, writer_1] = co_await open_connection("127.0.0.1", server.port());
            auto [reader_2, writer_2] = co_await open_connection("127.0.0.1", server.port());
            const auto hello_1 = co_await reader_1.readexactly(5);
            const auto hello_2 = co_await reader_2.readexactly(5);
            CHECK(hello_1 + hello_2 == "hellohello");
            CHECK(open == 2);
            const Task<> waiting = create_task(server.wait_closed());
            co_await sleep(0s);
            server.close();
            for (int i = 0; i < 10; ++i) co_await sleep(0s);
            CHECK_FALSE(waiting.done());
            abort ? server.abort_clients() : server.close_clients();
            co_await waiting;
            const auto end = co_await reader_1.read();
            CHECK(end == "");
            // Once more, when all are gone: at once.
            co_await server.wait_closed();
            for (int i = 0; i < 3; ++i) co_await sleep(0s);
            CHECK(open == 0);
        });
    }
}

TEST_CASE("Server.wait_closed of a server that nobody has used, and of one that is open") {
    run([]() -> Coroutine<> {
        const Server server = co_await start_server(greet, "127.0.0.1", 0);
        const Task<> waiting = create_task(server.wait_closed());
        for (int i = 0; i < 5; ++i) co_await sleep(0s);
        CHECK_FALSE(waiting.done());
        server.close();
        co_await waiting;
        co_await server.wait_closed();
    });
}

TEST_CASE("Server.serve_forever: once at a time, and its cancellation closes the server") {
    run([]() -> Coroutine<> {
        const Server server = co_await start_server(greet, "127.0.0.1", 0, {.start_serving = false});
        const Task<> serving = create_task(server.serve_forever());
        co_await sleep(0s);
        CHECK(server.is_serving());
        const auto twice = co_await error_of(server.serve_forever());
        CHECK(twice.starts_with("RuntimeError: server <Server sockets=(<asyncio.TransportSocket fd="));
        CHECK(twice.ends_with("family=2, type=1, proto=6, laddr=('127.0.0.1', " + std::to_string(server.port()) +
                              ")>,)> is already being awaited on serve_forever()"));
        serving.cancel();
        const auto result = co_await as_result(serving);
        CHECK(serving.cancelled());
        CHECK_FALSE(server.is_serving());
        const auto closed = co_await error_of(server.serve_forever());
        CHECK(closed == "RuntimeError: server <Server sockets=()> is closed");
    });
}

TEST_CASE("A connection that was accepted just before the server closed is dropped") {
    run([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        std::optional<Server> server;
        int made = 0;
        const auto factory = [&] {
            ++made;
            server->close();  // as late as can be
            return std::make_shared<Protocol>();
        };
        server = co_await loop.create_server(factory, "127.0.0.1", 0);
        auto [reader, writer] = co_await open_connection("127.0.0.1", server->port());
        const auto end = co_await as_result(reader.read());
        CHECK((!end.ok() || end.value().empty()));
        CHECK(made == 1);
        co_await server->wait_closed();
    });
}

TEST_CASE("A connection that stands in the backlog of a server that closes is not taken") {
    run([]() -> Coroutine<> {
        int handled = 0;
        const auto handler = [&](StreamReader, StreamWriter) { ++handled; };
        const Server server = co_await start_server(handler, "127.0.0.1", 0, {.start_serving = false});
        const int port = server.port();
        co_await server.start_serving();
        // Both are connected by the kernel before the loop polls again.
        const Task<StreamPair> connecting = create_task(open_connection("127.0.0.1", port));
        server.close();
        const auto result = co_await as_result(connecting);
        CHECK_FALSE(result.ok());
        co_await server.wait_closed();
        CHECK(handled == 0);
    });
}
