// SPDX-License-Identifier: MIT
// CPython's base_events.py: getaddrinfo, getnameinfo, _ensure_resolved.
#include "runtime/src/net/name_lookup.hpp"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>

#include <cerrno>
#include <cstring>
#include <memory>

#include "asyncio/errors.hpp"
#include "asyncio/executor.hpp"
#include "asyncio/sockets.hpp"

namespace asyncio {
namespace detail {
namespace {

[[noreturn]] void throw_resolver_error(int status) {
    if (status == EAI_SYSTEM) throw_os_error(errno);
    throw gaierror(status, "[Errno " + std::to_string(status) + "] " + gai_strerror(status));
}

}  // namespace

std::optional<RawAddress> numeric_address(const std::string& host, int port, int family) {
    RawAddress raw;
    sockaddr_in in4{};
    sockaddr_in6 in6{};
    if (family != AF_INET6 && inet_pton(AF_INET, host.c_str(), &in4.sin_addr) == 1) {
        in4.sin_family = AF_INET;
        in4.sin_port = htons(static_cast<std::uint16_t>(port));
        std::memcpy(&raw.storage, &in4, raw.size = sizeof in4);
        return raw;
    }
    if (family != AF_INET && inet_pton(AF_INET6, host.c_str(), &in6.sin6_addr) == 1) {
        in6.sin6_family = AF_INET6;
        in6.sin6_port = htons(static_cast<std::uint16_t>(port));
        std::memcpy(&raw.storage, &in6, raw.size = sizeof in6);
        return raw;
    }
    return std::nullopt;
}

std::vector<FoundAddress> look_up(const std::string& host, const std::string& service, LookupHints hints) {
    addrinfo wanted{};
    wanted.ai_family = hints.family;
    wanted.ai_socktype = hints.type;
    wanted.ai_protocol = hints.protocol;
    wanted.ai_flags = hints.flags;
    addrinfo* first = nullptr;
    const int status = getaddrinfo(host.empty() ? nullptr : host.c_str(), service.empty() ? nullptr : service.c_str(),
                                   &wanted, &first);
    if (status != 0) throw_resolver_error(status);
    const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owned(first, freeaddrinfo);
    std::vector<FoundAddress> all;
    for (const addrinfo* info = first; info; info = info->ai_next) {
        FoundAddress& found = all.emplace_back();
        found.family = info->ai_family;
        found.type = info->ai_socktype;
        found.protocol = info->ai_protocol;
        if (info->ai_canonname) found.canonical_name = info->ai_canonname;
        std::memcpy(&found.address.storage, info->ai_addr, found.address.size = info->ai_addrlen);
    }
    return all;
}

Coroutine<std::vector<RawAddress>> resolve(EventLoop& loop, std::string host, int port, LookupHints hints) {
    if (port < 0 || port > 65535) throw ValueError("port must be 0-65535, not " + std::to_string(port));
    if (const auto numeric = numeric_address(host, port, hints.family)) co_return std::vector<RawAddress>{*numeric};
    auto looking = loop.run_in_executor(nullptr, look_up, std::move(host), std::to_string(port), hints);
    const std::vector<FoundAddress> found = co_await looking;
    std::vector<RawAddress> addresses;
    for (const FoundAddress& one : found) addresses.push_back(one.address);
    co_return addresses;
}

Coroutine<RawAddress> resolve_one(EventLoop& loop, SocketAddress address, LookupHints hints) {
    if (address.is_unix()) co_return unix_address(address.path());
    const auto addresses = co_await resolve(loop, address.host(), address.port(), hints);
    if (addresses.empty()) throw OSError("getaddrinfo() returned empty list");
    co_return addresses.front();
}

}  // namespace detail

namespace {

Coroutine<std::vector<AddressInfo>> ask(EventLoop& loop, std::string host, std::string service,
                                        AddressOptions options) {
    detail::LookupHints hints;
    hints.family = options.family;
    hints.type = options.type;
    hints.protocol = options.proto;
    hints.flags = options.flags;
    auto looking = loop.run_in_executor(nullptr, detail::look_up, std::move(host), std::move(service), hints);
    const std::vector<detail::FoundAddress> found = co_await looking;
    std::vector<AddressInfo> all;
    for (const detail::FoundAddress& one : found)
        all.push_back({one.family, one.type, one.protocol, one.canonical_name, detail::to_address(one.address)});
    co_return all;
}

std::pair<std::string, std::string> look_up_name(const SocketAddress& address, int flags) {
    detail::LookupHints hints;
    hints.type = SOCK_DGRAM;  // or the resolver gives the address once for each type
    hints.flags = AI_NUMERICHOST;
    const auto found = detail::look_up(address.host(), std::to_string(address.port()), hints);
    char host[NI_MAXHOST];
    char service[NI_MAXSERV];
    const detail::RawAddress& raw = found.front().address;
    const int status = ::getnameinfo(raw.get(), raw.size, host, sizeof host, service, sizeof service, flags);
    if (status != 0) detail::throw_resolver_error(status);
    return {host, service};
}

}  // namespace

Coroutine<std::vector<AddressInfo>> EventLoop::getaddrinfo(std::string host, int port) {
    return ask(*this, std::move(host), std::to_string(port), AddressOptions());
}
Coroutine<std::vector<AddressInfo>> EventLoop::getaddrinfo(std::string host, int port, AddressOptions options) {
    return ask(*this, std::move(host), std::to_string(port), options);
}
Coroutine<std::vector<AddressInfo>> EventLoop::getaddrinfo(std::string host, std::string service) {
    return ask(*this, std::move(host), std::move(service), AddressOptions());
}
Coroutine<std::vector<AddressInfo>> EventLoop::getaddrinfo(std::string host, std::string service,
                                                           AddressOptions options) {
    return ask(*this, std::move(host), std::move(service), options);
}

Coroutine<std::pair<std::string, std::string>> EventLoop::getnameinfo(SocketAddress address, int flags) {
    if (address.is_unix()) throw TypeError("getnameinfo() argument 1 must be a tuple");
    auto looking = run_in_executor(nullptr, look_up_name, std::move(address), flags);
    co_return co_await looking;
}

}  // namespace asyncio
