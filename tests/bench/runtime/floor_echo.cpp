// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/runtime/floor_echo.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

namespace awaitscope::bench::floor {
namespace {

int checked(int result, const char* what) {
    if (result >= 0) return result;
    std::perror(what);
    std::exit(1);
}

sockaddr_in loopback(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    return address;
}

void send_at_once(int fd) {
    const int one = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
}

class Listener {
  public:
    Listener() : fd_(checked(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), "socket")) {
        sockaddr_in address = loopback(0);
        checked(bind(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address), "bind");
        checked(listen(fd_, 256), "listen");
        socklen_t size = sizeof address;
        getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
    }
    ~Listener() { close(fd_); }
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;
    int fd() const { return fd_; }
    int port() const { return port_; }
    int accept() const {
        const int fd = accept4(fd_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd >= 0) send_at_once(fd);
        return fd;
    }

  private:
    int fd_;
    int port_ = 0;
};

int connect_to(int port) {
    const int fd = checked(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket");
    sockaddr_in address = loopback(port);
    checked(connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address), "connect");
    send_at_once(fd);
    return fd;
}

/// Level-triggered, readers only.
class Epoll {
  public:
    Epoll() : fd_(checked(epoll_create1(EPOLL_CLOEXEC), "epoll_create1")) {}
    ~Epoll() { close(fd_); }
    Epoll(const Epoll&) = delete;
    Epoll& operator=(const Epoll&) = delete;
    void add(int fd) {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.fd = fd;
        checked(epoll_ctl(fd_, EPOLL_CTL_ADD, fd, &event), "epoll_ctl");
    }
    template <class F>
    void wait(F&& ready) {
        const int count = epoll_wait(fd_, events_, 128, -1);
        for (int i = 0; i < count; ++i) ready(events_[i].data.fd);
    }

  private:
    int fd_;
    epoll_event events_[128];
};

/// False when the client has gone.
bool echo_once(int fd) {
    char bytes[4096];
    const ssize_t got = read(fd, bytes, sizeof bytes);
    if (got < 0) return errno == EAGAIN || errno == EINTR;
    return got > 0 && write(fd, bytes, static_cast<std::size_t>(got)) == got;
}

/// The clients' side of each connection, by descriptor.
class Clients {
  public:
    explicit Clients(long trips) : trips_(trips) {}
    ~Clients() {
        for (const Client& client : clients_)
            if (client.fd >= 0) close(client.fd);
    }
    Clients(const Clients&) = delete;
    Clients& operator=(const Clients&) = delete;
    void add(int fd) {
        if (clients_.size() <= static_cast<std::size_t>(fd)) clients_.resize(static_cast<std::size_t>(fd) + 1);
        clients_[static_cast<std::size_t>(fd)] = {fd, trips_, 0};
        ++open_;
    }
    bool owns(int fd) const {
        return static_cast<std::size_t>(fd) < clients_.size() && clients_[static_cast<std::size_t>(fd)].fd == fd;
    }
    void send_first() {
        for (const Client& client : clients_)
            if (client.fd >= 0) send(client.fd);
    }
    void receive(int fd) {
        Client& client = clients_[static_cast<std::size_t>(fd)];
        char bytes[4096];
        const ssize_t got = read(fd, bytes, sizeof bytes);
        if (got <= 0) return;
        client.got += got;
        if (client.got < message_bytes) return;
        client.got = 0;
        if (--client.left == 0)
            --open_;
        else
            send(fd);
    }
    long open() const { return open_; }

  private:
    struct Client {
        int fd = -1;
        long left = 0;
        long got = 0;
    };
    static void send(int fd) {
        char message[message_bytes];
        std::memset(message, 'x', sizeof message);
        if (write(fd, message, sizeof message) != message_bytes) std::perror("write");
    }
    std::vector<Client> clients_;
    long trips_;
    long open_ = 0;
};

/// `listener`: whose connections are served in the same loop; nullptr: a server elsewhere.
void run_clients(Measurement& m, int port, const Listener* listener) {
    const long trips = m.scaled(round_trips);
    Epoll epoll;
    Clients clients(trips);
    std::vector<int> served;
    m.begin();
    for (long i = 0; i < connections; ++i) {
        const int fd = connect_to(port);
        clients.add(fd);
        epoll.add(fd);
        if (!listener) continue;
        pollfd waiting{listener->fd(), POLLIN, 0};
        poll(&waiting, 1, -1);
        served.push_back(checked(listener->accept(), "accept"));
        epoll.add(served.back());
    }
    clients.send_first();
    while (clients.open() > 0) {
        epoll.wait([&](int fd) {
            if (clients.owns(fd))
                clients.receive(fd);
            else
                echo_once(fd);
        });
    }
    m.end(connections * trips);
    for (const int fd : served) close(fd);
}

}  // namespace

void echo_workload(Measurement& m) {
    const Listener listener;
    run_clients(m, listener.port(), &listener);
}

void echo_client(Measurement& m) {
    const char* const port = std::getenv("BENCH_PORT");
    m.require(port != nullptr, "BENCH_PORT is not set");
    run_clients(m, std::atoi(port), nullptr);
}

void echo_server(Measurement&) {
    const Listener listener;
    Epoll epoll;
    epoll.add(listener.fd());
    std::printf("PORT %d\n", listener.port());
    std::fflush(stdout);
    for (;;) {
        epoll.wait([&](int fd) {
            if (fd == listener.fd()) {
                if (const int accepted = listener.accept(); accepted >= 0) epoll.add(accepted);
            } else if (!echo_once(fd)) {
                close(fd);
            }
        });
    }
}

}  // namespace awaitscope::bench::floor
