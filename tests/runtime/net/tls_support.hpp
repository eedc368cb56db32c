// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <catch2/catch.hpp>
#include <string>

#include "asyncio/asyncio.hpp"
#include "tests/support/certificates.hpp"

namespace awaitscope::test {

/// Serves as localhost and 127.0.0.1.
inline asyncio::SSLContext server_context() {
    return asyncio::SSLContext::server(localhost_identity().certificate, localhost_identity().key);
}

/// Trusts the tests' authority.
inline asyncio::SSLContext client_context() {
    asyncio::SSLContext context = asyncio::SSLContext::client();
    context.load_verify_locations(test_authority().certificate());
    return context;
}

inline asyncio::Coroutine<> echo(asyncio::StreamReader reader, asyncio::StreamWriter writer) {
    for (;;) {
        const std::string data = co_await reader.read(64 * 1024);
        if (data.empty()) break;
        writer.write(data);
        co_await writer.drain();
    }
    writer.close();
}

/// "TypeName: message" of what awaiting throws; "" when it throws nothing.
template <class A>
asyncio::Coroutine<std::string> error_of(A awaitable) {
    const auto result = co_await asyncio::as_result(std::move(awaitable));
    co_return result.ok() ? std::string() : asyncio::to_string(result.exception());
}

}  // namespace awaitscope::test
