// SPDX-License-Identifier: GPL-3.0-or-later
#include <signal.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/wait.h>

#include "tests/runtime/net/recorder.hpp"
#include "tests/support/captured_stderr.hpp"
#include "tests/support/loop_log.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::open_descriptors;
using awaitscope::test::open_transport;
using awaitscope::test::record_reports;
using awaitscope::test::Recorder;
using awaitscope::test::SocketPair;
using awaitscope::test::until;

namespace {

/// The soft limit of descriptors, while it lives.
class DescriptorLimit {
  public:
    explicit DescriptorLimit(rlim_t wanted) {
        getrlimit(RLIMIT_NOFILE, &before_);
        const rlimit now{std::min(wanted, before_.rlim_max), before_.rlim_max};
        setrlimit(RLIMIT_NOFILE, &now);
        enough_ = now.rlim_cur == wanted;
    }
    ~DescriptorLimit() { setrlimit(RLIMIT_NOFILE, &before_); }
    DescriptorLimit(const DescriptorLimit&) = delete;
    DescriptorLimit& operator=(const DescriptorLimit&) = delete;
    bool enough() const { return enough_; }

  private:
    rlimit before_{};
    bool enough_ = false;
};

std::size_t resident_bytes() {
    std::FILE* const file = std::fopen("/proc/self/statm", "r");
    long total = 0;
    long resident = 0;
    const int read = std::fscanf(file, "%ld %ld", &total, &resident);
    std::fclose(file);
    REQUIRE(read == 2);
    return static_cast<std::size_t>(resident) * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

std::string socket_path() {
    return "/tmp/awaitscope-stress-" + std::to_string(getpid()) + ".sock";
}

/// SIGALRM again and again, without SA_RESTART, while it lives.
class SignalStorm {
  public:
    SignalStorm() {
        struct sigaction action {};
        action.sa_handler = [](int) { signals = signals + 1; };
        sigaction(SIGALRM, &action, &before_);
        const itimerval often{{0, 100}, {0, 100}};
        setitimer(ITIMER_REAL, &often, nullptr);
    }
    ~SignalStorm() {
        const itimerval never{};
        setitimer(ITIMER_REAL, &never, nullptr);
        sigaction(SIGALRM, &before_, nullptr);
    }
    SignalStorm(const SignalStorm&) = delete;
    SignalStorm& operator=(const SignalStorm&) = delete;
    static inline volatile sig_atomic_t signals = 0;

  private:
    struct sigaction before_ {};
};

}  // namespace

namespace {

/// In a process of its own: opens all the connections, asks on each, and ends with 0 when each was answered right.
int ask_on_many(const std::string& path, int connections) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    std::vector<int> open;
    for (int i = 0; i < connections; ++i) {
        open.push_back(socket(AF_UNIX, SOCK_STREAM, 0));
        if (connect(open.back(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) return 1;
    }
    for (int i = 0; i < connections; ++i) {
        const std::string line = std::to_string(i) + "\n";
        if (send(open[static_cast<std::size_t>(i)], line.data(), line.size(), 0) < 0) return 2;
    }
    for (int i = 0; i < connections; ++i) {
        char answer[16] = {};
        if (recv(open[static_cast<std::size_t>(i)], answer, sizeof answer - 1, 0) <= 0) return 3;
        if (answer != std::to_string(i) + "\n") return 4;
    }
    return 0;
}

}  // namespace

TEST_CASE("Ten thousand connections at once, each answered") {
    constexpr int connections = 10'000;
    const DescriptorLimit limit(connections + 1000);
    if (!limit.enough()) {
        WARN("skipped: 10,000 connections need 11,000 descriptors, and RLIMIT_NOFILE's hard limit is lower");
        SUCCEED();
        return;
    }
    const std::string path = socket_path();
    std::size_t at_once = 0;
    int status = -1;
    run([&]() -> Coroutine<> {
        std::size_t open = 0;
        const auto echo = [&](StreamReader reader, StreamWriter writer) -> Coroutine<> {
            at_once = std::max(at_once, ++open);
            writer.write(co_await reader.readline());
            co_await reader.read();
            writer.close();
            --open;
        };
        const Server server = co_await start_unix_server(echo, path, {.backlog = 4096});
        SocketPair end;
        const pid_t child = fork();
        if (child == 0) _exit(ask_on_many(path, connections));
        end.close_second();  // the child has it too: it closes when that ends
        co_await get_running_loop().sock_recv(end.first(), 1);
        REQUIRE(waitpid(child, &status, 0) == child);
        server.close();
        co_await server.wait_closed();
        CHECK(open == 0);
    });
    unlink(path.c_str());
    CHECK(at_once == connections);
    CHECK(status == 0);
}

#ifndef __SANITIZE_ADDRESS__  // the sanitizer asks through a pipe of its own whether memory is there
TEST_CASE("Out of descriptors, connecting is an error, and all is well again afterwards") {
    run([]() -> Coroutine<> {
        const Server server = co_await start_server([](StreamReader, StreamWriter) {}, "127.0.0.1", 0);
        const int next = dup(0);
        close(next);
        std::string error;
        {
            const DescriptorLimit none(static_cast<rlim_t>(next));
            const auto failed = co_await as_result(open_connection("127.0.0.1", server.port()));
            REQUIRE_FALSE(failed.ok());
            error = to_string(failed.exception());
        }
        CHECK(error == "OSError: [Errno 24] Too many open files");
        auto [reader, writer] = co_await open_connection("127.0.0.1", server.port());
        CHECK(writer.peername()->port() == server.port());
        writer.close();
        server.close();
    });
}
#endif

TEST_CASE("Signals that interrupt every call do no harm") {
    const std::string sent(4 << 20, 's');
    std::string received;
    const SignalStorm storm;
    SignalStorm::signals = 0;
    run([&]() -> Coroutine<> {
        const auto send = [&](StreamReader, StreamWriter writer) -> Coroutine<> {
            for (std::size_t at = 0; at < sent.size(); at += 100'000) {
                writer.write(std::string_view(sent).substr(at, 100'000));
                co_await writer.drain();
            }
            writer.close();
        };
        const Server server = co_await start_server(send, "127.0.0.1", 0);
        auto [reader, writer] = co_await open_connection("127.0.0.1", server.port());
        received = co_await reader.read();
        // Waits too, until there were some.
        co_await until([] { return SignalStorm::signals > 10; });
        co_await sleep(1ms);
        writer.close();
        server.close();
    });
    CHECK(received == sent);
}

TEST_CASE("Writing to a peer that is gone never kills the program") {
    struct sigaction before {};
    const struct sigaction standard {};
    sigaction(SIGPIPE, &standard, &before);
    run([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        SocketPair pair;
        auto recorder = std::make_shared<Recorder>();
        const auto transport = open_transport(pair.release_first(), recorder);
        pair.close_second();
        transport->write("x");
        co_await until([&] { return recorder->was_told("lost"); });
        SocketPair other;
        other.close_second();
        const auto result = co_await as_result(loop.sock_sendall(other.first(), "x"));
        CHECK(to_string(result.exception()) == "BrokenPipeError: [Errno 32] Broken pipe");
        SocketPair datagrams(SOCK_DGRAM);
        datagrams.close_second();
        auto [endpoint, protocol] =
            co_await loop.create_datagram_endpoint([] { return std::make_shared<DatagramProtocol>(); }, std::nullopt,
                                                   std::nullopt, {.sock = datagrams.release_first()});
        endpoint->sendto("x");
        endpoint->abort();
        co_await sleep(0s);
    });
    sigaction(SIGPIPE, &before, nullptr);
}

TEST_CASE("A peer that resets in the middle of a long write") {
    run([]() -> Coroutine<> {
        std::string told;
        const auto send = [&](StreamReader, StreamWriter writer) -> Coroutine<> {
            writer.write(std::string(32 << 20, 'x'));
            const auto result = co_await as_result(writer.drain());
            told = result.ok() ? "nothing" : to_string(result.exception());
            CHECK(writer.transport().get_write_buffer_size() == 0);
        };
        const Server server = co_await start_server(send, "127.0.0.1", 0);
        auto [reader, writer] = co_await open_connection("127.0.0.1", server.port());
        co_await reader.readexactly(100'000);
        const linger at_once{1, 0};
        setsockopt(writer.transport().fileno(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        writer.transport().abort();
        co_await until([&] { return !told.empty(); });
        CHECK((told == "ConnectionResetError: [Errno 104] Connection reset by peer" ||
               told == "BrokenPipeError: [Errno 32] Broken pipe"));
        server.close();
        co_await server.wait_closed();
    });
}

TEST_CASE("A peer that never reads holds the writer back, and no more than what it wrote is buffered") {
    run([]() -> Coroutine<> {
        SocketPair pair;
        auto core = std::make_shared<detail::StreamCore>(get_running_loop(), 64 * 1024);
        open_transport(pair.release_first(), core);
        co_await until([&] { return core->transport() != nullptr; });
        const StreamWriter writer(core);
        const std::string piece(10'000, 'x');
        std::size_t written = 0;
        const auto pump = [&]() -> Coroutine<> {
            for (;;) {
                writer.write(piece);
                written += piece.size();
                co_await writer.drain();
            }
        };
        auto pumping = create_task(pump);
        for (int turn = 0; turn < 2000; ++turn) co_await sleep(0s);
        const auto held = written;
        for (int turn = 0; turn < 100; ++turn) co_await sleep(0s);
        CHECK(written == held);
        CHECK(writer.transport().get_write_buffer_size() <= 64 * 1024 + piece.size());
        pumping.cancel();
        co_await as_result(pumping);
        writer.transport().abort();
        co_await writer.wait_closed();
    });
}

TEST_CASE("A hundred megabytes go through streams in little memory") {
    constexpr std::size_t total = 100 << 20;
    const std::string path = socket_path();
    std::size_t received = 0;
    std::size_t grown = 0;
    run([&]() -> Coroutine<> {
        const std::string piece(256 * 1024, 'x');
        const auto send = [&](StreamReader, StreamWriter writer) -> Coroutine<> {
            for (std::size_t sent = 0; sent < total; sent += piece.size()) {
                writer.write(piece);
                co_await writer.drain();
            }
            writer.close();
        };
        const Server server = co_await start_unix_server(send, path);
        auto [reader, writer] = co_await open_unix_connection(path);
        const auto before = resident_bytes();
        for (;;) {
            const std::string data = co_await reader.read(1 << 20);
            if (data.empty()) break;
            received += data.size();
            const auto now = resident_bytes();
            grown = std::max(grown, now > before ? now - before : 0);
        }
        writer.close();
        server.close();
    });
    unlink(path.c_str());
    CHECK(received == total);
#ifndef __SANITIZE_ADDRESS__  // which keeps what was freed
    CHECK(grown < 20 << 20);
#endif
}

TEST_CASE("What is written without waiting is sent in linear time") {
    run([]() -> Coroutine<> {
        SocketPair pair;
        auto recorder = std::make_shared<Recorder>();
        const auto transport = open_transport(pair.release_first(), recorder);
        co_await until([&] { return recorder->was_told("made"); });
        const std::string piece(64 * 1024, 'x');
        constexpr std::size_t total = 64 << 20;
        for (std::size_t at = 0; at < total; at += piece.size()) transport->write(piece);
        std::size_t received = 0;
        while (received < total) {
            received += pair.drain().size();
            co_await sleep(0s);
        }
        CHECK(received == total);
        CHECK(recorder->told == std::vector<std::string>{"made", "pause", "resume"});
        transport->abort();
        co_await sleep(0s);
    });
}

TEST_CASE("Timers by the thousand at one instant fire in their order: one at the end of time does not fire") {
    awaitscope::test::run_virtual([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        std::vector<int> fired;
        for (int i = 0; i < 20'000; ++i) loop.call_later(1s, [&fired, i] { fired.push_back(i); });
        bool late = false;
        const auto never = loop.call_later(std::chrono::hours(24 * 365 * 200), [&] { late = true; });
        const auto saturated = loop.call_later(std::chrono::hours::max(), [&] { late = true; });
        co_await sleep(2s);
        CHECK(fired.size() == 20'000);
        CHECK(std::is_sorted(fired.begin(), fired.end()));
        CHECK_FALSE(late);
        CHECK(never.when() > loop.time() + std::chrono::hours(24 * 365 * 199));
        CHECK(saturated.when() == TimePoint::max());
    });
}

TEST_CASE("Callbacks that throw everywhere: each is reported, none stops another") {
    std::vector<std::string> reports;
    int ran = 0;
    run([&]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        record_reports(loop, reports);
        SocketPair pair;
        SocketPair watched;
        const auto boom = [&] {
            ++ran;
            throw ValueError("boom");
        };
        auto recorder = std::make_shared<Recorder>();
        recorder->then = [&](std::string_view) { boom(); };
        const auto transport = open_transport(pair.release_first(), recorder);
        loop.call_soon(boom);
        loop.call_later(0s, boom);
        loop.call_soon_threadsafe(boom);
        auto future = loop.create_future();
        future.add_done_callback([&](const Future<>&) { boom(); });
        future.set_result();
        watched.feed("x");
        loop.add_reader(watched.first(), [&] {
            loop.remove_reader(watched.first());
            boom();
        });
        loop.add_writer(watched.first(), [&] {
            loop.remove_writer(watched.first());
            boom();
        });
        pair.feed("x");
        co_await until([&] { return ran == 9 && transport->fileno() < 0; });
        CHECK(recorder->told == std::vector<std::string>{"made", "data x", "lost ValueError: boom"});
    });
    CHECK(reports.size() == 9);
}

TEST_CASE("No descriptor leaks, however a connection ends") {
    const auto before = open_descriptors();
    const awaitscope::test::CapturedStderr captured;
    const auto while_captured = open_descriptors();
    for (int way = 0; way < 6; ++way)
        run([way]() -> Coroutine<> {
            const auto handler = [way](StreamReader reader, StreamWriter writer) -> Coroutine<> {
                if (way == 0) throw ValueError("handler");
                if (way == 1) writer.transport().abort();
                if (way == 2) writer.close();
                co_await reader.read();
            };
            const Server server = co_await start_server(handler, "127.0.0.1", 0);
            auto [reader, writer] = co_await open_connection("127.0.0.1", server.port());
            writer.write("x");
            if (way == 3) writer.transport().abort();
            if (way == 4) co_return;
            const auto reading = create_task(reader.read());
            co_await sleep(0s);
            if (way == 5) reading.cancel();
            if (way < 3) co_await as_result(reading);
            server.close();
        });
    CHECK(open_descriptors() == while_captured);
    CHECK(while_captured == before + 2);
}
