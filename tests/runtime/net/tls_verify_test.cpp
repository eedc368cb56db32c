// SPDX-License-Identifier: GPL-3.0-or-later
// Whom TLS trusts, and what it says when it does not.
#include "tests/runtime/net/tls_support.hpp"

using namespace asyncio;
using namespace awaitscope::test;
using namespace std::chrono_literals;

namespace {

/// How connecting to a server with this certificate fails: "" when it does not.
std::string connecting_to(const Identity& identity, SSLContext client, const char* host = "localhost") {
    std::string error;
    run([&]() -> Coroutine<> {
        const SSLContext context = SSLContext::server(identity.certificate, identity.key);
        const Server server = co_await start_server(echo, "127.0.0.1", 0, {.ssl = context});
        error =
            co_await error_of(open_connection("127.0.0.1", server.port(), {.ssl = client, .server_hostname = host}));
        server.close();
    });
    return error;
}

constexpr const char* failed = "SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: ";

}  // namespace

TEST_CASE("Verification: a certificate of an authority that is trusted, for the host that is meant") {
    CHECK(connecting_to(localhost_identity(), client_context()) == "");
    CHECK(connecting_to(localhost_identity(), client_context(), "127.0.0.1") == "");
}

TEST_CASE("Verification: an authority that nobody trusts") {
    CHECK(connecting_to(localhost_identity(), SSLContext::client()) ==
          std::string(failed) + "unable to get local issuer certificate");
    const CertificateAuthority other("Awaitscope test CA");
    CHECK(connecting_to(other.issue(), client_context()).starts_with(failed));
}

TEST_CASE("Verification: a certificate that vouches for itself, unless just that one is trusted") {
    const Identity own = self_signed();
    CHECK(connecting_to(own, client_context()) == std::string(failed) + "self-signed certificate");
    SSLContext trusting = SSLContext::client();
    trusting.load_verify_locations(own.certificate);
    CHECK(connecting_to(own, trusting) == "");
    CHECK(connecting_to(own, trusting, "elsewhere.test") ==
          std::string(failed) + "Hostname mismatch, certificate is not valid for 'elsewhere.test'.");
}

TEST_CASE("Verification: expired, and not yet valid") {
    const Identity expired = test_authority().issue({.valid_from_days = -30, .valid_to_days = -1});
    CHECK(connecting_to(expired, client_context()) == std::string(failed) + "certificate has expired");
    const Identity early = test_authority().issue({.valid_from_days = 10, .valid_to_days = 20});
    CHECK(connecting_to(early, client_context()) == std::string(failed) + "certificate is not yet valid");
}

TEST_CASE("Verification: the wrong host, and the wrong address") {
    const Identity elsewhere = test_authority().issue({.common_name = "a.test", .alternative_names = "DNS:a.test"});
    CHECK(connecting_to(elsewhere, client_context()) ==
          std::string(failed) + "Hostname mismatch, certificate is not valid for 'localhost'.");
    CHECK(connecting_to(elsewhere, client_context(), "127.0.0.1") ==
          std::string(failed) + "IP address mismatch, certificate is not valid for '127.0.0.1'.");
    SSLContext any_name = client_context();
    any_name.set_check_hostname(false);
    CHECK(connecting_to(elsewhere, any_name) == "");
    CHECK(connecting_to(elsewhere, any_name, "") == "");
    SSLContext anyone = SSLContext::client();
    anyone.disable_verification();
    CHECK(connecting_to(elsewhere, anyone) == "");
}

TEST_CASE("Verification: a wildcard is for one level of names") {
    const Identity wild = test_authority().issue({.common_name = "w", .alternative_names = "DNS:*.wild.test"});
    CHECK(connecting_to(wild, client_context(), "a.wild.test") == "");
    CHECK(connecting_to(wild, client_context(), "a.b.wild.test").starts_with(failed));
    CHECK(connecting_to(wild, client_context(), "wild.test").starts_with(failed));
}

