// SPDX-License-Identifier: MIT
// CPython's ssl.SSLContext.
#include <openssl/err.h>
#include <openssl/pem.h>

#include <cerrno>
#include <cstring>

#include "asyncio/errors.hpp"
#include "runtime/src/net/tls/openssl.hpp"

namespace asyncio {
namespace detail {
namespace {

// As CPython: forward secrecy and authenticated encryption first, nothing broken at all.
constexpr const char* default_ciphers =
    "@SECLEVEL=2:ECDH+AESGCM:ECDH+CHACHA20:ECDH+AES:DHE+AES:!aNULL:!eNULL:!aDSS:!SHA1:!AESCCM";

bool is_pem(const std::string& text) {
    return text.starts_with("-----BEGIN");
}

/// Reads PEM text, or the file that has it.
BioPtr open_pem(const std::string& file_or_pem) {
    ERR_clear_error();
    errno = 0;
    BioPtr bio(is_pem(file_or_pem) ? BIO_new_mem_buf(file_or_pem.data(), static_cast<int>(file_or_pem.size()))
                                   : BIO_new_file(file_or_pem.c_str(), "r"));
    if (!bio) {
        const int error = errno;
        if (error == 0) throw_openssl_error();
        ERR_clear_error();
        throw_os_error(error);
    }
    return bio;
}

[[noreturn]] void throw_pem_error() {
    ERR_clear_error();
    throw SSLError(SSL_ERROR_SSL, "[SSL] PEM lib");
}

int give_password(char* buffer, int size, int, void* text) {
    const auto& password = *static_cast<const std::string*>(text);
    if (password.size() > static_cast<std::size_t>(size)) return -1;
    std::memcpy(buffer, password.data(), password.size());
    return static_cast<int>(password.size());
}

/// The end of a PEM text: nothing wrong with it, just no further block.
bool at_end_of_pem() {
    const unsigned long error = ERR_peek_last_error();
    const bool end = ERR_GET_LIB(error) == ERR_LIB_PEM && ERR_GET_REASON(error) == PEM_R_NO_START_LINE;
    if (end) ERR_clear_error();
    return end;
}

void trust_pem(SSL_CTX* context, const std::string& pem) {
    const BioPtr bio = open_pem(pem);
    X509_STORE* const store = SSL_CTX_get_cert_store(context);
    bool any = false;
    while (const CertificatePtr certificate{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)}) {
        if (X509_STORE_add_cert(store, certificate.get()) != 1) throw_openssl_error();
        any = true;
    }
    if (!any) throw SSLError(0, "no start line: cadata does not contain a certificate");
    if (!at_end_of_pem()) throw_openssl_error();
}

int verify_flags(VerifyMode mode) {
    switch (mode) {
        case VerifyMode::none:
            return SSL_VERIFY_NONE;
        case VerifyMode::optional:
            return SSL_VERIFY_PEER;
        case VerifyMode::required:
            return SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT;
    }
    throw ValueError("invalid value for verify_mode");
}

}  // namespace

int SSLContextState::select_alpn(SSL*, const unsigned char** selected, unsigned char* selected_size,
                                 const unsigned char* offered, unsigned int offered_size, void* self) {
    const std::string& ours = static_cast<const SSLContextState*>(self)->alpn;
    unsigned char* found = nullptr;
    const int result = SSL_select_next_proto(&found, selected_size, reinterpret_cast<const unsigned char*>(ours.data()),
                                             static_cast<unsigned int>(ours.size()), offered, offered_size);
    *selected = found;
    // Nothing in common: the connection goes on without a protocol, as CPython's does.
    return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

namespace {
int answer_index() {
    static const int index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return index;
}
}  // namespace

void keep_answer_for(SSL* ssl, ServerNameAnswer* answer) {
    SSL_set_ex_data(ssl, answer_index(), answer);
}

int SSLContextState::choose_by_name(SSL* ssl, int* alert, void* self) {
    const auto& callback = static_cast<const SSLContextState*>(self)->server_name_callback;
    auto* const answer = static_cast<ServerNameAnswer*>(SSL_get_ex_data(ssl, answer_index()));
    const char* const name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
    try {
        const auto chosen = callback(name ? std::optional<std::string_view>(name) : std::nullopt);
        if (!chosen) return SSL_TLSEXT_ERR_OK;
        answer->chosen = chosen->state();
        SSL_set_SSL_CTX(ssl, answer->chosen->context.get());
        return SSL_TLSEXT_ERR_OK;
    } catch (...) {
        answer->exception = std::current_exception();
        *alert = SSL_AD_HANDSHAKE_FAILURE;
        return SSL_TLSEXT_ERR_ALERT_FATAL;
    }
}

}  // namespace detail

using detail::SSLContextState;

SSLContext::SSLContext(bool server_side) : state_(std::make_shared<SSLContextState>()) {
    ERR_clear_error();
    state_->server_side = server_side;
    state_->context.reset(SSL_CTX_new(server_side ? TLS_server_method() : TLS_client_method()));
    SSL_CTX* const context = state_->context.get();
    if (!context) detail::throw_openssl_error();
    SSL_CTX_set_options(context, SSL_OP_ALL | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE |
                                     SSL_OP_IGNORE_UNEXPECTED_EOF | SSL_OP_ENABLE_MIDDLEBOX_COMPAT);
    SSL_CTX_set_mode(context, SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_AUTO_RETRY | SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    // A certificate that is trusted by itself needs no root above it.
    X509_VERIFY_PARAM* const verification = SSL_CTX_get0_param(context);
    X509_VERIFY_PARAM_set_flags(verification, X509_V_FLAG_TRUSTED_FIRST | X509_V_FLAG_PARTIAL_CHAIN);
    X509_VERIFY_PARAM_set_hostflags(verification, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    static constexpr unsigned char session_id[] = "asyncio";
    SSL_CTX_set_session_id_context(context, session_id, sizeof session_id);
    set_ciphers(detail::default_ciphers);
    set_verify_mode(CERT_NONE);
}

SSLContext SSLContext::client() {
    SSLContext context(false);
    context.set_check_hostname(true);
    context.load_default_certs();
    return context;
}

SSLContext SSLContext::server(const std::string& certificate, const std::string& key, const std::string& password) {
    SSLContext context(true);
    context.load_cert_chain(certificate, key, password);
    return context;
}

void SSLContext::load_cert_chain(const std::string& certificate, const std::string& key, const std::string& password) {
    SSL_CTX* const context = state_->context.get();
    const detail::BioPtr chain = detail::open_pem(certificate);
    const detail::CertificatePtr own(PEM_read_bio_X509_AUX(chain.get(), nullptr, nullptr, nullptr));
    if (!own) detail::throw_pem_error();
    if (SSL_CTX_use_certificate(context, own.get()) != 1) detail::throw_openssl_error();
    SSL_CTX_clear_chain_certs(context);
    while (detail::CertificatePtr above{PEM_read_bio_X509(chain.get(), nullptr, nullptr, nullptr)})
        if (SSL_CTX_add0_chain_cert(context, above.get()) == 1)
            above.release();
        else
            detail::throw_openssl_error();
    if (!detail::at_end_of_pem()) detail::throw_pem_error();

    const detail::BioPtr keys = detail::open_pem(key.empty() ? certificate : key);
    std::string given = password;
    const detail::KeyPtr own_key(PEM_read_bio_PrivateKey(keys.get(), nullptr, detail::give_password, &given));
    if (!own_key) detail::throw_pem_error();
    if (SSL_CTX_use_PrivateKey(context, own_key.get()) != 1 || SSL_CTX_check_private_key(context) != 1)
        detail::throw_openssl_error();
}

void SSLContext::load_verify_locations(const std::string& file_or_pem, const std::string& folder) {
    SSL_CTX* const context = state_->context.get();
    if (file_or_pem.empty() && folder.empty()) throw TypeError("cafile, capath and cadata cannot be all omitted");
    const bool pem = detail::is_pem(file_or_pem);
    if (pem) detail::trust_pem(context, file_or_pem);
    const char* const file = pem || file_or_pem.empty() ? nullptr : file_or_pem.c_str();
    if (!file && folder.empty()) return;
    ERR_clear_error();
    errno = 0;
    if (SSL_CTX_load_verify_locations(context, file, folder.empty() ? nullptr : folder.c_str()) == 1) return;
    if (const int error = errno) {
        ERR_clear_error();
        throw_os_error(error);
    }
    detail::throw_openssl_error();
}

void SSLContext::load_default_certs() {
    ERR_clear_error();
    if (SSL_CTX_set_default_verify_paths(state_->context.get()) != 1) detail::throw_openssl_error();
}

void SSLContext::set_verify_mode(VerifyMode mode) {
    if (mode == CERT_NONE && state_->check_hostname)
        throw ValueError("Cannot set verify_mode to CERT_NONE when check_hostname is enabled.");
    SSL_CTX_set_verify(state_->context.get(), detail::verify_flags(mode), nullptr);
}

VerifyMode SSLContext::verify_mode() const {
    const int flags = SSL_CTX_get_verify_mode(state_->context.get());
    if (flags == SSL_VERIFY_NONE) return CERT_NONE;
    return flags & SSL_VERIFY_FAIL_IF_NO_PEER_CERT ? CERT_REQUIRED : CERT_OPTIONAL;
}

void SSLContext::set_check_hostname(bool on) {
    if (on && verify_mode() == CERT_NONE) set_verify_mode(CERT_REQUIRED);
    state_->check_hostname = on;
}

bool SSLContext::check_hostname() const {
    return state_->check_hostname;
}

void SSLContext::disable_verification() {
    set_check_hostname(false);
    set_verify_mode(CERT_NONE);
}

void SSLContext::set_alpn_protocols(const std::vector<std::string>& protocols) {
    std::string alpn;
    for (const std::string& protocol : protocols) {
        if (protocol.empty() || protocol.size() > 255) throw SSLError("ALPN protocols must be 1 to 255 in length");
        alpn += static_cast<char>(protocol.size());
        alpn += protocol;
    }
    state_->alpn = alpn;
    SSL_CTX* const context = state_->context.get();
    SSL_CTX_set_alpn_protos(context, reinterpret_cast<const unsigned char*>(alpn.data()),
                            static_cast<unsigned int>(alpn.size()));
    SSL_CTX_set_alpn_select_cb(context, alpn.empty() ? nullptr : SSLContextState::select_alpn, state_.get());
}

void SSLContext::set_ciphers(const std::string& ciphers) {
    ERR_clear_error();
    if (SSL_CTX_set_cipher_list(state_->context.get(), ciphers.c_str()) == 1) return;
    ERR_clear_error();
    throw SSLError("No cipher can be selected.");
}

void SSLContext::set_minimum_version(TLSVersion version) {
    if (SSL_CTX_set_min_proto_version(state_->context.get(), static_cast<int>(version)) != 1)
        throw ValueError("Unsupported protocol version");
}

TLSVersion SSLContext::minimum_version() const {
    return static_cast<TLSVersion>(SSL_CTX_get_min_proto_version(state_->context.get()));
}

void SSLContext::set_maximum_version(TLSVersion version) {
    if (SSL_CTX_set_max_proto_version(state_->context.get(), static_cast<int>(version)) != 1)
        throw ValueError("Unsupported protocol version");
}

void SSLContext::set_server_name_callback(ServerNameCallback callback) {
    state_->server_name_callback = std::move(callback);
    SSL_CTX* const context = state_->context.get();
    const auto choose = state_->server_name_callback ? SSLContextState::choose_by_name : nullptr;
    SSL_CTX_set_tlsext_servername_callback(context, choose);
    SSL_CTX_set_tlsext_servername_arg(context, state_.get());
}

}  // namespace asyncio
