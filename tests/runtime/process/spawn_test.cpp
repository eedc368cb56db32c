// SPDX-License-Identifier: GPL-3.0-or-later
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "tests/runtime/process/in_loop.hpp"
#include "tests/support/captured_stderr.hpp"
#include "tests/support/loop_log.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::in_loop;

TEST_CASE("stderr goes where stdout goes: DEVNULL: descriptors of the parent") {
    in_loop([]() -> Coroutine<> {
        auto both = co_await create_subprocess_shell("echo out; echo err >&2", {.stdout_ = PIPE, .stderr_ = STDOUT});
        auto [out, err] = co_await both.communicate();
        CHECK(out == "out\nerr\n");
        CHECK_FALSE(both.stderr_());

        auto silent = co_await create_subprocess_shell("cat; echo out; echo err >&2; exit 4",
                                                       {.stdin_ = DEVNULL, .stdout_ = DEVNULL, .stderr_ = DEVNULL});
        const int code = co_await silent.wait();
        CHECK(code == 4);

        int ends[2];
        REQUIRE(pipe2(ends, O_CLOEXEC) == 0);
        auto given = co_await create_subprocess_shell("echo out; echo err >&2",
                                                      {.stdin_ = DEVNULL, .stdout_ = ends[1], .stderr_ = STDOUT});
        co_await given.wait();
        char got[16]{};
        CHECK(read(ends[0], got, sizeof got) > 0);
        CHECK(std::string(got) == "out\nerr\n");
        close(ends[0]);
        close(ends[1]);
    });
}

TEST_CASE("The parent's own stdout and stderr, crosswise") {
    const awaitscope::test::CapturedStderr captured;
    in_loop([]() -> Coroutine<> {
        auto process = co_await create_subprocess_shell("echo out; echo err >&2", {.stdout_ = 2, .stderr_ = PIPE});
        auto [out, err] = co_await process.communicate();
        CHECK(err == "err\n");
        auto swapped = co_await create_subprocess_shell("echo told", {.stdout_ = STDERR_FILENO, .stderr_ = nullptr});
        co_await swapped.wait();
    });
    CHECK(captured.text() == "out\ntold\n");
}

TEST_CASE("Folder, environment, session") {
    in_loop([]() -> Coroutine<> {
        const std::map<std::string, std::string> environment{{"ONE", "1"}, {"PATH", "/usr/bin:/bin"}};
        auto process = co_await create_subprocess_exec(
            "sh", {"-c", "pwd; env | grep -c .; echo $ONE; ps -o sid= $$"},
            {.stdout_ = PIPE, .stderr_ = DEVNULL, .cwd = "/usr", .env = &environment, .start_new_session = true});
        const std::string folder = co_await process.stdout_().readline();
        CHECK(folder == "/usr\n");
        CHECK(getsid(process.pid()) == process.pid());
        const std::string count = co_await process.stdout_().readline();
        CHECK(std::stoi(count) >= 2);  // and what the shell itself adds
        const std::string one = co_await process.stdout_().readline();
        CHECK(one == "1\n");
        co_await process.communicate();
    });
}

TEST_CASE("A folder's program is taken from there: the environment's PATH decides") {
    in_loop([]() -> Coroutine<> {
        auto here = co_await create_subprocess_exec("./true", {}, {.cwd = "/usr/bin"});
        const int code = co_await here.wait();
        CHECK(code == 0);
        const std::map<std::string, std::string> no_path{{"PATH", "/nonexistent"}};
        const auto missing = co_await as_result(create_subprocess_exec("true", {}, {.env = &no_path}));
        CHECK(to_string(missing.exception()) == "FileNotFoundError: [Errno 2] No such file or directory: 'true'");
        const std::map<std::string, std::string> empty;
        auto found = co_await create_subprocess_exec("true", {}, {.env = &empty});
        const int by_default = co_await found.wait();
        CHECK(by_default == 0);
    });
}

TEST_CASE("What cannot be started throws what CPython throws") {
    in_loop([]() -> Coroutine<> {
        const auto why = [](std::string program, SubprocessOptions options) -> Coroutine<std::string> {
            const auto result = co_await as_result(create_subprocess_exec(std::move(program), {}, options));
            co_return to_string(result.exception());
        };
        const auto check = [&](std::string program, SubprocessOptions options, std::string expected) -> Coroutine<> {
            options.stdin_ = options.stdout_ = options.stderr_ = PIPE;
            const std::string got = co_await why(program, options);
            CHECK(got == expected);
        };
        co_await check("no-such-program", {},
                       "FileNotFoundError: [Errno 2] No such file or directory: 'no-such-program'");
        co_await check("/no/such", {}, "FileNotFoundError: [Errno 2] No such file or directory: '/no/such'");
        co_await check("", {}, "PermissionError: [Errno 13] Permission denied: ''");
        co_await check("/etc/passwd", {}, "PermissionError: [Errno 13] Permission denied: '/etc/passwd'");
        co_await check("/etc/passwd/x", {}, "OSError: [Errno 20] Not a directory: '/etc/passwd/x'");
        co_await check("it's", {}, "FileNotFoundError: [Errno 2] No such file or directory: \"it's\"");
        co_await check("true", {.cwd = "/no/such/folder"},
                       "FileNotFoundError: [Errno 2] No such file or directory: '/no/such/folder'");
        co_await check("true", {.cwd = "/etc/passwd"}, "OSError: [Errno 20] Not a directory: '/etc/passwd'");
        co_await check(std::string("tr\0ue", 5), {}, "ValueError: embedded null byte");
        const std::string bad = co_await why("true", {.stdout_ = 12345});
        CHECK(bad == "OSError: [Errno 9] Bad file descriptor");
        const std::string out_for_in = co_await why("true", {.stdin_ = STDOUT});
        CHECK(out_for_in == "OSError: [Errno 9] Bad file descriptor");
    });
}

TEST_CASE("A child inherits no descriptor, no blocked signal, and SIGPIPE as it is by default") {
    const int open_to_all = dup(0);  // without CLOEXEC
    sigset_t usr1;
    sigset_t before;
    sigemptyset(&usr1);
    sigaddset(&usr1, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &usr1, &before);
    const auto pipe_before = signal(SIGPIPE, SIG_IGN);
    in_loop([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        loop.add_signal_handler(SIGUSR2, [] {});
        auto process = co_await create_subprocess_exec("cat", {"/proc/self/status"}, {.stdout_ = PIPE});
        auto [status, err] = co_await process.communicate();
        CHECK(status.find("SigBlk:\t0000000000000000\n") != std::string::npos);
        CHECK(status.find("SigCgt:\t0000000000000000\n") != std::string::npos);
        const auto ignored = std::stoull(status.substr(status.find("SigIgn:\t") + 8), nullptr, 16);
        CHECK((ignored & (1ull << (SIGPIPE - 1))) == 0);
        auto lister = co_await create_subprocess_shell("ls /proc/self/fd | wc -l",
                                                       {.stdin_ = DEVNULL, .stdout_ = PIPE, .stderr_ = DEVNULL});
        auto [count, none] = co_await lister.communicate();
        CHECK(count == "4\n");  // 0, 1, 2, and the folder that ls reads
    });
    signal(SIGPIPE, pipe_before);
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    close(open_to_all);
}
