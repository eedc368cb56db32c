// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <string>
#include <vector>

#include "tests/conformance/twin.hpp"

using std::string;
using std::vector;

namespace {

string certificate(const string& name) {
    return string(AWAITSCOPE_TWINS_FOLDER) + "/certificates/" + name + ".pem";
}

SSLContext server_context(const string& name = "localhost") {
    return SSLContext::server(certificate(name));
}

SSLContext client_context() {
    SSLContext context = SSLContext::client();
    context.load_verify_locations(certificate("authority"));
    return context;
}

template <class T>
Coroutine<string> outcome(Coroutine<T> awaitable) {
    const auto result = co_await as_result(std::move(awaitable));
    co_return result.ok() ? "fine" : to_string(result.exception());
}

Coroutine<> echo(StreamReader reader, StreamWriter writer) {
    for (;;) {
        const string data = co_await reader.read(1000);
        if (data.empty()) break;
        writer.write(data);
        co_await writer.drain();
    }
    writer.close();
}

string stripped(string line) {
    while (!line.empty() && line.back() == '\n') line.pop_back();
    return line;
}

}  // namespace

TWIN_REAL(stream_of_lines) {
    auto seen = get_running_loop().create_future<vector<string>>();
    const auto handler = [seen](StreamReader reader, StreamWriter writer) -> Coroutine<> {
        vector<string> lines;
        for (;;) {
            string line = co_await reader.readline();
            if (line.empty()) break;
            lines.push_back(stripped(line));
            for (char& c : line) c = static_cast<char>(std::toupper(c));
            writer.write(line);
            co_await writer.drain();
        }
        lines.emplace_back(reader.at_eof() ? "end" : "more");
        writer.close();
        co_await writer.wait_closed();
        seen.set_result(lines);
    };
    const Server server = co_await start_server(handler, "127.0.0.1", 0, {.ssl = server_context()});
    auto [reader, writer] = co_await open_connection("127.0.0.1", server.port(), {.ssl = client_context()});
    say(writer.can_write_eof(), writer.is_closing(), reader.at_eof());
    for (const char* line : {"one\n", "two\n", "three\n"}) {
        writer.write(line);
        const string back = co_await reader.readline();
        say(stripped(back));
    }
    const vector<string> more{"a\n", "b\n"};
    writer.writelines(more);
    co_await writer.drain();
    const string letters = co_await reader.readexactly(4);
    say(vector<string>{letters.substr(0, 1), letters.substr(2, 1)});
    try {
        writer.write_eof();
    } catch (const NotImplementedError&) {
        say(caught());
    }
    writer.close();
    say(writer.is_closing());
    co_await writer.wait_closed();
    const auto lines = co_await seen;
    say(lines);
    const string rest = co_await reader.read();
    say(rest, reader.at_eof());
    try {
        co_await writer.drain();
    } catch (const ConnectionResetError&) {
        say(caught());
    }
    server.close();
    co_await server.wait_closed();
}

TWIN_REAL(extra_info) {
    SSLContext server_side = server_context();
    const vector<string> offered{"b", "a"};
    server_side.set_alpn_protocols(offered);
    const Server server = co_await start_server(echo, "127.0.0.1", 0, {.ssl = server_side});
    SSLContext client_side = client_context();
    for (const TLSVersion maximum : {TLSVersion::TLSv1_3, TLSVersion::TLSv1_2}) {
        client_side.set_maximum_version(maximum);
        client_side.set_alpn_protocols(maximum == TLSVersion::TLSv1_3 ? vector<string>{"a", "b"} : vector<string>{"z"});
        auto [reader, writer] =
            co_await open_connection("127.0.0.1", server.port(), {.ssl = client_side, .server_hostname = "localhost"});
        const auto agreed = std::any_cast<SSLObject>(writer.get_extra_info("ssl_object"));
        say(agreed.version, agreed.selected_alpn_protocol, agreed.server_hostname);
        const auto shown = std::any_cast<PeerCertificate>(writer.get_extra_info("peercert"));
        say(shown.subject[0], shown.issuer[0], shown.not_after);
        say(shown.subject_alt_names);
        say(std::any_cast<SSLCipher>(writer.get_extra_info("cipher")).protocol,
            !writer.get_extra_info("compression").has_value(),
            std::any_cast<SSLContext>(writer.get_extra_info("sslcontext")) == client_side,
            !writer.get_extra_info("nonsense").has_value());
        const auto peer = std::any_cast<SocketAddress>(writer.get_extra_info("peername"));
        say(peer.host(), peer.port() == server.port());
        writer.close();
        co_await writer.wait_closed();
        say(!writer.get_extra_info("peername").has_value(), !writer.get_extra_info("ssl_object").has_value());
    }
    server.close();
    co_await server.wait_closed();
}

namespace {

Coroutine<> attempt(string name, SSLContext context, std::optional<string> host = {}) {
    const Server server = co_await start_server(echo, "127.0.0.1", 0, {.ssl = server_context(name)});
    ConnectionOptions options;
    options.ssl = context;
    if (host) options.server_hostname = *host;
    const string how = co_await outcome(open_connection("127.0.0.1", server.port(), options));
    say(how);
    server.close();
}

}  // namespace

