// SPDX-License-Identifier: GPL-3.0-or-later
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/conformance/twin.hpp"

using std::string;
using std::vector;

namespace {

template <class T>
Coroutine<string> outcome(Coroutine<T> awaitable) {
    const auto result = co_await as_result(std::move(awaitable));
    co_return result.ok() ? "fine" : to_string(result.exception());
}

string replaced(string all, const string& what, const string& by) {
    if (const auto at = all.find(what); at != string::npos) all.replace(at, what.size(), by);
    return all;
}

string without_port(const string& all, int port) {
    return replaced(all, std::to_string(port), "PORT");
}

const auto greet = [](StreamReader, StreamWriter writer) -> Coroutine<> {
    writer.write("hi");
    writer.close();
    co_return;
};

Coroutine<string> greeting_of(string host, int port, ConnectionOptions options) {
    auto [reader, writer] = co_await open_connection(host, port, options);
    string data = co_await reader.read();
    writer.close();
    co_await writer.wait_closed();
    co_return data;
}
Coroutine<string> greeting_of(string host, int port) {
    return greeting_of(std::move(host), port, ConnectionOptions());
}

std::shared_ptr<Protocol> protocol() {
    return std::make_shared<Protocol>();
}

Coroutine<> say_outcome(Coroutine<Connection<Protocol>> connecting) {
    const string how = co_await outcome(std::move(connecting));
    say(how);
}
Coroutine<> say_outcome(Coroutine<Server> listening) {
    const string how = co_await outcome(std::move(listening));
    say(how);
}

}  // namespace

TWIN_REAL(refused_options) {
    EventLoop& loop = get_running_loop();
    const int given = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    co_await say_outcome(loop.create_connection(protocol, "127.0.0.1", 1, {.server_hostname = "x"}));
    co_await say_outcome(loop.create_connection(protocol, "127.0.0.1", 1, {.ssl_handshake_timeout = 1s}));
    co_await say_outcome(loop.create_connection(protocol, "127.0.0.1", 1, {.ssl_shutdown_timeout = 1s}));
    co_await say_outcome(loop.create_connection(protocol, "", 1, {.ssl = true}));
    co_await say_outcome(loop.create_connection(protocol, "127.0.0.1", 1, {.sock = given}));
    co_await say_outcome(loop.create_connection(protocol, ConnectionOptions()));
    co_await say_outcome(loop.create_connection(protocol, {.ssl = true, .sock = given}));
    co_await say_outcome(loop.create_unix_connection(protocol, "/nowhere", {.ssl = true}));
    co_await say_outcome(loop.create_unix_connection(protocol, "/nowhere", {.server_hostname = "x"}));
    co_await say_outcome(loop.create_unix_connection(protocol, "/nowhere", {.ssl_handshake_timeout = 1s}));
    co_await say_outcome(loop.create_unix_connection(protocol, "/nowhere", {.sock = given}));
    co_await say_outcome(loop.create_unix_connection(protocol, ConnectionOptions()));
    co_await say_outcome(loop.create_unix_connection(protocol, "/nowhere/at/all"));
    co_await say_outcome(loop.create_server(protocol, ServerOptions()));
    co_await say_outcome(loop.create_server(protocol, "127.0.0.1", 0, {.sock = given}));
    co_await say_outcome(loop.create_server(protocol, "127.0.0.1", 0, {.ssl = true}));
    co_await say_outcome(loop.create_server(protocol, "127.0.0.1", 0, {.ssl_handshake_timeout = 1s}));
    co_await say_outcome(loop.create_server(protocol, "127.0.0.1", 0, {.ssl_shutdown_timeout = 1s}));
    co_await say_outcome(loop.create_unix_server(protocol, ServerOptions()));
    co_await say_outcome(loop.create_unix_server(protocol, "/nowhere", {.sock = given}));
    co_await say_outcome(loop.create_unix_server(protocol, "/nowhere/at/all"));
    close(given);
}

