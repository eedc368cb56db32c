// SPDX-License-Identifier: MIT
//
// A TCP server that sends back what it receives, and lets itself be watched:
//
//     echo_server --port 7000        in one terminal
//     awaitscope list                in another; then: awaitscope attach PID
//     socat - TCP:127.0.0.1:7000     and type
#include <sys/signalfd.h>
#include <unistd.h>

#include <asyncio/asyncio.hpp>
#include <awaitscope/probe.hpp>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <system_error>

namespace {

struct Options {
    int port = 0;  // 0: any free one
    int connections_max = 1000;
};

constexpr const char* usage =
    "usage: echo_server [--port N] [--connections N]\n"
    "\n"
    "Sends back what it receives on 127.0.0.1, until SIGINT or SIGTERM.\n"
    "  --port N         the port; 0, the default, takes a free one, which is printed\n"
    "  --connections N  how many at once, 1000 by default; one more is closed at once\n";

constexpr int piece_bytes = 64 * 1024;

// SIGINT and SIGTERM as a descriptor that becomes readable.
class EndSignals {
  public:
    EndSignals() {
        sigset_t signals;
        sigemptyset(&signals);
        sigaddset(&signals, SIGINT);
        sigaddset(&signals, SIGTERM);
        pthread_sigmask(SIG_BLOCK, &signals, nullptr);
        fd_ = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
        if (fd_ < 0) throw std::system_error(errno, std::system_category(), "signalfd");
    }
    ~EndSignals() { close(fd_); }
    EndSignals(const EndSignals&) = delete;
    EndSignals& operator=(const EndSignals&) = delete;
    int fd() const { return fd_; }

  private:
    int fd_ = -1;
};

asyncio::Coroutine<> echo(asyncio::StreamReader& reader, asyncio::StreamWriter& writer) {
    while (true) {
        const std::string piece = co_await reader.read(piece_bytes);
        if (piece.empty()) co_return;  // the client has ended its side
        writer.write(piece);
        co_await writer.drain();  // a client that does not read makes us wait here, not fill our memory
    }
}

// The task of one connection.
asyncio::Coroutine<> serve(asyncio::StreamReader reader, asyncio::StreamWriter writer, int& connections, int max) {
    if (connections >= max) {
        writer.close();
        co_return;
    }
    ++connections;
    try {
        co_await echo(reader, writer);
    } catch (const asyncio::ConnectionError&) {
        // The client was gone before it had everything: nothing is left to do for it.
    }
    --connections;
    writer.close();
}

asyncio::Coroutine<> main_(Options options, const EndSignals& signals) {
    int connections = 0;
    auto client = [&](asyncio::StreamReader reader, asyncio::StreamWriter writer) {
        return serve(std::move(reader), std::move(writer), connections, options.connections_max);
    };
    auto server = co_await asyncio::start_server(client, "127.0.0.1", options.port);
    std::printf("listening on 127.0.0.1:%d\n", server.port());
    std::fflush(stdout);

    asyncio::Event ended("end signal");
    auto& loop = asyncio::get_running_loop();
    loop.add_reader(signals.fd(), [&] { ended.set(); });
    co_await ended.wait();
    loop.remove_reader(signals.fd());
    server.close();
    std::puts("stopped");
    // run() cancels the tasks of the connections that are still open.
}

// The number behind a name on the command line, or an exit with the usage.
int number(std::string_view name, const char* text, int max) {
    int value = 0;
    const std::string_view digits = text ? text : "";
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error == std::errc() && end == digits.data() + digits.size() && value >= 0 && value <= max) return value;
    std::fprintf(stderr, "echo_server: %s wants a number from 0 to %d\n%s", std::string(name).c_str(), max, usage);
    std::exit(2);
}

Options parse(int argc, char** argv) {
    Options options;
    for (int i = 1; i < argc; i += 2) {
        const std::string_view name = argv[i];
        if (name == "--port") {
            options.port = number(name, argv[i + 1], 65535);
        } else if (name == "--connections") {
            options.connections_max = number(name, argv[i + 1], 1'000'000);
        } else {
            const bool asked = name == "--help" || name == "-h";
            std::fputs(usage, asked ? stdout : stderr);
            std::exit(asked ? 0 : 2);
        }
    }
    return options;
}

}  // namespace

int main(int argc, char** argv) {
    const Options options = parse(argc, argv);
    awaitscope::enable("echo_server");
    try {
        const EndSignals signals;
        asyncio::run(main_(options, signals));
    } catch (const std::exception& error) {
        std::fprintf(stderr, "echo_server: %s\n", error.what());
        return 1;
    }
}
