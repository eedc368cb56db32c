// SPDX-License-Identifier: GPL-3.0-or-later
// TLS with peers that fail, fall silent or talk nonsense.
#include "tests/runtime/net/tls_support.hpp"
#include "tests/support/captured_stderr.hpp"

using namespace asyncio;
using namespace awaitscope::test;
using namespace std::chrono_literals;

namespace {

/// Stands between a client and a server of this machine and can stop to pass on what the server says.
class Relay {
  public:
    std::size_t server_bytes = std::size_t(-1);  ///< so many are passed on, then the connection is cut
    bool silent = false;                         ///< nothing is passed on any more, either way

    Coroutine<Server> start(int target) {
        target_ = target;
        const auto handler = [this](StreamReader reader, StreamWriter writer) { return relay(reader, writer); };
        return start_server(handler, "127.0.0.1", 0);
    }

  private:
    Coroutine<> relay(StreamReader reader, StreamWriter writer) {
        auto [far_reader, far_writer] = co_await open_connection("127.0.0.1", target_);
        auto up = create_task(pass(reader, far_writer, nullptr));
        auto down = create_task(pass(far_reader, writer, &server_bytes));
        const std::vector<Task<>> both{up, down};
        co_await wait(both, {.return_when = FIRST_COMPLETED});
        up.cancel();
        down.cancel();
        writer.close();
        far_writer.close();
    }
    Coroutine<> pass(StreamReader from, StreamWriter to, std::size_t* budget) {
        for (;;) {
            std::string data = co_await from.read(16 * 1024);
            if (silent) co_await get_running_loop().create_future<>();
            if (budget && data.size() > *budget) data.resize(*budget);
            to.write(data);
            co_await to.drain();
            if (data.empty()) co_return;
            if (budget) *budget -= data.size();
        }
    }
    int target_ = 0;
};

}  // namespace

TEST_CASE("TLS faults: a client that speaks no TLS is dropped, and others are served") {
    int served = 0;
    const CapturedStderr captured;
    run([&]() -> Coroutine<> {
        const auto handler = [&](StreamReader, StreamWriter writer) {
            ++served;
            writer.close();
        };
        const Server server = co_await start_server(handler, "127.0.0.1", 0, {.ssl = server_context()});
        auto [reader, writer] = co_await open_connection("127.0.0.1", server.port());
        writer.write("GET / HTTP/1.0\r\n\r\n");
        const auto answer = co_await reader.read();
        CHECK(answer == "");
        CHECK(served == 0);
        auto [second_reader, second_writer] =
            co_await open_connection("127.0.0.1", server.port(), {.ssl = client_context()});
        const auto end = co_await second_reader.read();
        CHECK(end == "");
        CHECK(served == 1);
        server.close();
        writer.close();
        co_await server.wait_closed();
    });
    CHECK(captured.text() == "");
}

TEST_CASE("TLS faults: in debug mode a handshake that fails is told of") {
    std::vector<std::string> reports;
    run(
        [&]() -> Coroutine<> {
            get_running_loop().set_exception_handler([&](EventLoop&, const ExceptionContext& context) {
                reports.push_back(context.message + " / " + to_string(context.exception));
            });
            const Server server = co_await start_server(echo, "127.0.0.1", 0, {.ssl = server_context()});
            auto [reader, writer] = co_await open_connection("127.0.0.1", server.port());
            writer.write("GET / HTTP/1.0\r\n\r\n");
            co_await reader.read();
            server.close();
            writer.close();
            co_await server.wait_closed();
        },
        {.debug = true});
    CHECK(reports == std::vector<std::string>{"Error on transport creation for incoming connection / "
                                              "SSLError: [SSL: HTTP_REQUEST] http request"});
}

TEST_CASE("TLS faults: a server that speaks no TLS") {
    run([]() -> Coroutine<> {
        const auto handler = [](StreamReader, StreamWriter writer) { writer.write("SSH-2.0-x\r\n"); };
        const Server server = co_await start_server(handler, "127.0.0.1", 0);
        const auto error = co_await error_of(open_connection("127.0.0.1", server.port(), {.ssl = client_context()}));
        CHECK(error == "SSLError: [SSL: WRONG_VERSION_NUMBER] wrong version number");
        server.close();
    });
}

TEST_CASE("TLS faults: a server that closes in the middle of the handshake") {
    run([]() -> Coroutine<> {
        const auto handler = [](StreamReader reader, StreamWriter writer) -> Coroutine<> {
            co_await reader.read(65536);
            writer.close();
        };
        const Server server = co_await start_server(handler, "127.0.0.1", 0);
        const auto error = co_await error_of(open_connection("127.0.0.1", server.port(), {.ssl = client_context()}));
        CHECK(error == "ConnectionResetError");
        server.close();
    });
}

