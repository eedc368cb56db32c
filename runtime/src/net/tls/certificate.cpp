// SPDX-License-Identifier: MIT
// What Python's getpeercert() tells.
#include <openssl/pem.h>

#include "runtime/src/net/tls/openssl.hpp"

namespace asyncio::detail {
namespace {

std::string text_of(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    std::string text(data, static_cast<std::size_t>(size));
    (void)BIO_reset(bio);
    return text;
}

std::string text_of(const ASN1_STRING* string) {
    unsigned char* utf8 = nullptr;
    const int size = ASN1_STRING_to_UTF8(&utf8, string);
    if (size < 0) return {};
    std::string text(reinterpret_cast<char*>(utf8), static_cast<std::size_t>(size));
    OPENSSL_free(utf8);
    return text;
}

PeerCertificate::Names names_of(const X509_NAME* name) {
    PeerCertificate::Names names;
    for (int i = 0; i < X509_NAME_entry_count(name); ++i) {
        const X509_NAME_ENTRY* const entry = X509_NAME_get_entry(name, i);
        const char* const key = OBJ_nid2ln(OBJ_obj2nid(X509_NAME_ENTRY_get_object(entry)));
        names.emplace_back(key ? key : "UNDEF", text_of(X509_NAME_ENTRY_get_data(entry)));
    }
    return names;
}

/// OpenSSL prints "DNS:localhost"; Python splits that at the colon.
PeerCertificate::Names alternative_names_of(X509* certificate, BIO* scratch) {
    PeerCertificate::Names names;
    auto* const found =
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr));
    for (int i = 0; i < sk_GENERAL_NAME_num(found); ++i) {
        GENERAL_NAME_print(scratch, sk_GENERAL_NAME_value(found, i));
        const std::string text = text_of(scratch);
        const auto colon = text.find(':');
        if (colon != std::string::npos) names.emplace_back(text.substr(0, colon), text.substr(colon + 1));
    }
    GENERAL_NAMES_free(found);
    return names;
}

}  // namespace

PeerCertificate describe_certificate(X509* certificate, bool verified) {
    PeerCertificate description;
    unsigned char* der = nullptr;
    const int size = i2d_X509(certificate, &der);
    if (size > 0) description.der.assign(reinterpret_cast<char*>(der), static_cast<std::size_t>(size));
    OPENSSL_free(der);
    if (!verified) return description;

    const BioPtr scratch(BIO_new(BIO_s_mem()));
    description.subject = names_of(X509_get_subject_name(certificate));
    description.issuer = names_of(X509_get_issuer_name(certificate));
    description.subject_alt_names = alternative_names_of(certificate, scratch.get());
    i2a_ASN1_INTEGER(scratch.get(), X509_get0_serialNumber(certificate));
    description.serial_number = text_of(scratch.get());
    ASN1_TIME_print(scratch.get(), X509_get0_notBefore(certificate));
    description.not_before = text_of(scratch.get());
    ASN1_TIME_print(scratch.get(), X509_get0_notAfter(certificate));
    description.not_after = text_of(scratch.get());
    return description;
}

}  // namespace asyncio::detail
