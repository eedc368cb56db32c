// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/socket.h>

#include "tests/runtime/net/recorder.hpp"
#include "tests/support/captured_stderr.hpp"
#include "tests/support/loop_log.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::open_transport;
using awaitscope::test::record_reports;
using awaitscope::test::Recorder;
using awaitscope::test::SocketPair;
using awaitscope::test::until;
using awaitscope::test::with_transport;
using Told = std::vector<std::string>;

namespace {

/// More than any socket's buffer takes at once.
const std::string much(8 << 20, 'x');

[[noreturn]] void fail() {
    throw ValueError("x");
}

}  // namespace

TEST_CASE("A transport says what happens to it, in order, and is lost once") {
    with_transport([](Recorder& recorder, SocketPair& pair) -> Coroutine<> {
        pair.feed("hi");
        co_await until([&] { return recorder.told.size() == 2; });
        pair.close_second();
        co_await until([&] { return recorder.was_told("lost"); });
        CHECK(recorder.told == Told{"made", "data hi", "eof", "lost None"});
        CHECK(recorder.transport->is_closing());
        CHECK(recorder.transport->fileno() == -1);
        CHECK(recorder.transport->get_protocol() == nullptr);
    });
}

TEST_CASE("A protocol that keeps a half-closed connection open may still write") {
    with_transport([](Recorder& recorder, SocketPair& pair) -> Coroutine<> {
        recorder.keep_open = true;
        shutdown(pair.second(), SHUT_WR);
        co_await until([&] { return recorder.was_told("eof"); });
        co_await sleep(0s);
        CHECK_FALSE(recorder.transport->is_closing());
        recorder.transport->write("late");
        CHECK(pair.drain() == "late");
    });
}

TEST_CASE("What a protocol's callback throws ends the connection and is reported") {
    struct Case {
        const char* callback;
        const char* message;
    };
    for (const Case& failing : {Case{"data", "Fatal error: protocol.data_received() call failed."},
                                Case{"eof", "Fatal error: protocol.eof_received() call failed."}}) {
        Told reports;
        with_transport([&](Recorder& recorder, SocketPair& pair) -> Coroutine<> {
            record_reports(get_running_loop(), reports);
            recorder.then = [&](std::string_view callback) {
                if (callback == failing.callback) fail();
            };
            pair.feed("x");
            pair.close_second();
            co_await until([&] { return recorder.was_told("lost"); });
            CHECK(recorder.told.back() == "lost ValueError: x");
        });
        CHECK(reports == Told{std::string(failing.message) + ": ValueError: x"});
    }
}

TEST_CASE("An error of the system that a callback throws goes to connection_lost alone") {
    Told reports;
    with_transport([&](Recorder& recorder, SocketPair& pair) -> Coroutine<> {
        record_reports(get_running_loop(), reports);
        recorder.then = [](std::string_view callback) {
            if (callback == "data") throw FileNotFoundError("gone");
        };
        pair.feed("x");
        co_await until([&] { return recorder.was_told("lost"); });
        CHECK(recorder.told.back() == "lost FileNotFoundError: gone");
    });
    CHECK(reports.empty());
}

TEST_CASE("connection_made and connection_lost that throw are failed callbacks of the loop") {
    Told reports;
    run([&]() -> Coroutine<> {
        record_reports(get_running_loop(), reports);
        SocketPair pair;
        auto recorder = std::make_shared<Recorder>();
        recorder->then = [](std::string_view callback) {
            if (callback == "made" || callback == "lost") fail();
        };
        const auto transport = open_transport(pair.release_first(), recorder);
        pair.feed("still read");
        co_await until([&] { return recorder->told.size() == 2; });
        CHECK(recorder->told.back() == "data still read");
        transport->close();
        co_await until([&] { return transport->fileno() < 0; });
    });
    REQUIRE(reports.size() == 2);
    for (const std::string& report : reports)
        CHECK_THAT(report, Catch::StartsWith("Exception in callback ") && Catch::EndsWith(": ValueError: x"));
}

TEST_CASE("Writing pauses above the high-water mark and resumes at the low one") {
    with_transport([](Recorder& recorder, SocketPair& pair) -> Coroutine<> {
        Transport& transport = *recorder.transport;
        CHECK(transport.get_write_buffer_limits() == std::pair<std::size_t, std::size_t>(16 * 1024, 64 * 1024));
        transport.write(much);
        CHECK(recorder.told.back() == "pause");
        CHECK(transport.writing_paused());
        const auto buffered = transport.get_write_buffer_size();
        CHECK(buffered > 64 * 1024);
        transport.write("y");
        CHECK(transport.get_write_buffer_size() == buffered + 1);
        std::size_t received = 0;
        while (received < much.size() + 1) {
            received += pair.drain().size();
            co_await sleep(0s);
        }
        CHECK(received == much.size() + 1);
        CHECK(recorder.told == Told{"made", "pause", "resume"});
        CHECK(transport.get_write_buffer_size() == 0);
    });
}

