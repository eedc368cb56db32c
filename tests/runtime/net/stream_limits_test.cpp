// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/runtime/net/recorder.hpp"
#include "tests/support/loop_log.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::open_transport;
using awaitscope::test::SocketPair;
using awaitscope::test::until;

namespace {

/// A stream over the first end of a pair of sockets.
template <class Body>
void with_stream(Body body, std::size_t limit = 64 * 1024) {
    run([&]() -> Coroutine<> {
        SocketPair pair;
        auto core = std::make_shared<detail::StreamCore>(get_running_loop(), limit);
        open_transport(pair.release_first(), core);
        co_await until([&] { return core->transport() != nullptr; });
        co_await body(StreamReader(core), StreamWriter(core), pair);
    });
}

template <class A>
Coroutine<std::string> error_of(A&& awaitable) {
    const auto result = co_await as_result(std::forward<A>(awaitable));
    co_return result.ok() ? std::string("nothing") : to_string(result.exception());
}

}  // namespace

TEST_CASE("readuntil: what is consumed tells where to go on") {
    with_stream(
        [](StreamReader reader, StreamWriter, SocketPair& pair) -> Coroutine<> {
            pair.feed("0123456789");
            try {
                co_await reader.readuntil("##");
                FAIL("there is no separator");
            } catch (const LimitOverrunError& error) {
                // The last byte may be the separator's first.
                CHECK(error.consumed() == 9);
                CHECK(std::string(error.what()) == "Separator is not found, and chunk exceed the limit");
            }
            pair.feed("##");
            for (int turn = 0; turn < 50; ++turn) co_await sleep(0s);  // until it was read
            try {
                co_await reader.readuntil("##");
                FAIL("it is longer than the limit");
            } catch (const LimitOverrunError& error) {
                CHECK(error.consumed() == 10);
                CHECK(std::string(error.what()) == "Separator is found, but chunk is longer than limit");
            }
            const auto rest = co_await reader.readexactly(12);
            CHECK(rest == "0123456789##");
        },
        8);
}

TEST_CASE("readuntil with several separators takes the shortest result") {
    with_stream([](StreamReader reader, StreamWriter, SocketPair& pair) -> Coroutine<> {
        pair.feed("one\r\ntwo\nthree;\r\nrest\r");
        std::vector<std::string> separators{"\r\n", "\n", ";"};
        const auto first = co_await reader.readuntil(separators);
        CHECK(first == "one\r\n");
        const auto second = co_await reader.readuntil(separators);
        CHECK(second == "two\n");
        const auto third = co_await reader.readuntil(separators);
        CHECK(third == "three;");
        std::vector<std::string> one_in_another{"\r\n", "\r\nrest"};
        const auto fourth = co_await reader.readuntil(one_in_another);
        CHECK(fourth == "\r\n");
        // Half a separator is there: the other half comes later.
        std::vector<std::string> split{"st\r\n", "no"};
        const auto fifth = create_task(reader.readuntil(split));
        co_await sleep(0s);
        pair.feed("\n");
        const auto got = co_await fifth;
        CHECK(got == "rest\r\n");
        const std::vector<std::string> none;
        CHECK(awaitscope::test::thrown_by([&] { (void)reader.readuntil(none); }) ==
              "ValueError: Separator should contain at least one element");
        const auto empty = co_await error_of(reader.readuntil(""));
        CHECK(empty == "ValueError: Separator should be at least one-byte string");
    });
}

TEST_CASE("readline drops a line that is too long, and goes on after it") {
    with_stream(
        [](StreamReader reader, StreamWriter, SocketPair& pair) -> Coroutine<> {
            pair.feed("0123456789\nshort\n");
            const auto too_long = co_await error_of(reader.readline());
            CHECK(too_long == "ValueError: Separator is found, but chunk is longer than limit");
            const auto next = co_await reader.readline();
            CHECK(next == "short\n");
            pair.feed("0123456789");
            const auto endless = co_await error_of(reader.readline());
            CHECK(endless == "ValueError: Separator is not found, and chunk exceed the limit");
            pair.feed("ok\n");
            const auto after = co_await reader.readline();
            CHECK(after == "ok\n");
        },
        8);
}

TEST_CASE("The peer has to wait above twice the limit, and may go on below it") {
    with_stream(
        [](StreamReader reader, StreamWriter writer, SocketPair& pair) -> Coroutine<> {
            pair.feed(std::string(20, 'x'));
            co_await sleep(0s);
            co_await sleep(0s);
            CHECK(writer.transport().is_reading());
            pair.feed("y");
            co_await until([&] { return !writer.transport().is_reading(); });
            const auto some = co_await reader.read(10);
            CHECK(some.size() == 10);
            CHECK_FALSE(writer.transport().is_reading());  // eleven are left
            const auto one = co_await reader.readexactly(1);
            CHECK(one == "x");
            CHECK(writer.transport().is_reading());
        },
        10);
}

