// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/runtime/net/tls_support.hpp"
#include "tests/support/captured_stderr.hpp"

using namespace asyncio;
using namespace awaitscope::test;
using namespace std::chrono_literals;

namespace {

/// Runs `body(reader, writer)` as a client of a server that runs `handler`.
template <class Handler, class Body>
void with_tls_server(Handler handler, Body body, SSLContext server = server_context(),
                     SSLContext client = client_context()) {
    run([&]() -> Coroutine<> {
        const Server listening = co_await start_server(handler, "127.0.0.1", 0, {.ssl = server});
        auto [reader, writer] = co_await open_connection("127.0.0.1", listening.port(), {.ssl = client});
        co_await body(reader, writer);
        writer.close();
        co_await writer.wait_closed();
        listening.close();
        co_await listening.wait_closed();
    });
}

}  // namespace

TEST_CASE("TLS: an echo, and what was agreed on") {
    with_tls_server(echo, [](StreamReader reader, StreamWriter writer) -> Coroutine<> {
        writer.write("hello\n");
        const auto line = co_await reader.readline();
        CHECK(line == "hello\n");
        CHECK(std::any_cast<std::string>(writer.get_extra_info("version")) == "TLSv1.3");
        CHECK(std::any_cast<SSLCipher>(writer.get_extra_info("cipher")).protocol == "TLSv1.3");
        CHECK_FALSE(writer.get_extra_info("compression").has_value());
        CHECK_FALSE(writer.get_extra_info("alpn").has_value());
        CHECK(std::any_cast<SSLContext>(writer.get_extra_info("sslcontext")).check_hostname());
        const auto object = std::any_cast<SSLObject>(writer.get_extra_info("ssl_object"));
        CHECK_FALSE(object.server_side);
        CHECK(object.server_hostname == "127.0.0.1");
        const auto certificate = std::any_cast<PeerCertificate>(writer.get_extra_info("peercert"));
        CHECK(certificate.subject == PeerCertificate::Names{{"commonName", "localhost"}});
        CHECK(certificate.issuer == PeerCertificate::Names{{"commonName", "Awaitscope test CA"}});
        CHECK(certificate.subject_alt_names ==
              PeerCertificate::Names{{"DNS", "localhost"}, {"IP Address", "127.0.0.1"}});
        CHECK(certificate.not_after.ends_with("GMT"));
        CHECK_FALSE(certificate.serial_number.empty());
        CHECK_FALSE(certificate.der.empty());
        CHECK(writer.peername()->host() == "127.0.0.1");
        CHECK(std::any_cast<int>(writer.get_extra_info("socket")) >= 0);
        CHECK_FALSE(writer.can_write_eof());
        CHECK_THROWS_AS(writer.write_eof(), NotImplementedError);
    });
}

TEST_CASE("TLS: a context that is a temporary is kept, and so is a name") {
    run([]() -> Coroutine<> {
        const Server server = co_await start_server(echo, "127.0.0.1", 0, {.ssl = server_context()});
        auto connecting = open_connection(
            "127.0.0.1", server.port(), {.ssl = client_context(), .server_hostname = std::string(1, 'l') + "ocalhost"});
        auto [reader, writer] = co_await std::move(connecting);
        writer.write("x");
        const auto got = co_await reader.readexactly(1);
        CHECK(got == "x");
        CHECK(std::any_cast<SSLObject>(writer.get_extra_info("ssl_object")).server_hostname == "localhost");
        server.close();
    });
}

TEST_CASE("TLS: ten megabytes go both ways, with the writer held back by drain()") {
    std::string sent(10'000'000, 'x');
    for (std::size_t i = 0; i < sent.size(); i += 1000) sent[i] = static_cast<char>(i / 1000);
    std::size_t pauses = 0;
    with_tls_server(echo, [&](StreamReader reader, StreamWriter writer) -> Coroutine<> {
        const auto send = [&]() -> Coroutine<> {
            for (std::size_t i = 0; i < sent.size(); i += 1'000'000) {
                writer.write(std::string_view(sent).substr(i, 1'000'000));
                if (writer.transport().get_write_buffer_size() > 512 * 1024) ++pauses;
                co_await writer.drain();
                CHECK(writer.transport().get_write_buffer_size() <= 512 * 1024);
            }
        };
        const Task<> sending = create_task(send);
        const std::string received = co_await reader.readexactly(static_cast<long>(sent.size()));
        CHECK(received == sent);
        co_await sending;
    });
    CHECK(pauses > 0);
}

