// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/certificates.hpp"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <filesystem>
#include <stdexcept>

namespace awaitscope::test {
namespace {

void require(bool ok) {
    if (!ok) throw std::runtime_error("cannot make a certificate");
}

template <auto Free>
struct FreeBy {
    template <class T>
    void operator()(T* object) const {
        Free(object);
    }
};
using KeyPtr = std::unique_ptr<EVP_PKEY, FreeBy<EVP_PKEY_free>>;
using CertificatePtr = std::unique_ptr<X509, FreeBy<X509_free>>;
using BioPtr = std::unique_ptr<BIO, FreeBy<BIO_free_all>>;

template <class Write>
std::string pem(Write write) {
    const BioPtr bio(BIO_new(BIO_s_mem()));
    require(write(bio.get()) == 1);
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return std::string(data, static_cast<std::size_t>(size));
}

std::string pem_of(X509* certificate) {
    return pem([&](BIO* bio) { return PEM_write_bio_X509(bio, certificate); });
}
std::string pem_of(EVP_PKEY* key) {
    return pem([&](BIO* bio) { return PEM_write_bio_PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr); });
}

KeyPtr new_key() {
    KeyPtr key(EVP_EC_gen("P-256"));
    require(key != nullptr);
    return key;
}

void extend(X509* certificate, X509* issuer, int kind, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
    require(extension && X509_add_ext(certificate, extension, -1) == 1);
    X509_EXTENSION_free(extension);
}

/// Without an issuer it signs itself.
CertificatePtr sign(EVP_PKEY* key, X509* issuer, EVP_PKEY* issuer_key, const CertificateWishes& wishes,
                    bool authority) {
    static long serial = 1000;
    CertificatePtr certificate(X509_new());
    X509* const made = certificate.get();
    X509_set_version(made, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(made), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(made), wishes.valid_from_days * 86400L);
    X509_gmtime_adj(X509_getm_notAfter(made), wishes.valid_to_days * 86400L);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(made), "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(wishes.common_name.c_str()), -1, -1, 0);
    X509* const above = issuer ? issuer : made;
    X509_set_issuer_name(made, X509_get_subject_name(above));
    X509_set_pubkey(made, key);
    extend(made, above, NID_basic_constraints, authority ? "critical,CA:TRUE" : "critical,CA:FALSE");
    extend(made, above, NID_key_usage, authority ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature");
    extend(made, above, NID_subject_key_identifier, "hash");
    extend(made, above, NID_authority_key_identifier, "keyid");
    if (!authority && !wishes.alternative_names.empty())
        extend(made, above, NID_subject_alt_name, wishes.alternative_names);
    require(X509_sign(made, issuer_key ? issuer_key : key, EVP_sha256()) > 0);
    return certificate;
}

}  // namespace

struct CertificateAuthority::Keys {
    KeyPtr key = new_key();
    CertificatePtr certificate;
};

CertificateAuthority::CertificateAuthority(const std::string& name) : keys_(std::make_unique<Keys>()) {
    keys_->certificate = sign(keys_->key.get(), nullptr, nullptr, {.common_name = name}, true);
    certificate_ = pem_of(keys_->certificate.get());
}

CertificateAuthority::~CertificateAuthority() = default;

Identity CertificateAuthority::issue(const CertificateWishes& wishes) const {
    const KeyPtr key = new_key();
    const auto certificate = sign(key.get(), keys_->certificate.get(), keys_->key.get(), wishes, false);
    return {pem_of(certificate.get()), pem_of(key.get())};
}

Identity self_signed(const CertificateWishes& wishes) {
    const KeyPtr key = new_key();
    const auto certificate = sign(key.get(), nullptr, nullptr, wishes, false);
    return {pem_of(certificate.get()), pem_of(key.get())};
}

const CertificateAuthority& test_authority() {
    static const CertificateAuthority authority;
    return authority;
}

const Identity& localhost_identity() {
    static const Identity identity = test_authority().issue();
    return identity;
}

TemporaryFile::TemporaryFile(const std::string& text)
    : path_((std::filesystem::temp_directory_path() / "awaitscope-test-XXXXXX").string()) {
    const int file = mkstemp(path_.data());
    if (file < 0) throw std::runtime_error("cannot make a file");
    const bool written = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    ::close(file);
    if (!written) throw std::runtime_error("cannot write a file");
}

TemporaryFile::~TemporaryFile() {
    unlink(path_.c_str());
}

}  // namespace awaitscope::test
