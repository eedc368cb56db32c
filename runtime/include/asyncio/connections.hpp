// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "asyncio/event_loop.hpp"
#include "asyncio/options.hpp"
#include "asyncio/server.hpp"
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
Coroutine<MadeConnection> connect_tcp(EventLoop& loop, ProtocolFactory factory, std::string host, int port);
Coroutine<MadeConnection> connect_unix(EventLoop& loop, ProtocolFactory factory, std::string path);
Coroutine<Server> listen_tcp(EventLoop& loop, ProtocolFactory factory, std::string host, int port,
                             ServerOptions options);
Coroutine<Server> listen_unix(EventLoop& loop, ProtocolFactory factory, std::string path, ServerOptions options);

template <class Factory>
using ProtocolOf = typename std::invoke_result_t<Factory&>::element_type;

template <class P>
Coroutine<Connection<P>> typed_connection(InnerCoroutine<MadeConnection> connecting) {
    auto made = co_await connecting.take();
    co_return Connection<P>{std::move(made.first), std::static_pointer_cast<P>(std::move(made.second))};
}

}  // namespace detail

template <class Factory>
auto EventLoop::create_connection(Factory factory, std::string host, int port) {
    return detail::typed_connection<detail::ProtocolOf<Factory>>(
        detail::connect_tcp(*this, std::move(factory), std::move(host), port));
}
template <class Factory>
auto EventLoop::create_connection(Factory factory, std::string host, int port, ConnectionOptions) {
    return create_connection(std::move(factory), std::move(host), port);
}
template <class Factory>
auto EventLoop::create_unix_connection(Factory factory, std::string path) {
    return detail::typed_connection<detail::ProtocolOf<Factory>>(
        detail::connect_unix(*this, std::move(factory), std::move(path)));
}
template <class Factory>
Coroutine<Server> EventLoop::create_server(Factory factory, std::string host, int port) {
    return detail::listen_tcp(*this, std::move(factory), std::move(host), port, ServerOptions{});
}
template <class Factory>
Coroutine<Server> EventLoop::create_server(Factory factory, std::string host, int port, ServerOptions options) {
    return detail::listen_tcp(*this, std::move(factory), std::move(host), port, options);
}
template <class Factory>
Coroutine<Server> EventLoop::create_unix_server(Factory factory, std::string path) {
    return detail::listen_unix(*this, std::move(factory), std::move(path), ServerOptions{});
}
template <class Factory>
Coroutine<Server> EventLoop::create_unix_server(Factory factory, std::string path, ServerOptions options) {
    return detail::listen_unix(*this, std::move(factory), std::move(path), options);
}

}  // namespace asyncio
