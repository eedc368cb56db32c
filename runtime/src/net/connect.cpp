// SPDX-License-Identifier: MIT
// CPython's create_connection and create_server.
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cctype>
#include <cerrno>
#include <cstring>

#include "asyncio/connections.hpp"
#include "asyncio/errors.hpp"
#include "asyncio/gather.hpp"
#include "asyncio/sleep.hpp"
#include "runtime/src/net/name_lookup.hpp"
#include "runtime/src/net/server_state.hpp"
#include "runtime/src/net/sock_calls.hpp"
#include "runtime/src/net/socket_transport.hpp"

namespace asyncio::detail {
namespace {

[[noreturn]] void throw_bind_error(int error, const SocketAddress& address) {
    std::string reason = std::strerror(error);
    reason[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(reason[0])));
    throw_os_error(error, "error while attempting to bind on address " + python_text(address) + ": " + reason);
}

Coroutine<MadeConnection> make_connection(EventLoop& loop, ProtocolFactory factory, Socket socket) {
    auto protocol = factory();
    auto waiter = loop.create_future<>();
    auto transport = SocketTransport::open(loop, std::move(socket), protocol, waiter, nullptr);
    std::exception_ptr exception;
    try {
        co_await waiter;
    } catch (...) {
        exception = std::current_exception();
    }
    if (exception) {
        transport->close();
        std::rethrow_exception(exception);
    }
    co_return MadeConnection(transport, protocol);
}

/// One error of several attempts: the first if all say the same, else one that lists them.
std::exception_ptr join_errors(const std::vector<std::exception_ptr>& errors) {
    std::string all;
    bool same = true;
    const std::string first = to_string(errors.front());
    for (const auto& error : errors) {
        same = same && to_string(error) == first;
        all += (all.empty() ? "" : ", ") + to_string(error);
    }
    return same ? errors.front() : std::make_exception_ptr(OSError("Multiple exceptions: " + all));
}

Socket bind_tcp(const RawAddress& address, bool reuse_port) {
    Socket socket = open_stream_socket(address.family());
    const int on = 1;
    setsockopt(socket.fd(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (reuse_port) setsockopt(socket.fd(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
    // A v6 socket must not take the v4 address as well, or the next bind would fail.
    if (address.family() == AF_INET6) setsockopt(socket.fd(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    if (bind(socket.fd(), address.get(), address.size) != 0) throw_bind_error(errno, to_address(address));
    return socket;
}

/// A socket file that nobody listens on any more stands in the way of a new one.
void remove_stale_socket(const std::string& path) {
    struct stat status {};
    if (path.empty() || path[0] == '\0' || stat(path.c_str(), &status) != 0) return;
    if (S_ISSOCK(status.st_mode)) unlink(path.c_str());
}

Coroutine<Server> serve(EventLoop& loop, ProtocolFactory factory, std::vector<Socket> sockets, ServerOptions options) {
    auto state = std::make_shared<ServerState>(loop, std::move(sockets), std::move(factory), options.backlog);
    if (options.start_serving) {
        state->start_serving();
        co_await sleep(std::chrono::seconds(0));
    }
    co_return Server(state);
}

}  // namespace

Coroutine<MadeConnection> connect_tcp(EventLoop& loop, ProtocolFactory factory, std::string host, int port) {
    const std::vector<RawAddress> addresses = co_await resolve(loop, host, port, LookupHints());
    std::vector<std::exception_ptr> errors;
    Socket socket;
    for (const RawAddress& address : addresses) {
        try {
            Socket candidate = open_stream_socket(address.family());
            co_await connect_socket(loop, candidate.fd(), address);
            socket = std::move(candidate);
            break;
        } catch (const OSError&) {
            errors.push_back(std::current_exception());
        }
    }
    if (!socket) {
        if (errors.empty()) throw OSError("getaddrinfo() returned empty list");
        std::rethrow_exception(join_errors(errors));
    }
    co_return co_await make_connection(loop, std::move(factory), std::move(socket));
}

Coroutine<MadeConnection> connect_unix(EventLoop& loop, ProtocolFactory factory, std::string path) {
    Socket socket = open_stream_socket(AF_UNIX);
    const RawAddress address = unix_address(path);
    co_await connect_socket(loop, socket.fd(), address);
    co_return co_await make_connection(loop, std::move(factory), std::move(socket));
}

Coroutine<Server> listen_tcp(EventLoop& loop, ProtocolFactory factory, std::string host, int port,
                             ServerOptions options) {
    std::vector<Coroutine<std::vector<RawAddress>>> lookups;
    LookupHints hints;
    hints.flags = AI_PASSIVE;
    lookups.push_back(resolve(loop, host, port, hints));
    auto found = gather(std::move(lookups));
    const std::vector<std::vector<RawAddress>> addresses = co_await found;
    std::vector<Socket> sockets;
    for (const RawAddress& address : addresses.front()) {
        RawAddress wanted = address;
        // All sockets of a server on port 0 share the port that the first one was given.
        if (port == 0 && !sockets.empty())
            if (const auto first = local_of(sockets.front().fd()))
                if (auto same = numeric_address(to_address(address).host(), first->port())) wanted = *same;
        sockets.push_back(bind_tcp(wanted, options.reuse_port));
    }
    co_return co_await serve(loop, std::move(factory), std::move(sockets), options);
}

Coroutine<Server> listen_unix(EventLoop& loop, ProtocolFactory factory, std::string path, ServerOptions options) {
    remove_stale_socket(path);
    Socket socket = open_stream_socket(AF_UNIX);
    const RawAddress address = unix_address(path);
    if (bind(socket.fd(), address.get(), address.size) != 0) {
        if (errno == EADDRINUSE) throw_os_error(EADDRINUSE, "Address '" + path + "' is already in use");
        throw_os_error(errno);
    }
    std::vector<Socket> sockets;
    sockets.push_back(std::move(socket));
    co_return co_await serve(loop, std::move(factory), std::move(sockets), options);
}

}  // namespace asyncio::detail
