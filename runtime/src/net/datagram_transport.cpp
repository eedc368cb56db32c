// SPDX-License-Identifier: MIT
// CPython's selector_events.py, _SelectorDatagramTransport.
#include "runtime/src/net/datagram_transport.hpp"

#include <sys/socket.h>

#include <cerrno>

#include "asyncio/errors.hpp"
#include "runtime/src/net/name_lookup.hpp"
#include "runtime/src/probe_hooks.hpp"

namespace asyncio::detail {
namespace {

/// What a buffered datagram counts besides its bytes.
constexpr std::size_t header_size = 8;

bool is_later(int error) {
    return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

/// The address as this family's sockets take it; a name is looked up on the spot, as Python's socket.sendto() does.
RawAddress raw_address(int family, const std::optional<SocketAddress>& address) {
    const bool is_unix = family == AF_UNIX;
    if (!address || address->is_unix() != is_unix) {
        if (is_unix) throw TypeError("a Unix datagram socket sends to a path");
        throw TypeError("sendto(): AF_INET" + std::string(family == AF_INET6 ? "6" : "") +
                        " address must be tuple, not " + (address ? "str" : "NoneType"));
    }
    if (is_unix) return unix_address(address->path());
    if (const auto numeric = numeric_address(address->host(), address->port(), family)) return *numeric;
    LookupHints hints;
    hints.family = family;
    hints.type = SOCK_DGRAM;
    const auto found = look_up(address->host(), std::to_string(address->port()), hints);
    if (found.empty()) throw OSError("getaddrinfo() returned empty list");
    return found.front().address;
}

}  // namespace

DatagramSocketTransport::DatagramSocketTransport(EventLoop& loop, Socket socket,
                                                 std::shared_ptr<DatagramProtocol> protocol,
                                                 std::optional<SocketAddress> remote)
    : SocketEnd(loop, std::move(socket)),
      protocol_(std::move(protocol)),
      remote_(std::move(remote)),
      family_(family_of(socket_.fd())) {}

std::shared_ptr<DatagramSocketTransport> DatagramSocketTransport::open(EventLoop& loop, Socket socket,
                                                                       std::shared_ptr<DatagramProtocol> protocol,
                                                                       std::optional<SocketAddress> remote,
                                                                       Future<> waiter) {
    auto opened =
        std::make_shared<DatagramSocketTransport>(loop, std::move(socket), std::move(protocol), std::move(remote));
    opened->begin(std::move(waiter));
    return opened;
}

void DatagramSocketTransport::tell_connection_made() {
    if (protocol_) protocol_->connection_made({shared_from_this(), this});
}

void DatagramSocketTransport::read_ready() {
    if (conn_lost_ > 0) return;
    auto& impl = loop_.impl();
    if (!impl.receive_buffer) impl.receive_buffer = std::make_unique_for_overwrite<char[]>(impl.receive_buffer_size);
    RawAddress from;
    from.size = sizeof from.storage;
    const ssize_t count =
        recvfrom(socket_.fd(), impl.receive_buffer.get(), impl.receive_buffer_size, 0, from.get(), &from.size);
    const auto protocol = protocol_;
    if (count < 0) {
        if (!is_later(errno)) protocol->error_received(make_os_error(errno));
        return;
    }
    hooks::io_read(loop_, socket_.fd(), static_cast<std::size_t>(count));
    const std::string_view data(impl.receive_buffer.get(), static_cast<std::size_t>(count));
    protocol->datagram_received(data, to_address(from));
}

void DatagramSocketTransport::sendto(std::string_view data, const std::optional<SocketAddress>& address) {
    if (remote_ && address && *address != *remote_)
        throw ValueError("Invalid address: must be None or " + python_text(*remote_));
    const auto& to = remote_ ? remote_ : address;
    // An endpoint without a peer may still send until it is closed.
    if (conn_lost_ > 0 && (remote_ || !socket_)) return count_lost_write();
    if (buffer_.empty()) {
        if (send(data, to) != Sent::later) return;
        start_writing();
    }
    buffer_.push_back({std::string(data), to});
    buffered_ += data.size() + header_size;
    buffer_grew();
}

DatagramSocketTransport::Sent DatagramSocketTransport::send(std::string_view data,
                                                            const std::optional<SocketAddress>& address) {
    const auto protocol = protocol_;
    try {
        RawAddress to;
        if (!peer_) to = raw_address(family_, address);
        const ssize_t count = ::sendto(socket_.fd(), data.data(), data.size(), MSG_NOSIGNAL, peer_ ? nullptr : to.get(),
                                       peer_ ? 0 : to.size);
        if (count >= 0) {
            hooks::io_write(loop_, socket_.fd(), static_cast<std::size_t>(count));
            return Sent::yes;
        }
        if (is_later(errno)) return Sent::later;
        throw_os_error(errno);
    } catch (const OSError&) {
        const auto exception = std::current_exception();
        if (protocol) protocol->error_received(exception);
    } catch (const Error&) {
        fatal_error(std::current_exception(), "Fatal write error on datagram transport");
    }
    return Sent::failed;
}

void DatagramSocketTransport::write_ready() {
    if (conn_lost_ > 0) return;
    while (!buffer_.empty()) {
        Datagram datagram = std::move(buffer_.front());
        buffer_.pop_front();
        buffered_ -= datagram.data.size() + header_size;
        switch (send(datagram.data, datagram.address)) {
            case Sent::yes:
                continue;
            case Sent::later:
                buffered_ += datagram.data.size() + header_size;
                buffer_.push_front(std::move(datagram));
                break;
            case Sent::failed:
                return;  // the rest in the next turn
        }
        break;
    }
    buffer_shrank();  // the protocol may send again
    if (!buffer_.empty()) return;
    stop_writing();
    if (closing_) connection_lost(nullptr);
}

void DatagramSocketTransport::set_write_buffer_limits(std::optional<std::size_t> high, std::optional<std::size_t> low) {
    flow_.set_limits(high, low);
    buffer_grew();
}

void DatagramSocketTransport::clear_buffer() noexcept {
    buffer_.clear();
    buffered_ = 0;
}

}  // namespace asyncio::detail
