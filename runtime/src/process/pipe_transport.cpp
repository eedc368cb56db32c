// SPDX-License-Identifier: MIT
// CPython's unix_events.py: the pipe transports.
#include "runtime/src/process/pipe_transport.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <ctime>

#include "asyncio/errors.hpp"
#include "asyncio/pipes.hpp"
#include "runtime/src/net/make_connection.hpp"
#include "runtime/src/probe_hooks.hpp"

namespace asyncio::detail {
namespace {

bool would_block(int error) {
    return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

mode_t mode_of(int fd) {
    struct stat status {};
    if (fstat(fd, &status) != 0) throw_os_error(errno);
    return status.st_mode;
}

/// write() without the signal for a pipe that nobody reads: that ends programs, and a library must not decide for the
/// whole process to ignore it. It is sent to the thread that writes, so that thread keeps it off for the moment.
ssize_t write_quietly(int fd, std::string_view data) {
    sigset_t pipe_signal;
    sigset_t before;
    sigset_t pending;
    sigemptyset(&pipe_signal);
    sigaddset(&pipe_signal, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);
    if (sigismember(&before, SIGPIPE)) return write(fd, data.data(), data.size());
    sigpending(&pending);
    const ssize_t count = write(fd, data.data(), data.size());
    const int error = errno;
    if (count < 0 && error == EPIPE && !sigismember(&pending, SIGPIPE)) {
        const timespec at_once{};
        while (sigtimedwait(&pipe_signal, nullptr, &at_once) < 0 && errno == EINTR) {
        }
    }
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    errno = error;
    return count;
}

}  // namespace

PipeTransport::PipeTransport(EventLoop& loop, int fd, std::shared_ptr<Protocol> protocol, const char* wanted)
    : loop_(loop), protocol_(std::move(protocol)), number_(fd) {
    const mode_t mode = mode_of(fd);
    if (!S_ISFIFO(mode) && !S_ISSOCK(mode) && !S_ISCHR(mode)) throw ValueError(wanted);
    const int flags = fcntl(fd, F_GETFL);
    if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) != 0) throw_os_error(errno);
    pipe_ = Socket(fd);
    loop_.impl().resources.push_back(this);
}

PipeTransport::~PipeTransport() {
    // The loop may be gone; then it has let go of this already.
    if (in_list) loop_.impl().resources.remove(this);
}

void PipeTransport::open(const Future<>& waiter) {
    loop_.call_soon([self = self(*this)] {
        hooks::connection_made(self->loop_, self->number_, "pipe");
        if (self->protocol_) self->protocol_->connection_made(self);
    });
    loop_.call_soon([self = self(*this)] { self->start(); });
    loop_.call_soon([waiter] {
        if (!waiter.done()) waiter.set_result();
    });
}

std::any PipeTransport::get_extra_info(std::string_view key) const {
    return key == "pipe" ? std::any(number_) : std::any();
}

void PipeTransport::lose_connection_soon(std::exception_ptr exception) {
    if (loop_.is_closed()) return;
    loop_.call_soon([self = self(*this), exception] { self->connection_lost(exception); });
}

void PipeTransport::connection_lost(std::exception_ptr exception) {
    const auto kept = self(*this);
    if (!pipe_) return;  // closed and aborted: it was told once
    const auto protocol = std::exchange(protocol_, nullptr);
    hooks::connection_lost(loop_, number_);
    struct End {
        Socket& pipe;
        ~End() { pipe.close(); }
    } end{pipe_};
    if (protocol) protocol->connection_lost(std::move(exception));
}

void PipeTransport::loop_closes() noexcept {
    closing_ = true;
    pipe_.close();
    // Protocol and transport hold each other.
    const auto protocol = std::exchange(protocol_, nullptr);
}

// ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────

ReadPipeTransport::ReadPipeTransport(EventLoop& loop, int fd, std::shared_ptr<Protocol> protocol)
    : PipeTransport(loop, fd, std::move(protocol), "Pipe transport is for pipes/sockets only.") {}

void ReadPipeTransport::start() {
    if (is_reading()) watch();
}

void ReadPipeTransport::watch() {
    loop_.add_reader(pipe_.fd(), [self = self(*this)] { self->read_ready(); });
}

void ReadPipeTransport::pause_reading() {
    if (!is_reading()) return;
    paused_ = true;
    loop_.remove_reader(pipe_.fd());
}

void ReadPipeTransport::resume_reading() {
    if (closing_ || !paused_) return;
    paused_ = false;
    watch();
}