TEST_CASE("A read that needs more than the limit resumes the transport itself") {
    with_stream(
        [](StreamReader reader, StreamWriter writer, SocketPair& pair) -> Coroutine<> {
            pair.feed(std::string(30, 'x'));
            co_await until([&] { return !writer.transport().is_reading(); });
            const auto reading = create_task(reader.readexactly(100));
            co_await sleep(0s);
            CHECK(writer.transport().is_reading());
            pair.feed(std::string(70, 'x'));
            const auto all = co_await reading;
            CHECK(all.size() == 100);
        },
        10);
}

TEST_CASE("The texts of reads that cannot be") {
    with_stream([](StreamReader reader, StreamWriter, SocketPair& pair) -> Coroutine<> {
        const auto negative = co_await error_of(reader.readexactly(-1));
        CHECK(negative == "ValueError: readexactly size can not be less than zero");
        const auto nothing = co_await reader.readexactly(0);
        CHECK(nothing.empty());
        const auto waiting = create_task(reader.read(1));
        co_await sleep(0s);
        const std::string busy = "() called while another coroutine is already waiting for incoming data";
        const auto a = co_await error_of(reader.read(1));
        CHECK(a == "RuntimeError: read" + busy);
        const auto b = co_await error_of(reader.readexactly(1));
        CHECK(b == "RuntimeError: readexactly" + busy);
        const auto c = co_await error_of(reader.readline());
        CHECK(c == "RuntimeError: readuntil" + busy);
        pair.feed("x");
        const auto got = co_await waiting;
        CHECK(got == "x");
        pair.feed("ab");
        pair.close_second();
        const auto partial = co_await error_of(reader.readexactly(3));
        CHECK(partial == "IncompleteReadError: 2 bytes read on a total of 3 expected bytes");
        const auto until_end = co_await error_of(reader.readuntil("x"));
        CHECK(until_end == "IncompleteReadError: 0 bytes read on a total of undefined expected bytes");
    });
}

TEST_CASE("Lines one by one until the end") {
    with_stream([](StreamReader reader, StreamWriter, SocketPair& pair) -> Coroutine<> {
        pair.feed("a\nb\nc");
        pair.close_second();
        std::string all;
        while (auto line = co_await reader.next()) all += "[" + *line + "]";
        CHECK(all == "[a\n][b\n][c]");
    });
}

TEST_CASE("drain() waits for the low-water mark, and every writer that waits is woken") {
    with_stream([](StreamReader, StreamWriter writer, SocketPair& pair) -> Coroutine<> {
        co_await writer.drain();  // nothing to wait for
        writer.write(std::string(8 << 20, 'x'));
        const auto first = create_task(writer.drain());
        const auto second = create_task(writer.drain());
        co_await sleep(0s);
        CHECK_FALSE(first.done());
        co_await until([&] {
            pair.drain();
            return first.done() && second.done();
        });
        CHECK(writer.transport().get_write_buffer_size() <= 16 * 1024);
    });
}

TEST_CASE("drain() on a connection that is lost") {
    with_stream([](StreamReader, StreamWriter writer, SocketPair& pair) -> Coroutine<> {
        writer.transport().pause_reading();
        pair.close_second();
        writer.write("x");  // fails: the transport is closing
        const auto closing = co_await error_of(writer.drain());
        CHECK(closing == "ConnectionResetError: Connection lost");
        const auto lost = co_await error_of(writer.drain());
        CHECK(lost == "BrokenPipeError: [Errno 32] Broken pipe");
        const auto closed = co_await error_of(writer.wait_closed());
        CHECK(closed == "BrokenPipeError: [Errno 32] Broken pipe");
    });
    with_stream([](StreamReader, StreamWriter writer, SocketPair&) -> Coroutine<> {
        writer.write(std::string(8 << 20, 'x'));
        const auto waiting = create_task(writer.drain());
        co_await sleep(0s);
        writer.transport().abort();
        co_await waiting;  // it ends in order: nobody will read what was written
        const auto later = co_await error_of(writer.drain());
        CHECK(later == "ConnectionResetError: Connection lost");
        co_await writer.wait_closed();
    });
}

TEST_CASE("A writer that closes lets the loop turn in each drain()") {
    with_stream([](StreamReader, StreamWriter writer, SocketPair&) -> Coroutine<> {
        writer.close();
        CHECK(writer.is_closing());
        int turns = 0;
        std::string error;
        while (error.empty()) {
            writer.write("x");
            const auto result = co_await as_result(writer.drain());
            if (!result.ok()) error = to_string(result.exception());
            REQUIRE(++turns < 10);
        }
        CHECK(error == "ConnectionResetError: Connection lost");
        co_await writer.wait_closed();
    });
}
