// SPDX-License-Identifier: MIT
#include "asyncio/transports.hpp"

namespace asyncio {

void WriteTransport::writelines(const std::vector<std::string>& lines) {
    std::string all;
    for (const std::string& line : lines) all += line;
    write(all);
}

std::any Transport::get_extra_info(std::string_view key) const {
    const auto wrap = [](std::optional<SocketAddress> address) {
        return address ? std::any(std::move(*address)) : std::any();
    };
    if (key == "peername") return wrap(peername());
    if (key == "sockname") return wrap(sockname());
    if (key == "socket" && fileno() >= 0) return fileno();
    return {};
}

}  // namespace asyncio
