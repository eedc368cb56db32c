// SPDX-License-Identifier: GPL-3.0-or-later
// TLS with a peer that is not ours: Python's asyncio.
#include <cstdio>

#include "tests/runtime/net/tls_support.hpp"

using namespace asyncio;
using namespace awaitscope::test;

namespace {

/// A Python program, and what it prints, a line at a time; in the loop's threads.
class Python {
  public:
    Python(const std::string& program, const std::string& arguments)
        : script_(program), pipe_(popen(("python3 " + script_.path() + " " + arguments + " 2>&1").c_str(), "r")) {
        if (!pipe_) throw std::runtime_error("cannot start python3");
    }
    ~Python() {
        if (pipe_) pclose(pipe_);
    }
    Coroutine<std::string> line() {
        auto reading = get_running_loop().run_in_executor(nullptr, [this] {
            char text[4096];
            return std::string(std::fgets(text, sizeof text, pipe_) ? text : "");
        });
        co_return co_await reading;
    }

  private:
    TemporaryFile script_;
    std::FILE* pipe_;
};

constexpr const char* client_program = R"py(
import asyncio, ssl, sys
async def main():
    context = ssl.create_default_context(cafile=sys.argv[2])
    context.set_alpn_protocols(["echo/1"])
    reader, writer = await asyncio.open_connection("127.0.0.1", int(sys.argv[1]), ssl=context,
                                                   server_hostname="localhost")
    data = bytes(range(256)) * 8000
    writer.write(data)
    back = await reader.readexactly(len(data))
    peer = writer.get_extra_info("ssl_object")
    print(back == data, peer.version(), peer.selected_alpn_protocol(), flush=True)
    writer.close()
    await writer.wait_closed()
    reader, writer = await asyncio.open_connection("127.0.0.1", int(sys.argv[1]))
    writer.write(b"STARTTLS\n")
    print(await reader.readline(), flush=True)
    await writer.start_tls(context, server_hostname="localhost")
    writer.write(b"secret")
    print(await reader.readexactly(6), flush=True)
    writer.close()
    await writer.wait_closed()
asyncio.run(main())
)py";

constexpr const char* server_program = R"py(
import asyncio, ssl, sys
async def echo(reader, writer):
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    print("client:", writer.get_extra_info("peercert")["subject"][0][0][1], flush=True)
    writer.close()
    await writer.wait_closed()
    asyncio.get_running_loop().stop()
async def main():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=sys.argv[3])
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_cert_chain(sys.argv[1], sys.argv[2])
    server = await asyncio.start_server(echo, "127.0.0.1", 0, ssl=context)
    print(server.sockets[0].getsockname()[1], flush=True)
loop = asyncio.new_event_loop()
loop.create_task(main())
loop.run_forever()
)py";

}  // namespace

TEST_CASE("TLS with Python: its client, our server, and its start_tls") {
    run([]() -> Coroutine<> {
        SSLContext context = server_context();
        context.set_alpn_protocols({"echo/1"});
        // The same port for both: the first byte of TLS is no letter.
        int connections = 0;
        const auto plain = [&](StreamReader reader, StreamWriter writer) -> Coroutine<> {
            if (++connections == 1) {
                co_await writer.start_tls(context);
            } else {
                co_await reader.readline();
                writer.write("ready\n");
                co_await writer.start_tls(context);
            }
            co_await echo(reader, writer);
        };
        const Server server = co_await start_server(plain, "127.0.0.1", 0);
        const TemporaryFile authority(test_authority().certificate());
        Python python(client_program, std::to_string(server.port()) + " " + authority.path());
        const auto line_1 = co_await python.line();
        CHECK(line_1 == "True TLSv1.3 echo/1\n");
        const auto line_2 = co_await python.line();
        CHECK(line_2 == "b'ready\\n'\n");
        const auto line_3 = co_await python.line();
        CHECK(line_3 == "b'secret'\n");
        const auto end = co_await python.line();
        CHECK(end == "");
        server.close();
        co_await server.wait_closed();
    });
}

TEST_CASE("TLS with Python: our client, with a certificate, its server") {
    run([]() -> Coroutine<> {
        const Identity& identity = localhost_identity();
        const TemporaryFile certificate(identity.certificate);
        const TemporaryFile key(identity.key);
        const TemporaryFile authority(test_authority().certificate());
        Python python(server_program, certificate.path() + " " + key.path() + " " + authority.path());
        const auto port = co_await python.line();
        SSLContext context = client_context();
        const Identity ada = test_authority().issue({.common_name = "Ada", .alternative_names = "DNS:ada.test"});
        context.load_cert_chain(ada.certificate, ada.key);
        auto [reader, writer] = co_await open_connection("127.0.0.1", std::stoi(port), {.ssl = context});
        const std::string data(2'000'000, 'p');
        const auto send = [&]() -> Coroutine<> {
            writer.write(data);
            co_await writer.drain();
        };
        const Task<> sending = create_task(send);
        const auto back = co_await reader.readexactly(static_cast<long>(data.size()));
        CHECK(back == data);
        co_await sending;
        writer.close();
        co_await writer.wait_closed();
        const auto name = co_await python.line();
        CHECK(name == "client: Ada\n");
    });
}
