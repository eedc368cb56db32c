// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/runtime/net/tls_support.hpp"
#include "tests/support/captured_stderr.hpp"

using namespace asyncio;
using namespace awaitscope::test;
using namespace std::chrono_literals;

namespace {

/// Speaks in the clear until it is told STARTTLS.
Coroutine<> upgrading(StreamReader reader, StreamWriter writer) {
    const auto command = co_await reader.readline();
    CHECK(command == "STARTTLS\n");
    writer.write("ready\n");
    co_await writer.drain();
    co_await writer.start_tls(server_context());
    CHECK(std::any_cast<SSLObject>(writer.get_extra_info("ssl_object")).server_side);
    co_await echo(reader, writer);
}

/// Notes what it is told.
class Recorder : public Protocol {
  public:
    explicit Recorder(std::vector<std::string>& log) : log_(log) {}
    void connection_made(std::shared_ptr<Transport> made) override {
        log_.push_back("made");
        transport = std::move(made);
    }
    void data_received(std::string_view data) override {
        log_.push_back("data " + std::string(data));
        if (received && !received->done()) received->set_result();
    }
    bool eof_received() override {
        log_.push_back("eof");
        return false;
    }
    void connection_lost(std::exception_ptr exception) override {
        log_.push_back("lost " + to_string(exception));
        if (lost) lost->set_result();
    }
    std::shared_ptr<Transport> transport;
    std::optional<Future<>> received;
    std::optional<Future<>> lost;

  private:
    std::vector<std::string>& log_;
};

}  // namespace

TEST_CASE("start_tls: both ends of a stream go over to TLS") {
    run([]() -> Coroutine<> {
        const Server server = co_await start_server(upgrading, "127.0.0.1", 0);
        auto [reader, writer] = co_await open_connection("127.0.0.1", server.port());
        CHECK_FALSE(writer.get_extra_info("sslcontext").has_value());
        writer.write("STARTTLS\n");
        const auto answer = co_await reader.readline();
        CHECK(answer == "ready\n");
        co_await writer.start_tls(client_context(), "localhost");
        CHECK(std::any_cast<std::string>(writer.get_extra_info("version")) == "TLSv1.3");
        writer.write("secret\n");
        const auto line = co_await reader.readline();
        CHECK(line == "secret\n");
        writer.close();
        co_await writer.wait_closed();
        server.close();
        co_await server.wait_closed();
    });
}

TEST_CASE("start_tls: what the client sends at once is taken for the handshake") {
    // The client does not wait for "ready": its first TLS bytes stand in the server's buffer, behind the command.
    run([]() -> Coroutine<> {
        Event upgraded;
        const auto handler = [&](StreamReader reader, StreamWriter writer) -> Coroutine<> {
            const auto head = co_await reader.readexactly(9);
            CHECK(head == "STARTTLS\n");
            co_await upgraded.wait();
            for (int i = 0; i < 20; ++i) co_await sleep(1ms);  // the hello comes
            co_await writer.start_tls(server_context());
            co_await echo(reader, writer);
        };
        const Server server = co_await start_server(handler, "127.0.0.1", 0);
        auto [reader, writer] = co_await open_connection("127.0.0.1", server.port());
        writer.write("STARTTLS\n");
        upgraded.set();
        co_await writer.start_tls(client_context(), StartTLSOptions{.server_hostname = "localhost"});
        writer.write("hello\n");
        const auto line = co_await reader.readline();
        CHECK(line == "hello\n");
        writer.close();
        server.close();
    });
}

TEST_CASE("start_tls: a certificate that is not accepted ends the connection") {
    const CapturedStderr captured;  // of the handler, whose peer has gone
    run([]() -> Coroutine<> {
        const Server server = co_await start_server(upgrading, "127.0.0.1", 0);
        auto [reader, writer] = co_await open_connection("127.0.0.1", server.port());
        writer.write("STARTTLS\n");
        co_await reader.readline();
        const auto error = co_await error_of(writer.start_tls(client_context(), "elsewhere.test"));
        CHECK(error ==
              "SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: Hostname "
              "mismatch, certificate is not valid for 'elsewhere.test'.");
        const auto closed = co_await as_result(writer.wait_closed());
        CHECK_FALSE(closed.ok());
        server.close();
        co_await server.wait_closed();
    });
}