void ReadPipeTransport::read_ready() {
    if (closing_) return;
    auto& impl = loop_.impl();
    if (!impl.receive_buffer) impl.receive_buffer = std::make_unique_for_overwrite<char[]>(impl.receive_buffer_size);
    const ssize_t count = read(pipe_.fd(), impl.receive_buffer.get(), impl.receive_buffer_size);
    if (count < 0) {
        const int error = errno;
        if (would_block(error)) return;
        const auto exception = make_os_error(error);
        // A terminal whose other side has gone says EIO: that is its end.
        if (error != EIO)
            hooks::report(loop_,
                          {.message = "Fatal read error on pipe transport",
                           .exception = exception,
                           .future = std::nullopt,
                           .handle = std::nullopt},
                          hooks::Report::other);
        force_close(exception);
        return;
    }
    hooks::io_read(loop_, pipe_.fd(), static_cast<std::size_t>(count));
    if (count > 0) {
        protocol_->data_received({impl.receive_buffer.get(), static_cast<std::size_t>(count)});
        return;
    }
    closing_ = true;
    loop_.remove_reader(pipe_.fd());
    loop_.call_soon([self = self(*this)] {
        if (self->protocol_) self->protocol_->eof_received();
    });
    lose_connection_soon(nullptr);
}

void ReadPipeTransport::close() {
    if (!closing_) force_close(nullptr);
}

void ReadPipeTransport::force_close(std::exception_ptr exception) {
    closing_ = true;
    loop_.remove_reader(pipe_.fd());
    lose_connection_soon(std::move(exception));
}

// ── writing ──────────────────────────────────────────────────────────────────────────────────────────────────────────

WritePipeTransport::WritePipeTransport(EventLoop& loop, int fd, std::shared_ptr<Protocol> protocol)
    : PipeTransport(loop, fd, std::move(protocol), "Pipe transport is only for pipes, sockets and character devices") {
    sees_its_reader_ = !S_ISCHR(mode_of(fd));
}

void WritePipeTransport::start() {
    const bool is_done = closing_ && buffer_.empty();
    if (sees_its_reader_ && !is_done) loop_.add_reader(pipe_.fd(), [self = self(*this)] { self->peer_closed(); });
}

void WritePipeTransport::peer_closed() {
    force_close(!buffer_.empty() ? std::make_exception_ptr(BrokenPipeError()) : nullptr);
}

void WritePipeTransport::write(std::string_view data) {
    if (data.empty() || lost_ || closing_) return;
    if (buffer_.empty()) {
        ssize_t count = write_quietly(pipe_.fd(), data);
        if (count < 0) {
            if (!would_block(errno)) {
                lost_ = true;
                force_close(make_os_error(errno));  // told to the protocol, and to nobody else
                return;
            }
            count = 0;
        } else {
            hooks::io_write(loop_, pipe_.fd(), static_cast<std::size_t>(count));
        }
        data.remove_prefix(static_cast<std::size_t>(count));
        if (data.empty()) return;
        loop_.add_writer(pipe_.fd(), [self = self(*this)] { self->write_ready(); });
    }
    buffer_.append(data);
    flow_.pause_if_full(loop_, buffer_.size(), protocol_.get());
}

void WritePipeTransport::write_ready() {
    if (buffer_.empty()) return;  // aborted in this very turn
    const ssize_t count = write_quietly(pipe_.fd(), buffer_.view());
    if (count < 0) {
        const int error = errno;
        if (would_block(error)) return;
        lost_ = true;
        force_close(make_os_error(error));
        return;
    }
    hooks::io_write(loop_, pipe_.fd(), static_cast<std::size_t>(count));
    buffer_.drop(static_cast<std::size_t>(count));
    if (!buffer_.empty()) return;
    loop_.remove_writer(pipe_.fd());
    flow_.resume_if_drained(loop_, buffer_.size(), protocol_.get());  // which may write more
    if (!closing_) return;
    loop_.remove_reader(pipe_.fd());
    connection_lost(nullptr);
}

void WritePipeTransport::write_eof() {
    if (closing_) return;
    closing_ = true;
    if (!buffer_.empty()) return;
    loop_.remove_reader(pipe_.fd());
    lose_connection_soon(nullptr);
}

void WritePipeTransport::force_close(std::exception_ptr exception) {
    closing_ = true;
    if (!pipe_) return;
    if (!buffer_.empty()) loop_.remove_writer(pipe_.fd());
    buffer_.clear();
    loop_.remove_reader(pipe_.fd());
    lose_connection_soon(std::move(exception));
}

void WritePipeTransport::set_write_buffer_limits(std::optional<std::size_t> high, std::optional<std::size_t> low) {
    flow_.set_limits(high, low);
    flow_.pause_if_full(loop_, buffer_.size(), protocol_.get());
}

namespace {
template <class Pipe>
Coroutine<MadeConnection> connect_pipe(EventLoop& loop, ProtocolFactory factory, int fd) {
    auto protocol = factory();
    auto waiter = loop.create_future<>();
    const auto transport = std::make_shared<Pipe>(loop, fd, protocol);
    transport->open(waiter);
    co_await until_connected(transport, waiter);
    co_return MadeConnection(transport, protocol);
}
}  // namespace

Coroutine<MadeConnection> connect_read_pipe(EventLoop& loop, ProtocolFactory factory, int fd) {
    return connect_pipe<ReadPipeTransport>(loop, std::move(factory), fd);
}
Coroutine<MadeConnection> connect_write_pipe(EventLoop& loop, ProtocolFactory factory, int fd) {
    return connect_pipe<WritePipeTransport>(loop, std::move(factory), fd);
}

}  // namespace asyncio::detail
