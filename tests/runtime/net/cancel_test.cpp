// SPDX-License-Identifier: GPL-3.0-or-later
#include <netinet/in.h>
#include <sys/socket.h>

#include <functional>

#include "tests/runtime/net/sockets.hpp"
#include "tests/support/captured_stderr.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::open_descriptors;
using awaitscope::test::SocketPair;

// Programs with real I/O whose main task is cancelled at every turn in which it can be, one after the other: nothing
// may hang or be reported, and no descriptor may be left open.

namespace {

using Program = std::function<Coroutine<>()>;

/// Runs the program, cancels it before turn n, and tells whether there was still something to cancel.
bool run_cancelled_at_turn(const Program& program, int n) {
    bool was_running = false;
    const auto loop = new_event_loop();
    const auto driver = [&]() -> Coroutine<> {
        auto task = create_task(program, "victim");
        for (int i = 0; i < n && !task.done(); ++i) co_await sleep(0s);
        was_running = task.cancel("systematically");
        const auto result = co_await as_result(wait_for(task, 20s));
        CHECK((result.ok() || task.cancelled()));
        // What the program has left to the loop (a connection that closes) ends by itself.
        for (int i = 0; i < 50; ++i) co_await sleep(0s);
    };
    loop->run_until_complete(driver);
    loop->run_until_complete(loop->shutdown_default_executor());
    return was_running;
}

void cancel_everywhere(const Program& program, int turns_at_least, int turns_at_most = 1000) {
    const awaitscope::test::CapturedStderr captured;
    const auto before = open_descriptors();
    int turn = 0;
    while (turn < turns_at_most && run_cancelled_at_turn(program, turn)) {
        CHECK(open_descriptors() == before);
        ++turn;
    }
    CHECK(turn >= turns_at_least);
    CHECK(open_descriptors() == before);
    CHECK(captured.text() == "");
}

}  // namespace

TEST_CASE("Cancelled everywhere: an echo over streams") {
    cancel_everywhere(
        []() -> Coroutine<> {
            const auto echo = [](StreamReader reader, StreamWriter writer) -> Coroutine<> {
                // The client may be gone with an answer unread: its end is a reset then.
                const auto serve = [&]() -> Coroutine<> {
                    for (;;) {
                        const std::string line = co_await reader.readline();
                        if (line.empty()) break;
                        writer.write(line);
                        co_await writer.drain();
                    }
                    writer.close();
                    co_await writer.wait_closed();
                };
                const auto result = co_await as_result(serve());
                if (!result.ok()) CHECK(to_string(result.exception()).starts_with("Connection"));
            };
            const Server server = co_await start_server(echo, "127.0.0.1", 0);
            auto closing = co_await server.scoped();
            auto [reader, writer] = co_await open_connection("127.0.0.1", server.port());
            for (int i = 0; i < 3; ++i) {
                writer.write("hello\n");
                co_await writer.drain();
                const auto answer = co_await reader.readline();
                CHECK(answer == "hello\n");
            }
            writer.close();
            co_await writer.wait_closed();
        },
        10);
}

TEST_CASE("Cancelled everywhere: sock_connect, sock_accept, sock_sendall, sock_recv") {
    cancel_everywhere(
        []() -> Coroutine<> {
            EventLoop& loop = get_running_loop();
            struct Descriptor {
                explicit Descriptor(int n) : fd(n) {}
                ~Descriptor() { close(fd); }
                int fd;
            };
            const Descriptor listening(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
            sockaddr_in here{};
            here.sin_family = AF_INET;
            here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
            socklen_t size = sizeof here;
            bind(listening.fd, reinterpret_cast<sockaddr*>(&here), size);
            getsockname(listening.fd, reinterpret_cast<sockaddr*>(&here), &size);
            listen(listening.fd, 5);
            const Descriptor client(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
            const auto connect = [&]() -> Coroutine<> {
                co_await loop.sock_connect(client.fd, SocketAddress("127.0.0.1", ntohs(here.sin_port)));
            };
            const auto accept = [&]() -> Coroutine<> {
                const auto accepted = co_await loop.sock_accept(listening.fd);
                const Descriptor server(accepted.fd);
                co_await loop.sock_sendall(server.fd, std::string(3 << 20, 'x'));
            };
            const auto receive = [&]() -> Coroutine<> {
                std::size_t received = 0;
                while (received < 3 << 20) {
                    const auto data = co_await loop.sock_recv(client.fd, 1 << 20);
                    received += data.size();
                }
            };
            co_await task_group([&](TaskGroup& group) -> Coroutine<> {
                group.create_task(accept);
                co_await connect();
                group.create_task(receive);
            });
        },
        5);
}

TEST_CASE("Cancelled everywhere: datagrams") {
    cancel_everywhere(
        []() -> Coroutine<> {
            struct Counting final : DatagramProtocol {
                Event heard;
                void datagram_received(std::string_view, const SocketAddress&) override { heard.set(); }
            };
            struct Closing {
                explicit Closing(std::shared_ptr<DatagramTransport> t) : transport(std::move(t)) {}
                ~Closing() { transport->close(); }
                std::shared_ptr<DatagramTransport> transport;
            };
            EventLoop& loop = get_running_loop();
            const auto counting = [] { return std::make_shared<Counting>(); };
            auto [receiver, protocol] = co_await loop.create_datagram_endpoint(counting, SocketAddress("127.0.0.1", 0));
            const Closing first(receiver);
            auto [sender, other] = co_await loop.create_datagram_endpoint(counting, std::nullopt, receiver->sockname());
            const Closing second(sender);
            for (int i = 0; i < 3; ++i) {
                sender->sendto("x");
                co_await protocol->heard.wait();
                protocol->heard.clear();
            }
        },
        6);
}

TEST_CASE("Cancelled everywhere: sendfile through a transport, and names looked up") {
    cancel_everywhere(
        []() -> Coroutine<> {
            EventLoop& loop = get_running_loop();
            const auto found = co_await loop.getaddrinfo("localhost", 1, {.type = SOCK_STREAM});
            CHECK_FALSE(found.empty());
            const auto drop = [](StreamReader reader, StreamWriter) -> Coroutine<> { co_await reader.read(); };
            const Server server = co_await start_server(drop, "127.0.0.1", 0);
            auto closing = co_await server.scoped();
            auto [reader, writer] = co_await open_connection("127.0.0.1", server.port());
            co_await loop.sendfile(writer.transport(), "/proc/self/exe");
            writer.close();
            co_await writer.wait_closed();
        },
        5, 40);
}
