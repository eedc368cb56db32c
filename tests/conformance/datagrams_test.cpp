// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>

#include "tests/conformance/twin.hpp"

namespace {

class Telling final : public DatagramProtocol {
  public:
    explicit Telling(std::string name) : name_(std::move(name)) {}
    Event heard;

    void connection_made(std::shared_ptr<DatagramTransport> transport) override {
        transport_ = std::move(transport);
        say(name_, "made");
    }
    void datagram_received(std::string_view data, const SocketAddress& sender) override {
        say(name_, "received", text(data, true), "from", sender.host());
        heard.set();
        if (data == "echo") transport_->sendto("echoed", sender);
        if (data == "throw") throw ValueError("thrown");
    }
    void error_received(std::exception_ptr error) override {
        say(name_, "error", error);
        heard.set();
    }
    void pause_writing() override { say(name_, "pauses"); }
    void resume_writing() override { say(name_, "resumes"); }
    void connection_lost(std::exception_ptr error) override {
        if (error)
            say(name_, "lost", error);
        else
            say(name_, "lost None");
        heard.set();
    }
    Coroutine<> next() {
        co_await heard.wait();
        heard.clear();
    }

  private:
    std::string name_;
    std::shared_ptr<DatagramTransport> transport_;
};

using Address = std::optional<SocketAddress>;
const SocketAddress here("127.0.0.1", 0);

auto endpoint(const char* name, Address local, Address remote = std::nullopt,
              DatagramOptions options = DatagramOptions()) {
    const auto factory = [name] { return std::make_shared<Telling>(name); };
    return get_running_loop().create_datagram_endpoint(factory, std::move(local), std::move(remote), options);
}

template <class A>
Coroutine<std::exception_ptr> failure(A&& awaitable) {
    const auto result = co_await as_result(std::forward<A>(awaitable));
    co_return result.ok() ? nullptr : result.exception();
}

}  // namespace

TWIN(to_and_fro) {
    auto [server, serving] = co_await endpoint("server", here);
    say("server returned");
    const auto address = server->sockname();
    auto [client, asking] = co_await endpoint("client", std::nullopt, address);
    say("client returned", client->peername() == address, server->peername() ? "somebody" : "None");
    client->sendto("echo");
    co_await asking->next();
    client->sendto("", address);
    co_await serving->next();
    co_await turns(1);
    client->close();
    say("closing", client->is_closing());
    client->close();
    co_await asking->next();
    server->abort();
    server->abort();
    co_await turns(1);
    say("end");
}

TWIN(errors) {
    EventLoop& loop = get_running_loop();
    auto [gone, protocol] = co_await endpoint("gone", here);
    const auto address = gone->sockname();
    gone->abort();
    co_await turns(2);
    auto [client, asking] = co_await endpoint("client", std::nullopt, address);
    client->sendto("x");
    co_await asking->next();
    say("open still:", !client->is_closing());
    try {
        client->sendto("x", SocketAddress("127.0.0.1", 9));
    } catch (const ValueError& error) {
        const std::string message = error.what();
        say(message.substr(0, message.find(':')));
    }
    client->abort();
    co_await turns(2);
    loop.set_exception_handler(
        [](EventLoop&, const ExceptionContext& context) { say("handler:", context.message, context.exception); });
    auto [free, speaking] = co_await endpoint("free", here);
    free->sendto(std::string(70000, 'x'), free->sockname());
    free->sendto("to nobody");
    say("that was fatal:", free->is_closing());
    co_await turns(2);
}

TWIN(throwing) {
    get_running_loop().set_exception_handler([](EventLoop&, const ExceptionContext& context) {
        say("handler:", context.message.substr(0, context.message.find(" in callback")), context.exception);
    });
    auto [transport, protocol] = co_await endpoint("one", here);
    const auto address = transport->sockname();
    transport->sendto("throw", address);
    co_await protocol->next();
    transport->sendto("again", address);
    co_await protocol->next();
    transport->pause_reading();
    transport->sendto("later", address);
    co_await turns(30);
    say("paused");
    transport->resume_reading();
    co_await protocol->next();
    transport->abort();
    co_await turns(1);
}

TWIN(back_pressure) {
    const std::string name = std::string(1, '\0') + "awaitscope-twin-back-pressure";
    const int receiver = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, name.data(), name.size());
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
    if (bind(receiver, reinterpret_cast<sockaddr*>(&address), size) != 0) throw_os_error(errno);
    auto [transport, protocol] = co_await endpoint("one", std::nullopt, SocketAddress(name), {.family = AF_UNIX});
    transport->set_write_buffer_limits(3000, 1000);
    say(transport->get_write_buffer_limits());
    while (transport->get_write_buffer_size() == 0) transport->sendto(std::string(1000, 'x'));
    say("buffered", transport->get_write_buffer_size());
    transport->sendto(std::string(1000, 'y'));
    transport->sendto(std::string(1000, 'z'));
    say("buffered", transport->get_write_buffer_size());
    transport->close();
    say("closing");
    char bytes[2000];
    char last = ' ';
    while (!protocol->heard.is_set()) {
        if (recv(receiver, bytes, sizeof bytes, 0) > 0)
            last = bytes[0];
        else
            co_await turns(1);
    }
    while (recv(receiver, bytes, sizeof bytes, 0) > 0) last = bytes[0];
    say("the last was", std::string(1, last));
    close(receiver);
}

TWIN(refused) {
    const auto neither = co_await failure(endpoint("x", std::nullopt));
    say(neither);
    const auto mixed = co_await failure(endpoint("x", here, SocketAddress("::1", 9)));
    say(mixed);
    const auto path = co_await failure(endpoint("x", SocketAddress("/x"), std::nullopt, {.family = AF_INET}));
    say(path);
    const auto host = co_await failure(endpoint("x", here, std::nullopt, {.family = AF_UNIX}));
    say(host);
    const auto nobody =
        co_await failure(endpoint("x", std::nullopt, SocketAddress("/no/such/socket"), {.family = AF_UNIX}));
    say(nobody);
    auto [one, a] = co_await endpoint("one", here);
    const auto taken = co_await failure(endpoint("x", one->sockname()));
    say(taken);
    auto [first, b] = co_await endpoint("first", here, std::nullopt, {.reuse_port = true});
    auto [second, c] = co_await endpoint("second", first->sockname(), std::nullopt, {.reuse_port = true});
    for (const auto& each : {one, first, second}) each->abort();
    co_await turns(1);
}
