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
    const std::string name = server_hostname_.value_or("");
    SSLContext context = context_ ? *context_ : SSLContext::client();
    // Without a name the default cannot check it.
    if (by_default_ && name.empty()) context.set_check_hostname(false);
    return TlsSettings(std::move(context), false, name, handshake_timeout_, shutdown_timeout_);
}

std::optional<TlsSettings> TlsWish::as_server() const {
    if (by_default_) throw TypeError("ssl argument must be an SSLContext or None");
    require_sense();
    if (!context_) return std::nullopt;
    return TlsSettings(*context_, true, {}, handshake_timeout_, shutdown_timeout_);
}

}  // namespace asyncio::detail
