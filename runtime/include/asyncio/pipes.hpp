// SPDX-License-Identifier: MIT
#pragma once

#include "asyncio/connections.hpp"

namespace asyncio {

namespace detail {
Coroutine<MadeConnection> connect_read_pipe(EventLoop& loop, ProtocolFactory factory, int fd);
Coroutine<MadeConnection> connect_write_pipe(EventLoop& loop, ProtocolFactory factory, int fd);
}  // namespace detail

template <class Factory>
auto EventLoop::connect_read_pipe(Factory factory, int fd) {
    return detail::typed_connection<detail::ProtocolOf<Factory>>(
        detail::connect_read_pipe(*this, std::move(factory), fd));
}
template <class Factory>
auto EventLoop::connect_write_pipe(Factory factory, int fd) {
    return detail::typed_connection<detail::ProtocolOf<Factory>>(
        detail::connect_write_pipe(*this, std::move(factory), fd));
}

}  // namespace asyncio
