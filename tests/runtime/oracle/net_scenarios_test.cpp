// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/socket.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "runtime/src/net/socket_transport.hpp"
#include "tests/runtime/oracle/oracle.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::LoopLog;

// What the kernel does here it does at once: Unix sockets and the loopback deliver inside the call that sends.

namespace {

/// A line's end as Python's repr has it.
std::string repr(std::string bytes) {
    if (bytes.ends_with('\n')) bytes.replace(bytes.size() - 1, 1, "\\n");
    return "b'" + bytes + "'";
}

class LoggingProtocol final : public Protocol {
  public:
    explicit LoggingProtocol(LoopLog& log) : log_(log) {}
    void connection_made(std::shared_ptr<Transport>) override { log_("connection_made"); }
    void data_received(std::string_view data) override { log_("data {}", repr(std::string(data))); }
    bool eof_received() override {
        log_("eof");
        return false;
    }
    void connection_lost(std::exception_ptr exception) override { log_("lost {}", to_string(exception)); }

  private:
    LoopLog& log_;
};

class LoggingDatagrams final : public DatagramProtocol {
  public:
    explicit LoggingDatagrams(LoopLog& log) : log_(log) {}
    void connection_made(std::shared_ptr<DatagramTransport>) override { log_("made"); }
    void datagram_received(std::string_view data, const SocketAddress&) override {
        log_("dgram {}", repr(std::string(data)));
    }
    void connection_lost(std::exception_ptr) override { log_("lost"); }

  private:
    LoopLog& log_;
};

}  // namespace

ORACLE_SCENARIO(connection_made_order) {
    EventLoop& loop = get_running_loop();
    int ends[2];
    REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) == 0);
    REQUIRE(write(ends[1], "hi", 2) == 2);
    // What create_connection(P, sock=a) does.
    auto waiter = loop.create_future();
    const auto transport = detail::SocketTransport::open(loop, detail::Socket(ends[0]),
                                                         std::make_shared<LoggingProtocol>(log), waiter, nullptr);
    co_await waiter;
    log("create_connection returned");
    co_await sleep(0s);
    log("after 1");
    close(ends[1]);
    for (int i = 0; i < 3; ++i) co_await sleep(0s);
}

ORACLE_SCENARIO(datagram) {
    const auto factory = [&] { return std::make_shared<LoggingDatagrams>(log); };
    auto [transport, protocol] =
        co_await get_running_loop().create_datagram_endpoint(factory, SocketAddress("127.0.0.1", 0));
    log("returned");
    transport->sendto("x", transport->sockname());
    co_await sleep(0s);
    co_await sleep(0s);
    transport->close();
    log("closed");
    co_await sleep(0s);
}

ORACLE_SCENARIO(streams_echo_unix) {
    const std::string path = "/tmp/awaitscope-oracle-" + std::to_string(getpid()) + ".sock";
    const auto handler = [&](StreamReader reader, StreamWriter writer) -> Coroutine<> {
        log("srv connected");
        const std::string line = co_await reader.readline();
        log("srv got {}", repr(line));
        writer.write(line);
        co_await writer.drain();
        log("srv drained");
        writer.close();
        co_await writer.wait_closed();
        log("srv closed");
    };
    const Server server = co_await start_unix_server(handler, path);
    log("serving");
    auto [reader, writer] = co_await open_unix_connection(path);
    log("connected");
    writer.write("hi\n");
    log("wrote");
    const auto line = co_await reader.readline();
    log("{}", repr(line));
    const auto rest = co_await reader.read();
    log("{}", repr(rest));
    writer.close();
    co_await writer.wait_closed();
    log("cli closed");
    server.close();
    co_await server.wait_closed();
    log("srv wait_closed");
    unlink(path.c_str());
}

ORACLE_SCENARIO(start_server_iterations) {
    const auto handler = [](StreamReader, StreamWriter) -> Coroutine<> { co_return; };
    log("a");
    const Server server = co_await start_server(handler, "127.0.0.1", 0);
    log("b");
    server.close();
    co_await server.wait_closed();
    log("c");
}
