// SPDX-License-Identifier: MIT
// What CPython's _ssl.c makes of OpenSSL's error queue.
#include <openssl/err.h>

#include <cctype>

#include "asyncio/errors.hpp"
#include "runtime/src/net/tls/openssl.hpp"

namespace asyncio::detail {
namespace {

/// The libraries' short names, as Python prints them.
const char* library_name(unsigned long error) {
    switch (ERR_GET_LIB(error)) {
        case ERR_LIB_SSL:
            return "SSL";
        case ERR_LIB_X509:
            return "X509";
        case ERR_LIB_X509V3:
            return "X509V3";
        case ERR_LIB_PEM:
            return "PEM";
        case ERR_LIB_ASN1:
            return "ASN1";
        case ERR_LIB_EVP:
            return "EVP";
        case ERR_LIB_RSA:
            return "RSA";
        case ERR_LIB_EC:
            return "EC";
        case ERR_LIB_BIO:
            return "BIO";
        case ERR_LIB_SYS:
            return "SYS";
        default:
            return nullptr;
    }
}

/// "certificate verify failed" is CERTIFICATE_VERIFY_FAILED.
std::string mnemonic(std::string words) {
    for (char& c : words)
        c = std::isalnum(static_cast<unsigned char>(c)) ? static_cast<char>(std::toupper(static_cast<unsigned char>(c)))
                                                        : '_';
    return words;
}

std::string verify_message(long code, const std::string& server_hostname) {
    switch (code) {
        case X509_V_ERR_HOSTNAME_MISMATCH:
            return "Hostname mismatch, certificate is not valid for '" + server_hostname + "'.";
        case X509_V_ERR_IP_ADDRESS_MISMATCH:
            return "IP address mismatch, certificate is not valid for '" + server_hostname + "'.";
        default:
            return X509_verify_cert_error_string(code);
    }
}

}  // namespace

std::exception_ptr take_openssl_error(SSL* ssl, const std::string& server_hostname) {
    const unsigned long error = ERR_peek_last_error();
    ERR_clear_error();
    const int code = SSL_ERROR_SSL;
    if (error == 0) return std::make_exception_ptr(SSLError(code, "A failure in the SSL library occurred"));
    const char* const words = ERR_reason_error_string(error);
    const std::string text = words ? words : "unknown error";
    const bool of_ssl = ERR_GET_LIB(error) == ERR_LIB_SSL;
    if (of_ssl && ERR_GET_REASON(error) == SSL_R_UNEXPECTED_EOF_WHILE_READING)
        return std::make_exception_ptr(SSLEOFError(SSL_ERROR_SYSCALL, "EOF occurred in violation of protocol"));
    std::string prefix;
    if (const char* const library = library_name(error))
        // The errors that every library has (ERR_R_...) have no name in Python.
        prefix = ERR_GET_REASON(error) & ERR_RFLAG_COMMON ? "[" + std::string(library) + "] "
                                                          : "[" + std::string(library) + ": " + mnemonic(text) + "] ";
    if (of_ssl && ERR_GET_REASON(error) == SSL_R_CERTIFICATE_VERIFY_FAILED && ssl) {
        const long verify_code = SSL_get_verify_result(ssl);
        const std::string why = verify_message(verify_code, server_hostname);
        return std::make_exception_ptr(
            SSLCertVerificationError(code, prefix + text + ": " + why, static_cast<int>(verify_code), why));
    }
    return std::make_exception_ptr(SSLError(code, prefix + text));
}

void throw_openssl_error() {
    std::rethrow_exception(take_openssl_error(nullptr, {}));
}

}  // namespace asyncio::detail
