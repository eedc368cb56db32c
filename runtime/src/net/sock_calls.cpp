// SPDX-License-Identifier: MIT
// CPython's selector_events.py: sock_connect and its like.
#include "runtime/src/net/sock_calls.hpp"

#include <sys/socket.h>

#include <cerrno>

#include "asyncio/errors.hpp"
#include "runtime/src/net/socket_call.hpp"

namespace asyncio::detail {

Coroutine<> connect_socket(EventLoop& loop, int fd, RawAddress address) {
    bool begun = false;
    const auto attempt = [&] {
        if (!begun) {
            begun = true;
            if (connect(fd, address.get(), address.size) == 0) return true;
            // Interrupted by a signal it goes on in the background, as if it took time. A Unix socket's EAGAIN is no
            // such promise: the server's backlog is full, and nothing will tell when it is not.
            if (errno == EINPROGRESS || errno == EINTR) return false;
            throw_os_error(errno);
        }
        int error = 0;
        socklen_t size = sizeof error;
        if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) != 0) error = errno;
        if (error != 0) throw_os_error(error, "Connect call failed " + python_text(to_address(address)));
        return true;
    };
    co_await SocketCall(loop, fd, true, attempt);
}

}  // namespace asyncio::detail
