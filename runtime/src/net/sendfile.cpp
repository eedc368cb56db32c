// SPDX-License-Identifier: MIT
// CPython's sendfile and sock_sendfile: the system's own call, or pieces read in the executor.
#include <fcntl.h>
#include <signal.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "asyncio/errors.hpp"
#include "asyncio/executor.hpp"
#include "asyncio/sockets.hpp"
#include "asyncio/transports.hpp"
#include "runtime/src/net/sock_calls.hpp"
#include "runtime/src/net/socket_call.hpp"
#include "runtime/src/net/socket_transport.hpp"
#include "runtime/src/probe_hooks.hpp"

namespace asyncio {
namespace {

/// Of a piece that is read and written when the system cannot send the file by itself.
constexpr long piece_size = 16 * 1024;

/// What is to be sent; the file, opened if it was named by its path.
class Range {
  public:
    Range(const FileSource& file, long offset, std::optional<long> count) : offset_(offset), count_(count) {
        if (count && *count <= 0)
            throw ValueError("count must be a positive integer (got " + std::to_string(*count) + ")");
        if (offset < 0) throw ValueError("offset must be a non-negative integer (got " + std::to_string(offset) + ")");
        fd_ = file.fd();
        if (fd_ >= 0) return;
        opened_ = detail::Socket(::open(file.path().c_str(), O_RDONLY | O_CLOEXEC));
        if (!opened_) throw_os_error(errno, std::strerror(errno) + (": '" + file.path() + "'"));
        fd_ = opened_.fd();
    }
    /// Whatever has happened, the file stands behind what was sent.
    ~Range() {
        if (sent_ > 0) lseek(fd_, offset_ + sent_, SEEK_SET);
    }
    Range(const Range&) = delete;
    Range& operator=(const Range&) = delete;

    int fd() const { return fd_; }
    long position() const { return offset_ + sent_; }
    long sent() const { return sent_; }
    void add_sent(long bytes) { sent_ += bytes; }
    /// How much is to come, at most; 0: it is complete.
    long left(long at_most) const { return count_ ? std::min(*count_ - sent_, at_most) : at_most; }
    /// The next piece, in the executor: a disk may be slow. Empty at the end of the file.
    Coroutine<std::string> read(EventLoop& loop) const {
        auto reading = loop.run_in_executor(nullptr, [fd = fd_, position = position(), size = left(piece_size)] {
            std::string piece(static_cast<std::size_t>(size), '\0');
            ssize_t count = pread(fd, piece.data(), piece.size(), position);
            if (count < 0 && errno == ESPIPE) count = ::read(fd, piece.data(), piece.size());
            if (count < 0) throw_os_error(errno);
            piece.resize(static_cast<std::size_t>(count));
            return piece;
        });
        co_return co_await reading;
    }

  private:
    detail::Socket opened_;
    int fd_ = -1;
    long offset_;
    std::optional<long> count_;
    long sent_ = 0;
};

/// sendfile(2) has no MSG_NOSIGNAL: while this lives, a SIGPIPE of this thread is held back, and a new one taken.
class HeldSigpipe {
  public:
    HeldSigpipe() {
        sigemptyset(&pipe_);
        sigaddset(&pipe_, SIGPIPE);
        sigset_t pending;
        sigpending(&pending);
        was_pending_ = sigismember(&pending, SIGPIPE) == 1;
        pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
    }
    ~HeldSigpipe() {
        const int error = errno;
        const timespec at_once{};
        if (!was_pending_ && error == EPIPE) sigtimedwait(&pipe_, nullptr, &at_once);
        pthread_sigmask(SIG_SETMASK, &before_, nullptr);
        errno = error;
    }
    HeldSigpipe(const HeldSigpipe&) = delete;
    HeldSigpipe& operator=(const HeldSigpipe&) = delete;

