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
namespace {

constexpr const char* read_error = "Fatal read error on socket transport";
constexpr const char* write_error = "Fatal write error on socket transport";

bool is_later(int error) {
    return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

}  // namespace

SocketTransport::SocketTransport(EventLoop& loop, Socket socket, std::shared_ptr<Protocol> protocol,
                                 std::shared_ptr<ServerState> server)
    : SocketEnd(loop, std::move(socket)), server_(std::move(server)) {
    set_protocol(std::move(protocol));
    // Small writes go out at once; a Unix socket has no such delay, and says so.
    const int on = 1;
    setsockopt(socket_.fd(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (server_) server_->attach(*this);
}

SocketTransport::~SocketTransport() {
    if (LoopResource::in_list) leave_server();  // else it has, or the loop is gone
}

std::shared_ptr<SocketTransport> SocketTransport::open(EventLoop& loop, Socket socket,
                                                       std::shared_ptr<Protocol> protocol,
                                                       std::optional<Future<>> waiter,
                                                       std::shared_ptr<ServerState> server) {
    auto opened = std::make_shared<SocketTransport>(loop, std::move(socket), std::move(protocol), std::move(server));
    opened->begin(std::move(waiter));
    return opened;
}

void SocketTransport::set_protocol(std::shared_ptr<Protocol> protocol) {
    protocol_ = std::move(protocol);
    buffered_protocol_ = dynamic_cast<BufferedProtocol*>(protocol_.get());
}

std::shared_ptr<BaseProtocol> SocketTransport::forget_protocol() noexcept {
    buffered_protocol_ = nullptr;
    return std::exchange(protocol_, nullptr);
}

void SocketTransport::tell_connection_made() {
    if (protocol_) protocol_->connection_made({shared_from_this(), this});
}

void SocketTransport::read_ready() {
    if (conn_lost_ > 0) return;
    if (buffered_protocol_) return read_into_protocol();
    auto& impl = loop_.impl();
    if (!impl.receive_buffer) impl.receive_buffer = std::make_unique_for_overwrite<char[]>(impl.receive_buffer_size);
    const ssize_t count = recv(socket_.fd(), impl.receive_buffer.get(), impl.receive_buffer_size, 0);
    if (count < 0) return read_failed(errno);
    hooks::io_read(loop_, socket_.fd(), static_cast<std::size_t>(count));
    if (count == 0) return end_of_stream();
    // The protocol may be exchanged, or lost, by what it is told.
    const auto protocol = protocol_;
    const std::string_view data(impl.receive_buffer.get(), static_cast<std::size_t>(count));
    call_protocol("Fatal error: protocol.data_received() call failed.", [&] { protocol->data_received(data); });
}

void SocketTransport::read_into_protocol() {
    const auto kept = protocol_;
    BufferedProtocol& protocol = *buffered_protocol_;
    std::span<std::byte> space;
    if (!call_protocol("Fatal error: protocol.get_buffer() call failed.", [&] {
            space = protocol.get_buffer(-1);
            if (space.empty()) throw RuntimeError("get_buffer() returned an empty buffer");
        }))
        return;
    const ssize_t count = recv(socket_.fd(), space.data(), space.size(), 0);
    if (count < 0) return read_failed(errno);
    hooks::io_read(loop_, socket_.fd(), static_cast<std::size_t>(count));
    if (count == 0) return end_of_stream();
    call_protocol("Fatal error: protocol.buffer_updated() call failed.",
                  [&] { protocol.buffer_updated(static_cast<std::size_t>(count)); });
}

void SocketTransport::read_failed(int error) {
    if (!is_later(error)) fatal_error(make_os_error(error), read_error);
}

void SocketTransport::end_of_stream() {
    const auto protocol = protocol_;
    bool keep_open = false;
    if (!call_protocol("Fatal error: protocol.eof_received() call failed.",
                       [&] { keep_open = protocol->eof_received(); }))
        return;
    if (keep_open)
        stop_reading();  // nothing more to read, but it may still write
    else
        close();
}

void SocketTransport::require_writable(const char* function) const {
    if (eof_written_) throw RuntimeError(std::string("Cannot call ") + function + "() after write_eof()");
    if (empty_waiter_) throw RuntimeError(std::string("unable to ") + function + "; sendfile is in progress");
}

void SocketTransport::write(std::string_view data) {
    require_writable("write");
    if (data.empty()) return;
    if (conn_lost_ > 0) return count_lost_write();
    if (buffer_.empty()) {
        const ssize_t count = send(socket_.fd(), data.data(), data.size(), MSG_NOSIGNAL);
        if (count >= 0) {
            hooks::io_write(loop_, socket_.fd(), static_cast<std::size_t>(count));
            data.remove_prefix(static_cast<std::size_t>(count));
            if (data.empty()) return;
        } else if (!is_later(errno)) {
            return fatal_error(make_os_error(errno), write_error);
        }
        start_writing();
    }
    buffer_.append(data);
    buffer_grew();
}

void SocketTransport::writelines(const std::vector<std::string>& lines) {
    require_writable("writelines");
    WriteTransport::writelines(lines);
}

void SocketTransport::write_ready() {
    if (conn_lost_ > 0) return;
    const std::string_view rest = buffer_.view();
    const ssize_t count = send(socket_.fd(), rest.data(), rest.size(), MSG_NOSIGNAL);
    if (count < 0) {
        if (is_later(errno)) return;
        const auto exception = make_os_error(errno);
        fatal_error(exception, write_error);
        fail_empty_waiter(exception);
        return;
    }
    hooks::io_write(loop_, socket_.fd(), static_cast<std::size_t>(count));
    buffer_.drop(static_cast<std::size_t>(count));
    buffer_shrank();  // the protocol may write again
    if (!buffer_.empty()) return;
    stop_writing();
    if (empty_waiter_ && !empty_waiter_->done()) empty_waiter_->set_result();
    if (closing_)
        connection_lost(nullptr);
    else if (eof_written_)
        shut_down_writing();
}

void SocketTransport::write_eof() {
    if (closing_ || eof_written_) return;
    eof_written_ = true;
    if (buffer_.empty()) shut_down_writing();
}

void SocketTransport::shut_down_writing() {
    if (shutdown(socket_.fd(), SHUT_WR) != 0) throw_os_error(errno);
}

void SocketTransport::set_write_buffer_limits(std::optional<std::size_t> high, std::optional<std::size_t> low) {
    flow_.set_limits(high, low);
    buffer_grew();
}

Future<> SocketTransport::lend_descriptor() {
    if (empty_waiter_) throw RuntimeError("Empty waiter is already set");
    release_descriptor();
    empty_waiter_ = loop_.create_future();
    if (buffer_.empty()) empty_waiter_->set_result();
    return *empty_waiter_;
}

void SocketTransport::take_descriptor_back() {
    empty_waiter_.reset();
    if (std::exchange(lost_while_lent_, false))
        socket_.close();
    else if (socket_)
        claim_descriptor();
}

void SocketTransport::fail_empty_waiter(const std::exception_ptr& exception) {
    if (!empty_waiter_ || empty_waiter_->done()) return;
    empty_waiter_->set_exception(exception);
    empty_waiter_->core()->mark_retrieved();  // sendfile may have been cancelled
}

void SocketTransport::close_descriptor() noexcept {
    fail_empty_waiter(std::make_exception_ptr(ConnectionError("Connection is closed by peer")));
    if (empty_waiter_) {
        // Who has borrowed the descriptor learns of it by an error, and its number is not given out anew meanwhile.
        lost_while_lent_ = true;
        shutdown(socket_.fd(), SHUT_RDWR);
    } else {
        socket_.close();
    }
    leave_server();
}

void SocketTransport::leave_server() noexcept {
    if (const auto server = std::exchange(server_, nullptr)) server->detach(*this);
}

void SocketTransport::loop_closes() noexcept {
    empty_waiter_.reset();
    leave_server();
    SocketEnd::loop_closes();
}

}  // namespace asyncio::detail
