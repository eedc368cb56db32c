// SPDX-License-Identifier: MIT
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "asyncio/datagram.hpp"
#include "runtime/src/net/socket_end.hpp"

namespace asyncio::detail {

/// A datagram socket: CPython's _SelectorDatagramTransport.
class DatagramSocketTransport final : public DatagramTransport, public SocketEnd {
  public:
    /// `remote`: the only address that it sends to; may be empty. `waiter` is done once the protocol knows its
    /// transport.
    static std::shared_ptr<DatagramSocketTransport> open(EventLoop& loop, Socket socket,
                                                         std::shared_ptr<DatagramProtocol> protocol,
                                                         std::optional<SocketAddress> remote, Future<> waiter);
    DatagramSocketTransport(EventLoop& loop, Socket socket, std::shared_ptr<DatagramProtocol> protocol,
                            std::optional<SocketAddress> remote);

    void close() override { close_when_sent(); }
    void abort() override { force_close(nullptr); }
    bool is_closing() const override { return closing_; }
    bool is_reading() const override { return reading(); }
    void pause_reading() override { pause_reads(); }
    void resume_reading() override { resume_reads(); }
    void sendto(std::string_view data, const std::optional<SocketAddress>& address) override;
    std::size_t get_write_buffer_size() const override { return buffered_; }
    std::pair<std::size_t, std::size_t> get_write_buffer_limits() const override { return flow_.limits(); }
    void set_write_buffer_limits(std::optional<std::size_t> high, std::optional<std::size_t> low) override;
    std::optional<SocketAddress> peername() const override { return peer_; }
    std::optional<SocketAddress> sockname() const override { return local_; }
    int fileno() const override { return socket_.fd(); }

  private:
    struct Datagram {
        std::string data;
        std::optional<SocketAddress> address;
    };
    std::shared_ptr<SocketEnd> self() override { return {shared_from_this(), this}; }
    BaseProtocol* base_protocol() const override { return protocol_.get(); }
    std::shared_ptr<BaseProtocol> forget_protocol() noexcept override { return std::exchange(protocol_, nullptr); }
    void tell_connection_made() override;
    void read_ready() override;
    void write_ready() override;
    std::size_t buffered() const override { return buffered_; }
    void clear_buffer() noexcept override;

    enum class Sent : unsigned char { yes, later, failed };
    /// Asks the kernel; the protocol is told of an error.
    Sent send(std::string_view data, const std::optional<SocketAddress>& address);

    std::shared_ptr<DatagramProtocol> protocol_;
    std::optional<SocketAddress> remote_;
    std::deque<Datagram> buffer_;
    std::size_t buffered_ = 0;
    int family_;
};

}  // namespace asyncio::detail
