// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <catch2/catch.hpp>
#include <csignal>

using namespace std::chrono_literals;
using asyncio::Coroutine;

TEST_CASE("Programs and shells, with and without options") {
    asyncio::run([]() -> Coroutine<> {
        asyncio::Process plain = co_await asyncio::create_subprocess_exec("true", {});
        const int code = co_await plain.wait();
        CHECK(code == 0);
        CHECK(plain.returncode() == 0);
        CHECK(plain.pid() > 0);

        auto echo = co_await asyncio::create_subprocess_exec("echo", {"one", "two"}, {.stdout_ = asyncio::PIPE});
        auto [out, err] = co_await echo.communicate();
        CHECK(out == "one two\n");
        CHECK(err.empty());

        auto cat = co_await asyncio::create_subprocess_exec(
            "cat", {}, {.stdin_ = asyncio::PIPE, .stdout_ = asyncio::PIPE, .stderr_ = asyncio::DEVNULL});
        auto copied = co_await cat.communicate("copied");
        CHECK(copied.first == "copied");

        const std::map<std::string, std::string> environment{{"WHO", "me"}};
        const asyncio::SubprocessOptions options{
            .stdout_ = asyncio::PIPE, .stderr_ = asyncio::STDOUT, .cwd = "/", .env = &environment};
        auto shell = co_await asyncio::create_subprocess_shell("pwd; echo $WHO; echo err >&2", options);
        auto all = co_await shell.communicate();
        CHECK(all.first == "/\nme\nerr\n");

        auto simple = co_await asyncio::create_subprocess_shell("exit 3");
        const int three = co_await simple.wait();
        CHECK(three == 3);
        const std::vector<std::string> arguments{"-c", "exit 4"};
        auto listed = co_await asyncio::create_subprocess_exec("sh", arguments);
        const int four = co_await listed.wait();
        CHECK(four == 4);
        auto missing = co_await asyncio::as_result(asyncio::create_subprocess_exec("/no/such/program", {}));
        CHECK_THROWS_AS(missing.value(), asyncio::FileNotFoundError);
    });
}

TEST_CASE("A process's streams and signals") {
    asyncio::run([]() -> Coroutine<> {
        auto cat =
            co_await asyncio::create_subprocess_exec("cat", {}, {.stdin_ = asyncio::PIPE, .stdout_ = asyncio::PIPE});
        CHECK_FALSE(cat.returncode().has_value());
        cat.stdin_().write("line\n");
        co_await cat.stdin_().drain();
        const std::string line = co_await cat.stdout_().readline();
        CHECK(line == "line\n");
        cat.stdin_().close();
        const int code = co_await cat.wait();
        CHECK(code == 0);

        auto sleeper = co_await asyncio::create_subprocess_exec("sleep", {"1000"});
        sleeper.terminate();
        const int terminated = co_await sleeper.wait();
        CHECK(terminated == -SIGTERM);
        auto killed = co_await asyncio::create_subprocess_exec("sleep", {"1000"});
        killed.kill();
        const int by_kill = co_await killed.wait();
        CHECK(by_kill == -SIGKILL);
        auto signalled = co_await asyncio::create_subprocess_exec("sleep", {"1000"});
        signalled.send_signal(SIGINT);
        const int by_signal = co_await asyncio::wait_for(signalled.wait(), 1h);
        CHECK(by_signal == -SIGINT);
    });
}

TEST_CASE("Signal handlers") {
    asyncio::run([]() -> Coroutine<> {
        auto& loop = asyncio::get_running_loop();
        asyncio::Event arrived;
        int bound = 0;
        loop.add_signal_handler(SIGUSR1, [&] { arrived.set(); });
        loop.add_signal_handler(
            SIGUSR2, [&](int n) { bound = n; }, 7);
        raise(SIGUSR2);
        raise(SIGUSR1);
        co_await arrived.wait();
        co_await asyncio::sleep(0s);
        CHECK(bound == 7);
        CHECK(loop.remove_signal_handler(SIGUSR1));
        CHECK(loop.remove_signal_handler(SIGUSR2));
        CHECK_FALSE(loop.remove_signal_handler(SIGUSR1));
    });
}

TEST_CASE("Protocols of children") {
    struct Collect : asyncio::SubprocessProtocol {
        std::string out;
        std::optional<asyncio::Future<>> ended;
        void pipe_data_received(int fd, std::string_view data) override {
            if (fd == 1) out += data;
        }
        void connection_lost(std::exception_ptr) override { ended->set_result(); }
    };
    asyncio::run([]() -> Coroutine<> {
        auto& loop = asyncio::get_running_loop();
        const auto ended = loop.create_future();
        const auto factory = [&] {
            auto protocol = std::make_shared<Collect>();
            protocol->ended = ended;
            return protocol;
        };
        auto [transport, protocol] = co_await loop.subprocess_exec(factory, "echo", {"by protocol"});
        co_await ended;
        CHECK(protocol->out == "by protocol\n");
        CHECK(transport->get_returncode() == 0);
    });
}
