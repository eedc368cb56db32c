// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>

#include "asyncio/connections.hpp"
#include "runtime/src/net/socket.hpp"
#include "runtime/src/net/tls/tls_settings.hpp"

namespace asyncio::detail {

class ServerState;

/// The transport over a connected socket, with TLS when there are settings for it: CPython's _make_socket_transport
/// and _make_ssl_transport. `server`: whose connection it is, may be null.
std::shared_ptr<Transport> make_transport(EventLoop& loop, Socket socket, std::shared_ptr<Protocol> protocol,
                                          Future<> waiter, const std::optional<TlsSettings>& tls,
                                          std::shared_ptr<ServerState> server);
/// Waits for what a new transport's `waiter` says; a transport that fails, or whose maker is cancelled, is closed.
Coroutine<> until_connected(std::shared_ptr<BaseTransport> transport, Future<> waiter);
/// With a protocol of the factory, and waits until both are connected: CPython's _create_connection_transport.
Coroutine<MadeConnection> make_connection(EventLoop& loop, ProtocolFactory factory, Socket socket,
                                          std::optional<TlsSettings> tls);

/// A descriptor of the user's, taken over: it does not block any more. ValueError unless it is a stream socket, of that
/// family when one is given.
Socket take_stream_socket(int fd, int family = 0);

}  // namespace asyncio::detail
