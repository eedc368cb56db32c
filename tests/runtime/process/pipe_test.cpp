// SPDX-License-Identifier: GPL-3.0-or-later
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/runtime/process/in_loop.hpp"
#include "tests/runtime/process/open_descriptors.hpp"
#include "tests/support/loop_log.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::in_loop;
using awaitscope::test::NothingLeft;
using awaitscope::test::thrown_by;

namespace {

struct Ends {
    int read = -1;
    int write = -1;
};
Ends make_pipe() {
    int ends[2];
    REQUIRE(pipe2(ends, O_CLOEXEC) == 0);
    return {ends[0], ends[1]};
}

/// Notes what it is told, and resolves `closed` in the end.
class Notes : public Protocol {
  public:
    void connection_made(std::shared_ptr<Transport> transport) override {
        note("made");
        transport_ = std::move(transport);
    }
    void data_received(std::string_view data) override {
        if (data.size() < 100) note("data " + std::string(data));
        received += data.size();
        if (on_data) on_data();
    }
    bool eof_received() override {
        note("eof");
        return true;
    }
    void connection_lost(std::exception_ptr exception) override {
        note("lost " + to_string(exception));
        transport_ = nullptr;
        closed.set_result();
    }
    void pause_writing() override { note("pause"); }
    void resume_writing() override {
        note("resume");
        if (on_resume) on_resume();
    }

    void note(const std::string& text) { notes.push_back(text); }
    std::vector<std::string> notes;
    std::size_t received = 0;
    std::function<void()> on_data;
    std::function<void()> on_resume;
    Future<> closed = get_running_loop().create_future<>();

  protected:
    std::shared_ptr<Transport> transport_;
};
using Told = std::vector<std::string>;

std::shared_ptr<Notes> make_notes() {
    return std::make_shared<Notes>();
}

}  // namespace

TEST_CASE("A pipe is read to its end: data, eof, connection lost, and its descriptor is closed") {
    in_loop([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        const Ends ends = make_pipe();
        auto [transport, protocol] = co_await loop.connect_read_pipe(make_notes, ends.read);
        CHECK(protocol->notes == Told{"made"});
        CHECK(transport->get_protocol() == protocol);
        CHECK(std::any_cast<int>(transport->get_extra_info("pipe")) == ends.read);
        CHECK_FALSE(transport->get_extra_info("peername").has_value());
        CHECK(transport->is_reading());
        CHECK((fcntl(ends.read, F_GETFL) & O_NONBLOCK) != 0);
        auto got = loop.create_future<>();
        protocol->on_data = [&] { got.set_result(); };
        CHECK(write(ends.write, "hello", 5) == 5);
        co_await got;
        CHECK_FALSE(transport->is_closing());
        close(ends.write);
        co_await protocol->closed;
        CHECK(protocol->notes == Told{"made", "data hello", "eof", "lost None"});
        CHECK(transport->is_closing());
        CHECK(transport->fileno() == -1);
        CHECK(fcntl(ends.read, F_GETFD) == -1);
        transport->close();
        transport->pause_reading();
        transport->resume_reading();
    });
}

TEST_CASE("A read pipe that is closed, or paused and resumed") {
    in_loop([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        const Ends ends = make_pipe();
        auto [transport, protocol] = co_await loop.connect_read_pipe(make_notes, ends.read);
        CHECK(write(ends.write, "a", 1) == 1);
        transport->pause_reading();
        transport->pause_reading();
        CHECK_FALSE(transport->is_reading());
        for (int i = 0; i < 5; ++i) co_await sleep(0s);
        CHECK(protocol->received == 0);
        auto got = loop.create_future<>();
        protocol->on_data = [&] { got.set_result(); };
        transport->resume_reading();
        co_await got;
        transport->close();
        transport->close();
        CHECK(transport->is_closing());
        co_await protocol->closed;
        CHECK(protocol->notes == Told{"made", "data a", "lost None"});
        close(ends.write);
    });
}

