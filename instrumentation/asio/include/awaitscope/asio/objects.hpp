// SPDX-License-Identifier: MIT
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <awaitscope/asio/thread.hpp>
#include <mutex>
#include <set>
#include <string>
#include <unordered_map>

/// What tasks wait for and is known by address or number only: channels and connections.
namespace awaitscope::asio {

/// A channel's id. One that is made where another was has the other's.
inline awaitscope_id channel_id(awaitscope_emitter* e, awaitscope_loop loop, const void* channel) {
    struct Known {
        std::mutex mutex;
        std::unordered_map<const void*, awaitscope_id> ids;
    };
    static Known& known = *new Known;  // never destroyed: channels may be used after main()
    std::lock_guard lock(known.mutex);
    awaitscope_id& id = known.ids[channel];
    if (id == 0) {
        id = awaitscope_new_id();
        const std::string name = "channel " + std::to_string(known.ids.size());
        awaitscope_sync_created(e, loop, 0, id, AWAITSCOPE_QUEUE, name.c_str());
    }
    return id;
}

/// The descriptors that have a peer.
class Connections {
  public:
    /// Tells it, if `fd` has one and that was not told.
    void made(awaitscope_emitter* e, awaitscope_loop loop, awaitscope_id task, int fd) {
        sockaddr_storage address{};
        socklen_t size = sizeof address;
        if (getpeername(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0) return;
        {
            std::lock_guard lock(mutex_);
            if (!open_.insert(fd).second) return;
        }
        awaitscope_connection_made(e, loop, task, fd, text(address).c_str());
    }
    void lost(awaitscope_emitter* e, awaitscope_loop loop, awaitscope_id task, int fd) {
        {
            std::lock_guard lock(mutex_);
            if (open_.erase(fd) == 0) return;
        }
        awaitscope_connection_lost(e, loop, task, fd);
    }

  private:
    static std::string text(const sockaddr_storage& address) {
        char host[INET6_ADDRSTRLEN] = "";
        if (address.ss_family == AF_INET) {
            const auto& v4 = reinterpret_cast<const sockaddr_in&>(address);
            inet_ntop(AF_INET, &v4.sin_addr, host, sizeof host);
            return std::string(host) + ":" + std::to_string(ntohs(v4.sin_port));
        }
        if (address.ss_family == AF_INET6) {
            const auto& v6 = reinterpret_cast<const sockaddr_in6&>(address);
            inet_ntop(AF_INET6, &v6.sin6_addr, host, sizeof host);
            return "[" + std::string(host) + "]:" + std::to_string(ntohs(v6.sin6_port));
        }
        return "local";
    }

    std::mutex mutex_;
    std::set<int> open_;
};

/// Never destroyed: sockets may be closed after main().
inline Connections& connections() {
    static Connections& all = *new Connections;
    return all;
}

}  // namespace awaitscope::asio