TWIN_REAL(verification) {
    for (const char* name : {"localhost", "elsewhere", "expired"}) {
        for (const char* host : {"localhost", "127.0.0.1", "elsewhere.test"}) {
            say(name, "for", host);
            co_await attempt(name, client_context(), host);
        }
    }
    say("without an authority");
    co_await attempt("localhost", SSLContext::client());
    say("without a name");
    co_await attempt("localhost", client_context(), "");
    SSLContext context = client_context();
    context.set_check_hostname(false);
    co_await attempt("elsewhere", context);
    co_await attempt("expired", context);
    context.set_verify_mode(CERT_NONE);
    co_await attempt("expired", context, "");
}

TWIN_REAL(contexts) {
    SSLContext context = SSLContext::client();
    say(context.verify_mode() == CERT_REQUIRED, context.check_hostname());
    try {
        context.set_verify_mode(CERT_NONE);
    } catch (const ValueError&) {
        say(caught());
    }
    context.set_check_hostname(false);
    context.set_verify_mode(CERT_NONE);
    context.set_check_hostname(true);
    say(context.verify_mode() == CERT_REQUIRED, context.check_hostname());
    const vector<std::function<void()>> attempts{[&] { context.load_cert_chain("/nowhere/at/all.pem"); },
                                                 [&] { context.load_cert_chain(certificate("authority")); },
                                                 [&] { context.load_verify_locations("/nowhere/at/all.pem"); },
                                                 [&] { context.load_verify_locations(certificate("client")); }};
    for (const auto& attempt : attempts) {
        try {
            attempt();
            say("fine");
        } catch (const std::exception&) {
            say(caught());
        }
    }
    const SSLContext server = server_context();
    say(server.verify_mode() == CERT_NONE, server.check_hostname());
    co_return;
}

TWIN_REAL(client_certificates) {
    vector<string> who;
    const auto handler = [&](StreamReader, StreamWriter writer) -> Coroutine<> {
        const auto shown = writer.get_extra_info("peercert");
        who.push_back(shown.has_value() ? std::any_cast<PeerCertificate>(shown).subject[0].second : "nobody");
        writer.write("welcome");
        writer.close();
        co_return;
    };
    for (const VerifyMode mode : {CERT_NONE, CERT_OPTIONAL, CERT_REQUIRED}) {
        SSLContext context = server_context();
        context.load_verify_locations(certificate("authority"));
        context.set_verify_mode(mode);
        const Server server = co_await start_server(handler, "127.0.0.1", 0, {.ssl = context});
        for (const char* name : {"client", "expired", "none"}) {
            SSLContext client = client_context();
            client.set_maximum_version(TLSVersion::TLSv1_2);
            if (string(name) != "none") client.load_cert_chain(certificate(name));
            try {
                auto [reader, writer] = co_await open_connection("127.0.0.1", server.port(), {.ssl = client});
                const string greeting = co_await reader.read();
                say(name, greeting, who.back());
                who.pop_back();
                writer.close();
            } catch (const std::exception&) {
                say(name, caught(), who);
            }
        }
        server.close();
    }
}

namespace {

/// Keeps what it is told.
class Told : public Protocol {
  public:
    void connection_made(std::shared_ptr<Transport> made) override {
        log.emplace_back("made");
        transport = std::move(made);
    }
    void data_received(std::string_view data) override {
        log.emplace_back(data);
        if (!heard.done()) heard.set_result();
    }
    bool eof_received() override {
        log.emplace_back("eof");
        return false;
    }
    void connection_lost(std::exception_ptr error) override {
        log.push_back("lost " + text(error));
        lost.set_result();
    }
    vector<string> log;
    std::shared_ptr<Transport> transport;
    Future<> lost = get_running_loop().create_future();
    Future<> heard = get_running_loop().create_future();
};

}  // namespace

TWIN_REAL(protocols) {
    vector<std::shared_ptr<Told>> served;
    const auto factory = [&] {
        served.push_back(std::make_shared<Told>());
        return served.back();
    };
    EventLoop& loop = get_running_loop();
    const Server server = co_await loop.create_server(factory, "127.0.0.1", 0, {.ssl = server_context()});
    for (const string ending : {"client closes", "server closes", "client aborts", "server aborts"}) {
        auto [transport, client] = co_await loop.create_connection([] { return std::make_shared<Told>(); }, "127.0.0.1",
                                                                   server.port(), {.ssl = client_context()});
        say(ending, transport == client->transport, transport->get_protocol() == client, transport->is_closing());
        transport->write("ping");
        transport->write("");
        const auto peer = served.back();
        served.pop_back();
        co_await peer->heard;
        peer->transport->write("pong");
        co_await client->heard;
        const auto end = ending.starts_with("client") ? transport : peer->transport;
        ending.ends_with("closes") ? end->close() : end->abort();
        say(end->is_closing());
        end->write("too late");
        end->close();
        co_await client->lost;
        co_await peer->lost;
        say(client->log);
        say(peer->log);
        say(transport->is_closing(), peer->transport->is_closing());
    }
    server.close();
    co_await server.wait_closed();
}

