// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/conformance/twin.hpp"

namespace {

struct Stream {
    StreamReader reader;
    StreamWriter writer;
    StreamReader peer_reader;
    StreamWriter peer;
};

/// A client's reader and writer, and those of its server.
Coroutine<Stream> stream(std::size_t limit = 64 * 1024) {
    auto accepted = get_running_loop().create_future<StreamPair>();
    const auto accept = [accepted](StreamReader r, StreamWriter w) { accepted.set_result(StreamPair(r, w)); };
    const Server server = co_await start_server(accept, "127.0.0.1", 0);
    const StreamPair own = co_await open_connection("127.0.0.1", server.port(), {.limit = limit});
    const StreamPair peer = co_await accepted;
    server.close();
    co_return Stream{own.first, own.second, peer.first, peer.second};
}

/// What it gives, or its error, as text.
template <class A>
Coroutine<std::string> told(A&& operation) {
    const auto result = co_await as_result(std::forward<A>(operation));
    if (!result.ok()) co_return to_string(result.exception());
    if constexpr (std::is_same_v<std::decay_t<decltype(result.value())>, std::string>)
        co_return result.value();
    else
        co_return std::string();
}

/// Python's repr of text.
std::string quoted(const std::string& value) {
    std::string all;
    for (const char c : value) {
        if (c == '\n')
            all += "\\n";
        else if (c == '\r')
            all += "\\r";
        else
            all += c;
    }
    return "'" + all + "'";
}

template <class E>
const E& as(const std::exception_ptr& exception) {
    try {
        std::rethrow_exception(exception);
    } catch (const E& error) {
        return error;  // the caller holds the exception
    }
}

}  // namespace

TWIN(pieces) {
    auto [reader, writer, peer_reader, peer] = co_await stream();
    peer.write("one two three four\nrest");
    const auto a = co_await told(reader.readexactly(4));
    say(a);
    const auto none = co_await told(reader.readexactly(0));
    const auto nothing = co_await told(reader.read(0));
    say(none, nothing);
    const auto b = co_await told(reader.readuntil(" "));
    say(b);
    const auto c = co_await told(reader.read(3));
    say(c);
    const auto d = co_await told(reader.readline());
    say(quoted(d));
    say(reader.at_eof());
    peer.write_eof();
    const auto short_one = co_await as_result(reader.readexactly(9));
    const auto& incomplete = as<IncompleteReadError>(short_one.exception());
    say(short_one, incomplete.partial(), incomplete.expected());
    const bool at_eof = reader.at_eof();
    const auto rest = co_await told(reader.read());
    const auto more = co_await told(reader.read(5));
    say(at_eof, quoted(rest), quoted(more));
    const auto one = co_await as_result(reader.readexactly(1));
    say(one, as<IncompleteReadError>(one.exception()).expected());
    const auto until_x = co_await as_result(reader.readuntil("x"));
    const long expected = as<IncompleteReadError>(until_x.exception()).expected();
    say(until_x, expected < 0 ? "None" : "a number");
    const auto line = co_await told(reader.readline());
    say(quoted(line));
    const auto negative = co_await told(reader.readexactly(-1));
    say(negative);
    const auto empty = co_await told(reader.readuntil(""));
    say(empty);
    writer.close();
    peer.close();
}

TWIN(overrun) {
    auto [reader, writer, peer_reader, peer] = co_await stream(8);
    peer.write("0123456789##tail\n");
    co_await peer.drain();
    const auto found = co_await as_result(reader.readuntil("##"));
    say(found, as<LimitOverrunError>(found.exception()).consumed());
    const auto missing = co_await as_result(reader.readuntil("@@@"));
    say(missing, as<LimitOverrunError>(missing.exception()).consumed());
    const auto head = co_await told(reader.readexactly(12));
    say(head);
    const auto tail = co_await told(reader.readline());
    say(quoted(tail));
    peer.write("a line that is too long\nshort\n");
    const auto too_long = co_await told(reader.readline());
    say(too_long);
    const auto next = co_await told(reader.readline());
    say(quoted(next));
    peer.write("a line without an end");
    const auto endless = co_await told(reader.readline());
    say(endless);
    peer.write("12345678\n");
    const auto last = co_await told(reader.readline());
    say(quoted(last));
    writer.close();
    peer.close();
}

