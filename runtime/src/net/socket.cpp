// SPDX-License-Identifier: MIT
#include "runtime/src/net/socket.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "asyncio/errors.hpp"

namespace asyncio::detail {

void Socket::close() {
    if (fd_ >= 0) ::close(release());
}

void set_nonblocking(int fd) {
    const int flags = fcntl(fd, F_GETFL);
    if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) != 0) throw_os_error(errno);
}

Socket open_socket(int family, int type, int protocol) {
    Socket socket(::socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol));
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
            std::string host = text;
            // A link's own address means nothing without the link.
            char link[IF_NAMESIZE] = {};
            if (in.sin6_scope_id != 0 && if_indextoname(in.sin6_scope_id, link)) host += std::string("%") + link;
            return SocketAddress(std::move(host), ntohs(in.sin6_port));
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

std::string python_text(const SocketAddress& address) {
    if (address.is_unix()) return address.path();
    const bool v6 = address.host().find(':') != std::string::npos;
    return "('" + address.host() + "', " + std::to_string(address.port()) + (v6 ? ", 0, 0)" : ")");
}

namespace {
int socket_option(int fd, int option) {
    int value = 0;
    socklen_t size = sizeof value;
    if (getsockopt(fd, SOL_SOCKET, option, &value, &size) != 0) throw_os_error(errno);
    return value;
}

template <class Ask>
std::optional<SocketAddress> ask_address(int fd, Ask ask) {
    RawAddress raw;
    raw.size = sizeof raw.storage;
    if (fd < 0 || ask(fd, raw.get(), &raw.size) != 0) return std::nullopt;
    return to_address(raw);
}
}  // namespace

int family_of(int fd) {
    return socket_option(fd, SO_DOMAIN);
}
int type_of(int fd) {
    return socket_option(fd, SO_TYPE);
}
int protocol_of(int fd) {
    return socket_option(fd, SO_PROTOCOL);
}
std::optional<SocketAddress> peer_of(int fd) {
    return ask_address(fd, getpeername);
}
std::optional<SocketAddress> local_of(int fd) {
    return ask_address(fd, getsockname);
}

}  // namespace asyncio::detail
