// SPDX-License-Identifier: MIT
#include "asyncio/server.hpp"

#include <sys/socket.h>

#include <cerrno>
#include <cstring>

#include "asyncio/errors.hpp"
#include "asyncio/sleep.hpp"
#include "runtime/src/net/server_state.hpp"
#include "runtime/src/net/socket_transport.hpp"
#include "runtime/src/probe_hooks.hpp"

namespace asyncio {
namespace detail {

using namespace std::chrono_literals;

ServerState::ServerState(EventLoop& loop, std::vector<Socket> sockets, ProtocolFactory factory, int backlog)
    : loop_(loop), sockets_(std::move(sockets)), factory_(std::move(factory)), backlog_(backlog) {
    loop_.impl().resources.push_back(this);
}

ServerState::~ServerState() {
    // The loop may be gone; then it has let go of this already.
    if (in_list) loop_.impl().resources.remove(this);
}

void ServerState::start_serving() {
    if (serving_ || closed_) return;
    serving_ = true;
    for (std::size_t i = 0; i < sockets_.size(); ++i) {
        if (listen(sockets_[i].fd(), backlog_) != 0) throw_os_error(errno);
        watch(i);
    }
}

void ServerState::watch(std::size_t index) {
    loop_.add_reader(sockets_[index].fd(), [self = shared_from_this(), index] { self->accept_ready(index); });
}

void ServerState::accept_ready(std::size_t index) {
    // Several may have come since the last poll; the rest come with the next.
    for (int i = 0; i <= backlog_ && !closed_; ++i) {
        Socket accepted(accept4(sockets_[index].fd(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
        if (accepted) {
            loop_.create_task(begin_connection(std::move(accepted)));
            continue;
        }
        const int error = errno;
        if (error == EAGAIN || error == EWOULDBLOCK || error == EINTR || error == ECONNABORTED) return;
        if (error != EMFILE && error != ENFILE && error != ENOBUFS && error != ENOMEM) throw_os_error(error);
        // Out of descriptors or memory: the socket would stay readable and the loop spin, so it is left alone for a
        // second.
        hooks::report(loop_,
                      {.message = "socket.accept() out of system resource",
                       .exception = make_os_error(error),
                       .future = std::nullopt,
                       .handle = std::nullopt},
                      hooks::Report::other);
        loop_.remove_reader(sockets_[index].fd());
        loop_.call_later(1s, [self = shared_from_this(), index] {
            if (!self->closed_) self->watch(index);
        });
        return;
    }
}

Coroutine<> ServerState::begin_connection(Socket socket) {
    std::shared_ptr<SocketTransport> transport;
    std::exception_ptr exception;
    try {
        auto protocol = factory_();
        auto waiter = loop_.create_future<>();
        transport = SocketTransport::open(loop_, std::move(socket), std::move(protocol), waiter, shared_from_this());
        co_await waiter;
        co_return;
    } catch (const KeyboardInterrupt&) {
        throw;
    } catch (const SystemExit&) {
        throw;
    } catch (...) {
        exception = std::current_exception();
    }
    if (transport) transport->close();
    if (loop_.get_debug())
        hooks::report(loop_,
                      {.message = "Error on transport creation for incoming connection",
                       .exception = exception,
                       .future = std::nullopt,
                       .handle = std::nullopt},
                      hooks::Report::other);
}

void ServerState::close() {
    if (closed_) return;
    closed_ = true;
    serving_ = false;
    for (Socket& socket : sockets_) {
        loop_.remove_reader(socket.fd());
        socket.close();
    }
    if (serving_forever_ && !serving_forever_->done()) serving_forever_->cancel();
    serving_forever_.reset();
    if (connections_ == 0) wake_waiters();
}

void ServerState::detach() {
    if (--connections_ == 0 && closed_) wake_waiters();
}

void ServerState::wake_waiters() {
    all_gone_ = true;
    for (const Future<>& waiter : std::exchange(waiters_, {}))
        if (!waiter.done()) waiter.set_result();
}

Coroutine<> ServerState::wait_closed() {
    if (all_gone_) co_return;
    const auto self = shared_from_this();
    auto waiter = loop_.create_future<>();
    waiters_.push_back(waiter);
    co_await waiter;
}

Coroutine<> ServerState::serve_forever() {
    const auto self = shared_from_this();
    if (serving_forever_) throw RuntimeError("server is already being awaited on serve_forever()");
    if (closed_) throw RuntimeError("server is closed");
    start_serving();
    auto forever = loop_.create_future<>();
    serving_forever_ = forever;
    std::exception_ptr exception;
    try {
        co_await forever;
    } catch (...) {
        exception = std::current_exception();
    }
    serving_forever_.reset();
    close();
    co_await wait_closed();
    if (exception) std::rethrow_exception(exception);
}

std::vector<SocketAddress> ServerState::addresses() const {
    std::vector<SocketAddress> addresses;
    for (const Socket& socket : sockets_)
        if (auto address = local_of(socket.fd())) addresses.push_back(std::move(*address));
    return addresses;
}

void ServerState::loop_closes() noexcept {
    closed_ = true;
    serving_ = false;
    sockets_.clear();
    waiters_.clear();
    serving_forever_.reset();
}

}  // namespace detail

void Server::close() const {
    state_->close();
}
Coroutine<> Server::wait_closed() const {
    return state_->wait_closed();
}
bool Server::is_serving() const {
    return state_->serving();
}
Coroutine<> Server::serve_forever() const {
    return state_->serve_forever();
}
std::vector<SocketAddress> Server::sockets() const {
    return state_->addresses();
}

Coroutine<> Server::start_serving() const {
    const auto state = state_;
    state->start_serving();
    // Lets what was ready run first, so that the server accepts from its first turn on.
    co_await sleep(std::chrono::seconds(0));
}

int Server::port() const {
    const auto addresses = sockets();
    return addresses.empty() ? 0 : addresses.front().port();
}

Coroutine<detail::ServerScope> Server::scoped() const {
    const Server self = *this;
    co_return detail::ServerScope(self);
}

}  // namespace asyncio
