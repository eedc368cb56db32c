// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include "asyncio/detail/byte_buffer.hpp"
#include "asyncio/transports.hpp"
#include "runtime/src/net/carrier.hpp"
#include "runtime/src/net/socket_end.hpp"

namespace asyncio::detail {

class ServerState;
struct OfServer;  ///< the list of a server's connections

/// A connected stream socket: CPython's _SelectorSocketTransport.
class SocketTransport final : public Transport,
                              public Carrier,
                              public SocketEnd,
                              public ListHook<SocketTransport, OfServer> {
  public:
    /// `waiter` is done once the protocol knows its transport.
    static std::shared_ptr<SocketTransport> open(EventLoop& loop, Socket socket, std::shared_ptr<Protocol> protocol,
                                                 std::optional<Future<>> waiter, std::shared_ptr<ServerState> server);
    SocketTransport(EventLoop& loop, Socket socket, std::shared_ptr<Protocol> protocol,
                    std::shared_ptr<ServerState> server);
    ~SocketTransport() override;

    void close() override { close_when_sent(); }
    void abort() override { force_close(nullptr); }
    void force_close(std::exception_ptr exception) override { SocketEnd::force_close(std::move(exception)); }
    bool is_closing() const override { return closing_; }
    bool is_reading() const override { return reading(); }
    void pause_reading() override { pause_reads(); }
    void resume_reading() override { resume_reads(); }
    void write(std::string_view data) override;
    void writelines(const std::vector<std::string>& lines) override;
    bool can_write_eof() const override { return true; }
    void write_eof() override;
    std::size_t get_write_buffer_size() const override { return buffer_.size(); }
    std::pair<std::size_t, std::size_t> get_write_buffer_limits() const override { return flow_.limits(); }
    void set_write_buffer_limits(std::optional<std::size_t> high, std::optional<std::size_t> low) override;
    bool writing_paused() const override { return flow_.paused(); }
    void set_protocol(std::shared_ptr<Protocol> protocol) override;
    std::shared_ptr<Protocol> get_protocol() const override { return protocol_; }
    std::optional<SocketAddress> peername() const override { return peer_; }
    std::optional<SocketAddress> sockname() const override { return local_; }
    int fileno() const override { return socket_.fd(); }

    /// For sendfile, which writes past the transport: until take_descriptor_back() nothing may be written, and the
    /// descriptor may be watched. The future is done once the buffer is empty; it fails when the connection is lost.
    Future<> lend_descriptor();
    void take_descriptor_back();

    void loop_closes() noexcept override;

  private:
    std::shared_ptr<SocketEnd> self() override { return {shared_from_this(), this}; }
    BaseProtocol* base_protocol() const override { return protocol_.get(); }
    std::shared_ptr<BaseProtocol> forget_protocol() noexcept override;
    void tell_connection_made() override;
    void read_ready() override;
    void write_ready() override;
    std::size_t buffered() const override { return buffer_.size(); }
    void clear_buffer() noexcept override { buffer_.clear(); }
    void close_descriptor() noexcept override;
    void leave_server() noexcept;

    void read_into_protocol();
    void end_of_stream();
    void read_failed(int error);
    void require_writable(const char* function) const;
    void shut_down_writing();
    void fail_empty_waiter(const std::exception_ptr& exception);

    std::shared_ptr<Protocol> protocol_;
    BufferedProtocol* buffered_protocol_ = nullptr;  ///< protocol_, if it is one
    std::shared_ptr<ServerState> server_;
    ByteBuffer buffer_;  ///< not yet sent
    std::optional<Future<>> empty_waiter_;
    bool eof_written_ = false;
    bool lost_while_lent_ = false;
};

}  // namespace asyncio::detail
