// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tests/conformance/twin.hpp"

using std::string;
using std::vector;

namespace {

const string host = "127.0.0.1";

string stripped(string text) {
    while (text.ends_with('\n')) text.pop_back();
    return text;
}
string without_port(const std::exception& error, int port) {
    string text = error.what();
    const string number = std::to_string(port);
    return text.replace(text.find(number), number.size(), "PORT");
}

Coroutine<> close(StreamWriter writer) {
    writer.close();
    co_await writer.wait_closed();
}

/// A folder for sockets, gone at the end.
struct Folder {
    Folder() {
        char name[] = "/tmp/twin-XXXXXX";
        path = ::mkdtemp(name);
    }
    ~Folder() { std::filesystem::remove_all(path); }
    Folder(const Folder&) = delete;
    std::filesystem::path path;
};

}  // namespace

TWIN_REAL(connections_that_fail, Reports::yes) {
    auto nothing = [](StreamReader, StreamWriter) {};
    auto server = co_await start_server(nothing, host, 0);
    const int port = server.port();
    server.close();
    co_await server.wait_closed();
    try {
        co_await open_connection(host, port);
    } catch (const ConnectionRefusedError& error) {
        say(without_port(error, port), error.code().value());
    }
    const Folder folder;
    const string path = folder.path / "socket";
    for (int n = 0; n < 2; ++n) {
        try {
            co_await open_unix_connection(path);
        } catch (const OSError&) {
            say(caught());
        }
        // What a server leaves behind that was not closed well.
        const int left = ::socket(AF_UNIX, SOCK_STREAM, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path.copy(address.sun_path, sizeof address.sun_path - 1);
        if (n == 0 && ::bind(left, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) say("not bound");
        ::close(left);
    }
    server = co_await start_server(nothing, host, 0);
    const int busy = server.port();
    try {
        co_await start_server(nothing, host, busy);
    } catch (const OSError& error) {
        const string text = without_port(error, busy);
        say(text.substr(0, text.rfind(": ")));
    }
    server.close();
    try {
        co_await wait_for(open_connection(host, busy), 0s);
    } catch (const TimeoutError&) {
        say(caught());
    }
}

TWIN_REAL(failing_handlers) {
    auto& loop = get_running_loop();
    loop.set_exception_handler(
        [](EventLoop&, const ExceptionContext& context) { say("handler:", context.message, "|", context.exception); });
    auto fails = [](StreamReader reader, StreamWriter writer) -> Coroutine<> {
        const string line = co_await reader.readline();
        writer.write(line);
        co_await writer.drain();
        throw ValueError("in a coroutine");
    };
    auto cancels = [](StreamReader reader, StreamWriter writer) -> Coroutine<> {
        const string line = co_await reader.readline();
        writer.write(line);
        co_await writer.drain();
        current_task()->cancel();
        co_await sleep(1s);
    };
    for (const bool failing : {true, false}) {
        auto server = failing ? start_server(fails, host, 0) : start_server(cancels, host, 0);
        auto started = co_await std::move(server);
        auto [reader, writer] = co_await open_connection(host, started.port());
        writer.write("hello\n");
        const string line = co_await reader.readline();
        say(stripped(line));
        if (failing) {
            const string rest = co_await reader.read();
            say("closed by the server:", rest.size());
        }
        co_await close(writer);
        started.close();
        say(started.is_serving());
    }
    auto plain = [](StreamReader, StreamWriter writer) {
        say("plain callback");
        writer.write("plain\n");
        writer.close();
    };
    auto server = co_await start_server(plain, host, 0);
    auto [reader, writer] = co_await open_connection(host, server.port());
    const string text = co_await reader.read();
    say(stripped(text));
    co_await close(writer);
    server.close();
}

TWIN_REAL(servers) {
    auto handler = [](StreamReader, StreamWriter writer) -> Coroutine<> {
        writer.write("served\n");
        co_await close(writer);
    };
    auto server = co_await start_server(handler, host, 0, {.start_serving = false});
    say(server.is_serving());
    co_await server.start_serving();
    co_await server.start_serving();
    say(server.is_serving());
    auto forever = create_task(server.serve_forever());
    co_await turns(2);
    try {
        co_await server.serve_forever();
    } catch (const RuntimeError& error) {
        say(string(error.what()).ends_with("is already being awaited on serve_forever()"));
    }
    auto [reader, writer] = co_await open_connection(host, server.port());
    const string text = co_await reader.read();
    say(stripped(text));
    co_await close(writer);
    forever.cancel();
    auto results = co_await gather(return_exceptions, vector<Task<>>(1, forever));
    say(results);
    say(server.is_serving(), server.sockets().size());
    server.close();
    co_await server.wait_closed();
    auto other = co_await start_server(handler, host, 0);
    {
        auto closing = co_await other.scoped();
        say(other.is_serving());
    }
    say(other.is_serving());
}

TWIN_REAL(unix_chat) {
    const Folder folder;
    const string path = folder.path / "socket";
    std::map<string, StreamWriter> members;
    auto handler = [&](StreamReader reader, StreamWriter writer) -> Coroutine<> {
        const string first = co_await reader.readline();
        const string name = stripped(first);
        members.emplace(name, writer);
        writer.write("welcome " + name + ", you are " + std::to_string(members.size()) + "\n");
        for (;;) {
            const string line = co_await reader.readline();
            if (line.empty()) break;
            for (auto& [other, to] : members)
                if (other != name) to.write(name + ": " + line);
        }
        members.erase(name);
        for (auto& [other, to] : members) to.write(name + " left\n");
        co_await close(writer);
    };
    auto server = co_await start_unix_server(handler, path);
    using Client = std::pair<StreamReader, StreamWriter>;
    std::map<string, Client> clients;
    auto hear = [&](string name) -> Coroutine<> {
        const string line = co_await clients[name].first.readline();
        say(name, stripped(line));
    };
    for (const string name : {"ann", "bob", "cyd"}) {
        clients[name] = co_await open_unix_connection(path);
        clients[name].second.write(name + "\n");
        co_await hear(name);
        say(clients[name].second.peername() == SocketAddress(path));
    }
    for (const string name : {"bob", "ann"}) {
        clients[name].second.write("hello of " + name + "\n");
        for (const string other : {"ann", "bob", "cyd"})
            if (other != name) co_await hear(other);
    }
    co_await close(clients["bob"].second);
    co_await hear("ann");
    co_await hear("cyd");
    clients["cyd"].second.write_eof();
    const string rest = co_await clients["cyd"].first.read();
    say("cyd", rest.size());
    co_await hear("ann");
    for (const string name : {"ann", "cyd"}) co_await close(clients[name].second);
    server.close();
    co_await server.wait_closed();
    vector<string> left;
    for (auto& [name, writer] : members) left.push_back(name);
    say(left, server.is_serving());
}
