// SPDX-License-Identifier: MIT
// CPython's sslproto.py: how TLS begins and ends.
#include "asyncio/errors.hpp"
#include "runtime/src/net/tls/seconds_text.hpp"
#include "runtime/src/net/tls/tls_transport.hpp"
#include "runtime/src/probe_hooks.hpp"

namespace asyncio::detail {

// ── beginning ───────────────────────────────────────────────────────────────────────────────────────────────────

void TlsTransport::connection_made(std::shared_ptr<Transport> carrier) {
    carrier_ = std::move(carrier);
    // Who asked for the connection may have given up before it was there.
    if (closed_)
        carrier_->abort();
    else
        start_handshake();
}

void TlsTransport::start_handshake() {
    state_ = State::handshake;
    handshake_timeout_ =
        loop_.call_later(settings_.handshake_timeout, [self = self()] { self->check_handshake_timeout(); });
    do_handshake();
}

void TlsTransport::check_handshake_timeout() {
    if (state_ != State::handshake) return;
    fatal_error(std::make_exception_ptr(ConnectionAbortedError("SSL handshake is taking longer than " +
                                                               seconds_text(settings_.handshake_timeout) +
                                                               " seconds: aborting the connection")));
}

void TlsTransport::do_handshake() {
    const auto kept = self();
    std::exception_ptr exception;
    bool done = true;
    try {
        done = session_.do_handshake();
    } catch (...) {
        exception = std::current_exception();
    }
    if (done)
        handshake_complete(exception);
    else
        send_outgoing();
}

void TlsTransport::handshake_complete(std::exception_ptr exception) {
    handshake_timeout_.cancel();
    if (exception) {
        state_ = State::unwrapped;
        fatal_error(exception, "SSL handshake failed");
        wake_waiter(exception);
        return;
    }
    state_ = State::wrapped;
    agreed_ = session_.describe();
    if (app_state_ == AppState::begin) {
        app_state_ = AppState::connected;
        app_->connection_made(self());
    }
    wake_waiter(nullptr);
    do_read();
}

void TlsTransport::wake_waiter(std::exception_ptr exception) {
    if (!waiter_) return;
    const Future<> waiter = *std::exchange(waiter_, std::nullopt);
    if (waiter.done()) return;
    if (exception)
        waiter.set_exception(exception);
    else
        waiter.set_result();
}

// ── ending ──────────────────────────────────────────────────────────────────────────────────────────────────────

void TlsTransport::close() {
    if (closed_) return;
    closed_ = true;
    start_shutdown();
}

void TlsTransport::force_close(std::exception_ptr exception) {
    closed_ = true;
    state_ = State::unwrapped;
    force_close_carrier(std::move(exception));
}

bool TlsTransport::eof_received() {
    const auto kept = self();
    eof_received_ = true;
    switch (state_) {
        case State::handshake:
            handshake_complete(std::make_exception_ptr(ConnectionResetError()));
            break;
        case State::wrapped:
            state_ = State::flushing;
            // What has come is for the application, when it wants to read again.
            if (app_reading_paused_) return true;
            do_flush();
            break;
        case State::flushing:
            do_write();
            state_ = State::shutdown;
            do_shutdown();
            break;
        case State::shutdown:
            do_shutdown();
            break;
        case State::unwrapped:
            break;
    }
    return false;
}

void TlsTransport::start_shutdown() {
    if (state_ != State::handshake && state_ != State::wrapped) return;
    closed_ = true;
    if (state_ == State::handshake) {
        force_close(nullptr);
        return;
    }
    state_ = State::flushing;
    shutdown_timeout_ =
        loop_.call_later(settings_.shutdown_timeout, [self = self()] { self->check_shutdown_timeout(); });
    do_flush();
}

void TlsTransport::check_shutdown_timeout() {
    if (state_ == State::flushing || state_ == State::shutdown)
        force_close_carrier(std::make_exception_ptr(TimeoutError("SSL shutdown timed out")));
}

void TlsTransport::do_flush() {
    do_read();
    if (state_ != State::flushing) return;  // the application has aborted it
    state_ = State::shutdown;
    do_shutdown();
}

void TlsTransport::do_shutdown() {
    const auto kept = self();
    std::exception_ptr exception;
    bool done = true;
    try {
        // One whose peer is gone has nobody to say good-bye to.
        if (!eof_received_) done = session_.unwrap();
    } catch (const SSLError&) {
        exception = std::current_exception();
    }
    if (exception) {
        shutdown_complete(exception);
        return;
    }
    send_outgoing();
    if (!done) return;
    call_eof_received();
    shutdown_complete(nullptr);
}

void TlsTransport::shutdown_complete(std::exception_ptr exception) {
    shutdown_timeout_.cancel();
    if (exception)
        fatal_error(exception);
    else if (carrier_)
        loop_.call_soon([carrier = carrier_] { carrier->close(); });
}

void TlsTransport::connection_lost(std::exception_ptr exception) {
    backlog_.clear();
    encrypted_ = 0;
    session_.discard_outgoing();
    closed_ = true;
    const auto app = std::exchange(app_, nullptr);
    app_buffered_ = nullptr;
    if (state_ != State::handshake && (app_state_ == AppState::connected || app_state_ == AppState::eof)) {
        app_state_ = AppState::lost;
        loop_.call_soon([app, exception] { app->connection_lost(exception); });
    }
    state_ = State::unwrapped;
    carrier_ = nullptr;
    wake_waiter(exception);
    cancel_timeouts();
}

void TlsTransport::cancel_timeouts() {
    shutdown_timeout_.cancel();
    handshake_timeout_.cancel();
}

void TlsTransport::force_close_carrier(std::exception_ptr exception) {
    if (auto* const carrier = dynamic_cast<Carrier*>(carrier_.get())) carrier->force_close(std::move(exception));
}

void TlsTransport::fatal_error(std::exception_ptr exception, const char* message) {
    force_close_carrier(exception);
    bool expected = false;
    try {
        std::rethrow_exception(exception);
    } catch (const OSError&) {
        expected = true;  // the network's and TLS's own: the protocol is told, nobody else
    } catch (const CancelledError&) {
        expected = true;
    } catch (...) {
    }
    if (expected) return;
    hooks::report(loop_, {.message = message, .exception = exception, .future = std::nullopt, .handle = std::nullopt},
                  hooks::Report::other);
}

void TlsTransport::loop_closes() noexcept {
    state_ = State::unwrapped;
    closed_ = true;
    waiter_.reset();
    // Transport and protocol hold each other, on both sides.
    const auto app = std::exchange(app_, nullptr);
    app_buffered_ = nullptr;
    const auto carrier = std::exchange(carrier_, nullptr);
}

}  // namespace asyncio::detail