TEST_CASE("The limits of the write buffer: defaults, checks, and an effect at once") {
    with_transport([](Recorder& recorder, SocketPair&) -> Coroutine<> {
        Transport& transport = *recorder.transport;
        using Limits = std::pair<std::size_t, std::size_t>;
        transport.set_write_buffer_limits(100);
        CHECK(transport.get_write_buffer_limits() == Limits(25, 100));
        transport.set_write_buffer_limits({}, 50);
        CHECK(transport.get_write_buffer_limits() == Limits(50, 200));
        transport.set_write_buffer_limits();
        CHECK(transport.get_write_buffer_limits() == Limits(16 * 1024, 64 * 1024));
        CHECK(awaitscope::test::thrown_by([&] { transport.set_write_buffer_limits(10, 20); }) ==
              "ValueError: high (10) must be >= low (20) must be >= 0");
        transport.set_write_buffer_limits(much.size());
        transport.write(much);
        CHECK(recorder.told == Told{"made"});
        transport.set_write_buffer_limits(0);
        CHECK(recorder.told == Told{"made", "pause"});
        co_return;
    });
}

TEST_CASE("pause_writing and resume_writing that throw are reported, and the connection goes on") {
    Told reports;
    with_transport([&](Recorder& recorder, SocketPair& pair) -> Coroutine<> {
        record_reports(get_running_loop(), reports);
        recorder.then = [](std::string_view callback) {
            if (callback == "pause" || callback == "resume") fail();
        };
        recorder.transport->write(much);
        std::size_t received = 0;
        while (received < much.size()) {
            received += pair.drain().size();
            co_await sleep(0s);
        }
        CHECK_FALSE(recorder.transport->is_closing());
    });
    CHECK(reports ==
          Told{"protocol.pause_writing() failed: ValueError: x", "protocol.resume_writing() failed: ValueError: x"});
}

TEST_CASE("close() sends what is buffered, abort() does not") {
    with_transport([](Recorder& recorder, SocketPair& pair) -> Coroutine<> {
        recorder.transport->write(much);
        recorder.transport->close();
        recorder.transport->close();
        CHECK(recorder.transport->is_closing());
        CHECK_FALSE(recorder.transport->is_reading());
        recorder.transport->write("!");  // while there is a buffer, it takes more
        std::string received;
        while (!recorder.was_told("lost")) {
            received += pair.drain();
            co_await sleep(0s);
        }
        received += pair.drain(much.size());
        CHECK(received == much + "!");
        CHECK(recorder.told.back() == "lost None");
    });
    with_transport([](Recorder& recorder, SocketPair& pair) -> Coroutine<> {
        recorder.transport->write(much);
        recorder.transport->abort();
        recorder.transport->abort();
        CHECK(recorder.transport->get_write_buffer_size() == 0);
        CHECK_FALSE(recorder.was_told("lost"));
        co_await sleep(0s);
        CHECK(recorder.told == Told{"made", "pause", "lost None"});
        CHECK(pair.drain(much.size()).size() < much.size());
    });
}

TEST_CASE("Writing in vain is told after a while") {
    const awaitscope::test::CapturedStderr captured;
    with_transport([](Recorder& recorder, SocketPair&) -> Coroutine<> {
        recorder.transport->close();
        for (int i = 0; i < 6; ++i) recorder.transport->write("x");
        recorder.transport->write("");
        co_return;
    });
    // The close counts as the first, as in CPython.
    CHECK(captured.text() == "socket.send() raised exception.\nsocket.send() raised exception.\n");
}

TEST_CASE("write_eof ends the writing half, once the buffer is empty") {
    with_transport([](Recorder& recorder, SocketPair& pair) -> Coroutine<> {
        Transport& transport = *recorder.transport;
        CHECK(transport.can_write_eof());
        transport.write(much);
        transport.write_eof();
        transport.write_eof();
        CHECK(awaitscope::test::thrown_by([&] { transport.write("x"); }) ==
              "RuntimeError: Cannot call write() after write_eof()");
        CHECK(awaitscope::test::thrown_by([&] { transport.writelines({"x"}); }) ==
              "RuntimeError: Cannot call writelines() after write_eof()");
        std::size_t received = 0;
        while (received < much.size()) {
            received += pair.drain().size();
            co_await sleep(0s);
        }
        char byte = 0;
        co_await until([&] { return recv(pair.second(), &byte, 1, 0) == 0; });
        pair.feed("the other way is open");
        co_await until([&] { return recorder.was_told("data"); });
    });
}

