// SPDX-License-Identifier: MIT
// CPython's create_connection and create_unix_connection.
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>

#include "asyncio/connections.hpp"
#include "asyncio/errors.hpp"
#include "runtime/src/net/bind_error.hpp"
#include "runtime/src/net/make_connection.hpp"
#include "runtime/src/net/name_lookup.hpp"
#include "runtime/src/net/sock_calls.hpp"
#include "runtime/src/net/staggered_race.hpp"

namespace asyncio::detail {
namespace {

/// What is asked for, with all that the options point to.
struct Wanted {
    explicit Wanted(const ConnectionOptions& options)
        : tls(options.ssl, options.server_hostname, options.ssl_handshake_timeout, options.ssl_shutdown_timeout),
          happy_eyeballs_delay(options.happy_eyeballs_delay),
          sock(options.sock) {
        if (options.local_addr) local_addr = *options.local_addr;
    }
    TlsWish tls;
    std::optional<LoopClock::duration> happy_eyeballs_delay;
    std::optional<SocketAddress> local_addr;
    int sock;
};

/// What went wrong in the attempts to connect, in the order in which they began.
class Failures {
  public:
    using One = std::shared_ptr<std::vector<std::exception_ptr>>;
    One begin() { return all_.emplace_back(std::make_shared<std::vector<std::exception_ptr>>()); }

    /// The first if all say the same, else one that lists them.
    [[noreturn]] void raise() const {
        std::vector<std::exception_ptr> errors;
        for (const One& one : all_) errors.insert(errors.end(), one->begin(), one->end());
        if (errors.empty()) throw OSError("no attempt to connect has succeeded");
        std::string all;
        bool same = true;
        const std::string first = text(errors.front());
        for (const auto& error : errors) {
            same = same && text(error) == first;
            all += (all.empty() ? "" : ", ") + text(error);
        }
        if (same) std::rethrow_exception(errors.front());
        throw OSError("Multiple exceptions: " + all);
    }

