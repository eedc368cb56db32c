// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <string>
#include <utility>

#include "app/scenarios/scenario.hpp"

using awaitscope::scenarios::print;

namespace {

/// Without the end of the line.
std::string stripped(const std::string& line) {
    return line.substr(0, line.find('\n'));
}

asyncio::Coroutine<> serve(asyncio::StreamReader reader, asyncio::StreamWriter writer, asyncio::Event& served) {
    print("server: a client is here");
    writer.write("welcome\n");
    while (true) {
        const std::string line = co_await reader.readline();
        if (line.empty()) break;
        print("server: received ", stripped(line));
        writer.write(line);
        co_await writer.drain();
    }
    print("server: the client has closed");
    writer.close();
    co_await writer.wait_closed();
    served.set();
}

asyncio::Coroutine<> client(int port) {
    auto [reader, writer] = co_await asyncio::open_connection("127.0.0.1", port);
    std::string line = co_await reader.readline();
    print("client: received ", stripped(line));
    for (const std::string word : {"hello", "world"}) {
        print("client: sends ", word);
        writer.write(word + "\n");
        co_await writer.drain();
        line = co_await reader.readline();
        print("client: received ", stripped(line));
    }
    print("client: closes");
    writer.close();
    co_await writer.wait_closed();
}

asyncio::Coroutine<> main_() {
    asyncio::Event served("served");
    auto handle = [&](asyncio::StreamReader reader, asyncio::StreamWriter writer) {
        return serve(std::move(reader), std::move(writer), served);
    };
    auto server = co_await asyncio::start_server(handle, "127.0.0.1", 0);
    print("main: the server listens");
    co_await asyncio::create_task(client(server.port()), "client");
    co_await served.wait();
    server.close();
    co_await server.wait_closed();
    print("main: the server is closed");
}

const awaitscope::scenarios::Registration registration("tcp-echo", main_);

}  // namespace