TWIN_REAL(life) {
    const Server server = co_await start_server(greet, "127.0.0.1", 0, {.start_serving = false});
    const int port = server.port();
    say(server.is_serving(), server.sockets().size());
    const string refused = co_await outcome(open_connection("127.0.0.1", port));
    say(without_port(refused, port));
    co_await server.start_serving();
    co_await server.start_serving();
    const string greeting = co_await greeting_of("127.0.0.1", port);
    say(server.is_serving(), greeting);
    const Task<> waiting = create_task(server.wait_closed());
    co_await turns(3);
    say(waiting.done());
    server.close();
    say(server.is_serving(), server.sockets().size(), waiting.done());
    co_await turns(1);
    server.close();
    co_await waiting;
    say("None");
    co_await server.wait_closed();
    say("None");
    const string closed = co_await outcome(server.serve_forever());
    say(closed);
    const string gone = co_await outcome(open_connection("127.0.0.1", port));
    say(without_port(gone, port));
}

TWIN_REAL(forever) {
    Server server = co_await start_server(greet, "127.0.0.1", 0, {.start_serving = false});
    const int port = server.port();
    const auto serve = [&]() -> Coroutine<> {
        try {
            co_await server.serve_forever();
        } catch (const CancelledError&) {
            say("cancelled", caught(), server.is_serving());
            throw;
        }
    };
    Task<> serving = create_task(serve);
    co_await turns(1);
    const string greeting = co_await greeting_of("127.0.0.1", port);
    say(server.is_serving(), greeting);
    try {
        co_await server.serve_forever();
    } catch (const RuntimeError& error) {
        say(string(error.what()).ends_with("> is already being awaited on serve_forever()"));
    }
    serving.cancel("enough");
    co_await turns(1);
    say(serving.done(), server.is_serving());
    const vector<Task<>> one{serving};
    co_await wait(one);
    say(serving.cancelled(), server.is_serving());
    server = co_await start_server(greet, "127.0.0.1", 0);
    serving = create_task(server.serve_forever());
    co_await turns(1);
    server.close();
    const auto result = co_await as_result(serving);
    say(result.exception());
    {
        server = co_await start_server(greet, "127.0.0.1", 0);
        auto closing = co_await server.scoped();
        say(server.is_serving());
    }
    co_await server.wait_closed();
    say(server.is_serving());
}

TWIN_REAL(clients) {
    for (const bool abort : {false, true}) {
        vector<string> ends;
        const auto handler = [&](StreamReader reader, StreamWriter writer) -> Coroutine<> {
            writer.write("hello");
            const string end = co_await reader.read();
            ends.push_back(end);
        };
        const Server server = co_await start_server(handler, "127.0.0.1", 0);
        vector<StreamPair> readers;
        for (int i = 0; i < 3; ++i) {
            readers.push_back(co_await open_connection("127.0.0.1", server.port()));
            const string hello = co_await readers.back().first.readexactly(5);
            say(hello);
        }
        const Task<> waiting = create_task(server.wait_closed());
        server.close();
        co_await turns(3);
        say(waiting.done(), ends.size());
        abort ? server.abort_clients() : server.close_clients();
        co_await waiting;
        co_await turns(3);
        say(ends.size());
        for (const auto& [reader, writer] : readers) {
            const string rest = co_await reader.read();
            say(rest, reader.at_eof());
            writer.close();
        }
    }
}

TWIN_REAL(last_client_goes) {
    Event release;
    const auto handler = [&](StreamReader, StreamWriter writer) -> Coroutine<> {
        co_await release.wait();
        say("handler closes");
        writer.close();
    };
    const Server server = co_await start_server(handler, "127.0.0.1", 0);
    auto [reader, writer] = co_await open_connection("127.0.0.1", server.port());
    const auto wait = [&]() -> Coroutine<> {
        co_await server.wait_closed();
        say("server is closed");
    };
    const Task<> waiting = create_task(wait);
    co_await sleep(10ms);
    server.close();
    co_await turns(3);
    say(waiting.done());
    release.set();
    const string rest = co_await reader.read();
    say(rest, reader.at_eof());
    co_await waiting;
    writer.close();
}

