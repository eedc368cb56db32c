// SPDX-License-Identifier: MIT
// CPython's selector_events.py, _SelectorSocketTransport.
#include "runtime/src/net/socket_transport.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>

#include "asyncio/errors.hpp"
#include "runtime/src/net/server_state.hpp"
#include "runtime/src/probe_hooks.hpp"

namespace asyncio::detail {

SocketTransport::SocketTransport(EventLoop& loop, Socket socket, std::shared_ptr<Protocol> protocol,
                                 std::shared_ptr<ServerState> server)
    : loop_(loop),
      socket_(std::move(socket)),
      protocol_(std::move(protocol)),
      server_(std::move(server)),
      peer_(peer_of(socket_.fd())),
      local_(local_of(socket_.fd())) {
    // Small writes go out at once; a Unix socket has no such delay, and says so.
    const int on = 1;
    setsockopt(socket_.fd(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (server_) server_->attach(*this);
    loop_.impl().resources.push_back(this);
}

SocketTransport::~SocketTransport() {
    // The loop may be gone; then it has let go of this already.
    if (LoopResource::in_list) loop_.impl().resources.remove(this);
    leave_server();
}

std::shared_ptr<SocketTransport> SocketTransport::open(EventLoop& loop, Socket socket,
                                                       std::shared_ptr<Protocol> protocol,
                                                       std::optional<Future<>> waiter,
                                                       std::shared_ptr<ServerState> server) {
    auto self = std::make_shared<SocketTransport>(loop, std::move(socket), std::move(protocol), std::move(server));
    loop.call_soon([self] {
        hooks::connection_made(self->loop_, self->fileno(), self->peer_ ? self->peer_->to_string() : std::string());
        if (self->protocol_) self->protocol_->connection_made(self);
    });
    loop.call_soon([self] { self->start_reading(); });
    if (waiter)
        loop.call_soon([waiter = std::move(*waiter)] {
            if (!waiter.done()) waiter.set_result();
        });
    return self;
}

void SocketTransport::start_reading() {
    if (!is_reading()) return;
    loop_.add_reader(socket_.fd(), [self = self()] { self->read_ready(); });
}

void SocketTransport::pause_reading() {
    if (!is_reading()) return;
    reading_paused_ = true;
    loop_.remove_reader(socket_.fd());
}

void SocketTransport::resume_reading() {
    if (closing_ || !reading_paused_) return;
    reading_paused_ = false;
    start_reading();
}

template <class Call>
bool SocketTransport::call_protocol(const char* failure, Call&& call) {
    try {
        call();
        return true;
    } catch (const KeyboardInterrupt&) {
        throw;
    } catch (const SystemExit&) {
        throw;
    } catch (...) {
        fatal_error(std::current_exception(), failure);
        return false;
    }
}

void SocketTransport::read_ready() {
    if (lost_) return;
    auto& impl = loop_.impl();
    if (!impl.receive_buffer) impl.receive_buffer = std::make_unique_for_overwrite<char[]>(impl.receive_buffer_size);
    const ssize_t count = recv(socket_.fd(), impl.receive_buffer.get(), impl.receive_buffer_size, 0);
    if (count < 0) {
        if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) return;
        fatal_error(make_os_error(errno), "Fatal read error on socket transport");
        return;
    }
    hooks::io_read(loop_, socket_.fd(), static_cast<std::size_t>(count));
    if (count == 0) {
        end_of_stream();
        return;
    }
    const std::string_view data(impl.receive_buffer.get(), static_cast<std::size_t>(count));
    call_protocol("Fatal error: protocol.data_received() call failed.", [&] { protocol_->data_received(data); });
}

void SocketTransport::end_of_stream() {
    bool keep_open = false;
    if (!call_protocol("Fatal error: protocol.eof_received() call failed.",
                       [&] { keep_open = protocol_->eof_received(); }))
        return;
    if (keep_open)
        loop_.remove_reader(socket_.fd());  // nothing more to read, but it may still write
    else
        close();
}

void SocketTransport::write(std::string_view data) {
    if (eof_written_) throw RuntimeError("Cannot call write() after write_eof()");
    if (data.empty() || lost_) return;
    if (get_write_buffer_size() == 0) {
        ssize_t count = send(socket_.fd(), data.data(), data.size(), MSG_NOSIGNAL);
        if (count < 0) {
            if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) {
                fatal_error(make_os_error(errno), "Fatal write error on socket transport");
                return;
            }
            count = 0;
        } else {
            hooks::io_write(loop_, socket_.fd(), static_cast<std::size_t>(count));
        }
        data.remove_prefix(static_cast<std::size_t>(count));
        if (data.empty()) return;
        buffer_.clear();
        sent_ = 0;
        writing_watched_ = true;
        loop_.add_writer(socket_.fd(), [self = self()] { self->write_ready(); });
    }
    buffer_.append(data);
    pause_protocol_if_full();
}

void SocketTransport::write_ready() {
    if (lost_) return;
    const std::string_view rest = std::string_view(buffer_).substr(sent_);
    const ssize_t count = send(socket_.fd(), rest.data(), rest.size(), MSG_NOSIGNAL);
    if (count < 0) {
        if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) return;
        loop_.remove_writer(socket_.fd());
        writing_watched_ = false;
        buffer_.clear();
        sent_ = 0;
        fatal_error(make_os_error(errno), "Fatal write error on socket transport");
        return;
    }
    hooks::io_write(loop_, socket_.fd(), static_cast<std::size_t>(count));
    sent_ += static_cast<std::size_t>(count);
    // What was sent is cut off in large steps, so that a long buffer is not moved again and again.
    if (sent_ == buffer_.size() || sent_ > 256 * 1024) {
        buffer_.erase(0, sent_);
        sent_ = 0;
    }
    resume_protocol_if_drained();
    if (get_write_buffer_size() > 0) return;
    loop_.remove_writer(socket_.fd());
    writing_watched_ = false;
    if (closing_)
        connection_lost(nullptr);
    else if (eof_written_)
        shutdown(socket_.fd(), SHUT_WR);
}

