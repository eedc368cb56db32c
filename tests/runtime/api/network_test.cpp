// SPDX-License-Identifier: GPL-3.0-or-later
// Datagrams, sockets, names, pipes, signals and TLS, as a stranger spells them.
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <any>
#include <asyncio/asyncio.hpp>
#include <catch2/catch.hpp>
#include <csignal>

#include "tests/support/certificates.hpp"

using namespace std::chrono_literals;
using asyncio::Coroutine;
using asyncio::SocketAddress;

namespace {

class Answering : public asyncio::DatagramProtocol {
  public:
    void connection_made(std::shared_ptr<asyncio::DatagramTransport> transport) override {
        transport_ = std::move(transport);
    }
    void datagram_received(std::string_view data, const SocketAddress& from) override {
        transport_->sendto("re: " + std::string(data), from);
    }
    void error_received(std::exception_ptr) override {}
    void connection_lost(std::exception_ptr) override {}

  private:
    std::shared_ptr<asyncio::DatagramTransport> transport_;
};

class Asking : public asyncio::DatagramProtocol {
  public:
    explicit Asking(asyncio::Future<std::string> answer) : answer_(answer) {}
    void datagram_received(std::string_view data, const SocketAddress&) override {
        answer_.set_result(std::string(data));
    }

  private:
    asyncio::Future<std::string> answer_;
};

class Collecting : public asyncio::Protocol {
  public:
    std::string got;
    asyncio::Future<> lost = asyncio::get_running_loop().create_future();
    void data_received(std::string_view data) override { got += data; }
    void connection_lost(std::exception_ptr) override { lost.set_result(); }
};

}  // namespace

TEST_CASE("A datagram endpoint, bound and connected") {
    asyncio::run([]() -> Coroutine<> {
        asyncio::EventLoop& loop = asyncio::get_running_loop();
        auto make_server = [] { return std::make_shared<Answering>(); };
        auto [server, answering] = co_await loop.create_datagram_endpoint(make_server, SocketAddress("127.0.0.1", 0));
        auto address = std::any_cast<SocketAddress>(server->get_extra_info("sockname"));
        CHECK(address.port() > 0);
        auto answer = loop.create_future<std::string>();
        auto make_client = [&] { return std::make_shared<Asking>(answer); };
        auto [client, asking] = co_await loop.create_datagram_endpoint(make_client, std::nullopt, address);
        client->sendto("hello");
        const std::string text = co_await answer;
        CHECK(text == "re: hello");
        client->close();
        server->close();
        CHECK(client->is_closing());
        // A pair of host and port is an address, too.
        const std::pair<std::string, int> anywhere{"127.0.0.1", 0};
        auto [third, unused] = co_await loop.create_datagram_endpoint(make_server, anywhere);
        third->abort();
    });
}

TEST_CASE("Descriptors of one's own") {
    asyncio::run([]() -> Coroutine<> {
        asyncio::EventLoop& loop = asyncio::get_running_loop();
        const int listening = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        REQUIRE(listen(listening, 5) == 0);
        asyncio::Server server = co_await asyncio::start_server(
            [](asyncio::StreamReader reader, asyncio::StreamWriter writer) -> Coroutine<> {
                const std::string line = co_await reader.readline();
                writer.write("got " + line);
                writer.close();
            },
            "127.0.0.1", 0, {.limit = 1024, .backlog = 5});
        const int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        co_await loop.sock_connect(fd, SocketAddress("127.0.0.1", server.port()));
        co_await loop.sock_sendall(fd, "line\n");
        const std::string answer = co_await loop.sock_recv(fd, 100);
        CHECK(answer == "got line\n");
        close(fd);
        auto accepting = asyncio::create_task(loop.sock_accept(listening));
        co_await asyncio::sleep(0s);
        accepting.cancel();
        auto accepted = co_await asyncio::as_result(accepting);
        CHECK_FALSE(accepted.ok());
        close(listening);
        server.close();
    });
}

TEST_CASE("Names and numbers") {
    asyncio::run([]() -> Coroutine<> {
        asyncio::EventLoop& loop = asyncio::get_running_loop();
        auto infos = co_await loop.getaddrinfo("127.0.0.1", 80);
        REQUIRE_FALSE(infos.empty());
        CHECK(infos.front().address == SocketAddress("127.0.0.1", 80));
        auto [host, service] =
            co_await loop.getnameinfo(SocketAddress("127.0.0.1", 80), NI_NUMERICHOST | NI_NUMERICSERV);
        CHECK(host == "127.0.0.1");
        CHECK(service == "80");
        auto failed = co_await asyncio::as_result(loop.getaddrinfo("no such host.invalid", 80));
        CHECK_THROWS_AS(failed.value(), asyncio::gaierror);
        CHECK_THROWS_AS(failed.value(), asyncio::OSError);
        CHECK_THROWS_AS(failed.value(), std::exception);
    });
}

