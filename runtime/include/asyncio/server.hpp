// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "asyncio/event_loop.hpp"
#include "asyncio/transports.hpp"

namespace asyncio {

namespace detail {
class ServerState;
class ServerScope;
}  // namespace detail

/// What listens: Python's Server. A handle; dropping it does not close the server.
class Server {
  public:
    Server() = default;
    explicit Server(std::shared_ptr<detail::ServerState> state) : state_(std::move(state)) {}

    /// Listens no more; connections that are open go on.
    void close() const;
    /// Ends the connections that are open: in order, with what is still to be sent, or at once. (One with TLS ends
    /// below TLS, without its good-bye, as CPython's.)
    void close_clients() const;
    void abort_clients() const;
    /// Until it is closed and the last of its connections is gone.
    Coroutine<> wait_closed() const;
    bool is_serving() const;
    Coroutine<> start_serving() const;
    /// Accepts until it is cancelled; closes the server then. RuntimeError when somebody does so already.
    Coroutine<> serve_forever() const;
    /// The listening sockets' addresses.
    std::vector<SocketAddress> sockets() const;
    /// Of the first socket: the one to connect to when port 0 was asked for. 0 once closed.
    int port() const;
    /// `auto closing = co_await server.scoped();`: closed at the end of the scope. (C++ cannot wait there: await
    /// wait_closed() where that matters.)
    Coroutine<detail::ServerScope> scoped() const;

  private:
    std::shared_ptr<detail::ServerState> state_;
};

namespace detail {

class ServerScope {
  public:
    explicit ServerScope(Server server) : server_(std::move(server)), open_(true) {}
    ServerScope(ServerScope&& other) noexcept
        : server_(std::move(other.server_)), open_(std::exchange(other.open_, false)) {}
    ServerScope& operator=(ServerScope&&) = delete;
    ~ServerScope() {
        if (open_) server_.close();
    }

  private:
    Server server_;
    bool open_;
};

using ProtocolFactory = std::function<std::shared_ptr<Protocol>()>;

}  // namespace detail
}  // namespace asyncio
