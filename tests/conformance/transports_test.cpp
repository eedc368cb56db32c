// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/conformance/twin.hpp"

namespace {

/// "None", or the error.
std::string told(const std::exception_ptr& error) {
    return error ? text(error) : "None";
}

class Telling final : public Protocol {
  public:
    explicit Telling(std::string name, bool keeps_open = false, std::string fails = {})
        : fails_in(std::move(fails)), name_(std::move(name)), keeps_open_(keeps_open) {}
    std::shared_ptr<Transport> transport;
    Future<> lost = get_running_loop().create_future();
    std::string fails_in;
    std::function<void(std::string_view)> instead_of_data;

    void connection_made(std::shared_ptr<Transport> made) override {
        transport = std::move(made);
        tell("made");
    }
    void data_received(std::string_view data) override {
        if (instead_of_data) return instead_of_data(data);
        tell("data", data);
    }
    bool eof_received() override {
        tell("eof");
        return keeps_open_;
    }
    void pause_writing() override { tell("pause"); }
    void resume_writing() override { tell("resume"); }
    void connection_lost(std::exception_ptr error) override {
        lost.set_result();
        tell("lost", told(error));
    }

  private:
    template <class... Details>
    void tell(const std::string& callback, const Details&... details) const {
        say(name_, callback, details...);
        if (callback == fails_in) throw ValueError("in " + callback);
    }
    std::string name_;
    bool keeps_open_;
};

/// A connection between two protocols: the client's transport.
template <class Client, class Peer>
Coroutine<std::shared_ptr<Transport>> connect(std::shared_ptr<Client> client, std::shared_ptr<Peer> server) {
    EventLoop& loop = get_running_loop();
    const auto serve = [server] { return server; };
    const auto join = [client] { return client; };
    const Server listening = co_await loop.create_server(serve, "127.0.0.1", 0);
    auto made = co_await loop.create_connection(join, "127.0.0.1", listening.port());
    while (!server->transport) co_await turns(1);
    co_await turns(2);
    listening.close();
    co_return made.transport;
}

void handle_reports() {
    get_running_loop().set_exception_handler([](EventLoop&, const ExceptionContext& context) {
        say("handler:", context.message.substr(0, context.message.find(" in callback")), context.exception);
    });
}

std::shared_ptr<Telling> telling(const char* name, bool keeps_open = false, std::string fails_in = {}) {
    return std::make_shared<Telling>(name, keeps_open, std::move(fails_in));
}

class Buffered final : public BufferedProtocol {
  public:
    explicit Buffered(std::size_t room) : memory_(100, '\0'), room_(room) {}
    std::shared_ptr<Transport> transport;
    Future<> lost = get_running_loop().create_future();

    void connection_made(std::shared_ptr<Transport> made) override {
        transport = std::move(made);
        say("buffered made");
    }
    std::span<std::byte> get_buffer(std::ptrdiff_t) override {
        return std::as_writable_bytes(std::span(memory_)).first(room_);
    }
    void buffer_updated(std::size_t count) override {
        const std::string data = memory_.substr(0, count);
        say("buffered", count, data);
        if (data == "fail") throw ValueError("in buffer_updated");
    }
    bool eof_received() override {
        say("buffered eof");
        return false;
    }
    void connection_lost(std::exception_ptr error) override {
        say("buffered lost", told(error));
        lost.set_result();
    }

  private:
    std::string memory_;
    std::size_t room_;
};

const std::string much(20'000'000, 'x');

}  // namespace

TWIN(a_conversation) {
    const auto server = telling("server");
    const auto client = telling("client");
    const auto transport = co_await connect(client, server);
    say("connected", transport == client->transport, transport->get_protocol() == client);
    transport->write("hello");
    transport->write("");
    co_await turns(3);
    server->transport->writelines({"one ", "two"});
    co_await turns(3);
    say(transport->is_closing(), transport->is_reading());
    transport->close();
    say(transport->is_closing(), transport->is_reading());
    transport->close();
    say("closing");
    co_await server->lost;
    co_await client->lost;
    say("end");
}

TWIN(half_closed) {
    const auto server = telling("server", true);
    const auto client = telling("client");
    const auto transport = co_await connect(client, server);
    say(transport->can_write_eof());
    transport->write("last words");
    transport->write_eof();
    transport->write_eof();
    co_await turns(5);
    say("server is closing:", server->transport->is_closing());
    server->transport->write("an answer");
    co_await turns(5);
    server->transport->close();
    co_await client->lost;
    co_await server->lost;
}