TEST_CASE("A transport that is closed in connection_made() reads nothing") {
    in_loop([]() -> Coroutine<> {
        struct Closes final : Notes {
            void connection_made(std::shared_ptr<Transport> transport) override { transport->close(); }
        };
        const Ends ends = make_pipe();
        CHECK(write(ends.write, "a", 1) == 1);
        const auto made = [] { return std::make_shared<Closes>(); };
        auto [reader, read] = co_await get_running_loop().connect_read_pipe(made, ends.read);
        co_await read->closed;
        CHECK(read->notes == Told{"lost None"});
        auto [writer, written] = co_await get_running_loop().connect_write_pipe(made, ends.write);
        co_await written->closed;
        CHECK(written->notes == Told{"lost None"});
    });
}

TEST_CASE("The half that a pipe has not throws RuntimeError") {
    in_loop([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        const Ends ends = make_pipe();
        auto [reader, read] = co_await loop.connect_read_pipe(make_notes, ends.read);
        auto [writer, written] = co_await loop.connect_write_pipe(make_notes, ends.write);
        Transport& r = *reader;
        Transport& w = *writer;
        CHECK(thrown_by([&] { r.write("x"); }) == "RuntimeError: a pipe for reading has no write()");
        CHECK(thrown_by([&] { r.writelines({"x"}); }) == "RuntimeError: a pipe for reading has no write()");
        CHECK(thrown_by([&] { r.write_eof(); }) == "RuntimeError: a pipe for reading has no write_eof()");
        CHECK(thrown_by([&] { r.can_write_eof(); }) == "RuntimeError: a pipe for reading has no can_write_eof()");
        CHECK(thrown_by([&] { r.abort(); }) == "RuntimeError: a pipe for reading has no abort()");
        CHECK(thrown_by([&] { r.get_write_buffer_size(); }) ==
              "RuntimeError: a pipe for reading has no get_write_buffer_size()");
        CHECK(thrown_by([&] { r.get_write_buffer_limits(); }) ==
              "RuntimeError: a pipe for reading has no get_write_buffer_limits()");
        CHECK(thrown_by([&] { r.set_write_buffer_limits(); }) ==
              "RuntimeError: a pipe for reading has no set_write_buffer_limits()");
        CHECK(thrown_by([&] { w.pause_reading(); }) == "RuntimeError: a pipe for writing has no pause_reading()");
        CHECK(thrown_by([&] { w.resume_reading(); }) == "RuntimeError: a pipe for writing has no resume_reading()");
        CHECK(thrown_by([&] { w.is_reading(); }) == "RuntimeError: a pipe for writing has no is_reading()");
        CHECK(w.can_write_eof());
        w.close();
        co_await read->closed;
        co_await written->closed;
    });
}

TEST_CASE("Only pipes, sockets and character devices: others are refused and stay the caller's") {
    in_loop([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        char path[] = "/tmp/pipe_test_XXXXXX";
        const int file = mkstemp(path);
        unlink(path);
        const auto read_file = co_await as_result(loop.connect_read_pipe(make_notes, file));
        CHECK(to_string(read_file.exception()) == "ValueError: Pipe transport is for pipes/sockets only.");
        const auto write_file = co_await as_result(loop.connect_write_pipe(make_notes, file));
        CHECK(to_string(write_file.exception()) ==
              "ValueError: Pipe transport is only for pipes, sockets and character devices");
        CHECK(fcntl(file, F_GETFD) != -1);
        close(file);
        const auto closed = co_await as_result(loop.connect_read_pipe(make_notes, file));
        CHECK(to_string(closed.exception()) == "OSError: [Errno 9] Bad file descriptor");
    });
}