TWIN_REAL(upgrades) {
    auto seen = get_running_loop().create_future<std::tuple<string, bool, string>>();
    const auto handler = [seen](StreamReader reader, StreamWriter writer) -> Coroutine<> {
        const string command = co_await reader.readline();
        writer.write("ready\n");
        co_await writer.start_tls(server_context());
        const auto agreed = std::any_cast<SSLObject>(writer.get_extra_info("ssl_object"));
        const string line = co_await reader.readline();
        writer.write(string(line.rbegin(), line.rend()));
        writer.close();
        seen.set_result(std::tuple(stripped(command), agreed.server_side, stripped(line)));
    };
    Server server = co_await start_server(handler, "127.0.0.1", 0);
    {
        auto [reader, writer] = co_await open_connection("127.0.0.1", server.port());
        say(!writer.get_extra_info("sslcontext").has_value(), writer.can_write_eof());
        writer.write("STARTTLS\n");
        const string answer = co_await reader.readline();
        say(answer);
        const string how = co_await outcome(writer.start_tls(client_context(), {.server_hostname = "localhost"}));
        say(how);
        say(!writer.get_extra_info("sslcontext").has_value(), writer.can_write_eof());
        writer.write("abc\n");
        const string reversed = co_await reader.read();
        say(reversed.substr(1));
        const auto told = co_await seen;
        say(told);
        writer.close();
        co_await writer.wait_closed();
    }
    server.close();
    server = co_await start_server(echo, "127.0.0.1", 0);
    auto [reader, writer] = co_await open_connection("127.0.0.1", server.port());
    const string how = co_await outcome(writer.start_tls(client_context(), {.server_hostname = "localhost"}));
    say(how);
    try {
        co_await writer.wait_closed();
    } catch (const std::exception&) {
        say(caught());
    }
    server.close();
}

TWIN_REAL(bad_peers) {
    const auto mute = [](StreamReader reader, StreamWriter) -> Coroutine<> { co_await reader.read(); };
    const auto leaves = [](StreamReader reader, StreamWriter writer) -> Coroutine<> {
        co_await reader.read(10000);
        writer.close();
    };
    const auto babbles = [](StreamReader, StreamWriter writer) -> Coroutine<> {
        writer.write("220 hello\r\n");
        co_return;
    };
    const SSLContext context = client_context();
    {
        const Server server = co_await start_server(babbles, "127.0.0.1", 0);
        const string how = co_await outcome(open_connection("127.0.0.1", server.port(), {.ssl = context}));
        say(how);
        server.close();
    }
    {
        const Server server = co_await start_server(leaves, "127.0.0.1", 0);
        const string how = co_await outcome(open_connection("127.0.0.1", server.port(), {.ssl = context}));
        say(how);
        server.close();
    }
    {
        const Server server = co_await start_server(mute, "127.0.0.1", 0);
        for (const auto timeout : {10ms, 0ms, -2500ms}) {
            const string how = co_await outcome(
                open_connection("127.0.0.1", server.port(), {.ssl = context, .ssl_handshake_timeout = timeout}));
            say(how);
        }
        const string how =
            co_await outcome(open_connection("127.0.0.1", server.port(), {.ssl = context, .ssl_shutdown_timeout = 0s}));
        say(how);
        server.close();
    }
    vector<int> handled;
    const auto note = [&](StreamReader, StreamWriter) { handled.push_back(1); };
    const Server server = co_await start_server(note, "127.0.0.1", 0, {.ssl = server_context()});
    auto [reader, writer] = co_await open_connection("127.0.0.1", server.port());
    writer.write("GET / HTTP/1.0\r\n\r\n");
    const string answer = co_await reader.read();
    say(answer, handled);
    writer.close();
    server.close();
    co_await server.wait_closed();
}

TWIN_REAL(much_at_once) {
    vector<std::size_t> received;
    const auto handler = [&](StreamReader reader, StreamWriter writer) -> Coroutine<> {
        const string data = co_await reader.readexactly(3'000'000);
        received.push_back(data.size());
        writer.write(string(2'000'000, 'y'));
        writer.close();
    };
    const Server server = co_await start_server(handler, "127.0.0.1", 0, {.ssl = server_context()});
    auto [reader, writer] = co_await open_connection("127.0.0.1", server.port(), {.ssl = client_context()});
    Transport& transport = writer.transport();
    say(transport.get_write_buffer_limits());
    transport.set_write_buffer_limits(1000);
    say(transport.get_write_buffer_limits());
    try {
        transport.set_write_buffer_limits(1, 2);
    } catch (const ValueError&) {
        say(caught());
    }
    transport.set_write_buffer_limits();
    writer.write(string(3'000'000, 'x'));
    co_await writer.drain();
    const string data = co_await reader.read();
    say(data.size(), std::count(data.begin(), data.end(), 'y'), received);
    writer.close();
    co_await writer.wait_closed();
    server.close();
    co_await server.wait_closed();
    co_await turns(1);
}
