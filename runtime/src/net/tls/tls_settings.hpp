// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "asyncio/options.hpp"
#include "asyncio/ssl.hpp"
#include "asyncio/time.hpp"

namespace asyncio::detail {

/// How a connection is to speak TLS.
struct TlsSettings {
    TlsSettings(SSLContext context, bool server_side, std::optional<std::string> server_hostname,
                std::optional<LoopClock::duration> handshake_timeout,
                std::optional<LoopClock::duration> shutdown_timeout)
        : context(std::move(context)),
          server_hostname(std::move(server_hostname)),
          handshake_timeout(handshake_timeout.value_or(std::chrono::seconds(60))),
          shutdown_timeout(shutdown_timeout.value_or(std::chrono::seconds(30))),
          server_side(server_side) {}

    SSLContext context;
    std::optional<std::string> server_hostname;  ///< a client's; "": none, and that is meant
    LoopClock::duration handshake_timeout;
    LoopClock::duration shutdown_timeout;
    bool server_side;
};

/// What the options of a connection or server say of TLS, with all they point to copied: a coroutine begins later, when
/// temporaries are gone. What it says is judged when it is asked for, inside that coroutine.
class TlsWish {
  public:
    TlsWish(SSLOption ssl, std::string_view server_hostname, std::optional<LoopClock::duration> handshake_timeout,
            std::optional<LoopClock::duration> shutdown_timeout);

    explicit operator bool() const { return context_ || by_default_; }
    bool has_server_hostname() const { return server_hostname_.has_value(); }
    void set_server_hostname(const std::string& name) { server_hostname_ = name; }

    /// Nothing when there is to be no TLS. ValueError for what means nothing without it.
    std::optional<TlsSettings> as_client() const;
    std::optional<TlsSettings> as_server() const;

  private:
    void require_sense() const;

    std::optional<SSLContext> context_;
    std::optional<std::string> server_hostname_;
    std::optional<LoopClock::duration> handshake_timeout_;
    std::optional<LoopClock::duration> shutdown_timeout_;
    bool by_default_;
};

}  // namespace asyncio::detail
