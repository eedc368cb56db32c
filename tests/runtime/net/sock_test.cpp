// SPDX-License-Identifier: GPL-3.0-or-later
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "tests/runtime/net/sockets.hpp"
#include "tests/support/loop_log.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::open_descriptors;
using awaitscope::test::SocketPair;

namespace {

template <class A>
Coroutine<std::string> error_of(A&& awaitable) {
    const auto result = co_await as_result(std::forward<A>(awaitable));
    co_return result.ok() ? std::string("nothing") : to_string(result.exception());
}

/// A descriptor that is closed in the end.
class Descriptor {
  public:
    explicit Descriptor(int fd) : fd_(fd) { REQUIRE(fd >= 0); }
    ~Descriptor() { close(fd_); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    operator int() const { return fd_; }

  private:
    int fd_;
};

int new_socket(int type = SOCK_STREAM) {
    return socket(AF_INET, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

/// Binds to a free port of this machine; gives it.
int bind_here(int fd) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    REQUIRE(bind(fd, reinterpret_cast<sockaddr*>(&address), size) == 0);
    REQUIRE(getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    return ntohs(address.sin_port);
}

}  // namespace

TEST_CASE("sock_recv takes what is there at once, and waits for what is not") {
    run([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        SocketPair pair;
        pair.feed("abc");
        const auto turn = loop.iteration();
        const auto first = co_await loop.sock_recv(pair.first(), 2);
        CHECK(first == "ab");
        CHECK(loop.iteration() == turn);
        const auto second = co_await loop.sock_recv(pair.first(), 100);
        CHECK(second == "c");
        auto waiting = create_task(loop.sock_recv(pair.first(), 100));
        co_await sleep(0s);
        CHECK_FALSE(waiting.done());
        pair.feed("later");
        const auto third = co_await waiting;
        CHECK(third == "later");
        CHECK_FALSE(loop.remove_reader(pair.first()));
        pair.close_second();
        const auto end = co_await loop.sock_recv(pair.first(), 100);
        CHECK(end.empty());
    });
}

TEST_CASE("sock_recv_into receives into the caller's memory") {
    run([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        SocketPair pair;
        char memory[] = "........";
        const auto buffer = std::as_writable_bytes(std::span(memory).first(8));
        auto waiting = create_task(loop.sock_recv_into(pair.first(), buffer.first(3)));
        co_await sleep(0s);
        pair.feed("abcd");
        const auto count = co_await waiting;
        CHECK(count == 3);
        const auto rest = co_await loop.sock_recv_into(pair.first(), buffer.subspan(4));
        CHECK(rest == 1);
        CHECK(std::string(memory) == "abc.d...");
    });
}

TEST_CASE("sock_sendall sends all of it, as fast as the other side reads") {
    run([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        SocketPair pair;
        std::string data(3 << 20, '\0');
        for (std::size_t i = 0; i < data.size(); ++i) data[i] = static_cast<char>(i * 7);
        auto sending = create_task(loop.sock_sendall(pair.first(), data));
        std::string received;
        while (received.size() < data.size()) received += co_await loop.sock_recv(pair.second(), 1 << 20);
        co_await sending;
        CHECK(received == data);
        CHECK_FALSE(loop.remove_writer(pair.first()));
        const auto turn = loop.iteration();
        co_await loop.sock_sendall(pair.first(), "");
        CHECK(loop.iteration() == turn);
        pair.close_second();
        const auto gone = co_await error_of(loop.sock_sendall(pair.first(), "x"));
        CHECK(gone == "BrokenPipeError: [Errno 32] Broken pipe");
    });
}

TEST_CASE("sock_connect and sock_accept make a connection") {
    run([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        const Descriptor listening(new_socket());
        const int port = bind_here(listening);
        REQUIRE(listen(listening, 5) == 0);
        auto accepting = create_task(loop.sock_accept(listening));
        const Descriptor client(new_socket());
        co_await loop.sock_connect(client, SocketAddress("127.0.0.1", port));
        const auto accepted = co_await accepting;
        const Descriptor server(accepted.fd);
        CHECK((fcntl(server, F_GETFL) & O_NONBLOCK) != 0);
        CHECK((fcntl(server, F_GETFD) & FD_CLOEXEC) != 0);
        CHECK(accepted.address.host() == "127.0.0.1");
        co_await loop.sock_sendall(client, "hello");
        const auto got = co_await loop.sock_recv(server, 100);
        CHECK(got == "hello");
        const Descriptor by_name(new_socket());
        co_await loop.sock_connect(by_name, SocketAddress("localhost", port));
        const auto second = co_await loop.sock_accept(listening);
        const Descriptor other(second.fd);
        CHECK(second.address.port() != accepted.address.port());
    });
}

TEST_CASE("A connection that is refused says so, and to whom") {
    run([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        int port = 0;
        {
            const Descriptor gone(new_socket());
            port = bind_here(gone);
        }
        const Descriptor client(new_socket());
        const auto refused = co_await error_of(loop.sock_connect(client, SocketAddress("127.0.0.1", port)));
        CHECK(refused ==
              "ConnectionRefusedError: [Errno 111] Connect call failed ('127.0.0.1', " + std::to_string(port) + ")");
        CHECK_FALSE(loop.remove_writer(client));
        const Descriptor unix_client(socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0));
        const auto missing = co_await error_of(loop.sock_connect(unix_client, SocketAddress("/no/such/socket")));
        CHECK(missing == "FileNotFoundError: [Errno 2] No such file or directory");
    });
}

TEST_CASE("Datagrams by descriptor: sock_sendto, sock_recvfrom, sock_recvfrom_into") {
    run([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        const Descriptor a(new_socket(SOCK_DGRAM));
        const Descriptor b(new_socket(SOCK_DGRAM));
        const SocketAddress address_a("127.0.0.1", bind_here(a));
        const SocketAddress address_b("127.0.0.1", bind_here(b));
        auto waiting = create_task(loop.sock_recvfrom(b, 100));
        co_await sleep(0s);
        const auto sent = co_await loop.sock_sendto(a, "hi", address_b);
        CHECK(sent == 2);
        const auto got = co_await waiting;
        CHECK(got.data == "hi");
        CHECK(got.address == address_a);
        co_await loop.sock_sendto(b, "abcdef", address_a);
        char memory[8] = {};
        const auto buffer = std::as_writable_bytes(std::span(memory));
        const auto limited = co_await loop.sock_recvfrom_into(a, buffer, 4);
        CHECK(limited.count == 4);
        CHECK(limited.address == address_b);
        CHECK(std::string(memory) == "abcd");
        const auto too_much = co_await error_of(loop.sock_recvfrom_into(a, buffer, 9));
        CHECK(too_much == "ValueError: nbytes is greater than the length of the buffer");
    });
}

TEST_CASE("A cancelled call takes its watcher away, and nothing else's") {
    run([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        SocketPair pair;
        auto first = create_task(loop.sock_recv(pair.first(), 1));
        co_await sleep(0s);
        first.cancel();
        const auto ended = co_await as_result(first);
        CHECK_FALSE(ended.ok());
        CHECK_FALSE(loop.remove_reader(pair.first()));

        auto replaced = create_task(loop.sock_recv(pair.first(), 1));
        co_await sleep(0s);
        auto second = create_task(loop.sock_recv(pair.first(), 1));
        co_await sleep(0s);
        replaced.cancel();
        co_await as_result(replaced);
        pair.feed("x");
        const auto got = co_await second;
        CHECK(got == "x");
    });
}

TEST_CASE("A connection accepted for a task that is cancelled is closed") {
    run([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        const Descriptor listening(new_socket());
        const int port = bind_here(listening);
        REQUIRE(listen(listening, 5) == 0);
        auto accepting = create_task(loop.sock_accept(listening));
        co_await sleep(0s);
        const Descriptor client(new_socket());
        const auto before = open_descriptors();
        co_await loop.sock_connect(client, SocketAddress("127.0.0.1", port));
        // It accepts in some turn, and gets it in the next: cancelled in between.
        loop.call_soon([&] {});
        for (int turn = 0; turn < 100'000 && open_descriptors() == before; ++turn) co_await sleep(0s);
        CHECK(open_descriptors() == before + 1);
        accepting.cancel();
        const auto ended = co_await as_result(accepting);
        if (ended.ok()) close(ended.value().fd);
        CHECK(open_descriptors() == before);
    });
}

TEST_CASE("In debug mode a socket that blocks is refused") {
    run(
        []() -> Coroutine<> {
            EventLoop& loop = get_running_loop();
            int ends[2];
            REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
            const Descriptor a(ends[0]);
            const Descriptor b(ends[1]);
            const std::string refusal = "ValueError: the socket must be non-blocking";
            const auto recv = co_await error_of(loop.sock_recv(a, 1));
            CHECK(recv == refusal);
            const auto send = co_await error_of(loop.sock_sendall(a, "x"));
            CHECK(send == refusal);
            const auto connect = co_await error_of(loop.sock_connect(a, SocketAddress("/x")));
            CHECK(connect == refusal);
            const auto accept = co_await error_of(loop.sock_accept(a));
            CHECK(accept == refusal);
        },
        {.debug = true});
}

TEST_CASE("What is no socket, or not open, is an error of the system") {
    run([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        const auto closed = co_await error_of(loop.sock_recv(-1, 1));
        CHECK(closed == "OSError: [Errno 9] Bad file descriptor");
        const Descriptor file(open("/dev/null", O_RDWR | O_CLOEXEC));
        const auto no_socket = co_await error_of(loop.sock_sendall(file, "x"));
        CHECK(no_socket == "OSError: [Errno 88] Socket operation on non-socket");
    });
}

TEST_CASE("getaddrinfo gives what the resolver says") {
    run([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        const auto streams = co_await loop.getaddrinfo("127.0.0.1", 80, {.type = SOCK_STREAM});
        REQUIRE(streams.size() == 1);
        CHECK(streams[0].family == AF_INET);
        CHECK(streams[0].type == SOCK_STREAM);
        CHECK(streams[0].proto == IPPROTO_TCP);
        CHECK(streams[0].canonname.empty());
        CHECK(streams[0].address == SocketAddress("127.0.0.1", 80));
        const auto every_type = co_await loop.getaddrinfo("127.0.0.1", 80);
        CHECK(every_type.size() == 3);
        const auto v6 = co_await loop.getaddrinfo("::1", "http", {.family = AF_INET6, .type = SOCK_STREAM});
        REQUIRE(v6.size() == 1);
        CHECK(v6[0].address == SocketAddress("::1", 80));
        CHECK(v6[0].address.to_string() == "[::1]:80");
        const auto passive =
            co_await loop.getaddrinfo("", 1, {.family = AF_INET, .type = SOCK_DGRAM, .flags = AI_PASSIVE});
        REQUIRE(passive.size() == 1);
        CHECK(passive[0].address == SocketAddress("0.0.0.0", 1));
    });
}

TEST_CASE("A name that cannot be looked up is a gaierror, with the resolver's number and text") {
    run([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        try {
            co_await loop.getaddrinfo("127.0.0.1", "no such service");
            FAIL("there is such a service");
        } catch (const gaierror& error) {
            CHECK(error.code().value() == EAI_SERVICE);
            CHECK(std::string(error.what()) == "[Errno -8] Servname not supported for ai_socktype");
        }
        const auto family = co_await error_of(loop.getaddrinfo("127.0.0.1", 1, {.family = AF_INET6}));
        CHECK(family == "gaierror: [Errno -9] Address family for hostname not supported");
    });
}

TEST_CASE("getnameinfo gives host and service") {
    run([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        const auto [host, service] = co_await loop.getnameinfo({"127.0.0.1", 80}, NI_NUMERICHOST | NI_NUMERICSERV);
        CHECK(host == "127.0.0.1");
        CHECK(service == "80");
        const auto named = co_await loop.getnameinfo({"127.0.0.1", 80}, NI_NUMERICHOST);
        CHECK(named.second == "http");
        const auto no_number = co_await error_of(loop.getnameinfo({"localhost", 80}));
        CHECK(no_number == "gaierror: [Errno -2] Name or service not known");
        const auto path = co_await error_of(loop.getnameinfo("/x"));
        CHECK(path == "TypeError: getnameinfo() argument 1 must be a tuple");
    });
}
