// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "asyncio/address.hpp"
#include "asyncio/event_loop.hpp"

namespace asyncio {

/// What sock_accept() gives: the new connection, which does not block and is the caller's to close, and its peer.
struct AcceptedSocket {
    int fd = -1;
    SocketAddress address;
};

/// What sock_recvfrom() gives.
struct ReceivedDatagram {
    std::string data;
    SocketAddress address;
};

/// What sock_recvfrom_into() gives: how many bytes, and from whom.
struct ReceivedCount {
    std::size_t count = 0;
    SocketAddress address;
};

/// One answer of getaddrinfo(), in its numbers: AF_INET, SOCK_STREAM, IPPROTO_TCP.
struct AddressInfo {
    int family = 0;
    int type = 0;
    int proto = 0;
    std::string canonname;  ///< of the first answer, when AI_CANONNAME was asked for
    SocketAddress address;
};

/// What getaddrinfo() is asked for; 0: any.
struct AddressOptions {
    int family = 0;
    int type = 0;
    int proto = 0;
    int flags = 0;  ///< AI_PASSIVE, AI_CANONNAME and the like
};
static_assert(std::is_trivially_destructible_v<AddressOptions>);

/// What sendfile() sends: a path, opened for the while, or a descriptor, which stays the caller's and is left standing
/// behind the last byte sent.
class FileSource {
  public:
    FileSource(int fd) : fd_(fd) {}
    FileSource(std::string path) : path_(std::move(path)) {}
    FileSource(const char* path) : path_(path) {}

    /// -1 for a path.
    int fd() const { return fd_; }
    const std::string& path() const { return path_; }

  private:
    int fd_ = -1;
    std::string path_;
};

/// Of sendfile() and sock_sendfile().
struct SendfileOptions {
    /// When the system cannot send this file by itself, read and write it piece by piece; else that is an error.
    bool fallback = true;
};
static_assert(std::is_trivially_destructible_v<SendfileOptions>);

}  // namespace asyncio
