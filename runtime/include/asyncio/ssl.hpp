// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace asyncio {

namespace detail {
struct SSLContextState;
}

/// What is asked of the peer's certificate: Python's ssl.VerifyMode.
enum class VerifyMode : std::uint8_t {
    none,      ///< nothing: anyone can be at the other end
    optional,  ///< a client may show one; one that is shown must be good
    required,  ///< there must be one, and it must be good
};
inline constexpr VerifyMode CERT_NONE = VerifyMode::none;
inline constexpr VerifyMode CERT_OPTIONAL = VerifyMode::optional;
inline constexpr VerifyMode CERT_REQUIRED = VerifyMode::required;

/// Python's ssl.TLSVersion, as far as it is safe to use.
enum class TLSVersion : std::uint16_t { TLSv1_2 = 0x0303, TLSv1_3 = 0x0304 };

/// How TLS is to be spoken: Python's ssl.SSLContext. A cheap handle: copies share one state, which connections that are
/// open keep alive. Settings hold for connections that begin after them. Not thread-safe while it is being set up.
/// Functions that fail throw SSLError, or the OSError of a file that cannot be read.
class SSLContext {
  public:
    /// For clients: Python's ssl.create_default_context(). The server's certificate must lead to a root that this
    /// system trusts and must be for the host that is connected to; TLS 1.2 or newer.
    static SSLContext client();
    /// For servers, with load_cert_chain()'s arguments. Asks clients for no certificate.
    static SSLContext server(const std::string& certificate, const std::string& key = {},
                             const std::string& password = {});

    /// The own certificate, with those that lead to its root, and its key. Each is a path of a PEM file, or the PEM
    /// text itself ("-----BEGIN ..."). No key: it stands beside the certificate.
    void load_cert_chain(const std::string& certificate, const std::string& key = {}, const std::string& password = {});
    /// Whom to trust, besides those trusted already: a PEM file, or PEM text; or a folder as c_rehash makes it.
    void load_verify_locations(const std::string& file_or_pem, const std::string& folder = {});
    /// Trusts whom the system trusts; client() has done so.
    void load_default_certs();

    /// ValueError for CERT_NONE while the host name is checked.
    void set_verify_mode(VerifyMode mode);
    VerifyMode verify_mode() const;
    /// Whether a server's certificate must be for the host. Turning it on asks for a certificate, too.
    void set_check_hostname(bool on);
    bool check_hostname() const;
    /// Neither certificate nor name is looked at any more: whoever is in between can read and change everything.
    void disable_verification();

    /// The protocols that are offered (a client) or accepted (a server), best first: {"h2", "http/1.1"}.
    void set_alpn_protocols(const std::vector<std::string>& protocols);
    /// Ciphers up to TLS 1.2, in OpenSSL's notation.
    void set_ciphers(const std::string& ciphers);
    void set_minimum_version(TLSVersion version);
    TLSVersion minimum_version() const;
    void set_maximum_version(TLSVersion version);

    /// A server's: asked with the name the client wants to reach (nothing: it did not say), it gives the context that
    /// goes on with the connection, or nothing for this one. What it throws refuses the connection. Python's
    /// sni_callback.
    using ServerNameCallback = std::function<std::optional<SSLContext>(std::optional<std::string_view> name)>;
    void set_server_name_callback(ServerNameCallback callback);

    friend bool operator==(const SSLContext&, const SSLContext&) = default;

    /// For the library's own parts.
    const std::shared_ptr<detail::SSLContextState>& state() const { return state_; }

  private:
    friend struct detail::SSLContextState;
    explicit SSLContext(bool server_side);
    explicit SSLContext(std::shared_ptr<detail::SSLContextState> state) : state_(std::move(state)) {}

    std::shared_ptr<detail::SSLContextState> state_;
};

/// A peer's certificate: get_extra_info("peercert"). Of one that was not verified only `der` is told.
struct PeerCertificate {
    using Names = std::vector<std::pair<std::string, std::string>>;
    Names subject;  ///< {"commonName", "localhost"}
    Names issuer;
    Names subject_alt_names;    ///< {"DNS", "localhost"}, {"IP Address", "127.0.0.1"}
    std::string serial_number;  ///< in hexadecimal
    std::string not_before;     ///< "Jan  5 09:34:43 2026 GMT"
    std::string not_after;
    std::string der;  ///< the certificate's bytes
};

/// get_extra_info("cipher").
struct SSLCipher {
    std::string name;      ///< "TLS_AES_256_GCM_SHA384"
    std::string protocol;  ///< that defines it: "TLSv1.3"
    int secret_bits = 0;
};

/// What was agreed on in the handshake: get_extra_info("ssl_object"), Python's SSLObject.
struct SSLObject {
    std::string version;  ///< "TLSv1.3"
    std::optional<SSLCipher> cipher;
    std::optional<std::string> selected_alpn_protocol;  ///< nothing when they had none in common
    std::optional<PeerCertificate> peercert;            ///< nothing when the peer showed none
    std::optional<std::string> server_hostname;  ///< a client's: whom it wanted; a server's: what it was asked for
    bool server_side = false;
    bool session_reused = false;
};

}  // namespace asyncio
