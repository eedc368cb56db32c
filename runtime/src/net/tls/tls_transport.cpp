// SPDX-License-Identifier: MIT
// CPython's sslproto.py: the transport that the application sees, and the flow of bytes.
#include "runtime/src/net/tls/tls_transport.hpp"

#include <tuple>

#include "asyncio/errors.hpp"
#include "runtime/src/net/flow_control.hpp"
#include "runtime/src/net/tls/seconds_text.hpp"
#include "runtime/src/probe_hooks.hpp"

namespace asyncio::detail {

namespace {

void require_positive(const char* name, LoopClock::duration timeout) {
    if (timeout > LoopClock::duration::zero()) return;
    throw ValueError(std::string(name) + " should be a positive number, got " + seconds_text(timeout));
}

}  // namespace

std::shared_ptr<TlsTransport> TlsTransport::make(EventLoop& loop, std::shared_ptr<Protocol> application,
                                                 const TlsSettings& settings, Future<> waiter,
                                                 bool call_connection_made) {
    require_positive("ssl_handshake_timeout", settings.handshake_timeout);
    require_positive("ssl_shutdown_timeout", settings.shutdown_timeout);
    return std::make_shared<TlsTransport>(loop, std::move(application), settings, std::move(waiter),
                                          call_connection_made);
}

TlsTransport::TlsTransport(EventLoop& loop, std::shared_ptr<Protocol> application, const TlsSettings& settings,
                           Future<> waiter, bool call_connection_made)
    : loop_(loop),
      settings_(settings),
      session_(settings.context, settings.server_side, settings.server_hostname),
      waiter_(std::move(waiter)),
      app_state_(call_connection_made ? AppState::begin : AppState::connected) {
    set_protocol(std::move(application));
    loop_.impl().resources.push_back(this);
}

TlsTransport::~TlsTransport() {
    // The loop may be gone; then it has let go of this already.
    if (in_list) loop_.impl().resources.remove(this);
}

void TlsTransport::set_protocol(std::shared_ptr<Protocol> protocol) {
    app_ = std::move(protocol);
    app_buffered_ = dynamic_cast<BufferedProtocol*>(app_.get());
}

std::optional<SocketAddress> TlsTransport::peername() const {
    return carrier_ ? carrier_->peername() : std::nullopt;
}
std::optional<SocketAddress> TlsTransport::sockname() const {
    return carrier_ ? carrier_->sockname() : std::nullopt;
}

std::any TlsTransport::get_extra_info(std::string_view key) const {
    const auto wrap = [](const auto& value) { return value ? std::any(*value) : std::any(); };
    if (key == "sslcontext") return settings_.context;
    if (agreed_) {
        if (key == "ssl_object") return *agreed_;
        if (key == "peercert") return wrap(agreed_->peercert);
        if (key == "cipher") return wrap(agreed_->cipher);
        if (key == "alpn") return wrap(agreed_->selected_alpn_protocol);
        if (key == "version") return agreed_->version;
        if (key == "compression") return {};  // there is none any more: it told secrets by its length
    }
    return carrier_ ? carrier_->get_extra_info(key) : std::any();
}

// ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────

void TlsTransport::write(std::string_view data) {
    if (data.empty() || state_ == State::flushing || state_ == State::shutdown || state_ == State::unwrapped) return;
    try {
        // What need not wait is encrypted where it stands.
        if (state_ == State::wrapped && backlog_.empty())
            if (const auto taken = session_.write(data)) data.remove_prefix(*taken);
        backlog_.append(data);
        if (state_ == State::wrapped) do_write();
    } catch (const BaseException&) {
        throw;
    } catch (...) {
        fatal_error(std::current_exception(), "Fatal error on SSL protocol");
    }
}

void TlsTransport::write_eof() {
    throw NotImplementedError();
}

void TlsTransport::do_write() {
    while (encrypted_ < backlog_.size()) {
        const auto taken = session_.write(std::string_view(backlog_).substr(encrypted_));
        if (!taken) break;
        encrypted_ += *taken;
    }
    if (encrypted_ == backlog_.size()) {
        backlog_.clear();
        encrypted_ = 0;
    }
    send_outgoing();
}

void TlsTransport::send_outgoing() {
    if (!carrier_writing_paused_ && carrier_) {
        const std::string_view data = session_.outgoing();
        if (!data.empty()) {
            carrier_->write(data);
            session_.discard_outgoing();
        }
    }
    control_app_writing();
}

std::size_t TlsTransport::get_write_buffer_size() const {
    return session_.outgoing_size() + backlog_.size() - encrypted_;
}

void TlsTransport::set_write_buffer_limits(std::optional<std::size_t> high, std::optional<std::size_t> low) {
    std::tie(write_low_, write_high_) = buffer_limits(high, low, 512 * 1024);
    control_app_writing();
}

void TlsTransport::control_app_writing() {
    const std::size_t size = get_write_buffer_size();
    const bool pause = size >= write_high_ && !app_writing_paused_;
    const bool resume = !pause && size <= write_low_ && app_writing_paused_;
    if (!app_ || (!pause && !resume)) return;
    app_writing_paused_ = pause;
    const auto app = app_;  // it may be replaced meanwhile
    tell_writing(loop_, *app, pause);
}

void TlsTransport::resume_writing() {
    carrier_writing_paused_ = false;
    send_outgoing();
}

// ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────

void TlsTransport::data_received(std::string_view data) {
    session_.feed(data);
    switch (state_) {
        case State::handshake:
            return do_handshake();
        case State::wrapped:
            return do_read();
        case State::flushing:
            return do_flush();
        case State::shutdown:
            return do_shutdown();
        case State::unwrapped:
            return;
    }
}

void TlsTransport::resume_reading() {
    if (!app_reading_paused_) return;
    app_reading_paused_ = false;
    loop_.call_soon([self = self()] {
        if (self->state_ == State::wrapped)
            self->do_read();
        else if (self->state_ == State::flushing)
            self->do_flush();
        else if (self->state_ == State::shutdown)
            self->do_shutdown();
    });
}

void TlsTransport::do_read() {
    if (state_ != State::wrapped && state_ != State::flushing) return;
    const auto kept = self();
    try {
        if (!app_reading_paused_) {
            const bool ended = app_buffered_ ? read_buffered() : read_copied();
            if (ended) {
                call_eof_received();
                start_shutdown();
            }
            if (backlog_.empty())
                send_outgoing();
            else
                do_write();
        }
        control_carrier_reading();
    } catch (const BaseException&) {
        throw;
    } catch (...) {
        fatal_error(std::current_exception(), "Fatal error on SSL protocol");
    }
}

bool TlsTransport::read_copied() {
    auto& impl = loop_.impl();
    if (!impl.receive_buffer) impl.receive_buffer = std::make_unique_for_overwrite<char[]>(impl.receive_buffer_size);
    char* const buffer = impl.receive_buffer.get();
    // All that has come is handed over at once. More than the buffer holds is there only after a pause.
    std::string before;
    std::size_t filled = 0;
    std::optional<std::size_t> count;
    for (;;) {
        count = session_.read(std::as_writable_bytes(std::span(buffer + filled, impl.receive_buffer_size - filled)));
        if (!count || *count == 0) break;
        filled += *count;
        if (filled < impl.receive_buffer_size) continue;
        before.append(buffer, filled);
        filled = 0;
    }
    const auto app = app_;  // it may put another one into its place
    if (before.empty()) {
        if (filled > 0) app->data_received({buffer, filled});
    } else {
        before.append(buffer, filled);
        app->data_received(before);
    }
    return count.has_value();
}

bool TlsTransport::read_buffered() {
    const auto kept = app_;  // it may put another one into its place
    auto* const app = app_buffered_;
    const std::span<std::byte> buffer = app->get_buffer(static_cast<std::ptrdiff_t>(session_.incoming_size()));
    if (buffer.empty()) throw RuntimeError("get_buffer() returned an empty buffer");
    std::size_t filled = 0;
    std::optional<std::size_t> count;
    while (filled < buffer.size()) {
        count = session_.read(buffer.subspan(filled));
        if (!count || *count == 0) break;
        filled += *count;
    }
    // A full buffer: there may be more, for the next one.
    if (filled == buffer.size()) loop_.call_soon([self = self()] { self->do_read(); });
    if (filled > 0) app->buffer_updated(filled);
    return count && *count == 0;
}

void TlsTransport::control_carrier_reading() {
    constexpr std::size_t high = 256 * 1024;
    constexpr std::size_t low = high / 4;
    if (!carrier_) return;
    const std::size_t size = session_.incoming_size();
    if (size >= high && !carrier_reading_paused_) {
        carrier_reading_paused_ = true;
        carrier_->pause_reading();
    } else if (size <= low && carrier_reading_paused_) {
        carrier_reading_paused_ = false;
        carrier_->resume_reading();
    }
}

void TlsTransport::call_eof_received() {
    if (app_state_ != AppState::connected) return;
    app_state_ = AppState::eof;
    try {
        app_->eof_received();  // its answer means nothing here: TLS ends both ways at once
    } catch (const KeyboardInterrupt&) {
        throw;
    } catch (const SystemExit&) {
        throw;
    } catch (...) {
        fatal_error(std::current_exception(), "Error calling eof_received()");
    }
}

}  // namespace asyncio::detail
