// SPDX-License-Identifier: MIT
// CPython's create_datagram_endpoint.
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "asyncio/errors.hpp"
#include "runtime/src/net/datagram_transport.hpp"
#include "runtime/src/net/make_connection.hpp"
#include "runtime/src/net/name_lookup.hpp"
#include "runtime/src/net/sock_calls.hpp"

namespace asyncio::detail {
namespace {

/// What one attempt binds and connects: addresses of one family.
struct AddressPair {
    int family = 0;
    std::optional<RawAddress> local;
    std::optional<RawAddress> remote;
};

/// The resolved addresses of each family, in the order in which the families were found. A family that lacks one of
/// the two that were asked for is left out.
class PairsByFamily {
  public:
    void add(const std::vector<RawAddress>& addresses, std::optional<RawAddress> AddressPair::*end) {
        for (const RawAddress& address : addresses) of(address.family()).*end = address;
    }
    std::vector<AddressPair> complete(bool local, bool remote) && {
        std::erase_if(pairs_, [&](const AddressPair& p) { return (local && !p.local) || (remote && !p.remote); });
        if (pairs_.empty()) throw ValueError("can not get address information");
        return std::move(pairs_);
    }

  private:
    AddressPair& of(int family) {
        for (AddressPair& pair : pairs_)
            if (pair.family == family) return pair;
        pairs_.push_back({family, {}, {}});
        return pairs_.back();
    }
    std::vector<AddressPair> pairs_;
};

using Address = std::optional<SocketAddress>;

void require_no_modifiers(const Address& local, const Address& remote, const DatagramOptions& options) {
    std::string problems;
    const auto add = [&](bool given, const char* name, const std::string& value) {
        if (given) problems += (problems.empty() ? "" : ", ") + std::string(name) + "=" + value;
    };
    add(local.has_value(), "local_addr", local ? python_text(*local) : "");
    add(remote.has_value(), "remote_addr", remote ? python_text(*remote) : "");
    add(options.family, "family", std::to_string(options.family));
    add(options.proto, "proto", std::to_string(options.proto));
    add(options.flags, "flags", std::to_string(options.flags));
    add(options.reuse_port, "reuse_port", "True");
    add(options.allow_broadcast, "allow_broadcast", "True");
    if (!problems.empty())
        throw ValueError("socket modifier keyword arguments can not be used when sock is specified. (" + problems +
                         ")");
}

/// A socket file that nobody receives from any more stands in the way of a new one.
void remove_stale_socket(const std::string& path) {
    struct stat status {};
    if (path.empty() || path[0] == '\0' || stat(path.c_str(), &status) != 0) return;
    if (S_ISSOCK(status.st_mode)) unlink(path.c_str());
}

std::vector<AddressPair> unix_pair(const Address& local, const Address& remote) {
    for (const Address* address : {&local, &remote})
        if (*address && !(*address)->is_unix()) throw TypeError("string is expected");
    AddressPair pair{AF_UNIX, {}, {}};
    if (local) {
        remove_stale_socket(local->path());
        pair.local = unix_address(local->path());
    }
    if (remote) pair.remote = unix_address(remote->path());
    return {pair};
}

Coroutine<std::vector<AddressPair>> address_pairs(EventLoop& loop, const Address& local, const Address& remote,
                                                  const DatagramOptions& options) {
    if (!local && !remote) {
        if (options.family == 0) throw ValueError("unexpected address family");
        co_return std::vector<AddressPair>{{options.family, {}, {}}};
    }
    const bool is_unix = local ? local->is_unix() : remote->is_unix();
    if (options.family == AF_UNIX || (is_unix && options.family == 0)) co_return unix_pair(local, remote);
    LookupHints hints;
    hints.family = options.family;
    hints.type = SOCK_DGRAM;
    hints.protocol = options.proto;
    hints.flags = options.flags;
    PairsByFamily pairs;
    const std::pair<const Address*, std::optional<RawAddress> AddressPair::*> ends[] = {
        {&local, &AddressPair::local}, {&remote, &AddressPair::remote}};
    for (const auto& [address, end] : ends) {
        if (!*address) continue;
        if ((*address)->is_unix()) throw TypeError("2-tuple is expected");
        const auto found = co_await resolve(loop, (*address)->host(), (*address)->port(), hints);
        if (found.empty()) throw OSError("getaddrinfo() returned empty list");
        pairs.add(found, end);
    }
    co_return std::move(pairs).complete(local.has_value(), remote.has_value());
}

Coroutine<Socket> open_endpoint(EventLoop& loop, const AddressPair& addresses, const DatagramOptions& options) {
    Socket socket = open_socket(addresses.family, SOCK_DGRAM, options.proto);
    const int on = 1;
    if (options.reuse_port && setsockopt(socket.fd(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) != 0)
        throw_os_error(errno);
    if (options.allow_broadcast && setsockopt(socket.fd(), SOL_SOCKET, SO_BROADCAST, &on, sizeof on) != 0)
        throw_os_error(errno);
    if (addresses.local && bind(socket.fd(), addresses.local->get(), addresses.local->size) != 0) throw_os_error(errno);
    if (addresses.remote && !options.allow_broadcast) co_await connect_socket(loop, socket.fd(), *addresses.remote);
    co_return socket;
}

}  // namespace

Coroutine<MadeDatagramEndpoint> make_datagram_endpoint(EventLoop& loop, DatagramProtocolFactory factory,
                                                       std::optional<SocketAddress> local,
                                                       std::optional<SocketAddress> remote, DatagramOptions options) {
    Socket socket(options.sock);
    Address sends_to;
    if (socket) {
        if (type_of(socket.fd()) == SOCK_STREAM) {
            const int fd = socket.release();  // a mistaken one stays the caller's
            throw ValueError("A datagram socket was expected, got a stream socket, fd=" + std::to_string(fd));
        }
        try {
            require_no_modifiers(local, remote, options);
        } catch (...) {
            socket.release();
            throw;
        }
        set_nonblocking(socket.fd());
    } else {
        const auto pairs = co_await address_pairs(loop, local, remote, options);
        std::exception_ptr first_error;
        for (const AddressPair& pair : pairs) {
            try {
                socket = co_await open_endpoint(loop, pair, options);
                if (pair.remote) sends_to = to_address(*pair.remote);
                break;
            } catch (const OSError&) {
                if (!first_error) first_error = std::current_exception();
            }
        }
        if (!socket) std::rethrow_exception(first_error);
    }
    auto protocol = factory();
    auto waiter = loop.create_future();
    const auto transport =
        DatagramSocketTransport::open(loop, std::move(socket), protocol, std::move(sends_to), waiter);
    co_await until_connected(transport, waiter);
    co_return MadeDatagramEndpoint(transport, protocol);
}

}  // namespace asyncio::detail
