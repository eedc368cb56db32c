// SPDX-License-Identifier: GPL-3.0-or-later
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/runtime/net/sockets.hpp"
#include "tests/support/captured_stderr.hpp"
#include "tests/support/loop_log.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::record_reports;
using awaitscope::test::SocketPair;
using awaitscope::test::until;
using Told = std::vector<std::string>;

namespace {

class Recorder final : public DatagramProtocol {
  public:
    Told told;
    std::vector<SocketAddress> from;
    std::shared_ptr<DatagramTransport> transport;
    bool echoes = false;

    void connection_made(std::shared_ptr<DatagramTransport> made) override {
        transport = std::move(made);
        told.push_back("made");
    }
    void datagram_received(std::string_view data, const SocketAddress& sender) override {
        told.push_back("[" + std::string(data) + "]");
        from.push_back(sender);
        if (echoes) transport->sendto(data, sender);
        if (data == "throw") throw ValueError("x");
    }
    void error_received(std::exception_ptr exception) override { told.push_back(to_string(exception)); }
    void connection_lost(std::exception_ptr exception) override { told.push_back("lost " + to_string(exception)); }
    void pause_writing() override { told.push_back("pause"); }
    void resume_writing() override { told.push_back("resume"); }
};

const auto recorder = [] { return std::make_shared<Recorder>(); };
const SocketAddress any_port("127.0.0.1", 0);

SocketAddress address_of(const std::shared_ptr<DatagramTransport>& transport) {
    return *transport->sockname();
}

Coroutine<> lose(std::shared_ptr<DatagramTransport> transport) {
    transport->abort();
    co_await until([&] { return transport->fileno() < 0; });
}

template <class A>
Coroutine<std::string> error_of(A&& awaitable) {
    const auto result = co_await as_result(std::forward<A>(awaitable));
    co_return result.ok() ? std::string("nothing") : to_string(result.exception());
}

std::string socket_path(const char* name) {
    return "/tmp/awaitscope-" + std::to_string(getpid()) + "-" + name;
}

}  // namespace

TEST_CASE("Datagrams go to and fro, each with its sender, empty ones too") {
    run([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        auto [server, echo] = co_await loop.create_datagram_endpoint(recorder, any_port);
        echo->echoes = true;
        auto [client, answers] = co_await loop.create_datagram_endpoint(recorder, std::nullopt, address_of(server));
        CHECK(*client->peername() == address_of(server));
        CHECK(std::any_cast<SocketAddress>(client->get_extra_info("peername")) == address_of(server));
        CHECK_FALSE(server->get_extra_info("peername").has_value());
        CHECK(std::any_cast<int>(server->get_extra_info("socket")) == server->fileno());
        client->sendto("one");
        client->sendto("");
        client->sendto("two", address_of(server));
        co_await until([&answers = answers] { return answers->told.size() == 4; });
        CHECK(answers->told == Told{"made", "[one]", "[]", "[two]"});
        CHECK(echo->told == Told{"made", "[one]", "[]", "[two]"});
        CHECK(echo->from.front() == address_of(client));
        co_await lose(client);
        co_await lose(server);
        CHECK(echo->told.back() == "lost None");
    });
}

TEST_CASE("A connected endpoint sends to its peer alone") {
    run([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        auto [server, echo] = co_await loop.create_datagram_endpoint(recorder, any_port);
        auto [client, answers] = co_await loop.create_datagram_endpoint(recorder, std::nullopt, address_of(server));
        CHECK(awaitscope::test::thrown_by([&client = client] { client->sendto("x", SocketAddress("127.0.0.1", 9)); }) ==
              "ValueError: Invalid address: must be None or ('127.0.0.1', " +
                  std::to_string(address_of(server).port()) + ")");
        co_await lose(client);
        co_await lose(server);
    });
}

TEST_CASE("Nobody at the other end is an error_received, and the endpoint stays open") {
    run([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        auto [gone, nobody] = co_await loop.create_datagram_endpoint(recorder, any_port);
        const SocketAddress where = address_of(gone);
        co_await lose(gone);
        auto [client, answers] = co_await loop.create_datagram_endpoint(recorder, std::nullopt, where);
        client->sendto("x");
        co_await until([&answers = answers] { return answers->told.size() == 2; });
        CHECK(answers->told.back() == "ConnectionRefusedError: [Errno 111] Connection refused");
        CHECK_FALSE(client->is_closing());
        co_await lose(client);
    });
}

TEST_CASE("A datagram that is too long is an error_received") {
    run([]() -> Coroutine<> {
        auto [transport, protocol] = co_await get_running_loop().create_datagram_endpoint(recorder, any_port);
        transport->sendto(std::string(70000, 'x'), address_of(transport));
        CHECK(protocol->told.back() == "OSError: [Errno 90] Message too long");
        CHECK_FALSE(transport->is_closing());
        co_await lose(transport);
    });
}

