// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "asyncio/options.hpp"
#include "asyncio/server.hpp"
#include "runtime/src/loop/loop_impl.hpp"
#include "runtime/src/net/socket.hpp"
#include "runtime/src/net/socket_transport.hpp"
#include "runtime/src/net/tls/tls_settings.hpp"

namespace asyncio::detail {

/// A socket that listens. The file of a Unix socket goes with it, unless another one has taken its place.
struct Listener {
    explicit Listener(Socket socket) : socket(std::move(socket)) {}
    Socket socket;
    std::optional<std::uint64_t> inode;  ///< of the file that is to go
};

/// The number of a file, by which two at the same path are told apart; nothing when there is none.
std::optional<std::uint64_t> inode_of(const std::string& path);

/// A server's sockets and its open connections: CPython's base_events.Server.
class ServerState final : public LoopResource, public std::enable_shared_from_this<ServerState> {
  public:
    ServerState(EventLoop& loop, std::vector<Listener> listeners, ProtocolFactory factory,
                std::optional<TlsSettings> tls, int backlog);
    ~ServerState();

    void start_serving();
    bool serving() const { return serving_; }
    void close();
    void close_clients();
    void abort_clients();
    Coroutine<> wait_closed();
    Coroutine<> serve_forever();
    std::vector<SocketAddress> addresses() const;

    /// A connection of its has begun or ended.
    void attach(SocketTransport& connection);
    void detach(SocketTransport& connection);

    void loop_closes() noexcept override;

  private:
    void watch(std::size_t index);
    void accept_ready(std::size_t index);
    /// `self`: the server may be let go of before the first step.
    Coroutine<> begin_connection(std::shared_ptr<ServerState> self, Socket socket);
    void wake_waiters();
    std::string python_text() const;

    EventLoop& loop_;
    std::vector<Listener> listeners_;
    ProtocolFactory factory_;
    std::optional<TlsSettings> tls_;
    int backlog_;
    bool serving_ = false;
    bool closed_ = false;
    bool all_gone_ = false;
    IntrusiveList<SocketTransport, OfServer> connections_;
    std::vector<Future<>> waiters_;
    std::optional<Future<>> serving_forever_;
};

}  // namespace asyncio::detail
