// SPDX-License-Identifier: MIT
#pragma once

#include <sys/socket.h>
#include <sys/un.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

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

/// A stream socket that does not block and is not inherited. Throws OSError.
Socket open_stream_socket(int family);

SocketAddress to_address(const RawAddress& raw);
/// ValueError for a path too long for a socket.
RawAddress unix_address(const std::string& path);
/// The address when `host` is a number; nothing when it is a name, to be looked up.
std::optional<RawAddress> numeric_address(const std::string& host, int port);
/// Asks the resolver, which may take long: not in the loop's thread. An empty host: all interfaces. Throws gaierror.
std::vector<RawAddress> look_up(const std::string& host, int port, bool passive);

std::optional<SocketAddress> peer_of(int fd);
std::optional<SocketAddress> local_of(int fd);

}  // namespace asyncio::detail
