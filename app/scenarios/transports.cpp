// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/socket.h>

#include <asyncio/asyncio.hpp>
#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "app/scenarios/scenario.hpp"

using awaitscope::scenarios::print;

namespace {

class Echo : public asyncio::Protocol {
  public:
    void connection_made(std::shared_ptr<asyncio::Transport> transport) override {
        print("echo: connection_made");
        transport_ = std::move(transport);
    }
    void data_received(std::string_view data) override {
        print("echo: data_received ", data);
        transport_->write(data);
    }
    bool eof_received() override {
        print("echo: eof_received");
        return false;
    }
    void connection_lost(std::exception_ptr error) override {
        print("echo: connection_lost, ", error ? "by an error" : "in good order");
        transport_ = nullptr;
    }

  private:
    std::shared_ptr<asyncio::Transport> transport_;
};

class Client : public asyncio::Protocol {
  public:
    explicit Client(asyncio::Future<std::string> done) : done_(std::move(done)) {}
    void connection_made(std::shared_ptr<asyncio::Transport> transport) override {
        print("client: connection_made");
        transport_ = std::move(transport);
        transport_->write("hello");
    }
    void data_received(std::string_view data) override {
        print("client: data_received ", data);
        transport_->write_eof();
    }
    bool eof_received() override {
        print("client: eof_received");
        return false;
    }
    void connection_lost(std::exception_ptr error) override {
        print("client: connection_lost, ", error ? "by an error" : "in good order");
        transport_ = nullptr;
        done_.set_result("the conversation is over");
    }

  private:
    asyncio::Future<std::string> done_;
    std::shared_ptr<asyncio::Transport> transport_;
};

asyncio::Coroutine<> main_() {
    auto& loop = asyncio::get_running_loop();
    auto done = loop.create_future<std::string>();
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) throw asyncio::OSError("no pair of sockets");
    auto echo = [] { return std::make_shared<Echo>(); };
    auto client = [&] { return std::make_shared<Client>(done); };
    co_await loop.connect_accepted_socket(echo, pair[0]);
    co_await loop.create_connection(client, {.sock = pair[1]});
    print("main: both sides are connected");
    const std::string outcome = co_await done;
    print("main: ", outcome);
}

const awaitscope::scenarios::Registration registration("transports", main_);

}  // namespace