TEST_CASE("Pipes through protocols, and a file through a transport") {
    asyncio::run([]() -> Coroutine<> {
        asyncio::EventLoop& loop = asyncio::get_running_loop();
        int ends[2];
        REQUIRE(pipe(ends) == 0);
        auto [reading, collecting] =
            co_await loop.connect_read_pipe([] { return std::make_shared<Collecting>(); }, ends[0]);
        auto [writing, unused] =
            co_await loop.connect_write_pipe([] { return std::make_shared<asyncio::Protocol>(); }, ends[1]);
        writing->write("through");
        writing->close();
        co_await collecting->lost;
        CHECK(collecting->got == "through");
        CHECK(reading->is_closing());

        auto server = co_await loop.create_server([] { return std::make_shared<asyncio::Protocol>(); }, "127.0.0.1", 0);
        auto [transport, protocol] = co_await loop.create_connection(
            [] { return std::make_shared<asyncio::Protocol>(); }, "127.0.0.1", server.port());
        const std::size_t sent = co_await loop.sendfile(transport, "/proc/self/cmdline");
        CHECK(sent > 0);
        CHECK(transport->get_write_buffer_size() == 0);
        transport->close();
        server.close();
    });
}

TEST_CASE("A signal's handler") {
    asyncio::run([]() -> Coroutine<> {
        asyncio::EventLoop& loop = asyncio::get_running_loop();
        asyncio::Event came;
        loop.add_signal_handler(SIGUSR1, [&] { came.set(); });
        raise(SIGUSR1);
        co_await came.wait();
        CHECK(loop.remove_signal_handler(SIGUSR1));
        CHECK_FALSE(loop.remove_signal_handler(SIGUSR1));
    });
}

TEST_CASE("Streams over TLS, and an upgrade to it") {
    const auto& authority = awaitscope::test::test_authority();
    const auto& identity = awaitscope::test::localhost_identity();
    asyncio::run([&]() -> Coroutine<> {
        const auto trusted = asyncio::SSLContext::server(identity.certificate, identity.key);
        auto context = asyncio::SSLContext::client();
        context.load_verify_locations(authority.certificate());
        const auto greet = [](asyncio::StreamReader reader, asyncio::StreamWriter writer) -> Coroutine<> {
            const std::string name = co_await reader.readline();
            writer.write("hello " + name);
            co_await writer.drain();
            writer.close();
        };
        auto server = co_await asyncio::start_server(greet, "127.0.0.1", 0, {.ssl = trusted});
        {
            auto [reader, writer] = co_await asyncio::open_connection(
                "127.0.0.1", server.port(),
                {.ssl = context, .server_hostname = "localhost", .ssl_handshake_timeout = 5s});
            writer.write("Ann\n");
            const std::string line = co_await reader.readline();
            CHECK(line == "hello Ann\n");
            writer.close();
            co_await writer.wait_closed();
        }
        // Without trust there is no connection.
        auto refused = co_await asyncio::as_result(asyncio::open_connection(
            "127.0.0.1", server.port(), {.ssl = asyncio::SSLContext::client(), .server_hostname = "localhost"}));
        CHECK_THROWS_AS(refused.value(), asyncio::SSLError);
        server.close();

        const auto upgrade = [&](asyncio::StreamReader reader, asyncio::StreamWriter writer) -> Coroutine<> {
            const std::string wish = co_await reader.readline();
            co_await writer.start_tls(trusted);
            writer.write(wish);
            co_await writer.drain();
            writer.close();
        };
        auto plain = co_await asyncio::start_server(upgrade, "127.0.0.1", 0);
        auto [reader, writer] = co_await asyncio::open_connection("127.0.0.1", plain.port());
        writer.write("STARTTLS\n");
        co_await writer.drain();
        co_await writer.start_tls(context, "localhost");
        const std::string echoed = co_await reader.readline();
        CHECK(echoed == "STARTTLS\n");
        writer.close();
        plain.close();
    });
}
