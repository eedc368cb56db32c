// SPDX-License-Identifier: MIT
#pragma once

#include <cctype>
#include <exception>
#include <string>

#include "asyncio/errors.hpp"
#include "runtime/src/net/socket.hpp"

namespace asyncio::detail {

/// "[Errno 98] error while attempting to bind on address ('127.0.0.1', 80): [errno 98] address already in use"
inline std::exception_ptr bind_error(int error, const RawAddress& address) {
    std::string reason = OSError(error, std::string()).what();
    for (char& c : reason) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return make_os_error(
        error, "error while attempting to bind on address " + python_text(to_address(address)) + ": " + reason);
}

}  // namespace asyncio::detail
