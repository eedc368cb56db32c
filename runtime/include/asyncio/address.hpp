// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <string>
#include <utility>

namespace asyncio {

/// The address of a socket: a host and port, or a path (Unix).
class SocketAddress {
  public:
    SocketAddress() = default;
    template <class Host>
    requires std::constructible_from<std::string, Host> SocketAddress(std::pair<Host, int> host_port)
        : host_(std::move(host_port.first)), port_(host_port.second), is_unix_(false) {}
    SocketAddress(std::string host, int port) : host_(std::move(host)), port_(port), is_unix_(false) {}
    SocketAddress(std::string path) : host_(std::move(path)) {}
    SocketAddress(const char* path) : host_(path) {}

    bool is_unix() const { return is_unix_; }
    const std::string& host() const { return host_; }
    int port() const { return port_; }
    /// Of a Unix socket; empty for one without a name.
    const std::string& path() const { return host_; }
    /// "127.0.0.1:8888", "[::1]:8888", "/run/x.sock".
    std::string to_string() const {
        if (is_unix_) return host_;
        const bool v6 = host_.find(':') != std::string::npos;
        return (v6 ? "[" + host_ + "]" : host_) + ":" + std::to_string(port_);
    }
    friend bool operator==(const SocketAddress&, const SocketAddress&) = default;

  private:
    std::string host_;
    int port_ = 0;
    bool is_unix_ = true;
};

}  // namespace asyncio