TEST_CASE("TLS faults: a server that says nothing, and a client that says nothing") {
    const CapturedStderr captured;
    run([]() -> Coroutine<> {
        const auto handler = [](StreamReader reader, StreamWriter) -> Coroutine<> { co_await reader.read(); };
        const Server mute = co_await start_server(handler, "127.0.0.1", 0);
        const auto error = co_await error_of(
            open_connection("127.0.0.1", mute.port(), {.ssl = client_context(), .ssl_handshake_timeout = 10ms}));
        CHECK(error ==
              "ConnectionAbortedError: SSL handshake is taking longer than 0.01 seconds: aborting the connection");
        mute.close();
        const Server server =
            co_await start_server(echo, "127.0.0.1", 0, {.ssl = server_context(), .ssl_handshake_timeout = 10ms});
        auto [reader, writer] = co_await open_connection("127.0.0.1", server.port());
        const auto end = co_await as_result(reader.read());
        CHECK((!end.ok() || end.value().empty()));
        server.close();
        co_await server.wait_closed();
    });
    CHECK(captured.text() == "");
}

TEST_CASE("TLS faults: a connection that is cut in the middle of a record gives what was whole") {
    run([]() -> Coroutine<> {
        const auto handler = [](StreamReader reader, StreamWriter writer) -> Coroutine<> {
            writer.write(std::string(200'000, 'r'));
            co_await reader.read();
        };
        const Server server = co_await start_server(handler, "127.0.0.1", 0, {.ssl = server_context()});
        Relay relay;
        relay.server_bytes = 50'000;
        const Server between = co_await relay.start(server.port());
        auto [reader, writer] = co_await open_connection("127.0.0.1", between.port(), {.ssl = client_context()});
        const auto got = co_await reader.read();
        CHECK(got.size() > 16'000);
        CHECK(got.size() < 50'000);
        co_await writer.wait_closed();
        between.close();
        server.close();
    });
}

TEST_CASE("TLS faults: a peer that does not answer the good-bye is waited for only so long") {
    run([]() -> Coroutine<> {
        const Server server = co_await start_server(echo, "127.0.0.1", 0, {.ssl = server_context()});
        Relay relay;
        const Server between = co_await relay.start(server.port());
        auto [reader, writer] = co_await open_connection("127.0.0.1", between.port(),
                                                         {.ssl = client_context(), .ssl_shutdown_timeout = 10ms});
        writer.write("x");
        const auto got = co_await reader.readexactly(1);
        CHECK(got == "x");
        relay.silent = true;
        writer.close();
        const auto error = co_await error_of(writer.wait_closed());
        CHECK(error == "TimeoutError: SSL shutdown timed out");
        between.close();
        server.close();
    });
}

TEST_CASE("TLS faults: timeouts that are none") {
    run([]() -> Coroutine<> {
        const Server server = co_await start_server(echo, "127.0.0.1", 0);
        const auto error = co_await error_of(
            open_connection("127.0.0.1", server.port(), {.ssl = client_context(), .ssl_handshake_timeout = 0s}));
        CHECK(error == "ValueError: ssl_handshake_timeout should be a positive number, got 0.0");
        const auto other = co_await error_of(
            open_connection("127.0.0.1", server.port(), {.ssl = client_context(), .ssl_shutdown_timeout = -2s}));
        CHECK(other == "ValueError: ssl_shutdown_timeout should be a positive number, got -2.0");
        server.close();
    });
}

TEST_CASE("TLS faults: connecting is cancelled at every turn, and nothing of it stays") {
    const CapturedStderr captured;
    int cancelled = 0;
    run([&]() -> Coroutine<> {
        const Server server = co_await start_server(echo, "127.0.0.1", 0, {.ssl = server_context()});
        const SSLContext client = client_context();
        const auto talk = [&]() -> Coroutine<> {
            auto [reader, writer] = co_await open_connection("127.0.0.1", server.port(), {.ssl = client});
            writer.write("ping");
            const auto got = co_await reader.readexactly(4);
            CHECK(got == "ping");
            writer.close();
            co_await writer.wait_closed();
        };
        for (int n = 0; n < 60; ++n) {
            const Task<> task = create_task(talk);
            for (int i = 0; i < n && !task.done(); ++i) co_await sleep(n % 2 ? 0us : 50us);
            if (task.cancel()) ++cancelled;
            const auto result = co_await as_result(task);
            CHECK((result.ok() || task.cancelled()));
        }
        server.close();
        // All connections are gone: none was forgotten, on either side.
        co_await wait_for(server.wait_closed(), 30s);
    });
    CHECK(cancelled > 5);
    CHECK(captured.text() == "");
}
