// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "asyncio/event_loop.hpp"
#include "asyncio/options.hpp"
#include "asyncio/server.hpp"
#include "asyncio/ssl.hpp"
#include "asyncio/transports.hpp"

namespace asyncio {

/// What create_connection() gives: `auto [transport, protocol] = co_await ...`.
template <class P>
struct Connection {
    std::shared_ptr<Transport> transport;
    std::shared_ptr<P> protocol;
};

namespace detail {

using MadeConnection = std::pair<std::shared_ptr<Transport>, std::shared_ptr<Protocol>>;
// None of these is a coroutine itself: what the options point to is copied at once.
Coroutine<MadeConnection> connect_tcp(EventLoop& loop, ProtocolFactory factory, std::string host, int port,
                                      ConnectionOptions options);
Coroutine<MadeConnection> connect_unix(EventLoop& loop, ProtocolFactory factory, std::string path,
                                       ConnectionOptions options);
Coroutine<MadeConnection> connect_given(EventLoop& loop, ProtocolFactory factory, ConnectionOptions options);
Coroutine<MadeConnection> connect_given_unix(EventLoop& loop, ProtocolFactory factory, ConnectionOptions options);
Coroutine<MadeConnection> connect_accepted(EventLoop& loop, ProtocolFactory factory, int fd, AcceptedOptions options);
Coroutine<Server> listen_tcp(EventLoop& loop, ProtocolFactory factory, std::vector<std::string> hosts, int port,
                             ServerOptions options);
Coroutine<Server> listen_unix(EventLoop& loop, ProtocolFactory factory, std::string path, ServerOptions options);
Coroutine<Server> listen_given(EventLoop& loop, ProtocolFactory factory, ServerOptions options);
Coroutine<Server> listen_given_unix(EventLoop& loop, ProtocolFactory factory, ServerOptions options);
/// `already_received`: bytes of the peer that stood in a buffer above the transport.
Coroutine<std::shared_ptr<Transport>> start_tls(EventLoop& loop, std::shared_ptr<Transport> transport,
                                                std::shared_ptr<Protocol> protocol, const SSLContext& context,
                                                StartTLSOptions options, std::string already_received);

template <class Factory>
using ProtocolOf = typename std::invoke_result_t<Factory&>::element_type;

template <class P>
Coroutine<Connection<P>> typed_connection(InnerCoroutine<MadeConnection> connecting) {
    auto made = co_await connecting.take();
    co_return Connection<P>{std::move(made.first), std::static_pointer_cast<P>(std::move(made.second))};
}

}  // namespace detail

template <class Factory>
auto EventLoop::create_connection(Factory factory, std::string host, int port, ConnectionOptions options) {
    return detail::typed_connection<detail::ProtocolOf<Factory>>(
        detail::connect_tcp(*this, std::move(factory), std::move(host), port, options));
}
template <class Factory>
auto EventLoop::create_connection(Factory factory, std::string host, int port) {
    return create_connection(std::move(factory), std::move(host), port, ConnectionOptions());
}
template <class Factory>
auto EventLoop::create_connection(Factory factory, ConnectionOptions options) {
    return detail::typed_connection<detail::ProtocolOf<Factory>>(
        detail::connect_given(*this, std::move(factory), options));
}
template <class Factory>
auto EventLoop::create_unix_connection(Factory factory, std::string path, ConnectionOptions options) {
    return detail::typed_connection<detail::ProtocolOf<Factory>>(
        detail::connect_unix(*this, std::move(factory), std::move(path), options));
}
template <class Factory>
auto EventLoop::create_unix_connection(Factory factory, std::string path) {
    return create_unix_connection(std::move(factory), std::move(path), ConnectionOptions());
}
template <class Factory>
auto EventLoop::create_unix_connection(Factory factory, ConnectionOptions options) {
    return detail::typed_connection<detail::ProtocolOf<Factory>>(
        detail::connect_given_unix(*this, std::move(factory), options));
}
template <class Factory>
Coroutine<Server> EventLoop::create_server(Factory factory, std::vector<std::string> hosts, int port,
                                           ServerOptions options) {
    return detail::listen_tcp(*this, std::move(factory), std::move(hosts), port, options);
}
template <class Factory>
Coroutine<Server> EventLoop::create_server(Factory factory, std::vector<std::string> hosts, int port) {
    return create_server(std::move(factory), std::move(hosts), port, ServerOptions());
}
template <class Factory>
Coroutine<Server> EventLoop::create_server(Factory factory, std::string host, int port, ServerOptions options) {
    return create_server(std::move(factory), std::vector<std::string>(1, std::move(host)), port, options);
}
template <class Factory>
Coroutine<Server> EventLoop::create_server(Factory factory, std::string host, int port) {
    return create_server(std::move(factory), std::move(host), port, ServerOptions());
}
template <class Factory>
Coroutine<Server> EventLoop::create_server(Factory factory, ServerOptions options) {
    return detail::listen_given(*this, std::move(factory), options);
}
template <class Factory>
Coroutine<Server> EventLoop::create_unix_server(Factory factory, std::string path, ServerOptions options) {
    return detail::listen_unix(*this, std::move(factory), std::move(path), options);
}
template <class Factory>
Coroutine<Server> EventLoop::create_unix_server(Factory factory, std::string path) {
    return create_unix_server(std::move(factory), std::move(path), ServerOptions());
}
template <class Factory>
Coroutine<Server> EventLoop::create_unix_server(Factory factory, ServerOptions options) {
    return detail::listen_given_unix(*this, std::move(factory), options);
}
template <class Factory>
auto EventLoop::connect_accepted_socket(Factory factory, int fd, AcceptedOptions options) {
    return detail::typed_connection<detail::ProtocolOf<Factory>>(
        detail::connect_accepted(*this, std::move(factory), fd, options));
}
template <class Factory>
auto EventLoop::connect_accepted_socket(Factory factory, int fd) {
    return connect_accepted_socket(std::move(factory), fd, AcceptedOptions());
}

}  // namespace asyncio