  private:
    sigset_t pipe_{};
    sigset_t before_{};
    bool was_pending_ = false;
};

ssize_t sendfile_quietly(int socket, int file, off_t position, std::size_t count) {
    const HeldSigpipe held;
    return ::sendfile(socket, file, &position, count);
}

/// By the system's call. SendfileNotAvailableError when it refuses before anything was sent.
Coroutine<> send_by_system(EventLoop& loop, int socket, Range& range) {
    struct stat status {};
    if (fstat(range.fd(), &status) != 0 || !S_ISREG(status.st_mode))
        throw SendfileNotAvailableError("not a regular file");
    const auto attempt = [&] {
        const long wanted = range.left(1 << 30);
        if (wanted <= 0) return true;
        const ssize_t count = sendfile_quietly(socket, range.fd(), range.position(), static_cast<std::size_t>(wanted));
        if (count > 0) {
            detail::hooks::io_write(loop, socket, static_cast<std::size_t>(count));
            range.add_sent(count);
            return range.left(1) == 0;
        }
        if (count == 0) return true;
        if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) return false;
        if (range.sent() == 0) throw SendfileNotAvailableError("os.sendfile call failed");
        if (errno == ENOTCONN) throw ConnectionError(ENOTCONN, "socket is not connected");
        throw_os_error(errno);
    };
    co_await detail::SocketCall(loop, socket, true, attempt);
}

Coroutine<> send_by_pieces(EventLoop& loop, int socket, Range& range) {
    while (range.left(1) > 0) {
        std::string piece = co_await range.read(loop);
        if (piece.empty()) break;
        const long size = static_cast<long>(piece.size());
        co_await loop.sock_sendall(socket, std::move(piece));
        range.add_sent(size);
    }
}

/// Stands in for a transport's protocol while a file is written to it: CPython's _SendfileFallbackProtocol.
class StandIn final : public Protocol {
  public:
    StandIn(EventLoop& loop, std::shared_ptr<Transport> transport)
        : loop_(loop),
          transport_(std::move(transport)),
          protocol_(transport_->get_protocol()),
          resumes_reading_(transport_->is_reading()),
          resumes_writing_(transport_->writing_paused()) {
        if (resumes_writing_) writable_ = loop_.create_future();
    }
    void begin(std::shared_ptr<StandIn> self) {
        transport_->pause_reading();
        transport_->set_protocol(std::move(self));
    }
    /// Gives the transport back to its protocol.
    void end() {
        if (lost_) return;
        transport_->set_protocol(protocol_);
        if (resumes_reading_) transport_->resume_reading();
        if (writable_) writable_->cancel();
        if (resumes_writing_) protocol_->resume_writing();
    }
    Coroutine<> drain() {
        if (transport_->is_closing()) throw ConnectionError("Connection closed by peer");
        if (!writable_) co_return;
        const auto writable = *writable_;
        co_await writable;
    }

    void connection_made(std::shared_ptr<Transport>) override {
        throw RuntimeError("Invalid state: connection should have been established already.");
    }
    void connection_lost(std::exception_ptr exception) override {
        lost_ = true;
        if (writable_ && !writable_->done()) {
            writable_->set_exception(
                exception ? exception : std::make_exception_ptr(ConnectionError("Connection is closed by peer")));
            writable_->core()->mark_retrieved();
        }
        protocol_->connection_lost(exception);
    }
    void pause_writing() override {
        if (!writable_) writable_ = loop_.create_future();
    }
    void resume_writing() override {
        if (!writable_) return;
        if (!writable_->done()) writable_->set_result();
        writable_.reset();
    }
    void data_received(std::string_view) override { throw RuntimeError("Invalid state: reading should be paused"); }
    bool eof_received() override { throw RuntimeError("Invalid state: reading should be paused"); }

