// SPDX-License-Identifier: GPL-3.0-or-later
#include <netdb.h>
#include <netinet/in.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/conformance/twin.hpp"

namespace {

struct Pair {
    int a;
    int b;
};
Pair pair(int kind = SOCK_STREAM, int flags = SOCK_NONBLOCK) {
    int ends[2];
    if (socketpair(AF_UNIX, kind | flags, 0, ends) != 0) throw_os_error(errno);
    return {ends[0], ends[1]};
}

void put(int fd, std::string_view bytes) {
    if (write(fd, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) throw_os_error(errno);
}

std::string take(int fd) {
    std::string bytes(100, '\0');
    const ssize_t count = read(fd, bytes.data(), bytes.size());
    bytes.resize(count < 0 ? 0 : static_cast<std::size_t>(count));
    return bytes;
}

template <class A>
Coroutine<std::exception_ptr> failure(A&& awaitable) {
    const auto result = co_await as_result(std::forward<A>(awaitable));
    co_return result.ok() ? nullptr : result.exception();
}

int bound(int kind) {
    const int fd = socket(AF_INET, kind | SOCK_NONBLOCK, 0);
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(fd, reinterpret_cast<sockaddr*>(&here), sizeof here) != 0) throw_os_error(errno);
    return fd;
}

SocketAddress name_of(int fd) {
    sockaddr_in here{};
    socklen_t size = sizeof here;
    if (getsockname(fd, reinterpret_cast<sockaddr*>(&here), &size) != 0) throw_os_error(errno);
    return {"127.0.0.1", ntohs(here.sin_port)};
}

}  // namespace

TWIN(receiving) {
    EventLoop& loop = get_running_loop();
    const auto [a, b] = pair();
    put(b, "abc");
    loop.call_soon([] { say("a turn"); });
    const auto first = co_await loop.sock_recv(a, 2);
    const auto second = co_await loop.sock_recv(a, 10);
    say("at once:", first, second);
    const auto receive = [&loop, a = a](std::string name) -> Coroutine<> {
        say(name, "waits");
        const auto data = co_await loop.sock_recv(a, 100);
        say(name, "got", data);
    };
    const auto task = create_task(receive("one"));
    co_await turns(2);
    say("nothing yet:", task.done());
    put(b, "later");
    co_await turns(1);
    say("received, not yet told:", task.done());
    co_await task;
    say("its watcher is gone:", loop.remove_reader(a));
    std::string memory = "........";
    put(b, "into");
    const auto count = co_await loop.sock_recv_into(a, std::as_writable_bytes(std::span(memory)));
    say(count, memory);
    close(b);
    const auto end = co_await loop.sock_recv(a, 10);
    say("at the end:", text(end, true));
    close(a);
}