TEST_CASE("Sending without an address from an endpoint without a peer is fatal") {
    Told reports;
    run([&]() -> Coroutine<> {
        record_reports(get_running_loop(), reports);
        auto [transport, protocol] = co_await get_running_loop().create_datagram_endpoint(recorder, any_port);
        transport->sendto("x");
        CHECK(transport->is_closing());
        co_await sleep(0s);
        CHECK(protocol->told.back() == "lost TypeError: sendto(): AF_INET address must be tuple, not NoneType");
    });
    CHECK(reports ==
          Told{"Fatal write error on datagram transport: TypeError: sendto(): AF_INET address must be tuple, "
               "not NoneType"});
}

TEST_CASE("What a datagram protocol throws is reported, and it goes on") {
    Told reports;
    run([&]() -> Coroutine<> {
        record_reports(get_running_loop(), reports);
        auto [transport, protocol] = co_await get_running_loop().create_datagram_endpoint(recorder, any_port);
        transport->sendto("throw", address_of(transport));
        transport->sendto("again", address_of(transport));
        co_await until([&protocol = protocol] { return protocol->told.size() == 3; });
        CHECK(protocol->told == Told{"made", "[throw]", "[again]"});
        co_await lose(transport);
    });
    REQUIRE(reports.size() == 1);
    CHECK_THAT(reports.front(), Catch::StartsWith("Exception in callback ") && Catch::EndsWith(": ValueError: x"));
}

TEST_CASE("What the kernel does not take is buffered, and the protocol pauses") {
    run([]() -> Coroutine<> {
        SocketPair pair(SOCK_DGRAM);
        auto [transport, protocol] = co_await get_running_loop().create_datagram_endpoint(
            recorder, std::nullopt, std::nullopt, {.sock = pair.release_first()});
        transport->set_write_buffer_limits(4000);
        const std::string datagram(1000, 'x');
        std::size_t sent = 0;
        while (protocol->told.back() != "pause") {
            transport->sendto(datagram);
            ++sent;
        }
        CHECK(transport->get_write_buffer_size() == 4 * (datagram.size() + 8));
        transport->close();  // what is buffered still goes
        CHECK(transport->is_closing());
        std::size_t received = 0;
        co_await until([&, &protocol = protocol] {
            while (!pair.drain().empty()) ++received;
            return protocol->told.back() == "lost None";
        });
        while (!pair.drain().empty()) ++received;
        CHECK(received == sent);
        CHECK(protocol->told == Told{"made", "pause", "resume", "lost None"});
        CHECK(transport->get_write_buffer_size() == 0);
    });
}

TEST_CASE("abort() drops what is buffered") {
    run([]() -> Coroutine<> {
        SocketPair pair(SOCK_DGRAM);
        auto [transport, protocol] = co_await get_running_loop().create_datagram_endpoint(
            recorder, std::nullopt, std::nullopt, {.sock = pair.release_first()});
        while (transport->get_write_buffer_size() == 0) transport->sendto("x");
        transport->abort();
        CHECK(transport->get_write_buffer_size() == 0);
        co_await sleep(0s);
        CHECK(protocol->told == Told{"made", "lost None"});
    });
}

TEST_CASE("Reading datagrams pauses and resumes") {
    run([]() -> Coroutine<> {
        auto [transport, protocol] = co_await get_running_loop().create_datagram_endpoint(recorder, any_port);
        transport->pause_reading();
        transport->sendto("x", address_of(transport));
        for (int i = 0; i < 20; ++i) co_await sleep(0s);
        CHECK(protocol->told == Told{"made"});
        transport->resume_reading();
        co_await until([&protocol = protocol] { return protocol->told.size() == 2; });
        co_await lose(transport);
    });
}

TEST_CASE("Unix datagrams, over a stale file and without a name") {
    const std::string path = socket_path("datagrams");
    for (int round = 0; round < 2; ++round)
        run([&]() -> Coroutine<> {
            EventLoop& loop = get_running_loop();
            auto [server, receiver] = co_await loop.create_datagram_endpoint(recorder, SocketAddress(path));
            CHECK(server->sockname()->path() == path);
            auto [client, sender] = co_await loop.create_datagram_endpoint(recorder, std::nullopt, SocketAddress(path));
            client->sendto("hi");
            co_await until([&receiver = receiver] { return receiver->told.size() == 2; });
            CHECK(receiver->told.back() == "[hi]");
            CHECK(receiver->from.back() == SocketAddress());
            co_await lose(client);
            co_await lose(server);
        });
    unlink(path.c_str());
}

TEST_CASE("A family is enough for an endpoint that only sends") {
    run([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        auto [server, receiver] = co_await loop.create_datagram_endpoint(recorder, any_port);
        auto [client, sender] =
            co_await loop.create_datagram_endpoint(recorder, std::nullopt, std::nullopt, {.family = AF_INET});
        client->sendto("x", address_of(server));
        co_await until([&receiver = receiver] { return receiver->told.size() == 2; });
        CHECK(receiver->told.back() == "[x]");
        co_await lose(client);
        co_await lose(server);
    });
}