TEST_CASE("A FIFO, a socket and a character device") {
    in_loop([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        const auto folder = std::filesystem::temp_directory_path() / ("pipe_test_" + std::to_string(getpid()));
        const auto fifo = folder.string();
        REQUIRE(mkfifo(fifo.c_str(), 0600) == 0);
        const int read_end = open(fifo.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
        const int write_end = open(fifo.c_str(), O_WRONLY | O_CLOEXEC);
        unlink(fifo.c_str());
        auto [reader, read] = co_await loop.connect_read_pipe(make_notes, read_end);
        auto [writer, written] = co_await loop.connect_write_pipe(make_notes, write_end);
        writer->write("fifo");
        writer->close();
        co_await read->closed;
        co_await written->closed;
        CHECK(read->notes == Told{"made", "data fifo", "eof", "lost None"});

        int ends[2];
        REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
        auto [left, from_left] = co_await loop.connect_read_pipe(make_notes, ends[0]);
        auto [right, from_right] = co_await loop.connect_write_pipe(make_notes, ends[1]);
        right->writelines({"so", "cket"});
        right->write_eof();
        co_await from_left->closed;
        co_await from_right->closed;
        CHECK(from_left->notes == Told{"made", "data socket", "eof", "lost None"});

        auto [device, of_device] =
            co_await loop.connect_write_pipe(make_notes, open("/dev/null", O_WRONLY | O_CLOEXEC));
        device->write("away");
        device->close();
        co_await of_device->closed;
        CHECK(of_device->notes == Told{"made", "lost None"});
    });
}

TEST_CASE("A terminal whose other side has gone is at its end, and nobody is blamed") {
    in_loop([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        int reports = 0;
        loop.set_exception_handler([&](EventLoop&, const ExceptionContext&) { ++reports; });
        const int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
        REQUIRE(grantpt(master) == 0);
        REQUIRE(unlockpt(master) == 0);
        const int slave = open(ptsname(master), O_RDWR | O_NOCTTY | O_CLOEXEC);
        auto [transport, protocol] = co_await loop.connect_read_pipe(make_notes, master);
        CHECK(write(slave, "tty", 3) == 3);
        auto got = loop.create_future<>();
        protocol->on_data = [&] { got.set_result(); };
        co_await got;
        close(slave);
        co_await protocol->closed;
        CHECK(protocol->notes.back() == "lost OSError: [Errno 5] Input/output error");
        CHECK(reports == 0);
    });
}

TEST_CASE("More than a pipe takes is buffered: flow control follows the limits") {
    in_loop([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        const Ends ends = make_pipe();
        auto [writer, written] = co_await loop.connect_write_pipe(make_notes, ends.write);
        CHECK(writer->get_write_buffer_limits() == std::pair<std::size_t, std::size_t>(16 * 1024, 64 * 1024));
        CHECK(thrown_by([&writer = writer] { writer->set_write_buffer_limits(10, 20); }) ==
              "ValueError: high (10) must be >= low (20) must be >= 0");
        writer->set_write_buffer_limits(100'000, {});
        CHECK(writer->get_write_buffer_limits() == std::pair<std::size_t, std::size_t>(25'000, 100'000));
        const std::string data(1'000'000, 'x');
        writer->write(data);
        CHECK(writer->get_write_buffer_size() == 1'000'000 - 65'536);
        CHECK(written->notes == Told{"made", "pause"});
        auto resumed = loop.create_future<>();
        written->on_resume = [&] {
            if (!resumed.done()) resumed.set_result();
        };
        auto [reader, read] = co_await loop.connect_read_pipe(make_notes, ends.read);
        co_await resumed;
        CHECK(writer->get_write_buffer_size() == 0);
        writer->write("");
        writer->write("end");
        writer->write(data);
        writer->close();
        writer->write("too late");
        co_await written->closed;
        co_await read->closed;
        CHECK(read->received == 2'000'003);
        CHECK(written->notes == Told{"made", "pause", "resume", "pause", "resume", "lost None"});
    });
}

TEST_CASE("A write pipe notices that its reader has gone") {
    in_loop([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        int reports = 0;
        loop.set_exception_handler([&](EventLoop&, const ExceptionContext&) { ++reports; });
        {
            const Ends ends = make_pipe();
            auto [writer, written] = co_await loop.connect_write_pipe(make_notes, ends.write);
            close(ends.read);
            co_await written->closed;
            CHECK(written->notes == Told{"made", "lost None"});
            CHECK(writer->is_closing());
        }
        {
            const Ends ends = make_pipe();
            auto [writer, written] = co_await loop.connect_write_pipe(make_notes, ends.write);
            writer->write(std::string(100'000, 'x'));
            close(ends.read);
            co_await written->closed;
            CHECK(written->notes == Told{"made", "lost BrokenPipeError"});
        }
        {
            const Ends ends = make_pipe();
            auto [writer, written] = co_await loop.connect_write_pipe(make_notes, ends.write);
            close(ends.read);
            writer->write("x");  // no SIGPIPE, which would end this program
            writer->write("y");
            co_await written->closed;
            CHECK(written->notes == Told{"made", "lost BrokenPipeError: [Errno 32] Broken pipe"});
        }
        CHECK(reports == 0);
    });
}

TEST_CASE("Writing to a broken pipe leaves the thread's SIGPIPE as it was") {
    in_loop([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        sigset_t before;
        sigset_t pending;
        const Ends ends = make_pipe();
        auto [writer, written] = co_await loop.connect_write_pipe(make_notes, ends.write);
        close(ends.read);
        writer->write("x");
        pthread_sigmask(SIG_BLOCK, nullptr, &before);
        CHECK(sigismember(&before, SIGPIPE) == 0);
        sigpending(&pending);
        CHECK(sigismember(&pending, SIGPIPE) == 0);
        co_await written->closed;
    });
}

TEST_CASE("abort() drops what is buffered") {
    in_loop([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        const Ends ends = make_pipe();
        auto [writer, written] = co_await loop.connect_write_pipe(make_notes, ends.write);
        writer->write(std::string(100'000, 'x'));
        CHECK(writer->get_write_buffer_size() > 0);
        writer->abort();
        writer->abort();
        writer->close();
        CHECK(writer->get_write_buffer_size() == 0);
        co_await written->closed;
        CHECK(written->notes == Told{"made", "lost None"});
        close(ends.read);
    });
}

TEST_CASE("What a pipe's protocol throws is reported: data_received() does not end the connection") {
    in_loop([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        std::vector<std::string> told;
        loop.set_exception_handler([&](EventLoop&, const ExceptionContext& context) {
            told.push_back(context.message + ": " + to_string(context.exception));
        });
        const Ends ends = make_pipe();
        auto [reader, read] = co_await loop.connect_read_pipe(make_notes, ends.read);
        read->on_data = [] { throw ValueError("data"); };
        auto [writer, written] = co_await loop.connect_write_pipe(make_notes, ends.write);
        written->on_resume = [] { throw ValueError("resume"); };
        writer->write(std::string(200'000, 'x'));
        writer->close();
        co_await read->closed;
        co_await written->closed;
        CHECK(read->received == 200'000);
        CHECK_THAT(told.front(), Catch::StartsWith("Exception in callback ") && Catch::EndsWith(": ValueError: data"));
        CHECK(std::count(told.begin(), told.end(), "protocol.resume_writing() failed: ValueError: resume") == 1);
    });
}

TEST_CASE("Connecting a pipe, cancelled: it is closed") {
    in_loop([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        const Ends ends = make_pipe();
        auto reading = loop.create_task(loop.connect_read_pipe(make_notes, ends.read));
        auto writing = loop.create_task(loop.connect_write_pipe(make_notes, ends.write));
        co_await sleep(0s);
        reading.cancel();
        writing.cancel();
        const auto result = co_await as_result(gather(return_exceptions, reading, writing));
        CHECK(result.ok());
        CHECK(reading.cancelled());
        CHECK(writing.cancelled());
        for (int i = 0; i < 3; ++i) co_await sleep(0s);
        CHECK(fcntl(ends.read, F_GETFD) == -1);
        CHECK(fcntl(ends.write, F_GETFD) == -1);
    });
}

TEST_CASE("A loop that is closed closes its pipes, told or not") {
    const NothingLeft nothing_left;
    std::shared_ptr<Notes> kept;
    run([&]() -> Coroutine<> {
        const Ends ends = make_pipe();
        auto [reader, read] = co_await get_running_loop().connect_read_pipe(make_notes, ends.read);
        auto [writer, written] = co_await get_running_loop().connect_write_pipe(make_notes, ends.write);
        writer->write(std::string(100'000, 'x'));
        kept = read;
    });
    kept = nullptr;
}