TWIN(failures) {
    handle_reports();
    for (const char* callback : {"made", "data", "eof", "lost"}) {
        const auto server = telling("server", false, callback);
        const auto client = telling("client");
        const auto transport = co_await connect(client, server);
        transport->write("x");
        co_await turns(5);
        transport->close();
        co_await client->lost;
        co_await server->lost;
        co_await turns(2);
    }
}

TWIN(flow_control) {
    handle_reports();
    const auto server = telling("server");
    const auto client = telling("client");
    const auto transport = co_await connect(client, server);
    server->transport->pause_reading();
    server->transport->pause_reading();
    say(server->transport->is_reading(), transport->get_write_buffer_limits());
    transport->set_write_buffer_limits(1000);
    say(transport->get_write_buffer_limits());
    transport->set_write_buffer_limits({}, 100);
    say(transport->get_write_buffer_limits());
    try {
        transport->set_write_buffer_limits(1, 2);
    } catch (const ValueError&) {
        say(caught());
    }
    transport->write(much);
    transport->write("y");
    say("full:", transport->get_write_buffer_size() > 100);
    client->fails_in = "resume";
    server->instead_of_data = [](std::string_view) {};
    server->transport->resume_reading();
    while (transport->get_write_buffer_size() > 0) co_await turns(1);
    say("empty, and open still:", !transport->is_closing());
    transport->set_write_buffer_limits(0);
    client->fails_in = "pause";
    server->transport->pause_reading();
    transport->write(much);
    transport->abort();
    say("aborted", transport->get_write_buffer_size());
    co_await client->lost;
    server->transport->abort();
    co_await server->lost;
}

TWIN(closing_with_a_full_buffer) {
    const auto server = telling("server");
    const auto client = telling("client");
    const auto transport = co_await connect(client, server);
    std::size_t received = 0;
    server->instead_of_data = [&](std::string_view data) { received += data.size(); };
    transport->write(std::string(10'000'000, 'x'));
    transport->close();
    transport->write("more");
    say("lost already:", client->lost.done());
    co_await client->lost;
    co_await server->lost;
    say(received);
}

TWIN(writing_in_vain, Reports::yes) {
    const auto server = telling("server");
    const auto client = telling("client");
    const auto transport = co_await connect(client, server);
    transport->abort();
    for (int i = 0; i < 7; ++i) transport->write("x");
    co_await client->lost;
    co_await server->lost;
}

TWIN(into_own_memory) {
    handle_reports();
    const std::pair<std::size_t, const char*> rounds[] = {{4, "some text"}, {10, "fail"}, {0, "x"}};
    for (const auto& [room, words] : rounds) {
        const auto server = std::make_shared<Buffered>(room);
        const auto client = telling("client");
        const auto transport = co_await connect(client, server);
        transport->write(words);
        co_await turns(6);
        transport->close();
        co_await client->lost;
        co_await server->lost;
    }
}

TWIN(changing_protocols) {
    const auto server = telling("server");
    const auto client = telling("client");
    const auto transport = co_await connect(client, server);
    transport->write("to the first");
    co_await turns(3);
    const auto buffered = std::make_shared<Buffered>(8);
    server->transport->set_protocol(buffered);
    say(server->transport->get_protocol() == buffered);
    transport->write("second");
    co_await turns(3);
    const auto third = telling("third");
    server->transport->set_protocol(third);
    transport->write("to the third");
    co_await turns(3);
    transport->close();
    co_await third->lost;
    co_await client->lost;
    say("the first was lost:", server->lost.done());
}

TWIN(watching_a_transport) {
    EventLoop& loop = get_running_loop();
    const auto server = telling("server");
    const auto client = telling("client");
    const auto transport = co_await connect(client, server);
    const int descriptor = std::any_cast<int>(transport->get_extra_info("socket"));
    const auto attempt = [&](const std::function<void()>& operation) {
        try {
            operation();
        } catch (const RuntimeError& error) {
            std::string message = error.what();
            message = message.substr(0, message.find(" transport "));
            const std::string number = std::to_string(descriptor);
            message.replace(message.find(number), number.size(), "N");
            say(message);
        }
    };
    attempt([&] { loop.add_reader(descriptor, [] { say("never"); }); });
    attempt([&] { loop.add_writer(descriptor, [] { say("never"); }); });
    attempt([&] { loop.remove_reader(descriptor); });
    attempt([&] { loop.remove_writer(descriptor); });
    transport->close();
    say(loop.remove_reader(descriptor));
    co_await client->lost;
    co_await server->lost;
}
