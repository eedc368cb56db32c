// SPDX-License-Identifier: GPL-3.0-or-later
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "tests/runtime/process/in_loop.hpp"
#include "tests/runtime/process/open_descriptors.hpp"
#include "tests/support/captured_stderr.hpp"
#include "tests/support/loop_log.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::in_loop;
using awaitscope::test::NothingLeft;

TEST_CASE("A program's output, errors and return code") {
    in_loop([]() -> Coroutine<> {
        auto process = co_await create_subprocess_exec("/bin/sh", {"-c", "echo hi; echo no >&2; exit 3"},
                                                       {.stdout_ = PIPE, .stderr_ = PIPE});
        CHECK(process.pid() > 0);
        auto [out, err] = co_await process.communicate();
        CHECK(out == "hi\n");
        CHECK(err == "no\n");
        CHECK(process.returncode() == 3);
        const int again = co_await process.wait();
        CHECK(again == 3);
    });
}

TEST_CASE("Arguments in braces, as a vector, and none: a program is looked for in PATH") {
    in_loop([]() -> Coroutine<> {
        const std::vector<std::string> arguments{"a b", "", "c"};
        auto echo = co_await create_subprocess_exec("echo", arguments, {.stdout_ = PIPE});
        auto [out, err] = co_await echo.communicate();
        CHECK(out == "a b  c\n");
        CHECK(err.empty());
        auto nothing = co_await create_subprocess_exec("true", {});
        const int code = co_await nothing.wait();
        CHECK(code == 0);
        const std::string word = "word";
        auto one = co_await create_subprocess_exec("echo", {word}, {.stdout_ = PIPE});
        auto said = co_await one.communicate();
        CHECK(said.first == "word\n");
    });
}

TEST_CASE("A shell command reads what communicate() is given") {
    in_loop([]() -> Coroutine<> {
        auto process = co_await create_subprocess_shell("tr a-z A-Z; exit 7", {.stdin_ = PIPE, .stdout_ = PIPE});
        auto [out, err] = co_await process.communicate("hello");
        CHECK(out == "HELLO");
        CHECK(process.returncode() == 7);
        auto plain = co_await create_subprocess_shell("exit 5");
        const int code = co_await plain.wait();
        CHECK(code == 5);
    });
}

TEST_CASE("Large input and output at the same time") {
    in_loop([]() -> Coroutine<> {
        auto process = co_await create_subprocess_exec("cat", {}, {.stdin_ = PIPE, .stdout_ = PIPE});
        std::string data(3'000'000, 'x');
        for (std::size_t i = 0; i < data.size(); i += 997) data[i] = static_cast<char>(i);
        auto [out, err] = co_await process.communicate(data);
        CHECK((out == data));
        CHECK(process.returncode() == 0);
    });
}

TEST_CASE("A child that ignores its stdin: communicate() lets that pass") {
    in_loop([]() -> Coroutine<> {
        auto process = co_await create_subprocess_shell("exec <&-; echo done", {.stdin_ = PIPE, .stdout_ = PIPE});
        auto [out, err] = co_await process.communicate(std::string(2'000'000, 'x'));
        CHECK(out == "done\n");
        CHECK(process.returncode() == 0);
    });
}

TEST_CASE("A child goes while its stdin is being filled: who drains is told why, who does later that it is gone") {
    in_loop([]() -> Coroutine<> {
        auto process = co_await create_subprocess_exec("sleep", {"1000"}, {.stdin_ = PIPE});
        process.stdin_().write(std::string(2'000'000, 'x'));
        auto draining = create_task(process.stdin_().drain());
        co_await sleep(0s);
        process.kill();
        const auto first = co_await as_result(draining);
        CHECK(to_string(first.exception()) == "BrokenPipeError");
        const auto second = co_await as_result(process.stdin_().drain());
        CHECK(to_string(second.exception()) == "ConnectionResetError: Connection lost");
        const auto closed = co_await as_result(process.stdin_().wait_closed());
        CHECK(to_string(closed.exception()) == "BrokenPipeError");
        const int code = co_await process.wait();
        CHECK(code == -SIGKILL);
    });
}

