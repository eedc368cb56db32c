// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "tests/conformance/twin.hpp"

using std::string;
using std::vector;

namespace {

const string host = "127.0.0.1";

string shown(string text) {
    std::ranges::replace(text, '\n', '/');
    return text;
}
string stripped(string text) {
    while (text.ends_with('\n')) text.pop_back();
    return text;
}
string upper(string text) {
    std::ranges::transform(text, text.begin(), [](char c) { return c >= 'a' && c <= 'z' ? char(c - 32) : c; });
    return text;
}
Coroutine<> close(StreamWriter writer) {
    writer.close();
    co_await writer.wait_closed();
}

}  // namespace

TWIN_REAL(echo) {
    int served = 0;
    auto handler = [&](StreamReader reader, StreamWriter writer) -> Coroutine<> {
        ++served;
        say("server: client", served, writer.sockname()->host());
        for (;;) {
            const string line = co_await reader.readline();
            if (line.empty()) break;
            say("server:", stripped(line));
            writer.write(upper(line));
            co_await writer.drain();
        }
        say("server: end", reader.at_eof());
        co_await close(writer);
    };
    auto server = co_await start_server(handler, host, 0);
    say(server.is_serving(), server.sockets().size());
    for (int n = 0; n < 2; ++n) {
        auto [reader, writer] = co_await open_connection(host, server.port());
        say("client: to", writer.peername() == SocketAddress(host, server.port()), writer.is_closing());
        for (const string word : {"one\n", "two\nthr", "ee\n"}) {
            writer.write(word);
            if (!word.ends_with("\n")) continue;
            const string line = co_await reader.readline();
            say("client:", stripped(line));
        }
        string line = co_await reader.readline();
        say("client:", stripped(line));
        writer.writelines({"last", " ", "line\n"});
        writer.write_eof();
        line = co_await reader.read();
        say("client:", stripped(line), reader.at_eof());
        co_await close(writer);
        line = co_await reader.read();
        say("client:", writer.is_closing(), line.size());
    }
    server.close();
    co_await server.wait_closed();
    say(served, server.is_serving(), server.sockets().size());
}

TWIN_REAL(ends_too_early) {
    auto handler = [](StreamReader, StreamWriter writer) -> Coroutine<> {
        writer.write("abc\ndefghi");
        co_await close(writer);
    };
    auto server = co_await start_server(handler, host, 0);
    using Read = std::function<Coroutine<string>(StreamReader)>;
    auto attempt = [&](string name, Read read) -> Coroutine<> {
        auto [reader, writer] = co_await open_connection(host, server.port());
        try {
            const string got = co_await read(reader);
            say(name, shown(got));
        } catch (const IncompleteReadError& error) {
            const std::optional<long> expected =
                error.expected() < 0 ? std::nullopt : std::optional<long>(error.expected());
            say(name, caught(), "|", shown(error.partial()), expected);
        } catch (const ValueError&) {
            say(name, caught());
        }
        const string rest = co_await reader.read();
        say(name, "rest", shown(rest), reader.at_eof());
        co_await close(writer);
    };
    auto two_lines = [](StreamReader reader) -> Coroutine<string> {
        string all;
        for (int n = 0; n < 3; ++n) {
            all += n ? "+" : "";
            all += co_await reader.readline();
        }
        co_return all;
    };
    co_await attempt("readexactly 4", [](StreamReader reader) { return reader.readexactly(4); });
    co_await attempt("readexactly 40", [](StreamReader reader) { return reader.readexactly(40); });
    co_await attempt("readexactly 0", [](StreamReader reader) { return reader.readexactly(0); });
    co_await attempt("readexactly -1", [](StreamReader reader) { return reader.readexactly(-1); });
    co_await attempt("readuntil ef", [](StreamReader reader) { return reader.readuntil("ef"); });
    co_await attempt("readuntil x", [](StreamReader reader) { return reader.readuntil("x"); });
    co_await attempt("readuntil nothing", [](StreamReader reader) { return reader.readuntil(""); });
    co_await attempt("lines", two_lines);
    co_await attempt("read 0", [](StreamReader reader) { return reader.read(0); });
    co_await attempt("read all", [](StreamReader reader) { return reader.read(); });
    server.close();
    co_await server.wait_closed();
}

