// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include "asyncio/detail/byte_buffer.hpp"
#include "runtime/src/loop/loop_impl.hpp"
#include "runtime/src/net/flow_control.hpp"
#include "runtime/src/net/socket.hpp"
#include "runtime/src/process/refusing_transport.hpp"

namespace asyncio::detail {

/// What both ends of a pipe have in common. A pipe goes one way: the other one's functions throw RuntimeError.
class PipeTransport : public RefusingTransport, public LoopResource {
  public:
    ~PipeTransport();

    bool is_closing() const override { return closing_; }
    void set_protocol(std::shared_ptr<Protocol> protocol) override { protocol_ = std::move(protocol); }
    std::shared_ptr<Protocol> get_protocol() const override { return protocol_; }
    int fileno() const override { return pipe_.fd(); }
    std::any get_extra_info(std::string_view key) const override;
    void loop_closes() noexcept override;

    /// Queues connection_made, the begin of watching, and `waiter`, as CPython does.
    void open(const Future<>& waiter);

  protected:
    /// Takes the descriptor over. ValueError, and the descriptor is still the caller's, when it is none that can be
    /// watched; `wanted` is CPython's text.
    PipeTransport(EventLoop& loop, int fd, std::shared_ptr<Protocol> protocol, const char* wanted);
    /// The begin of watching, once connection_made() was called.
    virtual void start() = 0;
    void lose_connection_soon(std::exception_ptr exception);
    void connection_lost(std::exception_ptr exception);
    template <class Self>
    static std::shared_ptr<Self> self(Self& one) {
        return {one.shared_from_this(), &one};
    }

    EventLoop& loop_;
    Socket pipe_;
    std::shared_ptr<Protocol> protocol_;
    bool closing_ = false;
    const int number_;  ///< the descriptor, also when it is closed
};

/// CPython's _UnixReadPipeTransport.
class ReadPipeTransport final : public PipeTransport {
  public:
    ReadPipeTransport(EventLoop& loop, int fd, std::shared_ptr<Protocol> protocol);

    bool is_reading() const override { return !paused_ && !closing_; }
    void pause_reading() override;
    void resume_reading() override;
    void close() override;

  private:
    const char* what_it_is() const override { return "a pipe for reading"; }
    void start() override;
    void watch();
    void read_ready();
    void force_close(std::exception_ptr exception);

    bool paused_ = false;
};

/// CPython's _UnixWritePipeTransport. Writing to a pipe whose reader has gone is an error here and no SIGPIPE.
class WritePipeTransport final : public PipeTransport {
  public:
    WritePipeTransport(EventLoop& loop, int fd, std::shared_ptr<Protocol> protocol);

    void write(std::string_view data) override;
    bool can_write_eof() const override { return true; }
    void write_eof() override;
    void close() override { write_eof(); }
    void abort() override { force_close(nullptr); }
    std::size_t get_write_buffer_size() const override { return buffer_.size(); }
    std::pair<std::size_t, std::size_t> get_write_buffer_limits() const override { return flow_.limits(); }
    void set_write_buffer_limits(std::optional<std::size_t> high, std::optional<std::size_t> low) override;

  private:
    const char* what_it_is() const override { return "a pipe for writing"; }
    void start() override;
    void write_ready();
    void peer_closed();
    void force_close(std::exception_ptr exception);

    bool sees_its_reader_ = false;  ///< a pipe or a socket, which becomes readable when the other end is closed
    bool lost_ = false;
    ByteBuffer buffer_;  ///< not yet written
    FlowControl flow_;
};

}  // namespace asyncio::detail
