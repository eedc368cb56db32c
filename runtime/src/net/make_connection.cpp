// SPDX-License-Identifier: MIT
#include "runtime/src/net/make_connection.hpp"

#include <fcntl.h>
#include <sys/socket.h>

#include <cerrno>

#include "asyncio/errors.hpp"
#include "runtime/src/net/carrier.hpp"
#include "runtime/src/net/server_state.hpp"
#include "runtime/src/net/socket_transport.hpp"
#include "runtime/src/net/tls/tls_transport.hpp"

namespace asyncio::detail {

std::shared_ptr<Transport> make_transport(EventLoop& loop, Socket socket, std::shared_ptr<Protocol> protocol,
                                          Future<> waiter, const std::optional<TlsSettings>& tls,
                                          std::shared_ptr<ServerState> server) {
    if (!tls)
        return SocketTransport::open(loop, std::move(socket), std::move(protocol), std::move(waiter),
                                     std::move(server));
    auto transport = TlsTransport::make(loop, std::move(protocol), *tls, std::move(waiter));
    SocketTransport::open(loop, std::move(socket), transport, std::nullopt, std::move(server));
    return transport;
}

Coroutine<> until_connected(std::shared_ptr<BaseTransport> transport, Future<> waiter) {
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
}

Coroutine<MadeConnection> make_connection(EventLoop& loop, ProtocolFactory factory, Socket socket,
                                          std::optional<TlsSettings> tls) {
    auto protocol = factory();
    auto waiter = loop.create_future<>();
    auto transport = make_transport(loop, std::move(socket), protocol, waiter, tls, nullptr);
    co_await until_connected(transport, waiter);
    co_return MadeConnection(transport, protocol);
}

Socket take_stream_socket(int fd, int family) {
    const auto ask = [fd](int option) {
        int value = 0;
        socklen_t size = sizeof value;
        if (getsockopt(fd, SOL_SOCKET, option, &value, &size) != 0) throw_os_error(errno);
        return value;
    };
    if (ask(SO_TYPE) != SOCK_STREAM || (family != 0 && ask(SO_DOMAIN) != family))
        throw ValueError(std::string(family == AF_UNIX ? "A UNIX Domain Stream Socket" : "A Stream Socket") +
                         " was expected, got fd " + std::to_string(fd));
    const int flags = fcntl(fd, F_GETFL);
    if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) < 0) throw_os_error(errno);
    return Socket(fd);
}

namespace {

Coroutine<MadeConnection> accept_given(EventLoop& loop, ProtocolFactory factory, int fd, TlsWish wish) {
    Socket socket = take_stream_socket(fd);
    std::optional<TlsSettings> tls = wish.as_server();
    co_return co_await make_connection(loop, std::move(factory), std::move(socket), std::move(tls));
}

Coroutine<std::shared_ptr<Transport>> upgrade(EventLoop& loop, std::shared_ptr<Transport> transport,
                                              std::shared_ptr<Protocol> protocol, TlsSettings settings,
                                              std::string already_received) {
    if (!dynamic_cast<Carrier*>(transport.get())) throw TypeError("transport is not supported by start_tls()");
    auto waiter = loop.create_future<>();
    const auto tls = TlsTransport::make(loop, std::move(protocol), settings, waiter, false);
    tls->feed(already_received);
    // Paused first: what comes must not be looked at before the handshake has begun.
    transport->pause_reading();
    transport->set_protocol(tls);
    Handle connected = loop.call_soon([tls, transport] { tls->connection_made(transport); });
    Handle resumed = loop.call_soon([transport] { transport->resume_reading(); });
    std::exception_ptr exception;
    try {
        co_await waiter;
    } catch (...) {
        exception = std::current_exception();
    }
    if (exception) {
        transport->close();
        connected.cancel();
        resumed.cancel();
        std::rethrow_exception(exception);
    }
    co_return tls;
}

}  // namespace

Coroutine<MadeConnection> connect_accepted(EventLoop& loop, ProtocolFactory factory, int fd, AcceptedOptions options) {
    return accept_given(loop, std::move(factory), fd,
                        TlsWish(options.ssl, {}, options.ssl_handshake_timeout, options.ssl_shutdown_timeout));
}

Coroutine<std::shared_ptr<Transport>> start_tls(EventLoop& loop, std::shared_ptr<Transport> transport,
                                                std::shared_ptr<Protocol> protocol, const SSLContext& context,
                                                StartTLSOptions options, std::string already_received) {
    std::optional<std::string> server_hostname;
    if (options.server_hostname.data()) server_hostname.emplace(options.server_hostname);
    return upgrade(loop, std::move(transport), std::move(protocol),
                   TlsSettings(context, options.server_side, std::move(server_hostname), options.ssl_handshake_timeout,
                               options.ssl_shutdown_timeout),
                   std::move(already_received));
}

}  // namespace asyncio::detail

namespace asyncio {

Coroutine<std::shared_ptr<Transport>> EventLoop::start_tls(std::shared_ptr<Transport> transport,
                                                           std::shared_ptr<Protocol> protocol,
                                                           const SSLContext& context, StartTLSOptions options) {
    return detail::start_tls(*this, std::move(transport), std::move(protocol), context, options, {});
}
Coroutine<std::shared_ptr<Transport>> EventLoop::start_tls(std::shared_ptr<Transport> transport,
                                                           std::shared_ptr<Protocol> protocol,
                                                           const SSLContext& context) {
    return start_tls(std::move(transport), std::move(protocol), context, StartTLSOptions());
}

}  // namespace asyncio