TWIN_REAL(limits) {
    auto handler = [](StreamReader reader, StreamWriter writer) -> Coroutine<> {
        const string data = co_await reader.readuntil("!");
        writer.write(data);
        co_await close(writer);
    };
    auto server = co_await start_server(handler, host, 0, {.limit = 1000});
    auto attempt = [&](string name, string data, bool line) -> Coroutine<> {
        auto [reader, writer] = co_await open_connection(host, server.port(), {.limit = 8});
        writer.write(data + "!");
        try {
            string got;
            if (line)
                got = co_await reader.readline();
            else
                got = co_await reader.readuntil("\n");
            say(name, shown(got));
        } catch (const LimitOverrunError& error) {
            say(name, caught(), error.consumed());
        } catch (const ValueError&) {
            say(name, caught());
        }
        const string rest = co_await reader.read();
        say(name, "rest", shown(rest));
        co_await close(writer);
    };
    co_await attempt("short", "1234567;", true);
    co_await attempt("line", "12345678901234567890\nmore", true);
    co_await attempt("no line", "12345678901234567890", true);
    co_await attempt("until", "12345678901234567890\nmore", false);
    co_await attempt("no end", "12345678901234567890", false);
    co_await attempt("at the limit", "1234567\nmore", false);
    server.close();
    co_await server.wait_closed();
}

TWIN_REAL(half_closed) {
    auto handler = [](StreamReader reader, StreamWriter writer) -> Coroutine<> {
        const string got = co_await reader.read();
        say("server got", got);
        writer.write("answer to " + got);
        co_await writer.drain();
        say("server", writer.can_write_eof(), reader.at_eof(), writer.is_closing());
        writer.write_eof();
        writer.write_eof();
        try {
            writer.write("more");
        } catch (const RuntimeError&) {
            say("server", caught());
        }
        co_await close(writer);
    };
    auto server = co_await start_server(handler, host, 0);
    auto [reader, writer] = co_await open_connection(host, server.port());
    say(writer.can_write_eof());
    writer.write("the ");
    writer.write("");
    writer.write("question");
    writer.write_eof();
    const string got = co_await reader.read();
    say("client got", got, reader.at_eof());
    try {
        writer.write("more");
    } catch (const RuntimeError&) {
        say("client", caught());
    }
    co_await close(writer);
    co_await close(writer);
    server.close();
    co_await server.wait_closed();
}

TWIN_REAL(reading_together) {
    Event go;
    auto handler = [&](StreamReader reader, StreamWriter writer) -> Coroutine<> {
        co_await go.wait();
        writer.write("first\nsecond\n");
        co_await writer.drain();
        co_await reader.read();
        co_await close(writer);
    };
    auto server = co_await start_server(handler, host, 0);
    auto [reader, writer] = co_await open_connection(host, server.port());
    auto waiting = create_task(reader.readline());
    co_await turns(1);
    const auto told = [](const char* name) { say(name, caught()); };
    try {
        co_await reader.read();
    } catch (const RuntimeError&) {
        told("read");
    }
    try {
        co_await reader.readline();
    } catch (const RuntimeError&) {
        told("readline");
    }
    try {
        co_await reader.readexactly(1);
    } catch (const RuntimeError&) {
        told("readexactly");
    }
    try {
        co_await reader.readuntil();
    } catch (const RuntimeError&) {
        told("readuntil");
    }
    waiting.cancel();
    auto results = co_await gather(return_exceptions, vector<Task<string>>(1, waiting));
    say(results);
    try {
        co_await wait_for(reader.read(3), 10ms);
    } catch (const TimeoutError&) {
        say(caught());
    }
    // A read that was given up takes nothing away.
    go.set();
    const string three = co_await reader.read(3);
    const string line = co_await reader.readline();
    say(three, stripped(line));
    const string six = co_await reader.readexactly(6);
    say(six);
    co_await close(writer);
    try {
        co_await writer.drain();
    } catch (const ConnectionResetError&) {
        say(caught());
    }
    server.close();
    co_await server.wait_closed();
}

TWIN_REAL(back_pressure) {
    constexpr std::size_t size = 40'000'000;
    Event received;
    auto handler = [&](StreamReader reader, StreamWriter writer) -> Coroutine<> {
        const string head = co_await reader.readexactly(5);
        say("server", head);
        co_await received.wait();
        std::size_t total = head.size();
        for (;;) {
            const string chunk = co_await reader.read(100'000);
            if (chunk.empty()) break;
            total += chunk.size();
            if (chunk.size() > 100'000) say("too much");
        }
        writer.write(std::to_string(total) + "\n");
        co_await close(writer);
    };
    auto server = co_await start_server(handler, host, 0);
    auto [reader, writer] = co_await open_connection(host, server.port());
    writer.write("begin");
    co_await writer.drain();
    // More than kernel and reader can hold: drain() waits until the server reads.
    writer.write(string(size, 'x'));
    auto draining = create_task(writer.drain());
    co_await sleep(20ms);
    say("draining", draining.done());
    received.set();
    co_await draining;
    writer.write_eof();
    const string answer = co_await reader.readline();
    say(stripped(answer));
    co_await close(writer);
    server.close();
    co_await server.wait_closed();
}