TWIN_REAL(unix_files) {
    string folder = (std::filesystem::temp_directory_path() / "twin-XXXXXX").string();
    REQUIRE(mkdtemp(folder.data()) != nullptr);
    const string path = folder + "/socket";
    const auto exists = [&] { return std::filesystem::exists(path); };
    const Server first = co_await start_unix_server(greet, path);
    say(exists());
    const Server second = co_await start_unix_server(greet, path);
    first.close();
    say(exists());
    auto [reader, writer] = co_await open_unix_connection(path);
    const string greeting = co_await reader.read();
    say(greeting, std::any_cast<SocketAddress>(writer.get_extra_info("peername")).path() == path);
    writer.close();
    second.close();
    say(exists());
    const Server kept = co_await start_unix_server(greet, path, {.cleanup_socket = false});
    kept.close();
    say(exists());
    std::filesystem::remove(path);
    std::ofstream(path).close();
    const string error = co_await outcome(start_unix_server(greet, path));
    say(replaced(error, path, "PATH"));
    std::filesystem::remove_all(folder);
}

TWIN_REAL(given_sockets) {
    EventLoop& loop = get_running_loop();
    const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    const Server server = co_await start_server(greet, {.sock = listener});
    const string greeting = co_await greeting_of("127.0.0.1", server.port());
    say(greeting);
    server.close();
    int ends[2];
    REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
    {
        auto [reader, writer] = co_await open_connection({.sock = ends[0]});
        const auto accepted = co_await loop.connect_accepted_socket(protocol, ends[1]);
        accepted.transport->write("over a pair");
        const string got = co_await reader.readexactly(11);
        say(got);
        accepted.transport->close();
        const string rest = co_await reader.read();
        say(rest, reader.at_eof());
        writer.close();
    }
    REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
    auto [reader, writer] = co_await open_unix_connection({.sock = ends[0]});
    REQUIRE(send(ends[1], "raw", 3, 0) == 3);
    const string raw = co_await reader.readexactly(3);
    say(raw);
    close(ends[1]);
    const string rest = co_await reader.read();
    say(rest);
    writer.close();
}

TWIN_REAL(own_addresses) {
    const auto handler = [](StreamReader, StreamWriter writer) -> Coroutine<> {
        writer.write(std::any_cast<SocketAddress>(writer.get_extra_info("peername")).host());
        writer.close();
        co_return;
    };
    const vector<string> hosts{"127.0.0.1", "127.0.0.2", "127.0.0.1"};
    const Server server = co_await start_server(handler, hosts, 0);
    say(server.sockets().size());
    const int port = server.port();
    const string host = server.sockets().front().host();
    const SocketAddress local("127.0.0.3", 0);
    const string from_own = co_await greeting_of(host, port, {.local_addr = &local});
    say(from_own);
    const string from_any = co_await greeting_of(host, port, {.happy_eyeballs_delay = 250ms});
    say(from_any == "127.0.0.1");
    server.close();
    const string plain = co_await outcome(open_connection("127.0.0.1", port));
    say(without_port(plain, port));
    const string raced = co_await outcome(open_connection("127.0.0.1", port, {.happy_eyeballs_delay = 250ms}));
    say(without_port(raced, port));
}

TWIN_REAL(addresses_of_others) {
    const SocketAddress foreign("192.0.2.1", 0);
    const string bind = co_await outcome(open_connection("127.0.0.1", 1, {.local_addr = &foreign}));
    say(bind);
    const SocketAddress other("::1", 0);
    const string family = co_await outcome(open_connection("127.0.0.1", 1, {.local_addr = &other}));
    say(family);
    const string listening = co_await outcome(start_server(greet, "192.0.2.1", 0));
    say(listening);
    const Server server = co_await start_server(greet, "127.0.0.1", 0, {.reuse_port = true});
    const int port = server.port();
    const string taken = co_await outcome(start_server(greet, "127.0.0.1", port));
    say(without_port(taken, port));
    const Server second = co_await start_server(greet, "127.0.0.1", port, {.reuse_port = true});
    say(second.port() == port);
    server.close();
    second.close();
}

TWIN_REAL(handlers_that_fail) {
    get_running_loop().set_exception_handler(
        [](EventLoop&, const ExceptionContext& context) { say(context.message, context.exception); });
    const auto failing = [](StreamReader reader, StreamWriter) -> Coroutine<> {
        co_await reader.readline();
        throw ValueError("bad request");
    };
    const Server server = co_await start_server(failing, "127.0.0.1", 0);
    auto [reader, writer] = co_await open_connection("127.0.0.1", server.port());
    writer.write("x\n");
    const string rest = co_await reader.read();
    say(rest, reader.at_eof());
    writer.close();
    server.close();
    co_await server.wait_closed();
}
