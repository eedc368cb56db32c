// SPDX-License-Identifier: MIT
#pragma once

#include <exception>

namespace asyncio::detail {

/// A transport that TLS can be spoken over, which may have to end it with an error of its own: CPython's
/// _start_tls_compatible and _force_close().
class Carrier {
  public:
    /// Ends at once; connection_lost(exception) follows.
    virtual void force_close(std::exception_ptr exception) = 0;

  protected:
    ~Carrier() = default;
};

}  // namespace asyncio::detail
