// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "asyncio/event_loop.hpp"
#include "asyncio/options.hpp"
#include "asyncio/transports.hpp"

namespace asyncio {

/// Sends and receives datagrams: Python's DatagramTransport. The protocol is told of each one that comes.
class DatagramTransport : public ReadTransport {
  public:
    /// Never waits: what the kernel does not take is buffered. An empty datagram is one, too. No address, or the one
    /// it is connected to, when it is (else ValueError). Errors of the system go to error_received().
    virtual void sendto(std::string_view data, const std::optional<SocketAddress>& address = std::nullopt) = 0;
    /// Ends it at once; what is buffered is lost.
    virtual void abort() = 0;
    /// In bytes, with 8 for each datagram's header.
    virtual std::size_t get_write_buffer_size() const = 0;
    /// {low, high}, in bytes.
    virtual std::pair<std::size_t, std::size_t> get_write_buffer_limits() const = 0;
    /// `high` defaults to 64 KiB, `low` to a quarter of it. ValueError unless high >= low.
    virtual void set_write_buffer_limits(std::optional<std::size_t> high = {}, std::optional<std::size_t> low = {}) = 0;

    virtual std::optional<SocketAddress> peername() const = 0;
    virtual std::optional<SocketAddress> sockname() const = 0;
    std::any get_extra_info(std::string_view key) const override;
    /// The descriptor; -1 once it is closed.
    virtual int fileno() const = 0;
};

/// What create_datagram_endpoint() gives.
template <class P>
struct DatagramEndpoint {
    std::shared_ptr<DatagramTransport> transport;
    std::shared_ptr<P> protocol;
};

namespace detail {

using DatagramProtocolFactory = std::function<std::shared_ptr<DatagramProtocol>()>;
using MadeDatagramEndpoint = std::pair<std::shared_ptr<DatagramTransport>, std::shared_ptr<DatagramProtocol>>;
Coroutine<MadeDatagramEndpoint> make_datagram_endpoint(EventLoop& loop, DatagramProtocolFactory factory,
                                                       std::optional<SocketAddress> local,
                                                       std::optional<SocketAddress> remote, DatagramOptions options);

template <class P>
Coroutine<DatagramEndpoint<P>> typed_datagram_endpoint(Coroutine<MadeDatagramEndpoint> making) {
    auto made = co_await std::move(making);
    co_return DatagramEndpoint<P>{std::move(made.first), std::static_pointer_cast<P>(std::move(made.second))};
}

}  // namespace detail

template <class Factory>
auto EventLoop::create_datagram_endpoint(Factory factory, std::optional<SocketAddress> local,
                                         std::optional<SocketAddress> remote, DatagramOptions options) {
    using P = typename std::invoke_result_t<Factory&>::element_type;
    return detail::typed_datagram_endpoint<P>(
        detail::make_datagram_endpoint(*this, std::move(factory), std::move(local), std::move(remote), options));
}
template <class Factory>
auto EventLoop::create_datagram_endpoint(Factory factory, std::optional<SocketAddress> local,
                                         std::optional<SocketAddress> remote) {
    return create_datagram_endpoint(std::move(factory), std::move(local), std::move(remote), DatagramOptions{});
}

}  // namespace asyncio