void SocketTransport::write_eof() {
    if (closing_ || eof_written_) return;
    eof_written_ = true;
    if (get_write_buffer_size() == 0) shutdown(socket_.fd(), SHUT_WR);
}

void SocketTransport::set_write_buffer_limits(std::optional<std::size_t> high, std::optional<std::size_t> low) {
    if (!high) high = low ? 4 * *low : 64 * 1024;
    if (!low) low = *high / 4;
    if (*high < *low)
        throw ValueError("high (" + std::to_string(*high) + ") must be >= low (" + std::to_string(*low) +
                         ") must be >= 0");
    high_water_ = *high;
    low_water_ = *low;
    pause_protocol_if_full();
}

void SocketTransport::pause_protocol_if_full() {
    if (protocol_paused_ || get_write_buffer_size() <= high_water_) return;
    protocol_paused_ = true;
    call_protocol("protocol.pause_writing() failed", [&] { protocol_->pause_writing(); });
}

void SocketTransport::resume_protocol_if_drained() {
    if (!protocol_paused_ || get_write_buffer_size() > low_water_) return;
    protocol_paused_ = false;
    call_protocol("protocol.resume_writing() failed", [&] { protocol_->resume_writing(); });
}

void SocketTransport::close() {
    if (closing_) return;
    closing_ = true;
    loop_.remove_reader(socket_.fd());
    if (get_write_buffer_size() == 0) lose_connection_soon(nullptr);
}

void SocketTransport::force_close(std::exception_ptr exception) {
    if (lost_) return;
    if (writing_watched_) loop_.remove_writer(socket_.fd());
    writing_watched_ = false;
    buffer_.clear();
    sent_ = 0;
    if (!closing_) {
        closing_ = true;
        loop_.remove_reader(socket_.fd());
    }
    lose_connection_soon(std::move(exception));
}

void SocketTransport::lose_connection_soon(std::exception_ptr exception) {
    lost_ = true;
    if (loop_.is_closed()) return;
    loop_.call_soon([self = self(), exception] { self->connection_lost(exception); });
}

void SocketTransport::fatal_error(std::exception_ptr exception, const char* message) {
    bool expected = false;
    try {
        std::rethrow_exception(exception);
    } catch (const ConnectionError&) {
        expected = true;  // the peer went away: the protocol is told, nobody else
    } catch (...) {
    }
    if (!expected)
        hooks::report(loop_,
                      {.message = message, .exception = exception, .future = std::nullopt, .handle = std::nullopt},
                      hooks::Report::other);
    force_close(std::move(exception));
}

void SocketTransport::connection_lost(std::exception_ptr exception) {
    lost_ = true;
    const auto kept = self();
    const auto protocol = std::exchange(protocol_, nullptr);
    hooks::connection_lost(loop_, socket_.fd());
    struct End {
        SocketTransport& transport;
        ~End() {
            transport.socket_.close();
            transport.leave_server();
        }
    } end{*this};
    if (protocol) protocol->connection_lost(std::move(exception));
}

void SocketTransport::leave_server() {
    if (const auto server = std::exchange(server_, nullptr)) server->detach(*this);
}

void SocketTransport::loop_closes() noexcept {
    closing_ = lost_ = true;
    socket_.close();
    leave_server();
    // Protocol and transport hold each other.
    const auto protocol = std::exchange(protocol_, nullptr);
}

}  // namespace asyncio::detail
