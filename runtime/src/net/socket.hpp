// SPDX-License-Identifier: MIT
#pragma once

#include <sys/socket.h>
#include <sys/un.h>

#include <optional>
#include <string>
#include <utility>

#include "asyncio/address.hpp"

namespace asyncio::detail {

/// An address as the kernel wants it.
struct RawAddress {
    sockaddr_storage storage{};
    socklen_t size = 0;
    const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
    sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
    int family() const { return storage.ss_family; }
};

/// A descriptor, closed when it goes.
class Socket {
  public:
    Socket() = default;
    explicit Socket(int fd) : fd_(fd) {}
    Socket(Socket&& other) noexcept : fd_(other.release()) {}
    Socket& operator=(Socket&& other) noexcept {
        std::swap(fd_, other.fd_);
        return *this;
    }
    ~Socket() { close(); }

    int fd() const { return fd_; }
    explicit operator bool() const { return fd_ >= 0; }
    int release() { return std::exchange(fd_, -1); }
    void close();

  private:
    int fd_ = -1;
};

/// Makes a descriptor one that does not block. Throws OSError.
void set_nonblocking(int fd);
/// A socket that does not block and is not inherited. `type` is SOCK_STREAM or SOCK_DGRAM. Throws OSError.
Socket open_socket(int family, int type, int protocol = 0);
inline Socket open_stream_socket(int family) {
    return open_socket(family, SOCK_STREAM);
}

SocketAddress to_address(const RawAddress& raw);
/// OSError for a path too long for a socket.
RawAddress unix_address(const std::string& path);
/// An address as CPython's messages show it: ('127.0.0.1', 8888), ('::1', 8888, 0, 0), a Unix path as it stands.
std::string python_text(const SocketAddress& address);

/// AF_INET and the like, SOCK_STREAM and the like, the protocol's number. Throw OSError for what is no socket.
int family_of(int fd);
int type_of(int fd);
int protocol_of(int fd);
std::optional<SocketAddress> peer_of(int fd);
std::optional<SocketAddress> local_of(int fd);

}  // namespace asyncio::detail
