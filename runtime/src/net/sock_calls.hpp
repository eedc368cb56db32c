// SPDX-License-Identifier: MIT
#pragma once

#include "asyncio/coroutine.hpp"
#include "asyncio/event_loop.hpp"
#include "runtime/src/net/socket.hpp"

namespace asyncio::detail {

/// Connects a socket that does not block; waits only when the kernel says that it takes time. Throws OSError.
Coroutine<> connect_socket(EventLoop& loop, int fd, RawAddress address);

/// In debug mode: ValueError for a socket that blocks.
void require_nonblocking(EventLoop& loop, int fd);

}  // namespace asyncio::detail