TEST_CASE("Reading pauses and resumes: pauses do not add up") {
    with_transport([](Recorder& recorder, SocketPair& pair) -> Coroutine<> {
        Transport& transport = *recorder.transport;
        CHECK(transport.is_reading());
        transport.pause_reading();
        transport.pause_reading();
        CHECK_FALSE(transport.is_reading());
        pair.feed("x");
        for (int i = 0; i < 20; ++i) co_await sleep(0s);
        CHECK(recorder.told == Told{"made"});
        transport.resume_reading();
        transport.resume_reading();
        CHECK(transport.is_reading());
        co_await until([&] { return recorder.told.size() == 2; });
        CHECK(recorder.told.back() == "data x");
    });
}

TEST_CASE("A transport paused in connection_made reads nothing until it resumes") {
    run([]() -> Coroutine<> {
        SocketPair pair;
        auto recorder = std::make_shared<Recorder>();
        recorder->then = [&](std::string_view callback) {
            if (callback == "made") recorder->transport->pause_reading();
        };
        pair.feed("x");
        open_transport(pair.release_first(), recorder);
        for (int i = 0; i < 20; ++i) co_await sleep(0s);
        CHECK(recorder->told == Told{"made"});
        recorder->transport->resume_reading();
        co_await until([&] { return recorder->told.size() == 2; });
        recorder->transport->abort();
        co_await sleep(0s);
        recorder->then = [](std::string_view) {};
    });
}

TEST_CASE("A peer that resets is told by connection_lost, not by a report") {
    Told reports;
    with_transport([&](Recorder& recorder, SocketPair& pair) -> Coroutine<> {
        record_reports(get_running_loop(), reports);
        recorder.transport->write("never read");
        pair.close_second();  // with bytes unread: a reset
        co_await until([&] { return recorder.was_told("lost"); });
        CHECK(recorder.told == Told{"made", "lost ConnectionResetError: [Errno 104] Connection reset by peer"});
    });
    with_transport([&](Recorder& recorder, SocketPair& pair) -> Coroutine<> {
        recorder.transport->pause_reading();
        pair.close_second();
        recorder.transport->write("x");
        CHECK(recorder.transport->is_closing());
        co_await until([&] { return recorder.was_told("lost"); });
        CHECK(recorder.told == Told{"made", "lost BrokenPipeError: [Errno 32] Broken pipe"});
    });
    CHECK(reports.empty());
}

TEST_CASE("Nobody else may watch a transport's descriptor while it is open") {
    with_transport([](Recorder& recorder, SocketPair&) -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        const int fd = recorder.transport->fileno();
        const std::string number = std::to_string(fd);
        const std::string refusal =
            "RuntimeError: File descriptor " + number + " is used by transport <SocketTransport fd=" + number + ">";
        CHECK(awaitscope::test::thrown_by([&] { loop.add_reader(fd, [] {}); }) == refusal);
        CHECK(awaitscope::test::thrown_by([&] { loop.add_writer(fd, [] {}); }) == refusal);
        CHECK(awaitscope::test::thrown_by([&] { loop.remove_reader(fd); }) == refusal);
        CHECK(awaitscope::test::thrown_by([&] { loop.remove_writer(fd); }) == refusal);
        const auto received = co_await as_result(loop.sock_recv(fd, 1));
        CHECK(to_string(received.exception()) == refusal);
        recorder.transport->close();
        CHECK_FALSE(loop.remove_reader(fd));
    });
}

TEST_CASE("Extra information of a transport") {
    run([]() -> Coroutine<> {
        const Server server = co_await start_server([](StreamReader, StreamWriter) {}, "127.0.0.1", 0);
        auto [reader, writer] = co_await open_connection("127.0.0.1", server.port());
        CHECK(std::any_cast<SocketAddress>(writer.get_extra_info("peername")) ==
              SocketAddress("127.0.0.1", server.port()));
        CHECK(std::any_cast<SocketAddress>(writer.get_extra_info("sockname")).host() == "127.0.0.1");
        CHECK(std::any_cast<int>(writer.get_extra_info("socket")) == writer.transport().fileno());
        CHECK_FALSE(writer.get_extra_info("no such thing").has_value());
        writer.close();
        server.close();
    });
}
