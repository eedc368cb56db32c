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

namespace asyncio::detail {

/// A server's sockets and how many of its connections are open: CPython's base_events.Server.
class ServerState final : public LoopResource, public std::enable_shared_from_this<ServerState> {
  public:
    ServerState(EventLoop& loop, std::vector<Socket> sockets, ProtocolFactory factory, int backlog);
    ~ServerState();

    void start_serving();
    bool serving() const { return serving_; }
    void close();
    Coroutine<> wait_closed();
    Coroutine<> serve_forever();
    std::vector<SocketAddress> addresses() const;

    /// A connection of its has begun or ended.
    void attach() { ++connections_; }
    void detach();

    void loop_closes() noexcept override;

  private:
    void watch(std::size_t index);
    void accept_ready(std::size_t index);
    Coroutine<> begin_connection(Socket socket);
    void wake_waiters();

    EventLoop& loop_;
    std::vector<Socket> sockets_;
    ProtocolFactory factory_;
    int backlog_;
    bool serving_ = false;
    bool closed_ = false;
    bool all_gone_ = false;
    std::size_t connections_ = 0;
    std::vector<Future<>> waiters_;
    std::optional<Future<>> serving_forever_;
};

}  // namespace asyncio::detail
