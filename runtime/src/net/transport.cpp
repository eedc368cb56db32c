// SPDX-License-Identifier: MIT
#include "asyncio/datagram.hpp"
#include "asyncio/transports.hpp"

namespace asyncio {

void WriteTransport::writelines(const std::vector<std::string>& lines) {
    std::string all;
    for (const std::string& line : lines) all += line;
    write(all);
}

namespace {
template <class AnyTransport>
std::any socket_info(const AnyTransport& transport, std::string_view key) {
    const auto wrap = [](std::optional<SocketAddress> address) {
        return address ? std::any(std::move(*address)) : std::any();
    };
    if (key == "peername") return wrap(transport.peername());
    if (key == "sockname") return wrap(transport.sockname());
    if (key == "socket" && transport.fileno() >= 0) return transport.fileno();
    return {};
}
}  // namespace

std::any Transport::get_extra_info(std::string_view key) const {
    return socket_info(*this, key);
}
std::any DatagramTransport::get_extra_info(std::string_view key) const {
    return socket_info(*this, key);
}

}  // namespace asyncio
