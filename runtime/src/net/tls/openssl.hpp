// SPDX-License-Identifier: MIT
#pragma once

#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <exception>
#include <memory>
#include <optional>
#include <string>

#include "asyncio/ssl.hpp"

namespace asyncio::detail {

template <auto Free>
struct FreeBy {
    template <class T>
    void operator()(T* object) const {
        Free(object);
    }
};
inline void free_bio(BIO* bio) {
    BIO_free(bio);
}
using BioPtr = std::unique_ptr<BIO, FreeBy<free_bio>>;
using CertificatePtr = std::unique_ptr<X509, FreeBy<X509_free>>;
using KeyPtr = std::unique_ptr<EVP_PKEY, FreeBy<EVP_PKEY_free>>;
using SslPtr = std::unique_ptr<SSL, FreeBy<SSL_free>>;
using SslContextPtr = std::unique_ptr<SSL_CTX, FreeBy<SSL_CTX_free>>;

/// Behind the handles of an SSLContext.
struct SSLContextState {
    SslContextPtr context;
    bool server_side = false;
    bool check_hostname = false;
    SSLContext::ServerNameCallback server_name_callback;
    std::string alpn;  ///< in the protocol's own form: each name after its length

    static int select_alpn(SSL* ssl, const unsigned char** selected, unsigned char* selected_size,
                           const unsigned char* offered, unsigned int offered_size, void* self);
    static int choose_by_name(SSL* ssl, int* alert, void* self);
};

/// What choose_by_name() leaves for the connection that asked.
struct ServerNameAnswer {
    std::shared_ptr<SSLContextState> chosen;  ///< kept alive with the connection
    std::exception_ptr exception;             ///< of the user's callback
};
void keep_answer_for(SSL* ssl, ServerNameAnswer* answer);

/// The last error of OpenSSL in this thread, in Python's words, and none is left behind:
/// "[SSL: WRONG_VERSION_NUMBER] wrong version number". `ssl`: whose verification may have failed; may be null.
std::exception_ptr take_openssl_error(SSL* ssl, const std::string& server_hostname);
[[noreturn]] void throw_openssl_error();

PeerCertificate describe_certificate(X509* certificate, bool verified);

}  // namespace asyncio::detail