  private:
    static std::string text(const std::exception_ptr& error) {
        try {
            std::rethrow_exception(error);
        } catch (const std::exception& failure) {
            return failure.what();
        }
    }
    std::vector<One> all_;
};

/// Binds to the first of the own addresses that fits and can be had.
void bind_local(const Socket& socket, int family, const std::vector<RawAddress>& local, Failures::One& errors) {
    for (const RawAddress& address : local) {
        if (address.family() != family) continue;
        if (bind(socket.fd(), address.get(), address.size) == 0) return;
        errors->push_back(bind_error(errno, address));
    }
    if (errors->empty())
        throw OSError("no matching local address with family=<AddressFamily." +
                      std::string(family == AF_INET6 ? "AF_INET6: " : "AF_INET: ") + std::to_string(family) +
                      "> found");
    const auto last = errors->back();
    errors->pop_back();
    std::rethrow_exception(last);
}

/// CPython's _connect_sock.
Coroutine<Socket> connect_one(EventLoop& loop, std::shared_ptr<Failures> failures, RawAddress address,
                              std::vector<RawAddress> local) {
    Failures::One errors = failures->begin();
    try {
        Socket socket = open_stream_socket(address.family());
        if (!local.empty()) bind_local(socket, address.family(), local, errors);
        co_await connect_socket(loop, socket.fd(), address);
        co_return socket;
    } catch (const OSError&) {
        errors->push_back(std::current_exception());
        throw;
    }
}

/// The first of each family, then the second of each, ...: RFC 8305, section 4.
std::vector<RawAddress> interleaved(const std::vector<RawAddress>& addresses) {
    std::vector<std::vector<RawAddress>> families;
    for (const RawAddress& address : addresses) {
        auto family = families.begin();
        while (family != families.end() && family->front().family() != address.family()) ++family;
        if (family == families.end()) family = families.insert(family, std::vector<RawAddress>());
        family->push_back(address);
    }
    std::vector<RawAddress> mixed;
    for (std::size_t i = 0; mixed.size() < addresses.size(); ++i)
        for (const auto& family : families)
            if (i < family.size()) mixed.push_back(family[i]);
    return mixed;
}

Coroutine<Socket> connect_any(EventLoop& loop, std::vector<RawAddress> addresses, std::vector<RawAddress> local,
                              std::optional<LoopClock::duration> delay) {
    const auto failures = std::make_shared<Failures>();
    Socket connected;
    if (delay) {
        std::vector<StaggeredRace::Attempt> attempts;
        for (const RawAddress& address : interleaved(addresses))
            attempts.push_back(
                [&loop, failures, address, local] { return connect_one(loop, failures, address, local); });
        const auto race = std::make_shared<StaggeredRace>(loop, std::move(attempts), *delay);
        connected = co_await race->run();
    } else {
        for (const RawAddress& address : addresses) {
            try {
                connected = co_await connect_one(loop, failures, address, local);
                break;
            } catch (const OSError&) {
            }
        }
    }
    if (!connected) failures->raise();
    co_return connected;
}

Coroutine<std::vector<RawAddress>> resolve_some(EventLoop& loop, std::string host, int port) {
    auto addresses = co_await resolve(loop, std::move(host), port, LookupHints());
    if (addresses.empty()) throw OSError("getaddrinfo() returned empty list");
    co_return addresses;
}

Coroutine<MadeConnection> connect_wanted(EventLoop& loop, ProtocolFactory factory,
                                         std::optional<std::pair<std::string, int>> target, Wanted wanted) {
    if (wanted.tls && !wanted.tls.has_server_hostname()) {
        if (!target || target->first.empty())
            throw ValueError("You must set server_hostname when using ssl without a host");
        wanted.tls.set_server_hostname(target->first);
    }
    std::optional<TlsSettings> tls = wanted.tls.as_client();
    if (target && wanted.sock >= 0) throw ValueError("host/port and sock can not be specified at the same time");
    if (!target && wanted.sock < 0) throw ValueError("host and port was not specified and no sock specified");
    Socket socket;
    if (target) {
        std::vector<RawAddress> addresses = co_await resolve_some(loop, target->first, target->second);
        std::vector<RawAddress> local;
        if (wanted.local_addr)
            local = co_await resolve_some(loop, wanted.local_addr->host(), wanted.local_addr->port());
        socket = co_await connect_any(loop, std::move(addresses), std::move(local), wanted.happy_eyeballs_delay);
    } else {
        socket = take_stream_socket(wanted.sock);
    }
    co_return co_await make_connection(loop, std::move(factory), std::move(socket), std::move(tls));
}

Coroutine<MadeConnection> connect_unix_wanted(EventLoop& loop, ProtocolFactory factory, std::optional<std::string> path,
                                              Wanted wanted) {
    if (wanted.tls && !wanted.tls.has_server_hostname())
        throw ValueError("you have to pass server_hostname when using ssl");
    std::optional<TlsSettings> tls = wanted.tls.as_client();
    if (path && wanted.sock >= 0) throw ValueError("path and sock can not be specified at the same time");
    if (!path && wanted.sock < 0) throw ValueError("no path and sock were specified");
    Socket socket;
    if (path) {
        socket = open_stream_socket(AF_UNIX);
        const RawAddress address = unix_address(*path);
        co_await connect_socket(loop, socket.fd(), address);
    } else {
        socket = take_stream_socket(wanted.sock, AF_UNIX);
    }
    co_return co_await make_connection(loop, std::move(factory), std::move(socket), std::move(tls));
}

}  // namespace

Coroutine<MadeConnection> connect_tcp(EventLoop& loop, ProtocolFactory factory, std::string host, int port,
                                      ConnectionOptions options) {
    return connect_wanted(loop, std::move(factory), std::pair(std::move(host), port), Wanted(options));
}
Coroutine<MadeConnection> connect_unix(EventLoop& loop, ProtocolFactory factory, std::string path,
                                       ConnectionOptions options) {
    return connect_unix_wanted(loop, std::move(factory), std::move(path), Wanted(options));
}
Coroutine<MadeConnection> connect_given(EventLoop& loop, ProtocolFactory factory, ConnectionOptions options) {
    return connect_wanted(loop, std::move(factory), std::nullopt, Wanted(options));
}
Coroutine<MadeConnection> connect_given_unix(EventLoop& loop, ProtocolFactory factory, ConnectionOptions options) {
    return connect_unix_wanted(loop, std::move(factory), std::nullopt, Wanted(options));
}

}  // namespace asyncio::detail