TEST_CASE("allow_broadcast does not connect, reuse_port shares a port") {
    run([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        auto [first, a] =
            co_await loop.create_datagram_endpoint(recorder, any_port, std::nullopt, {.reuse_port = true});
        auto [second, b] =
            co_await loop.create_datagram_endpoint(recorder, address_of(first), std::nullopt, {.reuse_port = true});
        CHECK(address_of(first) == address_of(second));
        const auto taken = co_await error_of(loop.create_datagram_endpoint(recorder, address_of(first)));
        CHECK(taken == "OSError: [Errno 98] Address already in use");
        auto [sender, c] = co_await loop.create_datagram_endpoint(recorder, std::nullopt, address_of(first),
                                                                  {.allow_broadcast = true});
        CHECK_FALSE(sender->peername());
        sender->sendto("x");
        co_await until([&a = a, &b = b] { return a->told.size() + b->told.size() == 3; });
        int on = 0;
        socklen_t size = sizeof on;
        CHECK(getsockopt(sender->fileno(), SOL_SOCKET, SO_BROADCAST, &on, &size) == 0);
        CHECK(on == 1);
        for (const auto& transport : {first, second, sender}) co_await lose(transport);
    });
}

TEST_CASE("Endpoints that cannot be, in CPython's words") {
    run([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        const auto neither = co_await error_of(loop.create_datagram_endpoint(recorder, std::nullopt));
        CHECK(neither == "ValueError: unexpected address family");
        const auto mixed =
            co_await error_of(loop.create_datagram_endpoint(recorder, any_port, SocketAddress("::1", 9)));
        CHECK(mixed == "ValueError: can not get address information");
        const auto path = co_await error_of(
            loop.create_datagram_endpoint(recorder, SocketAddress("/x"), std::nullopt, {.family = AF_INET}));
        CHECK(path == "TypeError: 2-tuple is expected");
        const auto host =
            co_await error_of(loop.create_datagram_endpoint(recorder, any_port, std::nullopt, {.family = AF_UNIX}));
        CHECK(host == "TypeError: string is expected");
        const auto nobody =
            co_await error_of(loop.create_datagram_endpoint(recorder, std::nullopt, SocketAddress("/no/such/socket")));
        CHECK(nobody == "FileNotFoundError: [Errno 2] No such file or directory");
        SocketPair streams;
        const auto stream = co_await error_of(
            loop.create_datagram_endpoint(recorder, std::nullopt, std::nullopt, {.sock = streams.first()}));
        CHECK(stream.starts_with("ValueError: A datagram socket was expected, got "));
        SocketPair datagrams(SOCK_DGRAM);
        const auto modified = co_await error_of(loop.create_datagram_endpoint(
            recorder, any_port, std::nullopt, {.family = AF_INET, .reuse_port = true, .sock = datagrams.first()}));
        CHECK(modified ==
              "ValueError: socket modifier keyword arguments can not be used when sock is specified. "
              "(local_addr=('127.0.0.1', 0), family=2, reuse_port=True)");
        CHECK(fcntl(datagrams.first(), F_GETFD) >= 0);  // it is still the caller's
    });
}

TEST_CASE("A name is looked up for datagrams too") {
    run([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        auto [server, receiver] = co_await loop.create_datagram_endpoint(recorder, SocketAddress("localhost", 0),
                                                                         std::nullopt, {.family = AF_INET});
        auto [client, sender] =
            co_await loop.create_datagram_endpoint(recorder, std::nullopt, std::nullopt, {.family = AF_INET});
        client->sendto("x", SocketAddress("localhost", address_of(server).port()));
        co_await until([&receiver = receiver] { return receiver->told.size() == 2; });
        client->sendto("y", SocketAddress("no.such.host.invalid", 1));
        CHECK(sender->told.back().starts_with("gaierror: [Errno -"));
        CHECK_FALSE(client->is_closing());
        co_await lose(client);
        co_await lose(server);
    });
}

TEST_CASE("Sending in vain on a connected endpoint is told after a while") {
    const awaitscope::test::CapturedStderr captured;
    run([]() -> Coroutine<> {
        SocketPair pair(SOCK_DGRAM);
        EventLoop& loop = get_running_loop();
        auto [server, receiver] = co_await loop.create_datagram_endpoint(recorder, any_port);
        auto [client, sender] = co_await loop.create_datagram_endpoint(recorder, std::nullopt, address_of(server));
        client->close();
        for (int i = 0; i < 5; ++i) client->sendto("x");
        co_await lose(client);
        co_await lose(server);
    });
    CHECK(captured.text() == "socket.send() raised exception.\n");
}