TEST_CASE("TLS: a reader that does not read makes the writer wait, and nothing is lost") {
    std::size_t total = 0;
    with_tls_server(
        [&](StreamReader reader, StreamWriter writer) -> Coroutine<> {
            const auto command = co_await reader.readline();
            CHECK(command == "go\n");
            const std::string chunk(100'000, 'y');
            for (int i = 0; i < 300; ++i) {
                writer.write(chunk);
                co_await writer.drain();
                total += chunk.size();
            }
            writer.close();
        },
        [&](StreamReader reader, StreamWriter writer) -> Coroutine<> {
            writer.write("go\n");
            std::size_t before = 1;
            // Until the server stands still: the kernel's buffers and ours are full.
            for (int quiet = 0; quiet < 50;) {
                quiet = total == before ? quiet + 1 : 0;
                before = total;
                co_await sleep(0s);
            }
            CHECK(total < 30'000'000);
            const std::string all = co_await reader.read();
            CHECK(all.size() == 30'000'000);
            CHECK(reader.at_eof());
        });
}

TEST_CASE("TLS: the server ends it in order, and the client's writes after that go nowhere") {
    with_tls_server(
        [](StreamReader, StreamWriter writer) -> Coroutine<> {
            writer.write("bye\n");
            writer.close();
            co_await writer.wait_closed();
        },
        [](StreamReader reader, StreamWriter writer) -> Coroutine<> {
            const auto all = co_await reader.read();
            CHECK(all == "bye\n");
            CHECK(reader.at_eof());
            writer.write("into the void");
            co_await writer.wait_closed();
            CHECK(writer.is_closing());
            const auto drained = co_await as_result(writer.drain());
            CHECK(to_string(drained.exception()) == "ConnectionResetError: Connection lost");
        });
}

TEST_CASE("TLS: close() sends what is buffered first") {
    const std::string data(3'000'000, 'z');
    with_tls_server(
        [&](StreamReader, StreamWriter writer) -> Coroutine<> {
            writer.write(data);
            writer.close();
            co_return;
        },
        [&](StreamReader reader, StreamWriter) -> Coroutine<> {
            const auto all = co_await reader.read();
            CHECK(all == data);
        });
}

TEST_CASE("TLS: an abort loses what is buffered") {
    with_tls_server(
        [](StreamReader, StreamWriter writer) -> Coroutine<> {
            writer.write(std::string(30'000'000, 'z'));
            writer.transport().abort();
            co_return;
        },
        [](StreamReader reader, StreamWriter) -> Coroutine<> {
            const auto result = co_await as_result(reader.read());
            if (result.ok()) CHECK(result.value().size() < 30'000'000);
            CHECK((result.ok() || to_string(result.exception()).starts_with("ConnectionResetError")));
        });
}

TEST_CASE("TLS: ALPN agrees on the server's first wish, or on nothing") {
    SSLContext server = server_context();
    server.set_alpn_protocols({"h2", "http/1.1"});
    SSLContext client = client_context();
    client.set_alpn_protocols({"http/1.1", "h2"});
    with_tls_server(
        echo,
        [](StreamReader, StreamWriter writer) -> Coroutine<> {
            CHECK(std::any_cast<std::string>(writer.get_extra_info("alpn")) == "h2");
            CHECK(std::any_cast<SSLObject>(writer.get_extra_info("ssl_object")).selected_alpn_protocol == "h2");
            co_return;
        },
        server, client);
    client.set_alpn_protocols({"spdy/3"});
    with_tls_server(
        echo,
        [](StreamReader, StreamWriter writer) -> Coroutine<> {
            CHECK_FALSE(writer.get_extra_info("alpn").has_value());
            co_return;
        },
        server, client);
}

TEST_CASE("TLS: versions and ciphers are those that were set") {
    SSLContext client = client_context();
    client.set_maximum_version(TLSVersion::TLSv1_2);
    client.set_ciphers("ECDHE-ECDSA-AES128-GCM-SHA256");
    with_tls_server(
        echo,
        [](StreamReader reader, StreamWriter writer) -> Coroutine<> {
            CHECK(std::any_cast<std::string>(writer.get_extra_info("version")) == "TLSv1.2");
            CHECK(std::any_cast<SSLCipher>(writer.get_extra_info("cipher")).name == "ECDHE-ECDSA-AES128-GCM-SHA256");
            CHECK(std::any_cast<SSLCipher>(writer.get_extra_info("cipher")).secret_bits == 128);
            writer.write("x");
            const auto got = co_await reader.readexactly(1);
            CHECK(got == "x");
        },
        server_context(), client);
}

TEST_CASE("TLS: the server's callback picks a certificate by the name that is asked for") {
    const Identity other = test_authority().issue({.common_name = "other.test", .alternative_names = "DNS:other.test"});
    SSLContext server = server_context();
    std::vector<std::string> asked;
    server.set_server_name_callback([&](std::optional<std::string_view> name) -> std::optional<SSLContext> {
        asked.emplace_back(name.value_or("(none)"));
        if (name == "refused.test") throw ValueError("no such host");
        if (name == "other.test") return SSLContext::server(other.certificate, other.key);
        return std::nullopt;
    });
    std::vector<std::string> errors;
    run([&]() -> Coroutine<> {
        get_running_loop().set_exception_handler(
            [&](EventLoop&, const ExceptionContext& context) { errors.push_back(to_string(context.exception)); });
        const Server listening = co_await start_server(echo, "127.0.0.1", 0, {.ssl = server});
        const int port = listening.port();
        for (const char* name : {"localhost", "other.test"}) {
            auto [reader, writer] =
                co_await open_connection("127.0.0.1", port, {.ssl = client_context(), .server_hostname = name});
            const auto certificate = std::any_cast<PeerCertificate>(writer.get_extra_info("peercert"));
            CHECK(certificate.subject.front().second == name);
            writer.write("x");
            const auto got = co_await reader.readexactly(1);
            CHECK(got == "x");
            writer.close();
            co_await writer.wait_closed();
        }
        // An address is not sent as a name.
        auto [reader, writer] = co_await open_connection("127.0.0.1", port, {.ssl = client_context()});
        writer.close();
        const auto refused = co_await error_of(
            open_connection("127.0.0.1", port, {.ssl = client_context(), .server_hostname = "refused.test"}));
        CHECK(refused == "ConnectionResetError");
        listening.close();
    });
    CHECK(asked == std::vector<std::string>{"localhost", "other.test", "(none)", "refused.test"});
    CHECK(errors == std::vector<std::string>{"ValueError: no such host"});
}

TEST_CASE("TLS over a Unix socket") {
    const std::string path = "/tmp/awaitscope-tls-" + std::to_string(getpid()) + ".sock";
    run([&]() -> Coroutine<> {
        const Server server = co_await start_unix_server(echo, path, {.ssl = server_context()});
        auto [reader, writer] =
            co_await open_unix_connection(path, {.ssl = client_context(), .server_hostname = "localhost"});
        writer.write("over a file");
        const auto got = co_await reader.readexactly(11);
        CHECK(got == "over a file");
        writer.close();
        co_await writer.wait_closed();
        server.close();
        co_await server.wait_closed();
    });
    CHECK(access(path.c_str(), F_OK) != 0);
}

TEST_CASE("TLS: a loop that is closed lets go of its connections") {
    const CapturedStderr captured;  // of the tasks that the loop lets go of
    std::weak_ptr<BaseTransport> transport;
    {
        const auto loop = new_event_loop();
        std::optional<StreamPair> kept;
        std::optional<Server> server;
        loop->run_until_complete([&]() -> Coroutine<> {
            server = co_await start_server(echo, "127.0.0.1", 0, {.ssl = server_context()});
            kept = co_await open_connection("127.0.0.1", server->port(), {.ssl = client_context()});
            transport = kept->second.transport().weak_from_this();
        });
        CHECK_FALSE(transport.expired());
        loop->close();
        CHECK(kept->second.is_closing());
    }
    CHECK(transport.expired());
}