TEST_CASE("Verification: names that no certificate can be for") {
    CHECK(connecting_to(localhost_identity(), client_context(), "") == "");  // asked for in so many words
    CHECK(connecting_to(localhost_identity(), client_context(), ".localhost") ==
          "ValueError: server_hostname cannot be an empty string or start with a leading dot.");
}

TEST_CASE("Verification: the code and the words of a failure") {
    const Identity expired = test_authority().issue({.valid_from_days = -30, .valid_to_days = -1});
    run([&]() -> Coroutine<> {
        const SSLContext context = SSLContext::server(expired.certificate, expired.key);
        const Server server = co_await start_server(echo, "127.0.0.1", 0, {.ssl = context});
        bool caught = false;
        try {
            co_await open_connection("127.0.0.1", server.port(), {.ssl = client_context()});
        } catch (const SSLCertVerificationError& error) {
            caught = true;
            CHECK(error.verify_code() == 10);
            CHECK(error.verify_message() == "certificate has expired");
            CHECK(error.code().value() == 1);
        }
        CHECK(caught);
        server.close();
    });
}

TEST_CASE("Verification: a server's context is none for a client, and the other way round") {
    run([]() -> Coroutine<> {
        const Server server = co_await start_server(echo, "127.0.0.1", 0, {.ssl = server_context()});
        const auto error = co_await error_of(open_connection("127.0.0.1", server.port(), {.ssl = server_context()}));
        CHECK(error == "SSLError: Cannot create a client socket with a PROTOCOL_TLS_SERVER context");
        server.close();
    });
}

namespace {

/// What a client sees of a server that wants certificates: the bytes of an echo, or an error.
std::string with_client_certificate(VerifyMode mode, const Identity* identity, bool tls12 = false) {
    std::string outcome;
    run([&]() -> Coroutine<> {
        SSLContext server = server_context();
        server.load_verify_locations(test_authority().certificate());
        server.set_verify_mode(mode);
        std::string seen = "nobody";
        const auto handler = [&](StreamReader reader, StreamWriter writer) -> Coroutine<> {
            const auto certificate = writer.get_extra_info("peercert");
            seen = certificate.has_value() ? std::any_cast<PeerCertificate>(certificate).subject.front().second : "-";
            writer.write(seen);
            writer.close();
            co_await reader.read();
        };
        const Server listening = co_await start_server(handler, "127.0.0.1", 0, {.ssl = server});
        SSLContext client = client_context();
        if (tls12) client.set_maximum_version(TLSVersion::TLSv1_2);
        if (identity) client.load_cert_chain(identity->certificate, identity->key);
        const auto talk = [&]() -> Coroutine<std::string> {
            auto [reader, writer] = co_await open_connection("127.0.0.1", listening.port(), {.ssl = client});
            co_return co_await reader.read();
        };
        const auto result = co_await as_result(talk());
        outcome = result.ok() ? result.value() : to_string(result.exception());
        listening.close();
    });
    return outcome;
}

}  // namespace

TEST_CASE("Client certificates: asked for or required, good, bad or missing") {
    const Identity client = test_authority().issue({.common_name = "Ada", .alternative_names = "DNS:ada.test"});
    const Identity stranger = self_signed({.common_name = "Mallory"});
    CHECK(with_client_certificate(CERT_REQUIRED, &client) == "Ada");
    CHECK(with_client_certificate(CERT_OPTIONAL, &client) == "Ada");
    CHECK(with_client_certificate(CERT_OPTIONAL, nullptr) == "-");
    // Not asked for, not shown.
    CHECK(with_client_certificate(CERT_NONE, &client) == "-");
    // In TLS 1.2 the handshake fails on both sides; the alert is not sent, as CPython does not.
    CHECK(with_client_certificate(CERT_REQUIRED, nullptr, true) == "ConnectionResetError");
    CHECK(with_client_certificate(CERT_OPTIONAL, &stranger, true) == "ConnectionResetError");
    // In TLS 1.3 the client has done its part before the server looks: it learns from the end.
    CHECK(with_client_certificate(CERT_REQUIRED, nullptr) == "");
    CHECK(with_client_certificate(CERT_REQUIRED, &stranger) == "");
}
