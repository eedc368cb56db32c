// SPDX-License-Identifier: MIT
// CPython's _ssl.c, _SSLSocket over memory BIOs.
#include "runtime/src/net/tls/session.hpp"

#include <openssl/err.h>

#include "asyncio/errors.hpp"
#include "runtime/src/net/tls/openssl.hpp"

namespace asyncio::detail {

struct TlsSession::Parts {
    SSLContext context;  ///< whose callbacks may be called
    std::string server_hostname;
    ServerNameAnswer answer;
    SslPtr ssl;
    BIO* incoming = nullptr;  ///< both belong to ssl
    BIO* outgoing = nullptr;
    bool server_side = false;
};

namespace {

/// Empty is "come back later", never the end of the stream.
BioPtr memory_bio() {
    BioPtr bio(BIO_new(BIO_s_mem()));
    if (!bio) throw_openssl_error();
    BIO_set_mem_eof_return(bio.get(), -1);
    return bio;
}

bool is_ip_address(const std::string& host) {
    ASN1_OCTET_STRING* const octets = a2i_IPADDRESS(host.c_str());
    ERR_clear_error();
    ASN1_OCTET_STRING_free(octets);
    return octets != nullptr;
}

bool wants_more(int error) {
    return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE;
}

}  // namespace

TlsSession::TlsSession(const SSLContext& context, bool server_side, const std::optional<std::string>& server_hostname)
    : parts_(new Parts{context, server_hostname.value_or(""), {}, nullptr, nullptr, nullptr, server_side}) {
    Parts& parts = *parts_;
    if (context.state()->server_side != server_side)
        throw SSLError(SSL_ERROR_SSL, server_side ? "Cannot create a server socket with a PROTOCOL_TLS_CLIENT context"
                                                  : "Cannot create a client socket with a PROTOCOL_TLS_SERVER context");
    if (!server_side && !server_hostname && context.check_hostname())
        throw ValueError("check_hostname requires server_hostname");
    ERR_clear_error();
    parts.ssl.reset(SSL_new(context.state()->context.get()));
    if (!parts.ssl) throw_openssl_error();
    SSL* const ssl = parts.ssl.get();
    BioPtr incoming = memory_bio();
    BioPtr outgoing = memory_bio();
    parts.incoming = incoming.get();
    parts.outgoing = outgoing.get();
    SSL_set_bio(ssl, incoming.release(), outgoing.release());
    keep_answer_for(ssl, &parts.answer);
    if (!parts.server_hostname.empty()) expect_hostname(context.check_hostname());
    if (server_side)
        SSL_set_accept_state(ssl);
    else
        SSL_set_connect_state(ssl);
}

TlsSession::~TlsSession() = default;

void TlsSession::expect_hostname(bool check) {
    SSL* const ssl = parts_->ssl.get();
    const std::string& name = parts_->server_hostname;
    if (name.front() == '.') throw ValueError("server_hostname cannot be an empty string or start with a leading dot.");
    if (name.find('\0') != std::string::npos) throw TypeError("argument must be encoded string without null bytes");
    const bool ip = is_ip_address(name);
    // An address is never sent as a name: the protocol has no place for it.
    if (!ip && SSL_set_tlsext_host_name(ssl, name.c_str()) != 1) throw_openssl_error();
    if (!check) return;
    X509_VERIFY_PARAM* const verification = SSL_get0_param(ssl);
    const int set = ip ? X509_VERIFY_PARAM_set1_ip_asc(verification, name.c_str())
                       : X509_VERIFY_PARAM_set1_host(verification, name.c_str(), name.size());
    if (set != 1) throw_openssl_error();
}

void TlsSession::fail(int status) {
    SSL* const ssl = parts_->ssl.get();
    const int error = SSL_get_error(ssl, status);
    if (const auto exception = std::exchange(parts_->answer.exception, nullptr)) {
        ERR_clear_error();
        std::rethrow_exception(exception);
    }
    if (error == SSL_ERROR_ZERO_RETURN) throw SSLZeroReturnError(error, "TLS/SSL connection has been closed (EOF)");
    if (error == SSL_ERROR_SYSCALL && ERR_peek_last_error() == 0)
        throw SSLEOFError(error, "EOF occurred in violation of protocol");
    std::rethrow_exception(take_openssl_error(ssl, parts_->server_hostname));
}

bool TlsSession::do_handshake() {
    ERR_clear_error();
    const int status = SSL_do_handshake(parts_->ssl.get());
    if (status == 1) return true;
    if (wants_more(SSL_get_error(parts_->ssl.get(), status))) return false;
    fail(status);
}

std::optional<std::size_t> TlsSession::read(std::span<std::byte> into) {
    SSL* const ssl = parts_->ssl.get();
    ERR_clear_error();
    std::size_t count = 0;
    const int status = SSL_read_ex(ssl, into.data(), into.size(), &count);
    if (status == 1) return count;
    const int error = SSL_get_error(ssl, status);
    if (wants_more(error)) return std::nullopt;
    if (error == SSL_ERROR_ZERO_RETURN && SSL_get_shutdown(ssl) & SSL_RECEIVED_SHUTDOWN) return 0;
    fail(status);
}

std::optional<std::size_t> TlsSession::write(std::string_view data) {
    SSL* const ssl = parts_->ssl.get();
    ERR_clear_error();
    std::size_t count = 0;
    const int status = SSL_write_ex(ssl, data.data(), data.size(), &count);
    if (status == 1) return count;
    if (wants_more(SSL_get_error(ssl, status))) return std::nullopt;
    fail(status);
}

bool TlsSession::unwrap() {
    SSL* const ssl = parts_->ssl.get();
    ERR_clear_error();
    int status = SSL_shutdown(ssl);
    // 0: our close_notify is out. The second call looks for the peer's.
    if (status == 0) status = SSL_shutdown(ssl);
    if (status >= 0) return true;
    if (wants_more(SSL_get_error(ssl, status))) return false;
    fail(status);
}

void TlsSession::feed(std::string_view from_peer) {
    std::size_t written = 0;
    if (!from_peer.empty() && BIO_write_ex(parts_->incoming, from_peer.data(), from_peer.size(), &written) != 1)
        throw_openssl_error();
}

std::size_t TlsSession::incoming_size() const {
    return BIO_ctrl_pending(parts_->incoming);
}
std::size_t TlsSession::outgoing_size() const {
    return BIO_ctrl_pending(parts_->outgoing);
}

std::string_view TlsSession::outgoing() const {
    char* data = nullptr;
    const long size = BIO_get_mem_data(parts_->outgoing, &data);
    return {data, static_cast<std::size_t>(size)};
}

void TlsSession::discard_outgoing() {
    (void)BIO_reset(parts_->outgoing);
}

SSLObject TlsSession::describe() const {
    SSL* const ssl = parts_->ssl.get();
    SSLObject object;
    object.version = SSL_get_version(ssl);
    if (const SSL_CIPHER* const cipher = SSL_get_current_cipher(ssl))
        object.cipher = SSLCipher{SSL_CIPHER_get_name(cipher), SSL_CIPHER_get_version(cipher),
                                  SSL_CIPHER_get_bits(cipher, nullptr)};
    const unsigned char* protocol = nullptr;
    unsigned int protocol_size = 0;
    SSL_get0_alpn_selected(ssl, &protocol, &protocol_size);
    if (protocol) object.selected_alpn_protocol = std::string(reinterpret_cast<const char*>(protocol), protocol_size);
    if (X509* const certificate = SSL_get0_peer_certificate(ssl))
        object.peercert = describe_certificate(certificate, SSL_get_verify_mode(ssl) & SSL_VERIFY_PEER);
    const char* const asked_for = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
    if (!parts_->server_side && !parts_->server_hostname.empty())
        object.server_hostname = parts_->server_hostname;
    else if (asked_for)
        object.server_hostname = asked_for;
    object.server_side = parts_->server_side;
    object.session_reused = SSL_session_reused(ssl) == 1;
    return object;
}

}  // namespace asyncio::detail