TWIN(several_separators) {
    auto [reader, writer, peer_reader, peer] = co_await stream();
    peer.write("one\r\ntwo\nthree;\r\nrest\r\n");
    const std::vector<std::string> separators{"\r\n", "\n", ";"};
    for (int i = 0; i < 3; ++i) {
        const auto piece = co_await told(reader.readuntil(separators));
        say(quoted(piece));
    }
    const std::vector<std::string> one_in_another{"\r\nrest", "\r\n"};
    const auto fourth = co_await told(reader.readuntil(one_in_another));
    say(quoted(fourth));
    const std::vector<std::string> others{"st\r\n", "nowhere"};
    const auto fifth = co_await told(reader.readuntil(others));
    say(quoted(fifth));
    try {
        co_await reader.readuntil(std::vector<std::string>());
    } catch (...) {
        say(caught());
    }
    writer.close();
    peer.close();
}

TWIN(one_reader_at_a_time) {
    auto [reader, writer, peer_reader, peer] = co_await stream();
    const auto read = [reader = reader](std::string name) -> Coroutine<> {
        const auto got = co_await reader.read(100);
        say(name, "got", got);
    };
    const auto first = create_task(read("first"));
    co_await turns(1);
    const auto a = co_await told(reader.read(1));
    say(a);
    const auto b = co_await told(reader.readexactly(1));
    say(b);
    const auto c = co_await told(reader.readline());
    say(c);
    const auto d = co_await told(reader.readuntil("x"));
    say(d);
    const auto e = co_await told(reader.read());
    say(e);
    first.cancel();
    co_await turns(1);
    const auto second = create_task(read("second"));
    co_await turns(1);
    peer.write("hello");
    co_await second;
    say(first.cancelled());
    writer.close();
    peer.close();
}

TWIN(lines) {
    auto [reader, writer, peer_reader, peer] = co_await stream();
    const auto send = [peer = peer]() -> Coroutine<> {
        for (const char* line : {"a\n", "b", "\n", "c"}) {
            peer.write(line);
            co_await turns(3);
        }
        peer.close();
    };
    const auto task = create_task(send());
    while (auto line = co_await reader.next()) say(quoted(*line));
    co_await task;
    say("end", reader.at_eof());
    writer.close();
}

TWIN(holding_back) {
    auto [reader, writer, peer_reader, peer] = co_await stream(100);
    peer.write(std::string(150, 'x'));
    const auto ten = co_await told(reader.readexactly(10));
    say(ten.size(), writer.transport().is_reading());
    peer.write(std::string(100, 'y'));
    while (writer.transport().is_reading()) co_await turns(1);
    say("paused");
    const auto many = co_await told(reader.readexactly(139));
    say(many.size(), writer.transport().is_reading());
    const auto one = co_await told(reader.readexactly(1));
    say(one.size(), writer.transport().is_reading());
    peer.write(std::string(500, 'z'));
    peer.close();
    const auto rest = co_await told(reader.read());
    say(rest.size(), reader.at_eof());
    writer.close();
    co_await writer.wait_closed();
    say("closed");
}

TWIN(writing_after_the_end) {
    auto [reader, writer, peer_reader, peer] = co_await stream();
    writer.write_eof();
    try {
        writer.write("x");
    } catch (const RuntimeError&) {
        say(caught());
    }
    try {
        writer.writelines({"x"});
    } catch (const RuntimeError&) {
        say(caught());
    }
    const auto nothing = co_await told(peer_reader.read());
    say(quoted(nothing));
    peer.write("still");
    const auto still = co_await told(reader.readexactly(5));
    say(still);
    peer.close();
    say(peer.is_closing());
    const auto first = co_await told(peer.drain());
    say(first);
    const auto second = co_await told(peer.drain());
    say(second);
    const auto closed = co_await told(peer.wait_closed());
    say(quoted(closed));
    const auto rest = co_await told(reader.read());
    say(quoted(rest), writer.is_closing());
    writer.transport().abort();
    const auto aborted = co_await told(writer.wait_closed());
    say(quoted(aborted));
    const auto third = co_await told(writer.drain());
    say(third);
}

TWIN(draining) {
    auto [reader, writer, peer_reader, peer] = co_await stream();
    peer.transport().set_write_buffer_limits(1000);
    const std::string much(20'000'000, 'x');
    peer.write(much);
    const auto drain = [peer = peer](std::string name) -> Coroutine<> {
        say(name, "waits");
        const auto how = co_await told(peer.drain());
        say(name, "drained:", how.empty() ? "well" : how);
    };
    const auto one = create_task(drain("one"));
    const auto two = create_task(drain("two"));
    co_await turns(5);
    say(std::vector<bool>{one.done(), two.done()});
    std::size_t count = 0;
    while (count < much.size()) {
        const auto data = co_await reader.read(1 << 20);
        count += data.size();
    }
    co_await gather(one, two);
    peer.write(much);
    const auto three = create_task(drain("three"));
    co_await turns(1);
    peer.transport().abort();
    co_await three;
    const auto after = co_await told(peer.drain());
    say(after);
    writer.close();
}