TWIN(sending) {
    EventLoop& loop = get_running_loop();
    const auto [a, b] = pair();
    std::string data;
    for (int i = 0; i < 300'000; ++i) data += "0123456789";
    const auto task = create_task(loop.sock_sendall(a, data));
    co_await turns(1);
    say("more than the kernel takes at once:", !task.done());
    std::string received;
    while (received.size() < data.size()) received += co_await loop.sock_recv(b, 1 << 20);
    say("all there:", received == data);
    co_await task;
    say("its watcher is gone:", loop.remove_writer(a));
    loop.call_soon([] { say("a turn"); });
    co_await loop.sock_sendall(a, "");
    say("nothing takes no turn");
    close(b);
    const auto error = co_await failure(loop.sock_sendall(a, "x"));
    say(error);
    close(a);
}

TWIN(connecting) {
    EventLoop& loop = get_running_loop();
    const int listening = bound(SOCK_STREAM);
    if (listen(listening, 5) != 0) throw_os_error(errno);
    const auto accept = [&]() -> Coroutine<int> {
        say("accepting");
        const auto accepted = co_await loop.sock_accept(listening);
        say("accepted from", accepted.address.host());
        co_return accepted.fd;
    };
    const auto task = create_task(accept);
    const int client = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    co_await loop.sock_connect(client, name_of(listening));
    say("connected");
    const int server = co_await task;
    co_await loop.sock_sendall(server, "welcome");
    const auto got = co_await loop.sock_recv(client, 100);
    say(got);
    for (const int each : {client, server, listening}) close(each);
    const int refused = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    const auto refusal = co_await failure(loop.sock_connect(refused, SocketAddress("127.0.0.1", 1)));
    say(refusal);
    close(refused);
    const int unix_socket = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
    const auto missing = co_await failure(loop.sock_connect(unix_socket, SocketAddress("/no/such/socket")));
    say(missing);
    close(unix_socket);
}

TWIN(cancelling) {
    EventLoop& loop = get_running_loop();
    const auto [a, b] = pair();
    const auto receive = [&loop, a = a](std::string name) -> Coroutine<> {
        try {
            const auto data = co_await loop.sock_recv(a, 100);
            say(name, "got", data);
        } catch (const CancelledError&) {
            say(name, "is cancelled");
            throw;
        }
    };
    const auto one = create_task(receive("one"));
    co_await turns(1);
    one.cancel();
    say("asked");
    co_await turns(1);
    say("watched still:", loop.remove_reader(a));
    const auto two = create_task(receive("two"));
    co_await turns(1);
    const auto three = create_task(receive("three"));
    co_await turns(1);
    two.cancel();
    co_await turns(2);
    put(b, "for three");
    co_await three;
    // What has come in the turn of the cancellation is lost.
    const auto four = create_task(receive("four"));
    co_await turns(1);
    put(b, "lost");
    co_await turns(1);
    four.cancel();
    co_await turns(2);
    say("four", four.cancelled());
    put(b, "next");
    const auto next = co_await loop.sock_recv(a, 100);
    say(next);
    close(a);
    close(b);
}

TWIN(datagrams_by_socket) {
    EventLoop& loop = get_running_loop();
    const int a = bound(SOCK_DGRAM);
    const int b = bound(SOCK_DGRAM);
    const auto task = create_task(loop.sock_recvfrom(b, 100));
    co_await turns(1);
    const auto sent = co_await loop.sock_sendto(a, "one", name_of(b));
    say("sent", sent);
    const auto [data, sender] = co_await task;
    say(data, sender == name_of(a));
    co_await loop.sock_sendto(b, "abcdef", name_of(a));
    std::string memory = "........";
    const auto received = co_await loop.sock_recvfrom_into(a, std::as_writable_bytes(std::span(memory)), 4);
    say(received.count, memory, received.address == name_of(b));
    close(a);
    close(b);
}

TWIN(blocking_sockets) {
    EventLoop& loop = get_running_loop();
    const auto [a, b] = pair(SOCK_STREAM, 0);
    loop.set_debug(true);
    const auto receiving = co_await failure(loop.sock_recv(a, 1));
    say(receiving);
    const auto sending = co_await failure(loop.sock_sendall(a, "x"));
    say(sending);
    const auto accepting = co_await failure(loop.sock_accept(a));
    say(accepting);
    const auto connecting = co_await failure(loop.sock_connect(a, SocketAddress("/x")));
    say(connecting);
    loop.set_debug(false);
    close(a);
    close(b);
}

TWIN(names) {
    EventLoop& loop = get_running_loop();
    const auto all = co_await loop.getaddrinfo("127.0.0.1", 80);
    for (const AddressInfo& info : all)
        say(info.family, info.type, info.proto, text(info.canonname, true), info.address.host(), info.address.port());
    const auto v6 = co_await loop.getaddrinfo("::1", "http", {.type = SOCK_STREAM});
    for (const AddressInfo& info : v6)
        say(info.family, info.type, info.proto, info.address.host(), info.address.port());
    const auto service = co_await failure(loop.getaddrinfo("127.0.0.1", "no such service"));
    say(service);
    const auto family = co_await failure(loop.getaddrinfo("127.0.0.1", 1, {.family = AF_INET6}));
    say(family);
    const auto numbers = co_await loop.getnameinfo(SocketAddress("127.0.0.1", 80), NI_NUMERICHOST | NI_NUMERICSERV);
    say(numbers);
    const auto no_number = co_await failure(loop.getnameinfo(SocketAddress("localhost", 80)));
    say(no_number);
}

TWIN(files) {
    EventLoop& loop = get_running_loop();
    const auto [a, b] = pair();
    const int file = memfd_create("file", 0);
    put(file, "0123456789");
    const auto position = [&] { return lseek(file, 0, SEEK_CUR); };
    const auto whole = co_await loop.sock_sendfile(a, file);
    const auto all = take(b);
    say(whole, all, position());
    const auto part = co_await loop.sock_sendfile(a, file, 2, 3);
    const auto some = take(b);
    say(part, some, position());
    const auto beyond = co_await loop.sock_sendfile(a, file, 20);
    say(beyond);
    const auto none = co_await failure(loop.sock_sendfile(a, file, 0, 0));
    say(none);
    const auto before = co_await failure(loop.sock_sendfile(a, file, -1));
    say(before);
    const auto datagrams = pair(SOCK_DGRAM);
    const auto kind = co_await failure(loop.sock_sendfile(datagrams.a, file));
    say(kind);
    for (const int each : {datagrams.a, datagrams.b, file, a, b}) close(each);
}
