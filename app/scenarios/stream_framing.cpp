// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

/// In quotes, an end of line as \n.
std::string quoted(const std::string& text) {
    std::string result = "'";
    for (const char c : text) c == '\n' ? result += "\\n" : result += c;
    return result + "'";
}

asyncio::Coroutine<> serve(asyncio::StreamReader reader, asyncio::StreamWriter writer) {
    const std::vector<std::vector<std::string>> all = {
        {"one li", "ne\n"}, {"two lines\nat once\n"}, {"abcd", "ef;"}, {"short"}};
    for (const auto& pieces : all) {
        for (const std::string& piece : pieces) {
            print("server: sends ", quoted(piece));
            writer.write(piece);
            co_await asyncio::sleep(50ms);
        }
        if (&pieces != &all.back()) co_await reader.readline();
    }
    writer.close();
}

asyncio::Coroutine<> main_() {
    auto server = co_await asyncio::start_server(serve, "127.0.0.1", 0);
    auto [reader, writer] = co_await asyncio::open_connection("127.0.0.1", server.port());
    std::string text = co_await reader.readline();
    print("readline: ", quoted(text));
    writer.write("go on\n");
    for (int i = 0; i < 2; ++i) {
        text = co_await reader.readline();
        print("readline: ", quoted(text));
    }
    writer.write("go on\n");
    text = co_await reader.readexactly(5);
    print("readexactly(5): ", quoted(text));
    text = co_await reader.readuntil(";");
    print("readuntil(;): ", quoted(text));
    writer.write("go on\n");
    try {
        co_await reader.readexactly(10);
    } catch (const asyncio::IncompleteReadError& error) {
        print("readexactly(10): the end after ", error.partial().size(), " bytes, ", quoted(error.partial()));
    }
    text = co_await reader.readline();
    print("readline: ", quoted(text));
    writer.close();
    server.close();
}

const awaitscope::scenarios::Registration registration("stream-framing", main_);

}  // namespace
