// SPDX-License-Identifier: MIT
#include "runtime/src/net/tls/tls_settings.hpp"

#include "asyncio/errors.hpp"

namespace asyncio::detail {

TlsWish::TlsWish(SSLOption ssl, std::string_view server_hostname, std::optional<LoopClock::duration> handshake_timeout,
                 std::optional<LoopClock::duration> shutdown_timeout)
    : handshake_timeout_(handshake_timeout), shutdown_timeout_(shutdown_timeout), by_default_(ssl.by_default()) {
    if (ssl.get()) context_ = *ssl.get();
    if (server_hostname.data()) server_hostname_.emplace(server_hostname);
}

void TlsWish::require_sense() const {
    if (*this) return;
    if (server_hostname_) throw ValueError("server_hostname is only meaningful with ssl");
    if (handshake_timeout_) throw ValueError("ssl_handshake_timeout is only meaningful with ssl");
    if (shutdown_timeout_) throw ValueError("ssl_shutdown_timeout is only meaningful with ssl");
}

std::optional<TlsSettings> TlsWish::as_client() const {
    require_sense();
    if (!*this) return std::nullopt;
    const SSLContext context = context_ ? *context_ : SSLContext::client();
    return TlsSettings(context, false, server_hostname_, handshake_timeout_, shutdown_timeout_);
}

std::optional<TlsSettings> TlsWish::as_server() const {
    if (by_default_) throw TypeError("ssl argument must be an SSLContext or None");
    require_sense();
    if (!context_) return std::nullopt;
    return TlsSettings(*context_, true, std::nullopt, handshake_timeout_, shutdown_timeout_);
}

}  // namespace asyncio::detail
