// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "asyncio/event_loop.hpp"
#include "asyncio/ssl.hpp"
#include "asyncio/transports.hpp"
#include "runtime/src/loop/loop_impl.hpp"
#include "runtime/src/net/carrier.hpp"
#include "runtime/src/net/tls/session.hpp"
#include "runtime/src/net/tls/tls_settings.hpp"

namespace asyncio::detail {

/// TLS over another transport: CPython's SSLProtocol and its _SSLProtocolTransport in one. Towards the carrier below it
/// is the protocol, towards the application's protocol above it is the transport; it can itself carry TLS.
///
///                        connection_made        handshake done      close(), eof, close_notify   flushed
///     State:  unwrapped ----------------> handshake ---------> wrapped -------------> flushing -------> shutdown
///                 ^-------------------------- connection_lost, abort, error: from each ----------------------'
class TlsTransport final : public Transport, public Protocol, public Carrier, public LoopResource {
  public:
    /// `waiter` learns how the handshake ends. `connection_made`: whether the application's protocol is to be told of
    /// it; one that was connected before (start_tls) is not. ValueError for timeouts that are not positive.
    static std::shared_ptr<TlsTransport> make(EventLoop& loop, std::shared_ptr<Protocol> application,
                                              const TlsSettings& settings, Future<> waiter,
                                              bool call_connection_made = true);
    TlsTransport(EventLoop& loop, std::shared_ptr<Protocol> application, const TlsSettings& settings, Future<> waiter,
                 bool call_connection_made);
    ~TlsTransport() override;

    std::shared_ptr<TlsTransport> self() { return {BaseTransport::shared_from_this(), this}; }
    /// Bytes of the peer that came before TLS was spoken of, as if they came now.
    void feed(std::string_view data) { session_.feed(data); }

    // Towards the application.
    void close() override;
    void abort() override { force_close(nullptr); }
    bool is_closing() const override { return closed_; }
    bool is_reading() const override { return !app_reading_paused_; }
    void pause_reading() override { app_reading_paused_ = true; }
    void resume_reading() override;
    void write(std::string_view data) override;
    bool can_write_eof() const override { return false; }
    /// NotImplementedError: TLS has no half that can be closed by itself.
    void write_eof() override;
    std::size_t get_write_buffer_size() const override;
    std::pair<std::size_t, std::size_t> get_write_buffer_limits() const override { return {write_low_, write_high_}; }
    void set_write_buffer_limits(std::optional<std::size_t> high, std::optional<std::size_t> low) override;
    void set_protocol(std::shared_ptr<Protocol> protocol) override;
    std::shared_ptr<Protocol> get_protocol() const override { return app_; }
    std::optional<SocketAddress> peername() const override;
    std::optional<SocketAddress> sockname() const override;
    int fileno() const override { return carrier_ ? carrier_->fileno() : -1; }
    std::any get_extra_info(std::string_view key) const override;

    // Towards the carrier.
    void connection_made(std::shared_ptr<Transport> carrier) override;
    void connection_lost(std::exception_ptr exception) override;
    void data_received(std::string_view data) override;
    bool eof_received() override;
    void pause_writing() override { carrier_writing_paused_ = true; }
    void resume_writing() override;

    void force_close(std::exception_ptr exception) override;
    void loop_closes() noexcept override;

  private:
    enum class State : unsigned char { unwrapped, handshake, wrapped, flushing, shutdown };
    enum class AppState : unsigned char { begin, connected, eof, lost };

    void start_handshake();
    void check_handshake_timeout();
    void do_handshake();
    void handshake_complete(std::exception_ptr exception);
    void start_shutdown();
    void check_shutdown_timeout();
    void do_flush();
    void do_shutdown();
    void shutdown_complete(std::exception_ptr exception);
    void wake_waiter(std::exception_ptr exception);
    void cancel_timeouts();

    void do_write();
    void send_outgoing();
    void do_read();
    bool read_copied();
    bool read_buffered();
    void call_eof_received();
    void control_app_writing();
    void control_carrier_reading();
    void force_close_carrier(std::exception_ptr exception);
    void fatal_error(std::exception_ptr exception, const char* message = "Fatal error on transport");

    EventLoop& loop_;
    TlsSettings settings_;
    TlsSession session_;
    std::shared_ptr<Protocol> app_;
    BufferedProtocol* app_buffered_ = nullptr;  ///< app_, when it has a buffer of its own
    std::shared_ptr<Transport> carrier_;
    std::optional<Future<>> waiter_;
    TimerHandle handshake_timeout_;
    TimerHandle shutdown_timeout_;
    std::optional<SSLObject> agreed_;
    std::string backlog_;  ///< not yet encrypted: from encrypted_ on
    std::size_t encrypted_ = 0;
    std::size_t write_high_ = 512 * 1024;
    std::size_t write_low_ = 128 * 1024;
    State state_ = State::unwrapped;
    AppState app_state_;
    bool closed_ = false;
    bool eof_received_ = false;
    bool app_reading_paused_ = false;
    bool app_writing_paused_ = false;
    bool carrier_reading_paused_ = false;
    bool carrier_writing_paused_ = false;
};

}  // namespace asyncio::detail
