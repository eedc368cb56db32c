// SPDX-License-Identifier: MIT
// CPython's selector_events.py, _SelectorTransport.
#include "runtime/src/net/socket_end.hpp"

#include "asyncio/errors.hpp"
#include "runtime/src/net/descriptor_watch.hpp"
#include "runtime/src/probe_hooks.hpp"

namespace asyncio {
namespace detail {
namespace {
/// CPython's LOG_THRESHOLD_FOR_CONNLOST_WRITES.
constexpr unsigned lost_writes_max = 5;
}  // namespace

SocketEnd::SocketEnd(EventLoop& loop, Socket socket)
    : loop_(loop), socket_(std::move(socket)), peer_(peer_of(socket_.fd())), local_(local_of(socket_.fd())) {
    claim_descriptor();
    loop_.impl().resources.push_back(this);
}

SocketEnd::~SocketEnd() {
    leave_loop();
}

void SocketEnd::leave_loop() noexcept {
    // The loop may be gone; then it has let go of this already.
    if (!in_list) return;
    loop_.impl().resources.remove(this);
    release_descriptor();
}

void SocketEnd::claim_descriptor() {
    auto& transports = loop_.impl().transports;
    const auto index = static_cast<std::size_t>(socket_.fd());
    if (index >= transports.size()) transports.resize(index + 1);
    transports[index] = this;
}

void SocketEnd::release_descriptor() noexcept {
    loop_.impl().transports[static_cast<std::size_t>(socket_.fd())] = nullptr;
}

void SocketEnd::begin(std::optional<Future<>> waiter) {
    loop_.call_soon([self = self()] {
        hooks::connection_made(self->loop_, self->socket_.fd(), self->peer_ ? self->peer_->to_string() : std::string());
        self->tell_connection_made();
    });
    loop_.call_soon([self = self()] {
        if (self->reading()) self->start_reading();
    });
    if (waiter)
        loop_.call_soon([waiter = std::move(*waiter)] {
            if (!waiter.done()) waiter.set_result();
        });
}

void SocketEnd::start_reading() {
    watch_descriptor(loop_, socket_.fd(), false, [self = self()] { self->read_ready(); });
}

void SocketEnd::stop_reading() {
    loop_.unwatch(socket_.fd(), false);
}

void SocketEnd::pause_reads() {
    if (!reading()) return;
    reading_paused_ = true;
    stop_reading();
}

void SocketEnd::resume_reads() {
    if (closing_ || !reading_paused_) return;
    reading_paused_ = false;
    start_reading();
}

void SocketEnd::start_writing() {
    writing_watched_ = true;
    watch_descriptor(loop_, socket_.fd(), true, [self = self()] { self->write_ready(); });
}

void SocketEnd::stop_writing() {
    if (!std::exchange(writing_watched_, false)) return;
    loop_.unwatch(socket_.fd(), true);
}

void SocketEnd::close_when_sent() {
    if (closing_) return;
    closing_ = true;
    stop_reading();
    if (buffered() > 0) return;
    stop_writing();
    lose_connection_soon(nullptr);
}

void SocketEnd::force_close(std::exception_ptr exception) {
    if (conn_lost_ > 0) return;
    stop_writing();
    clear_buffer();
    if (!closing_) {
        closing_ = true;
        stop_reading();
    }
    lose_connection_soon(std::move(exception));
}

void SocketEnd::lose_connection_soon(std::exception_ptr exception) {
    ++conn_lost_;
    if (loop_.is_closed()) return;
    loop_.call_soon([self = self(), exception] { self->connection_lost(exception); });
}

void SocketEnd::fatal_error(std::exception_ptr exception, const char* message) {
    bool expected = false;
    try {
        std::rethrow_exception(exception);
    } catch (const OSError&) {
        expected = true;
    } catch (...) {
    }
    if (!expected)
        hooks::report(loop_,
                      {.message = message, .exception = exception, .future = std::nullopt, .handle = std::nullopt},
                      hooks::Report::other);
    force_close(std::move(exception));
}

void SocketEnd::count_lost_write() {
    if (conn_lost_ >= lost_writes_max) hooks::log_warning(loop_, "socket.send() raised exception.");
    ++conn_lost_;
}

void SocketEnd::connection_lost(std::exception_ptr exception) {
    ++conn_lost_;
    const auto kept = self();
    const auto protocol = forget_protocol();
    hooks::connection_lost(loop_, socket_.fd());
    struct End {
        SocketEnd& end;
        ~End() {
            end.leave_loop();
            end.close_descriptor();
        }
    } end{*this};
    if (protocol) protocol->connection_lost(std::move(exception));
}

void SocketEnd::loop_closes() noexcept {
    closing_ = true;
    ++conn_lost_;
    clear_buffer();
    release_descriptor();
    socket_.close();
    // Protocol and transport hold each other.
    const auto protocol = forget_protocol();
}

}  // namespace detail

void EventLoop::require_no_transport(int fd) const {
    const auto& transports = impl_->transports;
    const auto index = static_cast<std::size_t>(fd);
    if (fd < 0 || index >= transports.size() || !transports[index] || transports[index]->closing()) return;
    const std::string number = std::to_string(fd);
    throw RuntimeError("File descriptor " + number + " is used by transport <SocketTransport fd=" + number + ">");
}

}  // namespace asyncio
