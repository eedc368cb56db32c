// SPDX-License-Identifier: MIT
#include "asyncio/server.hpp"

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "asyncio/errors.hpp"
#include "asyncio/sleep.hpp"
#include "runtime/src/net/make_connection.hpp"
#include "runtime/src/net/server_state.hpp"
#include "runtime/src/net/socket_transport.hpp"
#include "runtime/src/probe_hooks.hpp"

namespace asyncio {
namespace detail {

using namespace std::chrono_literals;

std::optional<std::uint64_t> inode_of(const std::string& path) {
    struct stat status {};
    if (path.empty() || path[0] == '\0' || stat(path.c_str(), &status) != 0) return std::nullopt;
    return status.st_ino;
}

namespace {
int socket_option(int fd, int option) {
    int value = 0;
    socklen_t size = sizeof value;
    getsockopt(fd, SOL_SOCKET, option, &value, &size);
    return value;
}
}  // namespace

ServerState::ServerState(EventLoop& loop, std::vector<Listener> listeners, ProtocolFactory factory,
                         std::optional<TlsSettings> tls, int backlog)
    : loop_(loop),
      listeners_(std::move(listeners)),
      factory_(std::move(factory)),
      tls_(std::move(tls)),
      backlog_(backlog) {
    loop_.impl().resources.push_back(this);
}

ServerState::~ServerState() {
    // The loop may be gone; then it has let go of this already.
    if (in_list) loop_.impl().resources.remove(this);
}

void ServerState::start_serving() {
    if (serving_ || closed_) return;
    serving_ = true;
    for (std::size_t i = 0; i < listeners_.size(); ++i) {
        if (listen(listeners_[i].socket.fd(), backlog_) != 0) throw_os_error(errno);
        watch(i);
    }
}

void ServerState::watch(std::size_t index) {
    loop_.add_reader(listeners_[index].socket.fd(), [self = shared_from_this(), index] { self->accept_ready(index); });
}

void ServerState::accept_ready(std::size_t index) {
    // Several may have come since the last poll; the rest come with the next.
    for (int i = 0; i <= backlog_ && !closed_; ++i) {
        Socket accepted(accept4(listeners_[index].socket.fd(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
        if (accepted) {
            loop_.create_task(begin_connection(shared_from_this(), std::move(accepted)));
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
        loop_.remove_reader(listeners_[index].socket.fd());
        loop_.call_later(1s, [self = shared_from_this(), index] {
            if (!self->closed_) self->watch(index);
        });
        return;
    }
}

Coroutine<> ServerState::begin_connection(std::shared_ptr<ServerState> self, Socket socket) {
    std::shared_ptr<Transport> transport;
    std::exception_ptr exception;
    try {
        auto protocol = factory_();
        if (closed_) co_return;  // closed since it was accepted: its end must not be waited for
        auto waiter = loop_.create_future<>();
        transport = make_transport(loop_, std::move(socket), std::move(protocol), waiter, tls_, self);
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
    for (Listener& listener : listeners_) {
        loop_.remove_reader(listener.socket.fd());
        const auto address = local_of(listener.socket.fd());
        listener.socket.close();
        if (listener.inode && address && inode_of(address->path()) == listener.inode) unlink(address->path().c_str());
    }
    if (serving_forever_ && !serving_forever_->done()) serving_forever_->cancel();
    serving_forever_.reset();
    if (connections_.empty()) wake_waiters();
}

// Both end a connection in the next turn at the earliest: the list stays as it is.
void ServerState::close_clients() {
    for (SocketTransport* one = connections_.front(); one; one = connections_.next(one)) one->close();
}
void ServerState::abort_clients() {
    for (SocketTransport* one = connections_.front(); one; one = connections_.next(one)) one->abort();
}

void ServerState::attach(SocketTransport& connection) {
    connections_.push_back(&connection);
}

void ServerState::detach(SocketTransport& connection) {
    connections_.remove(&connection);
    if (connections_.empty() && closed_) wake_waiters();
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
    if (serving_forever_)
        throw RuntimeError("server " + python_text() + " is already being awaited on serve_forever()");
    if (closed_) throw RuntimeError("server " + python_text() + " is closed");
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
    for (const Listener& listener : listeners_)
        if (auto address = local_of(listener.socket.fd())) addresses.push_back(std::move(*address));
    return addresses;
}

std::string ServerState::python_text() const {
    std::string sockets;
    std::size_t count = 0;
    for (const Listener& listener : listeners_) {
        const int fd = listener.socket.fd();
        const auto address = local_of(fd);
        if (!address) continue;
        sockets += (count++ ? ", " : "") + ("<asyncio.TransportSocket fd=" + std::to_string(fd)) +
                   ", family=" + std::to_string(socket_option(fd, SO_DOMAIN)) +
                   ", type=" + std::to_string(socket_option(fd, SO_TYPE)) +
                   ", proto=" + std::to_string(socket_option(fd, SO_PROTOCOL)) +
                   ", laddr=" + detail::python_text(*address) + ">";
    }
    return "<Server sockets=(" + sockets + (count == 1 ? ",)>" : ")>");
}

void ServerState::loop_closes() noexcept {
    closed_ = true;
    serving_ = false;
    listeners_.clear();
    waiters_.clear();
    serving_forever_.reset();
}

}  // namespace detail

void Server::close() const {
    state_->close();
}
void Server::close_clients() const {
    state_->close_clients();
}
void Server::abort_clients() const {
    state_->abort_clients();
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