TEST_CASE("Streams of a child: lines out, lines in") {
    in_loop([]() -> Coroutine<> {
        auto process = co_await create_subprocess_shell("while read line; do echo \"got $line\"; done",
                                                        {.stdin_ = PIPE, .stdout_ = PIPE});
        CHECK(process.stdin_());
        CHECK(process.stdout_() != nullptr);
        CHECK_FALSE(process.stderr_());
        CHECK(process.stderr_() == nullptr);
        for (const std::string word : {"one", "two"}) {
            process.stdin_().write(word + "\n");
            co_await process.stdin_().drain();
            const std::string line = co_await process.stdout_().readline();
            CHECK(line == "got " + word + "\n");
        }
        process.stdin_()->close();
        co_await process.stdin_().wait_closed();
        const std::string rest = co_await process.stdout_()->read();
        CHECK(rest.empty());
        CHECK(process.stdout_()->at_eof());
        const int code = co_await process.wait();
        CHECK(code == 0);
    });
}

TEST_CASE("A stream that was not asked for says so when it is used") {
    in_loop([]() -> Coroutine<> {
        auto process = co_await create_subprocess_exec("true", {});
        const auto read = co_await as_result(process.stdout_().read());
        CHECK(to_string(read.exception()) == "RuntimeError: a child whose stdout is no PIPE has no stream");
        std::string written;
        try {
            process.stdin_().write("x");
        } catch (...) {
            written = to_string(std::current_exception());
        }
        CHECK(written == "RuntimeError: a child whose stdin is no PIPE has no write()");
        CHECK_FALSE(process.stdin_());
        auto [out, err] = co_await process.communicate("input without a pipe");
        CHECK(out + err == "");
    });
}

TEST_CASE("Signals: a return code is negative then: one that has ended takes none") {
    in_loop([]() -> Coroutine<> {
        auto terminated = co_await create_subprocess_exec("sleep", {"1000"});
        terminated.terminate();
        const int by_term = co_await terminated.wait();
        CHECK(by_term == -SIGTERM);
        CHECK(terminated.returncode() == -SIGTERM);
        auto killed = co_await create_subprocess_exec("sleep", {"1000"});
        killed.kill();
        const int by_kill = co_await killed.wait();
        CHECK(by_kill == -SIGKILL);
        auto hung_up = co_await create_subprocess_exec("sleep", {"1000"});
        std::string invalid;
        try {
            hung_up.send_signal(1000);
        } catch (const OSError& error) {
            invalid = error.what();
        }
        CHECK(invalid == "[Errno 22] Invalid argument");
        hung_up.send_signal(SIGHUP);
        const int by_hup = co_await hung_up.wait();
        CHECK(by_hup == -SIGHUP);
        for (int i = 0; i < 3; ++i) co_await sleep(0s);
        std::string late;
        try {
            hung_up.terminate();
        } catch (const ProcessLookupError& error) {
            late = std::string("ProcessLookupError ") + error.what();
        }
        CHECK(late == "ProcessLookupError ");
    });
}

TEST_CASE("wait() ends with the process, though another one holds its pipes") {
    in_loop([]() -> Coroutine<> {
        // The reader of `hold` is the child's child: it ends when this test closes its stdin.
        auto process = co_await create_subprocess_shell("cat & exec 0<&-; exit 6", {.stdin_ = PIPE, .stdout_ = PIPE});
        const int code = co_await process.wait();
        CHECK(code == 6);
        process.stdin_().close();
        const std::string rest = co_await process.stdout_().read();
        CHECK(rest.empty());
    });
}

TEST_CASE("Several wait for one process, one of them cancelled") {
    in_loop([]() -> Coroutine<> {
        auto process = co_await create_subprocess_shell("read line; exit 2", {.stdin_ = PIPE});
        auto first = create_task(process.wait());
        auto second = create_task(process.wait());
        auto third = create_task(process.wait());
        co_await sleep(0s);
        second.cancel();
        process.stdin_().write("go\n");
        const auto codes = co_await gather(return_exceptions, first, second, third);
        CHECK(std::get<0>(codes).value() == 2);
        CHECK(to_string(std::get<1>(codes).exception()) == "CancelledError");
        CHECK(std::get<2>(codes).value() == 2);
    });
}

