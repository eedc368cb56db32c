// SPDX-License-Identifier: MIT
// CPython's selector_events.py: sock_connect and its like.
#include "runtime/src/net/sock_calls.hpp"

#include <fcntl.h>
#include <sys/socket.h>

#include <cerrno>
#include <optional>

#include "asyncio/errors.hpp"
#include "asyncio/sockets.hpp"
#include "runtime/src/net/name_lookup.hpp"
#include "runtime/src/net/socket_call.hpp"
#include "runtime/src/probe_hooks.hpp"

namespace asyncio {
namespace detail {

void require_nonblocking(EventLoop& loop, int fd) {
    if (loop.get_debug() && !(fcntl(fd, F_GETFL) & O_NONBLOCK)) throw ValueError("the socket must be non-blocking");
}

namespace {

/// What a call has given: nothing for "later". Throws the system's error.
std::optional<std::size_t> outcome(ssize_t result) {
    if (result >= 0) return static_cast<std::size_t>(result);
    if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) return std::nullopt;
    throw_os_error(errno);
}

}  // namespace

Coroutine<> connect_socket(EventLoop& loop, int fd, RawAddress address) {
    bool begun = false;
    const auto attempt = [&] {
        if (!begun) {
            begun = true;
            if (connect(fd, address.get(), address.size) == 0) return true;
            // Interrupted by a signal it goes on in the background, as if it took time. A Unix socket's EAGAIN is no
            // such promise: the server's backlog is full, and nothing will tell when it is not.
            if (errno == EINPROGRESS || errno == EINTR) return false;
            throw_os_error(errno);
        }
        int error = 0;
        socklen_t size = sizeof error;
        if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) != 0) error = errno;
        if (error != 0) throw_os_error(error, "Connect call failed " + python_text(to_address(address)));
        return true;
    };
    co_await SocketCall(loop, fd, true, attempt);
}

}  // namespace detail

using detail::RawAddress;
using detail::SocketCall;

namespace {

/// Receives into the caller's memory; the sender's address too when it is wanted.
Coroutine<std::size_t> receive(EventLoop& loop, int fd, std::span<std::byte> buffer, RawAddress* from) {
    detail::require_nonblocking(loop, fd);
    std::size_t received = 0;
    const auto attempt = [&] {
        if (from) from->size = sizeof from->storage;
        const auto count = detail::outcome(
            recvfrom(fd, buffer.data(), buffer.size(), 0, from ? from->get() : nullptr, from ? &from->size : nullptr));
        if (!count) return false;
        detail::hooks::io_read(loop, fd, *count);
        received = *count;
        return true;
    };
    co_await SocketCall(loop, fd, false, attempt);
    co_return received;
}

/// An answer without an address (of a connected socket) is the empty one, as Python's None.
SocketAddress sender(const RawAddress& from) {
    return from.size == 0 ? SocketAddress() : detail::to_address(from);
}

}  // namespace

Coroutine<std::string> EventLoop::sock_recv(int fd, std::size_t n) {
    std::string data(n, '\0');
    data.resize(co_await receive(*this, fd, std::as_writable_bytes(std::span(data)), nullptr));
    co_return data;
}

Coroutine<std::size_t> EventLoop::sock_recv_into(int fd, std::span<std::byte> buffer) {
    return receive(*this, fd, buffer, nullptr);
}

Coroutine<ReceivedDatagram> EventLoop::sock_recvfrom(int fd, std::size_t n) {
    ReceivedDatagram received;
    received.data.resize(n);
    RawAddress from;
    const auto count = co_await receive(*this, fd, std::as_writable_bytes(std::span(received.data)), &from);
    received.data.resize(count);
    received.address = sender(from);
    co_return received;
}

Coroutine<ReceivedCount> EventLoop::sock_recvfrom_into(int fd, std::span<std::byte> buffer, std::size_t n) {
    if (n > buffer.size()) throw ValueError("nbytes is greater than the length of the buffer");
    RawAddress from;
    ReceivedCount received;
    received.count = co_await receive(*this, fd, n ? buffer.first(n) : buffer, &from);
    received.address = sender(from);
    co_return received;
}

Coroutine<> EventLoop::sock_sendall(int fd, std::string data) {
    detail::require_nonblocking(*this, fd);
    std::string_view rest = data;
    const auto attempt = [&] {
        const auto count = detail::outcome(send(fd, rest.data(), rest.size(), MSG_NOSIGNAL));
        if (!count) return false;
        detail::hooks::io_write(*this, fd, *count);
        rest.remove_prefix(*count);
        return rest.empty();
    };
    co_await SocketCall(*this, fd, true, attempt);
}

Coroutine<std::size_t> EventLoop::sock_sendto(int fd, std::string data, SocketAddress address) {
    detail::require_nonblocking(*this, fd);
    detail::LookupHints hints;
    hints.family = detail::family_of(fd);
    hints.type = SOCK_DGRAM;
    const RawAddress to = co_await detail::resolve_one(*this, std::move(address), hints);
    std::size_t sent = 0;
    const auto attempt = [&] {
        const auto count = detail::outcome(sendto(fd, data.data(), data.size(), MSG_NOSIGNAL, to.get(), to.size));
        if (!count) return false;
        detail::hooks::io_write(*this, fd, *count);
        sent = *count;
        return true;
    };
    co_await SocketCall(*this, fd, true, attempt);
    co_return sent;
}

Coroutine<> EventLoop::sock_connect(int fd, SocketAddress address) {
    detail::require_nonblocking(*this, fd);
    detail::LookupHints hints;
    hints.family = detail::family_of(fd);
    hints.type = detail::type_of(fd);
    hints.protocol = detail::protocol_of(fd);
    const RawAddress to = co_await detail::resolve_one(*this, std::move(address), hints);
    co_await detail::connect_socket(*this, fd, to);
}

Coroutine<AcceptedSocket> EventLoop::sock_accept(int fd) {
    detail::require_nonblocking(*this, fd);
    RawAddress from;
    detail::Socket accepted;  // closed, should the caller be cancelled before it has it
    const auto attempt = [&] {
        from.size = sizeof from.storage;
        const auto connection = detail::outcome(accept4(fd, from.get(), &from.size, SOCK_NONBLOCK | SOCK_CLOEXEC));
        if (!connection) return false;
        accepted = detail::Socket(static_cast<int>(*connection));
        return true;
    };
    co_await SocketCall(*this, fd, false, attempt);
    AcceptedSocket result;
    result.address = detail::to_address(from);
    result.fd = accepted.release();
    co_return result;
}

}  // namespace asyncio
