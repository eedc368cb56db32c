// SPDX-License-Identifier: MIT
#pragma once

#include <sys/socket.h>

#include <optional>
#include <string>
#include <vector>

#include "asyncio/coroutine.hpp"
#include "asyncio/event_loop.hpp"
#include "runtime/src/net/socket.hpp"

namespace asyncio::detail {

/// What kind of addresses are wanted, in getaddrinfo's numbers; 0: any.
struct LookupHints {
    int family = 0;
    int type = SOCK_STREAM;
    int protocol = 0;
    int flags = 0;  ///< AI_PASSIVE and the like
};

/// One answer of the resolver.
struct FoundAddress {
    int family = 0;
    int type = 0;
    int protocol = 0;
    std::string canonical_name;
    RawAddress address;
};

/// The address when `host` is a number; nothing when it is a name, to be looked up.
std::optional<RawAddress> numeric_address(const std::string& host, int port, int family = 0);
/// Asks the resolver, which may take long: not in the loop's thread. An empty host or service: none. Throws gaierror.
std::vector<FoundAddress> look_up(const std::string& host, const std::string& service, LookupHints hints);

/// The addresses of a host and port; a name is looked up in the executor, a number needs nobody: CPython's
/// _ensure_resolved. ValueError for a port that is none.
Coroutine<std::vector<RawAddress>> resolve(EventLoop& loop, std::string host, int port, LookupHints hints);
/// The one address that a socket of this family is to use: the first that is found.
Coroutine<RawAddress> resolve_one(EventLoop& loop, SocketAddress address, LookupHints hints);

}  // namespace asyncio::detail