TEST_CASE("communicate() with a timeout: the child is still there, and can be killed") {
    in_loop([]() -> Coroutine<> {
        auto process = co_await create_subprocess_exec("sleep", {"1000"}, {.stdin_ = PIPE, .stdout_ = PIPE});
        const auto result = co_await as_result(wait_for(process.communicate("x"), 10ms));
        CHECK(to_string(result.exception()) == "TimeoutError");
        CHECK_FALSE(process.returncode().has_value());
        process.kill();
        const int code = co_await process.wait();
        CHECK(code == -SIGKILL);
    });
}

TEST_CASE("The virtual clock does not jump while a child runs") {
    const NothingLeft nothing_left;
    awaitscope::test::run_virtual([]() -> Coroutine<> {
        auto process = co_await create_subprocess_exec("sleep", {"0.02"}, {.stdout_ = PIPE});
        auto [out, err] = co_await wait_for(process.communicate(), 1h);
        CHECK(process.returncode() == 0);
    });
}

TEST_CASE("A child that outlives its run() is killed") {
    const NothingLeft nothing_left;
    int pid = 0;
    run([&]() -> Coroutine<> {
        auto process = co_await create_subprocess_exec("sleep", {"1000"}, {.stdout_ = PIPE});
        pid = process.pid();
    });
    CHECK(kill(pid, 0) == -1);
}

TEST_CASE("A handle that outlives the loop of its process") {
    const NothingLeft nothing_left;
    std::optional<Process> kept;
    run([&]() -> Coroutine<> {
        kept = co_await create_subprocess_exec("sleep", {"1000"}, {.stdin_ = PIPE, .stdout_ = PIPE});
    });
    CHECK_FALSE(kept->returncode().has_value());
    kept->kill();
}

TEST_CASE("Two hundred children at once") {
    in_loop([]() -> Coroutine<> {
        const auto one = [](int n) -> Coroutine<std::string> {
            auto process = co_await create_subprocess_exec("echo", {std::to_string(n)}, {.stdout_ = PIPE});
            auto [out, err] = co_await process.communicate();
            co_return out;
        };
        std::vector<Coroutine<std::string>> all;
        for (int i = 0; i < 200; ++i) all.push_back(one(i));
        const auto outputs = co_await gather(std::move(all));
        int wrong = 0;
        for (int i = 0; i < 200; ++i) wrong += outputs[static_cast<std::size_t>(i)] != std::to_string(i) + "\n";
        CHECK(wrong == 0);
    });
}

#ifndef __SANITIZE_ADDRESS__  // the sanitizer asks through a pipe of its own whether memory is there
TEST_CASE("Without a descriptor left: an error where pipes are wanted, a thread where only a pidfd is") {
    in_loop([]() -> Coroutine<> {
        rlimit before{};
        getrlimit(RLIMIT_NOFILE, &before);
        const int next = dup(0);
        close(next);
        struct Restore {
            rlimit limit;
            ~Restore() { setrlimit(RLIMIT_NOFILE, &limit); }
        } restore{before};
        // The child's own limit is the same, and it opens its libraries: no limit below what they need.
        std::vector<int> filling;
        while (filling.size() < 64) filling.push_back(dup(0));
        const rlimit tight{static_cast<rlim_t>(filling.back()) + 1, before.rlim_max};
        setrlimit(RLIMIT_NOFILE, &tight);
        auto process = co_await create_subprocess_exec("sh", {"-c", "exit 9"});
        const auto failed = co_await as_result(create_subprocess_exec("true", {}, {.stdout_ = PIPE}));
        setrlimit(RLIMIT_NOFILE, &before);
        for (const int fd : filling) close(fd);
        CHECK(to_string(failed.exception()) == "OSError: [Errno 24] Too many open files");
        const int code = co_await process.wait();
        CHECK(code == 9);
    });
}
#endif

TEST_CASE("Somebody else has reaped the child: 255, and a word about it") {
    const awaitscope::test::CapturedStderr captured;
    in_loop([]() -> Coroutine<> {
        auto process = co_await create_subprocess_shell("read line; exit 1", {.stdin_ = PIPE});
        process.stdin_().write("go\n");
        int status = 0;
        CHECK(waitpid(process.pid(), &status, 0) == process.pid());
        const int code = co_await process.wait();
        CHECK(code == 255);
    });
    CHECK(captured.text().find("exit status already read:  will report returncode 255") != std::string::npos);
}