  private:
    EventLoop& loop_;
    std::shared_ptr<Transport> transport_;
    std::shared_ptr<Protocol> protocol_;
    std::optional<Future<>> writable_;
    bool resumes_reading_;
    bool resumes_writing_;
    bool lost_ = false;
};

Coroutine<> write_by_pieces(EventLoop& loop, std::shared_ptr<Transport> transport, Range& range) {
    const auto stand_in = std::make_shared<StandIn>(loop, transport);
    stand_in->begin(stand_in);
    struct End {
        StandIn& stand_in;
        ~End() { stand_in.end(); }
    } end{*stand_in};
    while (range.left(1) > 0) {
        const std::string piece = co_await range.read(loop);
        if (piece.empty()) break;
        co_await stand_in->drain();
        transport->write(piece);
        range.add_sent(static_cast<long>(piece.size()));
    }
}

Coroutine<> send_past(EventLoop& loop, std::shared_ptr<detail::SocketTransport> transport, Range& range) {
    const bool resumes_reading = transport->is_reading();
    transport->pause_reading();
    const auto empty = transport->lend_descriptor();
    struct End {
        detail::SocketTransport& transport;
        bool resumes_reading;
        ~End() {
            transport.take_descriptor_back();
            if (resumes_reading) transport.resume_reading();
        }
    } end{*transport, resumes_reading};
    co_await empty;
    co_await send_by_system(loop, transport->fileno(), range);
}

Coroutine<std::size_t> send_file(EventLoop& loop, std::shared_ptr<Transport> transport, FileSource file, long offset,
                                 std::optional<long> count, SendfileOptions options) {
    if (transport->is_closing()) throw RuntimeError("Transport is closing");
    Range range(file, offset, count);
    const auto socket = std::dynamic_pointer_cast<detail::SocketTransport>(transport);
    std::exception_ptr unavailable;
    if (socket) {
        try {
            co_await send_past(loop, socket, range);
            co_return static_cast<std::size_t>(range.sent());
        } catch (const SendfileNotAvailableError&) {
            unavailable = std::current_exception();
        }
        if (!options.fallback) std::rethrow_exception(unavailable);
    }
    if (!options.fallback)
        throw RuntimeError("fallback is disabled and native sendfile is not supported for this transport");
    co_await write_by_pieces(loop, transport, range);
    co_return static_cast<std::size_t>(range.sent());
}

}  // namespace

Coroutine<std::size_t> EventLoop::sock_sendfile(int fd, FileSource file, long offset, std::optional<long> count) {
    return sock_sendfile(fd, std::move(file), offset, count, SendfileOptions());
}

Coroutine<std::size_t> EventLoop::sock_sendfile(int fd, FileSource file, long offset, std::optional<long> count,
                                                SendfileOptions options) {
    detail::require_nonblocking(*this, fd);
    if (detail::type_of(fd) != SOCK_STREAM) throw ValueError("only SOCK_STREAM type sockets are supported");
    Range range(file, offset, count);
    std::exception_ptr unavailable;
    try {
        co_await send_by_system(*this, fd, range);
    } catch (const SendfileNotAvailableError&) {
        unavailable = std::current_exception();
    }
    if (unavailable) {
        if (!options.fallback) std::rethrow_exception(unavailable);
        co_await send_by_pieces(*this, fd, range);
    }
    co_return static_cast<std::size_t>(range.sent());
}

Coroutine<std::size_t> EventLoop::sendfile(std::shared_ptr<Transport> transport, FileSource file, long offset,
                                           std::optional<long> count, SendfileOptions options) {
    return send_file(*this, std::move(transport), std::move(file), offset, count, options);
}
Coroutine<std::size_t> EventLoop::sendfile(std::shared_ptr<Transport> transport, FileSource file, long offset,
                                           std::optional<long> count) {
    return sendfile(std::move(transport), std::move(file), offset, count, SendfileOptions());
}
Coroutine<std::size_t> EventLoop::sendfile(Transport& transport, FileSource file, long offset,
                                           std::optional<long> count, SendfileOptions options) {
    return sendfile(std::shared_ptr<Transport>(transport.shared_from_this(), &transport), std::move(file), offset,
                    count, options);
}
Coroutine<std::size_t> EventLoop::sendfile(Transport& transport, FileSource file, long offset,
                                           std::optional<long> count) {
    return sendfile(transport, std::move(file), offset, count, SendfileOptions());
}

}  // namespace asyncio
