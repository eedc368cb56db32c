// SPDX-License-Identifier: MIT
#include "runtime/src/net/socket.hpp"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>

#include "asyncio/errors.hpp"

namespace asyncio::detail {

void Socket::close() {
    if (fd_ >= 0) ::close(release());
}

Socket open_stream_socket(int family) {
    Socket socket(::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!socket) throw_os_error(errno);
    return socket;
}

SocketAddress to_address(const RawAddress& raw) {
    char text[INET6_ADDRSTRLEN] = {};
    switch (raw.family()) {
        case AF_INET: {
            sockaddr_in in{};
            std::memcpy(&in, &raw.storage, sizeof in);
            inet_ntop(AF_INET, &in.sin_addr, text, sizeof text);
            return SocketAddress(std::string(text), ntohs(in.sin_port));
        }
        case AF_INET6: {
            sockaddr_in6 in{};
            std::memcpy(&in, &raw.storage, sizeof in);
            inet_ntop(AF_INET6, &in.sin6_addr, text, sizeof text);
            return SocketAddress(std::string(text), ntohs(in.sin6_port));
        }
        default: {
            sockaddr_un un{};
            std::memcpy(&un, &raw.storage, sizeof un);
            const auto header = offsetof(sockaddr_un, sun_path);
            if (raw.size <= header) return SocketAddress(std::string());
            std::string path(un.sun_path, raw.size - header);
            // A name in the file system ends in NUL; one in the abstract space begins with it.
            if (path[0] != '\0') path.resize(std::strlen(path.c_str()));
            return SocketAddress(std::move(path));
        }
    }
}

RawAddress unix_address(const std::string& path) {
    sockaddr_un un{};
    un.sun_family = AF_UNIX;
    if (path.size() >= sizeof un.sun_path) throw OSError("AF_UNIX path too long");
    std::memcpy(un.sun_path, path.data(), path.size());
    RawAddress raw;
    raw.size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size() +
                                      (!path.empty() && path[0] != '\0' ? 1 : 0));
    std::memcpy(&raw.storage, &un, sizeof un);
    return raw;
}

std::optional<RawAddress> numeric_address(const std::string& host, int port) {
    RawAddress raw;
    sockaddr_in in4{};
    sockaddr_in6 in6{};
    if (inet_pton(AF_INET, host.c_str(), &in4.sin_addr) == 1) {
        in4.sin_family = AF_INET;
        in4.sin_port = htons(static_cast<std::uint16_t>(port));
        std::memcpy(&raw.storage, &in4, raw.size = sizeof in4);
        return raw;
    }
    if (inet_pton(AF_INET6, host.c_str(), &in6.sin6_addr) == 1) {
        in6.sin6_family = AF_INET6;
        in6.sin6_port = htons(static_cast<std::uint16_t>(port));
        std::memcpy(&raw.storage, &in6, raw.size = sizeof in6);
        return raw;
    }
    return std::nullopt;
}

std::vector<RawAddress> look_up(const std::string& host, int port, bool passive) {
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = passive ? AI_PASSIVE : 0;
    addrinfo* found = nullptr;
    const int status = getaddrinfo(host.empty() ? nullptr : host.c_str(), std::to_string(port).c_str(), &hints, &found);
    if (status != 0) throw gaierror(status, "[Errno " + std::to_string(status) + "] " + gai_strerror(status));
    const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owned(found, freeaddrinfo);
    std::vector<RawAddress> addresses;
    for (const addrinfo* info = found; info; info = info->ai_next) {
        RawAddress raw;
        std::memcpy(&raw.storage, info->ai_addr, raw.size = info->ai_addrlen);
        addresses.push_back(raw);
    }
    return addresses;
}

namespace {
template <class Ask>
std::optional<SocketAddress> ask_address(int fd, Ask ask) {
    RawAddress raw;
    raw.size = sizeof raw.storage;
    if (fd < 0 || ask(fd, raw.get(), &raw.size) != 0) return std::nullopt;
    return to_address(raw);
}
}  // namespace

std::optional<SocketAddress> peer_of(int fd) {
    return ask_address(fd, getpeername);
}
std::optional<SocketAddress> local_of(int fd) {
    return ask_address(fd, getsockname);
}

}  // namespace asyncio::detail
