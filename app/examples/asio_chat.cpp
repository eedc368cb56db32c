// SPDX-License-Identifier: MIT
//
// A chat in plain Boost.Asio coroutines: who connects hears what all others say, and what was said last. Nothing in it
// knows of Awaitscope; it is compiled and linked with awaitscope::asio.
//
//     asio_chat                          serves a free port, until SIGINT or SIGTERM
//     asio_chat --clients 20 --lines 50  and has clients of its own, which talk until each has heard everything
//     awaitscope run -- asio_chat ...    shows all of it
#include <boost/asio.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace {

namespace asio = boost::asio;
using asio::awaitable;
using asio::use_awaitable;
using asio::ip::tcp;
using namespace asio::experimental::awaitable_operators;
using namespace std::chrono_literals;

class Guest {
  public:
    virtual ~Guest() = default;
    virtual void hear(const std::string& line) = 0;
};

class Room {
  public:
    void enter(const std::shared_ptr<Guest>& guest) {
        guests_.insert(guest);
        for (const std::string& line : last_) guest->hear(line);
    }
    void leave(const std::shared_ptr<Guest>& guest) { guests_.erase(guest); }
    void say(const std::string& line) {
        last_.push_back(line);
        if (last_.size() > 10) last_.pop_front();
        for (const auto& guest : guests_) guest->hear(line);
    }

  private:
    std::set<std::shared_ptr<Guest>> guests_;
    std::deque<std::string> last_;
};

/// One connection: a coroutine that reads, and one that writes what there is to hear.
class Session : public Guest, public std::enable_shared_from_this<Session> {
  public:
    Session(tcp::socket socket, Room& room)
        : socket_(std::move(socket)), something_to_write_(socket_.get_executor()), room_(room) {
        something_to_write_.expires_at(std::chrono::steady_clock::time_point::max());
    }
    void start() {
        room_.enter(shared_from_this());
        asio::co_spawn(socket_.get_executor(), reader(shared_from_this()), asio::detached);
        asio::co_spawn(socket_.get_executor(), writer(shared_from_this()), asio::detached);
    }
    void hear(const std::string& line) override {
        unwritten_.push_back(line);
        something_to_write_.cancel_one();
    }

  private:
    awaitable<void> reader(std::shared_ptr<Session> self) {
        try {
            for (std::string line;;) {
                const std::size_t size =
                    co_await asio::async_read_until(socket_, asio::dynamic_buffer(line, 1024), "\n", use_awaitable);
                room_.say(line.substr(0, size));
                line.erase(0, size);
            }
        } catch (const boost::system::system_error&) {  // the guest has gone
            self->stop();
        }
    }
    awaitable<void> writer(std::shared_ptr<Session> self) {
        try {
            while (socket_.is_open()) {
                if (unwritten_.empty()) {
                    boost::system::error_code woken;
                    co_await something_to_write_.async_wait(asio::redirect_error(use_awaitable, woken));
                } else {
                    co_await asio::async_write(socket_, asio::buffer(unwritten_.front()), use_awaitable);
                    unwritten_.pop_front();
                }
            }
        } catch (const boost::system::system_error&) {  // likewise
            self->stop();
        }
    }
    void stop() {
        room_.leave(shared_from_this());
        socket_.close();
        something_to_write_.cancel();
    }

    tcp::socket socket_;
    asio::steady_timer something_to_write_;
    Room& room_;
    std::deque<std::string> unwritten_;
};

awaitable<void> serve(tcp::acceptor& acceptor, Room& room) {
    for (;;) {
        tcp::socket socket = co_await acceptor.async_accept(use_awaitable);
        std::make_shared<Session>(std::move(socket), room)->start();
    }
}

/// Reads until `last` was heard; how many lines there were.
awaitable<long> hear(tcp::socket& socket, std::string last) {
    long heard = 0;
    for (std::string text, line; line != last; ++heard) {
        const std::size_t size =
            co_await asio::async_read_until(socket, asio::dynamic_buffer(text), "\n", use_awaitable);
        line = text.substr(0, size - 1);
        text.erase(0, size);
    }
    co_return heard;
}

awaitable<void> talk(tcp::socket& socket, std::string name, long lines) {
    asio::steady_timer pause(socket.get_executor());
    for (long n = 1; n <= lines; ++n) {
        const std::string line = name + ": " + std::to_string(n) + "\n";
        co_await asio::async_write(socket, asio::buffer(line), use_awaitable);
        pause.expires_after(1ms);
        co_await pause.async_wait(use_awaitable);
    }
}

awaitable<long> client(tcp::endpoint server, std::string name, long lines) {
    tcp::socket socket(co_await asio::this_coro::executor);
    co_await socket.async_connect(server, use_awaitable);
    const std::string last = name + ": " + std::to_string(lines);
    const long heard = co_await (hear(socket, last) && talk(socket, name, lines));
    co_return heard;
}

awaitable<void> all_clients(tcp::endpoint server, long count, long lines) {
    const auto executor = co_await asio::this_coro::executor;
    using Client = decltype(asio::co_spawn(executor, client(server, {}, 0), asio::deferred));
    std::vector<Client> clients;
    for (long n = 1; n <= count; ++n)
        clients.push_back(
            asio::co_spawn(executor, client(server, "client " + std::to_string(n), lines), asio::deferred));
    const auto [order, errors, heard] = co_await asio::experimental::make_parallel_group(std::move(clients))
                                            .async_wait(asio::experimental::wait_for_all(), use_awaitable);
    long failed = 0;
    for (const std::exception_ptr& error : errors) failed += error != nullptr;
    std::printf("%ld clients came, %ld failed\n", count, failed);
}

awaitable<void> stop_on_signal(asio::io_context& context) {
    asio::signal_set signals(context, SIGINT, SIGTERM);
    co_await signals.async_wait(use_awaitable);
    context.stop();
}

long number(const char* text) {
    long value = 0;
    const auto [end, failed] = std::from_chars(text, text + std::strlen(text), value);
    if (failed != std::errc{} || *end != '\0' || value < 1) {
        std::fprintf(stderr, "asio_chat: '%s' is no number of clients or lines\n", text);
        std::exit(2);
    }
    return value;
}

}  // namespace

int main(int argc, char** argv) {
    long clients = 0, lines = 10;
    for (int i = 1; i + 1 < argc; i += 2)
        (std::strcmp(argv[i], "--clients") == 0 ? clients : lines) = number(argv[i + 1]);
    asio::io_context context;
    Room room;
    tcp::acceptor acceptor(context, {asio::ip::address_v4::loopback(), 0});
    std::printf("asio_chat: port %d\n", acceptor.local_endpoint().port());
    std::fflush(stdout);
    asio::co_spawn(context, serve(acceptor, room), asio::detached);
    asio::co_spawn(context, stop_on_signal(context), asio::detached);
    if (clients > 0)
        asio::co_spawn(context, all_clients(acceptor.local_endpoint(), clients, lines),
                       [&](std::exception_ptr) { context.stop(); });
    context.run();
    return 0;
}
