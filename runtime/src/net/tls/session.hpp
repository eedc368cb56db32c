// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "asyncio/ssl.hpp"

namespace asyncio::detail {

/// One side of TLS between two memory buffers: what came from the peer is fed in, what must go to the peer is taken
/// out. CPython's SSLObject between its two MemoryBIOs. Knows nothing of loops. "More": what the peer sends next is
/// needed first. Failures are SSLError or a kind of it.
class TlsSession {
  public:
    /// `server_hostname`: a client's. "" is an explicit wish to check none; without any, ValueError when the context
    /// wants to check it.
    TlsSession(const SSLContext& context, bool server_side, const std::optional<std::string>& server_hostname);
    ~TlsSession();

    /// False: more.
    bool do_handshake();
    /// How many bytes were read; 0 is the peer's close_notify; nothing: more.
    std::optional<std::size_t> read(std::span<std::byte> into);
    /// How many bytes were taken, nothing: more.
    std::optional<std::size_t> write(std::string_view data);
    /// Says close_notify and waits for the peer's. False: more.
    bool unwrap();

    void feed(std::string_view from_peer);
    /// Fed, and not yet looked at.
    std::size_t incoming_size() const;
    std::size_t outgoing_size() const;
    /// What must go to the peer; valid until the next call.
    std::string_view outgoing() const;
    void discard_outgoing();

    /// After the handshake.
    SSLObject describe() const;

  private:
    struct Parts;
    void expect_hostname(bool check);
    [[noreturn]] void fail(int status);
    std::unique_ptr<Parts> parts_;
};

}  // namespace asyncio::detail
