// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>

namespace asyncio {

/// Options are aggregates and trivially destructible: GCC 12 destroys others twice inside a co_await expression. Text
/// they point to is copied before the first suspension.

/// Of open_connection() and create_connection().
struct ConnectionOptions {
    std::size_t limit = 64 * 1024;  ///< of the stream reader, in bytes
};
static_assert(std::is_trivially_destructible_v<ConnectionOptions>);

/// Of start_server() and create_server().
struct ServerOptions {
    std::size_t limit = 64 * 1024;  ///< of the stream readers, in bytes
    int backlog = 100;
    bool reuse_port = false;
    bool start_serving = true;
};
static_assert(std::is_trivially_destructible_v<ServerOptions>);

}  // namespace asyncio
