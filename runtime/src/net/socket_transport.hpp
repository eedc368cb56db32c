// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include "asyncio/transports.hpp"
#include "runtime/src/loop/loop_impl.hpp"
#include "runtime/src/net/carrier.hpp"
#include "runtime/src/net/socket.hpp"

namespace asyncio::detail {

class ServerState;
struct OfServer;  ///< the list of a server's connections

/// A connected stream socket: CPython's _SelectorSocketTransport. The loop holds it while it reads; connection_lost is
/// called exactly once, and then the descriptor is closed.
class SocketTransport final : public Transport,
                              public Carrier,
                              public LoopResource,
                              public ListHook<SocketTransport, OfServer> {
  public:
    /// Queues what CPython queues, in its order: connection_made, the start of reading, and `waiter`, which may be
    /// empty.
    static std::shared_ptr<SocketTransport> open(EventLoop& loop, Socket socket, std::shared_ptr<Protocol> protocol,
                                                 std::optional<Future<>> waiter, std::shared_ptr<ServerState> server);
    SocketTransport(EventLoop& loop, Socket socket, std::shared_ptr<Protocol> protocol,
                    std::shared_ptr<ServerState> server);
    ~SocketTransport() override;

    void close() override;
    void abort() override { force_close(nullptr); }
    void force_close(std::exception_ptr exception) override;
    bool is_closing() const override { return closing_; }
    bool is_reading() const override { return !closing_ && !reading_paused_; }
    void pause_reading() override;
    void resume_reading() override;
    void write(std::string_view data) override;
    bool can_write_eof() const override { return true; }
    void write_eof() override;
    std::size_t get_write_buffer_size() const override { return buffer_.size() - sent_; }
    std::pair<std::size_t, std::size_t> get_write_buffer_limits() const override { return {low_water_, high_water_}; }
    void set_write_buffer_limits(std::optional<std::size_t> high, std::optional<std::size_t> low) override;
    void set_protocol(std::shared_ptr<Protocol> protocol) override { protocol_ = std::move(protocol); }
    std::shared_ptr<Protocol> get_protocol() const override { return protocol_; }
    std::optional<SocketAddress> peername() const override { return peer_; }
    std::optional<SocketAddress> sockname() const override { return local_; }
    int fileno() const override { return socket_.fd(); }

    void loop_closes() noexcept override;

  private:
    std::shared_ptr<SocketTransport> self() { return {shared_from_this(), this}; }
    void start_reading();
    void read_ready();
    void end_of_stream();
    void write_ready();
    /// Calls a protocol's callback; an exception of it ends the connection.
    template <class Call>
    bool call_protocol(const char* failure, Call&& call);
    void pause_protocol_if_full();
    void resume_protocol_if_drained();
    /// An error of the socket or the protocol: reported unless it is the peer's going away.
    void fatal_error(std::exception_ptr exception, const char* message);
    void leave_server();
    void lose_connection_soon(std::exception_ptr exception);
    void connection_lost(std::exception_ptr exception);

    EventLoop& loop_;
    Socket socket_;
    std::shared_ptr<Protocol> protocol_;
    std::shared_ptr<ServerState> server_;
    std::optional<SocketAddress> peer_;
    std::optional<SocketAddress> local_;
    std::string buffer_;  ///< not yet sent: from sent_ on
    std::size_t sent_ = 0;
    std::size_t high_water_ = 64 * 1024;
    std::size_t low_water_ = 16 * 1024;
    bool closing_ = false;
    bool lost_ = false;  ///< connection_lost is queued or done
    bool eof_written_ = false;
    bool reading_paused_ = false;
    bool writing_watched_ = false;
    bool protocol_paused_ = false;
};

}  // namespace asyncio::detail
