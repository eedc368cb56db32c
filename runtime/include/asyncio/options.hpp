// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>

#include "asyncio/time.hpp"

namespace asyncio {

class SocketAddress;

/// Options are aggregates and trivially destructible: GCC 12 destroys others twice inside a co_await expression. Text
/// they point to is copied before the first suspension.

class SSLContext;

/// An SSLContext as an option: `.ssl = context`, `.ssl = &context`; a client's `.ssl = true` is SSLContext::client().
/// What takes the options copies the context before the first suspension: a temporary will do.
class SSLOption {
  public:
    constexpr SSLOption() = default;
    constexpr SSLOption(std::nullptr_t) {}
    constexpr SSLOption(const SSLContext* context) : context_(context) {}
    constexpr SSLOption(const SSLContext& context) : context_(&context) {}
    template <std::same_as<bool> B>
    constexpr SSLOption(B on) : by_default_(on) {}
    /// nullptr when there is none, or it is the default.
    constexpr const SSLContext* get() const { return context_; }
    constexpr bool by_default() const { return by_default_; }
    constexpr explicit operator bool() const { return context_ || by_default_; }

  private:
    const SSLContext* context_ = nullptr;
    bool by_default_ = false;
};

/// Of open_connection() and create_connection().
struct ConnectionOptions {
    std::size_t limit = 64 * 1024;  ///< of the stream reader, in bytes
    SSLOption ssl = {};             ///< speak TLS by this context
    /// The name the certificate must be for, when it is not the host; with .ssl only. "": any name will do.
    std::string_view server_hostname = {};
    /// Try the next address when one has not answered for so long (RFC 8305); none: one after the other.
    std::optional<LoopClock::duration> happy_eyeballs_delay = {};
    std::optional<LoopClock::duration> ssl_handshake_timeout = {};  ///< none: 60 s
    std::optional<LoopClock::duration> ssl_shutdown_timeout = {};   ///< none: 30 s
    const SocketAddress* local_addr = nullptr;                      ///< bind to it before connecting
    int sock = -1;  ///< a descriptor that is connected already, instead of host and port; taken over
};
static_assert(std::is_trivially_destructible_v<ConnectionOptions>);

/// Of start_server() and create_server().
struct ServerOptions {
    std::size_t limit = 64 * 1024;  ///< of the stream readers, in bytes
    int backlog = 100;
    bool reuse_port = false;
    bool start_serving = true;
    SSLOption ssl = {};                                             ///< speak TLS by this context
    std::optional<LoopClock::duration> ssl_handshake_timeout = {};  ///< none: 60 s
    std::optional<LoopClock::duration> ssl_shutdown_timeout = {};   ///< none: 30 s
    int sock = -1;               ///< a descriptor that is bound already, instead of host and port; taken over
    bool cleanup_socket = true;  ///< a Unix server's file goes when it is closed
};
static_assert(std::is_trivially_destructible_v<ServerOptions>);

/// Of EventLoop::connect_accepted_socket().
struct AcceptedOptions {
    SSLOption ssl = {};                                             ///< speak TLS by this context
    std::optional<LoopClock::duration> ssl_handshake_timeout = {};  ///< none: 60 s
    std::optional<LoopClock::duration> ssl_shutdown_timeout = {};   ///< none: 30 s
};
static_assert(std::is_trivially_destructible_v<AcceptedOptions>);

/// Of EventLoop::start_tls() and StreamWriter::start_tls().
struct StartTLSOptions {
    /// Who begins the handshake; StreamWriter knows by itself.
    bool server_side = false;
    /// The name the certificate must be for; "": any name will do. ValueError when a client's context checks names and
    /// none is given.
    std::string_view server_hostname = {};
    std::optional<LoopClock::duration> ssl_handshake_timeout = {};  ///< none: 60 s
    std::optional<LoopClock::duration> ssl_shutdown_timeout = {};   ///< none: 30 s
};
static_assert(std::is_trivially_destructible_v<StartTLSOptions>);

/// Of create_datagram_endpoint().
struct DatagramOptions {
    int family = 0;  ///< AF_INET, AF_INET6, AF_UNIX; 0: what the addresses are
    int proto = 0;   ///< of the socket; 0: the family's own
    int flags = 0;   ///< of the look-up of names: AI_PASSIVE and the like
    bool reuse_port = false;
    bool allow_broadcast = false;  ///< then `remote` is only what sendto() sends to, not connected to
    int sock = -1;                 ///< ready made, instead of all of the above; taken over
};
static_assert(std::is_trivially_destructible_v<DatagramOptions>);

}  // namespace asyncio
