// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <string>
#include <utility>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

constexpr std::size_t mebibyte = 1024 * 1024;

const char* yes_or_no(bool yes) {
    return yes ? "yes" : "no";
}

asyncio::Coroutine<> serve(asyncio::StreamReader reader, asyncio::StreamWriter writer, asyncio::Event& go,
                           asyncio::Event& served) {
    co_await go.wait();
    print("reader: begins to read");
    std::size_t total = 0;
    while (true) {
        const std::string data = co_await reader.read(mebibyte);
        if (data.empty()) break;
        total += data.size();
    }
    print("reader: got ", total / mebibyte, " MiB");
    writer.close();
    served.set();
}

asyncio::Coroutine<> main_() {
    asyncio::Event go("go"), served("served");
    auto handle = [&](asyncio::StreamReader reader, asyncio::StreamWriter writer) {
        return serve(std::move(reader), std::move(writer), go, served);
    };
    auto server = co_await asyncio::start_server(handle, "127.0.0.1", 0);
    auto [unread, writer] = co_await asyncio::open_connection("127.0.0.1", server.port());

    writer.write(std::string(16 * mebibyte, 'x'));
    print("main: write() took 16 MiB and returned at once");
    std::size_t waiting = writer.transport().get_write_buffer_size();
    print("main: more than 64 KiB wait to be sent: ", yes_or_no(waiting > 65536));
    auto drain = asyncio::create_task(writer.drain(), "drain");
    co_await asyncio::sleep(200ms);
    print("main: has drain() returned? ", yes_or_no(drain.done()));
    go.set();
    co_await drain;
    print("main: drain() has returned");
    waiting = writer.transport().get_write_buffer_size();
    print("main: more than 16 KiB wait to be sent: ", yes_or_no(waiting > 16384));
    writer.close();
    co_await served.wait();
    server.close();
}

const awaitscope::scenarios::Registration registration("back-pressure", main_);

}  // namespace
