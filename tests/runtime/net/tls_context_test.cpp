// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "asyncio/asyncio.hpp"
#include "tests/support/certificates.hpp"

using namespace asyncio;
using namespace awaitscope::test;

namespace {

/// "TypeName: message" of what the call throws; empty when it throws nothing.
template <class Call>
std::string error_of(Call call) {
    try {
        call();
        return {};
    } catch (...) {
        return to_string(std::current_exception());
    }
}

}  // namespace

TEST_CASE("A client's context verifies the certificate and the host's name unless it is told not to") {
    SSLContext context = SSLContext::client();
    CHECK(context.verify_mode() == CERT_REQUIRED);
    CHECK(context.check_hostname());
    CHECK(context.minimum_version() == TLSVersion::TLSv1_2);
    CHECK(error_of([&] { context.set_verify_mode(CERT_NONE); }) ==
          "ValueError: Cannot set verify_mode to CERT_NONE when check_hostname is enabled.");
    CHECK(context.verify_mode() == CERT_REQUIRED);
    context.disable_verification();
    CHECK(context.verify_mode() == CERT_NONE);
    CHECK_FALSE(context.check_hostname());
    context.set_check_hostname(true);
    CHECK(context.verify_mode() == CERT_REQUIRED);
}

TEST_CASE("A context is a handle: copies share its state") {
    SSLContext context = SSLContext::client();
    SSLContext copy = context;
    copy.set_minimum_version(TLSVersion::TLSv1_3);
    CHECK(context.minimum_version() == TLSVersion::TLSv1_3);
    CHECK(copy == context);
    CHECK_FALSE(SSLContext::client() == context);
}

TEST_CASE("A server's context takes paths and PEM text, and asks clients for nothing") {
    const Identity& identity = localhost_identity();
    const SSLContext from_text = SSLContext::server(identity.certificate, identity.key);
    CHECK(from_text.verify_mode() == CERT_NONE);
    const TemporaryFile certificate(identity.certificate);
    const TemporaryFile key(identity.key);
    CHECK(error_of([&] { SSLContext::server(certificate.path(), key.path()); }) == "");
    const TemporaryFile both(identity.key + identity.certificate);
    CHECK(error_of([&] { SSLContext::server(both.path()); }) == "");
}

TEST_CASE("What is wrong with a certificate's file is said as Python says it") {
    const Identity& identity = localhost_identity();
    const Identity other = self_signed();
    const TemporaryFile nonsense("nonsense\n");
    CHECK(error_of([&] { SSLContext::server("/nowhere/at/all.pem"); }) ==
          "FileNotFoundError: [Errno 2] No such file or directory");
    CHECK(error_of([&] { SSLContext::server(nonsense.path()); }) == "SSLError: [SSL] PEM lib");
    CHECK(error_of([&] { SSLContext::server(identity.certificate, nonsense.path()); }) == "SSLError: [SSL] PEM lib");
    CHECK(error_of([&] { SSLContext::server(identity.certificate, other.key); }) ==
          "SSLError: [X509: KEY_VALUES_MISMATCH] key values mismatch");
    SSLContext client = SSLContext::client();
    CHECK(error_of([&] { client.load_verify_locations("/nowhere/at/all.pem"); }) ==
          "FileNotFoundError: [Errno 2] No such file or directory");
    CHECK(error_of([&] { client.load_verify_locations(nonsense.path()); }) ==
          "SSLError: [X509: NO_CERTIFICATE_OR_CRL_FOUND] no certificate or crl found");
    CHECK(error_of([&] { client.load_verify_locations(""); }) ==
          "TypeError: cafile, capath and cadata cannot be all omitted");
    CHECK(error_of([&] { client.load_verify_locations(test_authority().certificate()); }) == "");
}

TEST_CASE("Ciphers and protocols that cannot be are refused") {
    SSLContext context = SSLContext::client();
    CHECK(error_of([&] { context.set_ciphers("NO-SUCH-CIPHER"); }) == "SSLError: No cipher can be selected.");
    CHECK(error_of([&] { context.set_ciphers("ECDHE+AESGCM"); }) == "");
    CHECK(error_of([&] {
              context.set_alpn_protocols({"h2", ""});
          }) == "SSLError: ALPN protocols must be 1 to 255 in length");
    CHECK(error_of([&] { context.set_alpn_protocols({std::string(256, 'x')}); }) ==
          "SSLError: ALPN protocols must be 1 to 255 in length");
    CHECK(error_of([&] { context.set_alpn_protocols({"h2", "http/1.1"}); }) == "");
}
