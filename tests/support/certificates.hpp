// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace awaitscope::test {

/// A certificate and its key, as PEM text.
struct Identity {
    std::string certificate;
    std::string key;
};

/// What a certificate is to say.
struct CertificateWishes {
    std::string common_name = "localhost";
    /// "DNS:localhost", "IP:127.0.0.1"; as OpenSSL's subjectAltName.
    std::string alternative_names = "DNS:localhost,IP:127.0.0.1";
    int valid_from_days = -1;  ///< from now
    int valid_to_days = 365;
};

/// Issues certificates for one test.
class CertificateAuthority {
  public:
    explicit CertificateAuthority(const std::string& name = "Awaitscope test CA");
    ~CertificateAuthority();
    /// Its own certificate, PEM: whom to trust.
    const std::string& certificate() const { return certificate_; }
    Identity issue(const CertificateWishes& wishes = CertificateWishes()) const;

  private:
    struct Keys;
    std::unique_ptr<Keys> keys_;
    std::string certificate_;
};

/// Vouches for itself.
Identity self_signed(const CertificateWishes& wishes = CertificateWishes());

/// The one of all tests of a process: making keys takes milliseconds.
const CertificateAuthority& test_authority();
const Identity& localhost_identity();

/// A text in a file that goes with this.
class TemporaryFile {
  public:
    explicit TemporaryFile(const std::string& text);
    ~TemporaryFile();
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    const std::string& path() const { return path_; }

  private:
    std::string path_;
};

}  // namespace awaitscope::test
