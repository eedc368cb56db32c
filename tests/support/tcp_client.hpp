// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace awaitscope::test {

/// The port of a server on 127.0.0.1.
inline sockaddr_in local_address(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

/// A port for a server that is told its port: one below those that the system gives to whoever asks for any, and that
/// nobody has now.
inline std::uint16_t unused_port(unsigned from = 10000 + static_cast<unsigned>(getpid()) % 20000) {
    for (unsigned port = from; port < 32768; ++port) {
        const int one = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const sockaddr_in address = local_address(static_cast<std::uint16_t>(port));
        const bool free = bind(one, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
        close(one);
        if (free) return static_cast<std::uint16_t>(port);
    }
    throw std::runtime_error("no port is free");
}

/// A client of a server under test, which counts the bytes it moves. It blocks.
class TcpClient {
  public:
    /// Tries until somebody listens there.
    explicit TcpClient(std::uint16_t port) {
        const sockaddr_in address = local_address(port);
        for (;;) {
            fd_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
            if (connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return;
            close(fd_);
            if (errno != ECONNREFUSED && errno != EINTR) throw std::runtime_error("cannot connect");
            usleep(1000);
        }
    }
    ~TcpClient() { close(fd_); }
    TcpClient(const TcpClient&) = delete;
    TcpClient& operator=(const TcpClient&) = delete;

    void send(std::string_view text) {
        while (!text.empty()) {
            const ssize_t size = ::send(fd_, text.data(), text.size(), MSG_NOSIGNAL);
            if (size < 0 && errno == EINTR) continue;
            if (size < 0) throw std::runtime_error("cannot send");
            sent_ += static_cast<std::uint64_t>(size);
            text.remove_prefix(static_cast<std::size_t>(size));
        }
    }
    /// Up to and with `end`. Throws when the server closes before.
    std::string receive_until(std::string_view end) {
        for (;;) {
            if (const std::size_t at = buffer_.find(end); at != buffer_.npos) return take(at + end.size());
            if (!receive_some()) throw std::runtime_error("the server ended, and said: " + buffer_);
        }
    }
    /// So many bytes.
    std::string receive(std::size_t size) {
        while (buffer_.size() < size)
            if (!receive_some()) throw std::runtime_error("the server ended, and said: " + buffer_);
        return take(size);
    }
    /// Ends our side, and waits until the server has ended its own.
    void finish() {
        shutdown(fd_, SHUT_WR);
        while (receive_some()) continue;
    }
    std::uint64_t sent() const { return sent_; }
    std::uint64_t received() const { return received_; }

  private:
    std::string take(std::size_t size) {
        std::string taken = buffer_.substr(0, size);
        buffer_.erase(0, size);
        return taken;
    }
    bool receive_some() {
        char bytes[4096];
        ssize_t size = 0;
        do {
            size = read(fd_, bytes, sizeof bytes);
        } while (size < 0 && errno == EINTR);
        if (size <= 0) return false;
        received_ += static_cast<std::uint64_t>(size);
        buffer_.append(bytes, static_cast<std::size_t>(size));
        return true;
    }

    int fd_ = -1;
    std::string buffer_;
    std::uint64_t sent_ = 0, received_ = 0;
};

}  // namespace awaitscope::test
