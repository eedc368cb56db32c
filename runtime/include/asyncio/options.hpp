// SPDX-License-Identifier: MIT
#pragma once

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

/// An SSLContext as an option: `.ssl = context`. It is copied (a handle) before the first suspension.
class SSLOption {
  public:
    constexpr SSLOption() = default;
    constexpr SSLOption(std::nullptr_t) {}
    constexpr SSLOption(const SSLContext* context) : context_(context) {}
    constexpr SSLOption(const SSLContext& context) : context_(&context) {}
    constexpr const SSLContext* get() const { return context_; }
    constexpr explicit operator bool() const { return context_ != nullptr; }

  private:
    const SSLContext* context_ = nullptr;
};

/// Of open_connection() and create_connection().
struct ConnectionOptions {
    std::size_t limit = 64 * 1024;  ///< of the stream reader, in bytes
    SSLOption ssl = {};             ///< speak TLS by this context
    /// The name the certificate must be for, when it is not the host; with .ssl only.
    std::string_view server_hostname = {};
    /// Try the next address when one has not answered for so long (RFC 8305); none: one after the other.
    std::optional<LoopClock::duration> happy_eyeballs_delay = {};
    std::optional<LoopClock::duration> ssl_handshake_timeout = {};  ///< none: 60 s
    std::optional<LoopClock::duration> ssl_shutdown_timeout = {};   ///< none: 30 s
    const SocketAddress* local_addr = nullptr;                      ///< bind to it before connecting
    int sock = -1;  ///< connected already, instead of host and port; taken over
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
    int sock = -1;  ///< bound already, instead of host and port; taken over
};
static_assert(std::is_trivially_destructible_v<ServerOptions>);

}  // namespace asyncio