TEST_CASE("start_tls: a client without the host's name is refused before anything is sent") {
    run([]() -> Coroutine<> {
        const auto handler = [](StreamReader reader, StreamWriter writer) -> Coroutine<> {
            co_await echo(reader, writer);
        };
        const Server server = co_await start_server(handler, "127.0.0.1", 0);
        auto [reader, writer] = co_await open_connection("127.0.0.1", server.port());
        const auto error = co_await error_of(writer.start_tls(client_context()));
        CHECK(error == "ValueError: check_hostname requires server_hostname");
        writer.write("still in the clear");
        const auto got = co_await reader.readexactly(18);
        CHECK(got == "still in the clear");
        writer.close();
        server.close();
    });
}

TEST_CASE("start_tls: protocols are told nothing new, and TLS goes through TLS") {
    std::vector<std::string> log;
    run([&]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        const auto handler = [](StreamReader reader, StreamWriter writer) -> Coroutine<> {
            co_await writer.start_tls(server_context());
            co_await writer.start_tls(server_context());
            co_await echo(reader, writer);
        };
        const Server server = co_await start_server(handler, "127.0.0.1", 0);
        const auto factory = [&] { return std::make_shared<Recorder>(log); };
        auto [transport, protocol] = co_await loop.create_connection(factory, "127.0.0.1", server.port());
        const auto once =
            co_await loop.start_tls(transport, protocol, client_context(), {.server_hostname = "localhost"});
        const auto twice = co_await loop.start_tls(once, protocol, client_context(), {.server_hostname = "localhost"});
        CHECK(once->get_protocol() == std::dynamic_pointer_cast<Protocol>(twice));
        protocol->received = loop.create_future<>();
        twice->write("deep");
        co_await *protocol->received;
        protocol->lost = loop.create_future<>();
        twice->close();
        co_await *protocol->lost;
        server.close();
    });
    CHECK(log == std::vector<std::string>{"made", "data deep", "eof", "lost None"});
}

TEST_CASE("start_tls: over what cannot carry it") {
    class Pipe : public Transport {
      public:
        void close() override {}
        bool is_closing() const override { return false; }
        bool is_reading() const override { return true; }
        void pause_reading() override {}
        void resume_reading() override {}
        void write(std::string_view) override {}
        bool can_write_eof() const override { return false; }
        void write_eof() override {}
        void abort() override {}
        std::size_t get_write_buffer_size() const override { return 0; }
        std::pair<std::size_t, std::size_t> get_write_buffer_limits() const override { return {0, 0}; }
        void set_write_buffer_limits(std::optional<std::size_t>, std::optional<std::size_t>) override {}
        void set_protocol(std::shared_ptr<Protocol>) override {}
        std::shared_ptr<Protocol> get_protocol() const override { return nullptr; }
        int fileno() const override { return -1; }
    };
    run([]() -> Coroutine<> {
        std::vector<std::string> log;
        const auto error = co_await error_of(
            get_running_loop().start_tls(std::make_shared<Pipe>(), std::make_shared<Recorder>(log), client_context()));
        CHECK(error == "TypeError: transport is not supported by start_tls()");
    });
}

TEST_CASE("TLS for protocols: the order of callbacks, and a receiver with a buffer of its own") {
    class Buffered : public BufferedProtocol {
      public:
        std::span<std::byte> get_buffer(std::ptrdiff_t) override { return buffer; }
        void buffer_updated(std::size_t count) override {
            all.append(reinterpret_cast<const char*>(buffer.data()), count);
            if (all.size() == 100 && !done->done()) done->set_result();
        }
        std::array<std::byte, 7> buffer{};
        std::string all;
        std::optional<Future<>> done;
    };
    std::vector<std::string> log;
    run([&]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        std::shared_ptr<Recorder> served;
        const auto serve = [&] { return served = std::make_shared<Recorder>(log); };
        const Server server = co_await loop.create_server(serve, "127.0.0.1", 0, {.ssl = server_context()});
        const auto receive = [] { return std::make_shared<Buffered>(); };
        auto [transport, protocol] =
            co_await loop.create_connection(receive, "127.0.0.1", server.port(), {.ssl = client_context()});
        protocol->done = loop.create_future<>();
        served->received = loop.create_future<>();
        served->lost = loop.create_future<>();
        transport->write("hi");
        co_await *served->received;
        transport->pause_reading();
        CHECK_FALSE(transport->is_reading());
        served->transport->write(std::string(100, 'b'));
        for (int i = 0; i < 20; ++i) co_await sleep(0s);
        CHECK(protocol->all == "");
        transport->resume_reading();
        co_await *protocol->done;
        CHECK(protocol->all == std::string(100, 'b'));
        transport->close();
        co_await *served->lost;
        server.close();
    });
    CHECK(log == std::vector<std::string>{"made", "data hi", "eof", "lost None"});
}
