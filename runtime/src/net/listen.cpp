// SPDX-License-Identifier: MIT
// CPython's create_server and create_unix_server.
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "asyncio/connections.hpp"
#include "asyncio/errors.hpp"
#include "asyncio/gather.hpp"
#include "asyncio/sleep.hpp"
#include "runtime/src/net/bind_error.hpp"
#include "runtime/src/net/make_connection.hpp"
#include "runtime/src/net/name_lookup.hpp"
#include "runtime/src/net/server_state.hpp"

namespace asyncio::detail {
namespace {

/// What is asked for, with all that the options point to.
struct Wanted {
    explicit Wanted(const ServerOptions& options)
        : options(options), tls(options.ssl, {}, options.ssl_handshake_timeout, options.ssl_shutdown_timeout) {
        this->options.ssl = nullptr;  // it may not live as long as this
    }
    ServerOptions options;
    TlsWish tls;
};

void set_on(const Socket& socket, int level, int option) {
    const int on = 1;
    if (setsockopt(socket.fd(), level, option, &on, sizeof on) != 0) throw_os_error(errno);
}

/// Nothing when this machine does not have the address: its family may be off.
std::optional<Socket> bind_tcp(const RawAddress& address, bool reuse_port) {
    Socket socket = open_stream_socket(address.family());
    set_on(socket, SOL_SOCKET, SO_REUSEADDR);
    if (reuse_port) set_on(socket, SOL_SOCKET, SO_REUSEPORT);
    // A v6 socket must not take the v4 address as well, or the next bind would fail.
    if (address.family() == AF_INET6) set_on(socket, IPPROTO_IPV6, IPV6_V6ONLY);
    if (bind(socket.fd(), address.get(), address.size) == 0) return socket;
    if (errno == EADDRNOTAVAIL) return std::nullopt;
    std::rethrow_exception(bind_error(errno, address));
}

bool same(const RawAddress& a, const RawAddress& b) {
    return a.size == b.size && std::memcmp(&a.storage, &b.storage, a.size) == 0;
}

/// Each address once, even if several hosts have it.
std::vector<RawAddress> without_repeats(const std::vector<std::vector<RawAddress>>& found) {
    std::vector<RawAddress> addresses;
    for (const auto& of_host : found)
        for (const RawAddress& address : of_host)
            if (std::none_of(addresses.begin(), addresses.end(),
                             [&](const auto& other) { return same(address, other); }))
                addresses.push_back(address);
    return addresses;
}

std::vector<Listener> bind_all(const std::vector<RawAddress>& addresses, int port, bool reuse_port) {
    std::vector<Listener> listeners;
    for (const RawAddress& address : addresses) {
        RawAddress wanted = address;
        // All sockets of a server on port 0 share the port that the first one was given.
        if (port == 0 && !listeners.empty())
            if (const auto first = local_of(listeners.front().socket.fd()))
                if (auto with_port = numeric_address(to_address(address).host(), first->port())) wanted = *with_port;
        if (auto socket = bind_tcp(wanted, reuse_port)) listeners.emplace_back(std::move(*socket));
    }
    if (!listeners.empty()) return listeners;
    std::string all;
    for (const RawAddress& address : addresses) all += (all.empty() ? "" : ", ") + python_text(to_address(address));
    throw OSError("could not bind on any address out of [" + all + "]");
}

/// A socket file that nobody listens on any more stands in the way of a new one.
void remove_stale_socket(const std::string& path) {
    struct stat status {};
    if (path.empty() || path[0] == '\0' || stat(path.c_str(), &status) != 0) return;
    if (S_ISSOCK(status.st_mode)) unlink(path.c_str());
}

Socket bind_unix(const std::string& path) {
    remove_stale_socket(path);
    Socket socket = open_stream_socket(AF_UNIX);
    const RawAddress address = unix_address(path);
    if (bind(socket.fd(), address.get(), address.size) == 0) return socket;
    if (errno == EADDRINUSE) throw_os_error(EADDRINUSE, "Address '" + path + "' is already in use");
    throw_os_error(errno);
}

Coroutine<Server> serve(EventLoop& loop, ProtocolFactory factory, std::vector<Listener> listeners,
                        std::optional<TlsSettings> tls, ServerOptions options) {
    auto state =
        std::make_shared<ServerState>(loop, std::move(listeners), std::move(factory), std::move(tls), options.backlog);
    if (options.start_serving) {
        state->start_serving();
        // Lets what was ready run first, so that the server accepts from its first turn on.
        co_await sleep(std::chrono::seconds(0));
    }
    co_return Server(state);
}

Coroutine<std::vector<RawAddress>> resolve_to_listen(EventLoop& loop, std::string host, int port) {
    LookupHints hints;
    hints.flags = AI_PASSIVE;
    auto addresses = co_await resolve(loop, host, port, hints);
    if (addresses.empty()) throw OSError("getaddrinfo('" + host + "') returned empty list");
    co_return addresses;
}

Coroutine<Server> listen_wanted(EventLoop& loop, ProtocolFactory factory, std::optional<std::vector<std::string>> hosts,
                                int port, Wanted wanted) {
    std::optional<TlsSettings> tls = wanted.tls.as_server();
    const int given = wanted.options.sock;
    if (hosts && given >= 0) throw ValueError("host/port and sock can not be specified at the same time");
    if (!hosts && given < 0) throw ValueError("Neither host/port nor sock were specified");
    std::vector<Listener> listeners;
    if (hosts) {
        std::vector<Coroutine<std::vector<RawAddress>>> lookups;
        for (const std::string& host : *hosts) lookups.push_back(resolve_to_listen(loop, host, port));
        auto looking = gather(std::move(lookups));
        const std::vector<std::vector<RawAddress>> found = co_await looking;
        listeners = bind_all(without_repeats(found), port, wanted.options.reuse_port);
    } else {
        listeners.emplace_back(take_stream_socket(given));
    }
    co_return co_await serve(loop, std::move(factory), std::move(listeners), std::move(tls), wanted.options);
}

Coroutine<Server> listen_unix_wanted(EventLoop& loop, ProtocolFactory factory, std::optional<std::string> path,
                                     Wanted wanted) {
    std::optional<TlsSettings> tls = wanted.tls.as_server();
    const int given = wanted.options.sock;
    if (path && given >= 0) throw ValueError("path and sock can not be specified at the same time");
    if (!path && given < 0) throw ValueError("path was not specified, and no sock specified");
    std::vector<Listener> listeners;
    listeners.emplace_back(path ? bind_unix(*path) : take_stream_socket(given, AF_UNIX));
    if (wanted.options.cleanup_socket)
        if (const auto address = local_of(listeners.front().socket.fd()))
            listeners.front().inode = inode_of(address->path());
    co_return co_await serve(loop, std::move(factory), std::move(listeners), std::move(tls), wanted.options);
}

}  // namespace

Coroutine<Server> listen_tcp(EventLoop& loop, ProtocolFactory factory, std::vector<std::string> hosts, int port,
                             ServerOptions options) {
    return listen_wanted(loop, std::move(factory), std::move(hosts), port, Wanted(options));
}
Coroutine<Server> listen_unix(EventLoop& loop, ProtocolFactory factory, std::string path, ServerOptions options) {
    return listen_unix_wanted(loop, std::move(factory), std::move(path), Wanted(options));
}
Coroutine<Server> listen_given(EventLoop& loop, ProtocolFactory factory, ServerOptions options) {
    return listen_wanted(loop, std::move(factory), std::nullopt, 0, Wanted(options));
}
Coroutine<Server> listen_given_unix(EventLoop& loop, ProtocolFactory factory, ServerOptions options) {
    return listen_unix_wanted(loop, std::move(factory), std::nullopt, Wanted(options));
}

}  // namespace asyncio::detail
