// SPDX-License-Identifier: GPL-3.0-or-later
#include <signal.h>

#include <algorithm>

#include "tests/conformance/twin.hpp"

namespace {
using Options = SubprocessOptions;

std::string strip(std::string line) {
    while (!line.empty() && line.back() == '\n') line.pop_back();
    return line;
}
std::pair<std::string, std::string> decoded(std::pair<std::string, std::string> pair) {
    for (std::string* part : {&pair.first, &pair.second}) std::replace(part->begin(), part->end(), '\n', ';');
    return pair;
}
bool is_none(const auto& stream) {
    return !stream;
}
}  // namespace

TWIN_REAL(outputs) {
    auto process = co_await create_subprocess_exec("/bin/sh", {"-c", "echo hi; echo no >&2; exit 3"},
                                                   {.stdout_ = PIPE, .stderr_ = PIPE});
    say("running", is_none(process.stdin_()), is_none(process.stdout_()));
    auto first = co_await process.communicate();
    say(decoded(first), process.returncode());
    auto again = co_await process.wait();
    say("wait again", again);
    process = co_await create_subprocess_exec("echo", {"a b", "", "c"}, {.stdout_ = PIPE});
    auto second = co_await process.communicate();
    say(decoded(second), process.returncode());
    process = co_await create_subprocess_shell("echo $0; exit 300", {.stdout_ = PIPE, .stderr_ = STDOUT});
    auto third = co_await process.communicate();
    say(decoded(third), process.returncode());
    process = co_await create_subprocess_shell("cat; echo lost; echo lost >&2; exit 4",
                                               {.stdin_ = DEVNULL, .stdout_ = DEVNULL, .stderr_ = DEVNULL});
    auto silent = co_await process.wait();
    say("silent", silent);
    process = co_await create_subprocess_shell("echo out; echo err >&2", {.stdout_ = PIPE, .stderr_ = STDOUT});
    auto both = co_await process.communicate();
    say("both", decoded(both), is_none(process.stderr_()));
}

TWIN_REAL(input_and_output) {
    auto process = co_await create_subprocess_exec("tr", {"a-z", "A-Z"}, {.stdin_ = PIPE, .stdout_ = PIPE});
    auto upper = co_await process.communicate("hello");
    say(decoded(upper));
    process = co_await create_subprocess_exec("cat", {}, {.stdin_ = PIPE, .stdout_ = PIPE});
    std::string data;
    for (int i = 0; i < 100'000; ++i) data += "0123456789";
    auto back = co_await process.communicate(data);
    say("a million back", back.first.size(), back.first == data, process.returncode());
    process = co_await create_subprocess_shell("exec <&-; echo done", {.stdin_ = PIPE, .stdout_ = PIPE});
    auto unread = co_await process.communicate(data);
    say("unread input", decoded(unread), process.returncode());
    process = co_await create_subprocess_exec("cat", {}, {.stdin_ = PIPE, .stdout_ = PIPE});
    auto none = co_await process.communicate("");
    say("empty", decoded(none));
    process = co_await create_subprocess_exec("true", {});
    auto no_pipe = co_await process.communicate();
    say("no pipe", decoded(no_pipe));
}

TWIN_REAL(streams) {
    auto process = co_await create_subprocess_shell("while read line; do echo \"got $line\"; done; printf end",
                                                    {.stdin_ = PIPE, .stdout_ = PIPE});
    for (const std::string word : {"one", "two"}) {
        process.stdin_().write(word + "\n");
        co_await process.stdin_().drain();
        auto line = co_await process.stdout_().readline();
        say(strip(line), process.stdout_().at_eof());
    }
    const std::vector<std::string> lines{"th", "ree\n"};
    process.stdin_().writelines(lines);
    process.stdin_().write_eof();
    say("closing", process.stdin_().is_closing());
    auto until = co_await process.stdout_().readuntil("e");
    auto exactly = co_await process.stdout_().readexactly(2);
    say(until, strip(exactly));
    try {
        co_await process.stdout_().readexactly(10);
    } catch (const IncompleteReadError&) {
        say(caught());
    }
    auto rest = co_await process.stdout_().read();
    say("at the end", process.stdout_().at_eof(), rest.size());
    co_await process.stdin_().wait_closed();
    auto code = co_await process.wait();
    say(code);
}

TWIN_REAL(broken_stdin) {
    auto process = co_await create_subprocess_exec("sleep", {"1000"}, {.stdin_ = PIPE});
    process.stdin_().write(std::string(2'000'000, 'x'));
    std::vector<Task<>> draining;
    for (int i = 0; i < 2; ++i) draining.push_back(create_task(process.stdin_().drain()));
    co_await turns(1);
    process.kill();
    for (auto& each : draining) {
        try {
            co_await each;
        } catch (const std::exception&) {
            say(caught());
        }
    }
    say("closing", process.stdin_().is_closing());
    auto writer = *process.stdin_();
    const std::function<Coroutine<>()> steps[] = {[&]() -> Coroutine<> { co_await writer.drain(); },
                                                  [&]() -> Coroutine<> { co_await writer.wait_closed(); },
                                                  [&]() -> Coroutine<> { co_await writer.drain(); }};
    for (const auto& step : steps) {
        try {
            co_await step();
            say("no error");
        } catch (const std::exception&) {
            say(caught());
        }
    }
    auto code = co_await process.wait();
    say(code);
}

TWIN_REAL(not_started) {
    auto attempt = [](std::string program, std::vector<std::string> arguments, Options options) -> Coroutine<> {
        options.stdout_ = PIPE;
        try {
            co_await create_subprocess_exec(program, arguments, options);
            say("started");
        } catch (const std::exception&) {
            say(caught());
        }
    };
    const std::vector<std::string> none;
    const std::map<std::string, std::string> path{{"PATH", "/no/such/folder"}};
    co_await attempt("no-such-program", none, {});
    co_await attempt("/no/such/program", none, {});
    co_await attempt("", none, {});
    co_await attempt("/etc/passwd", none, {});
    co_await attempt("it's not there", none, {});
    co_await attempt("true", none, {.cwd = "/no/such/folder"});
    co_await attempt("true", none, {.env = &path});
    const std::string zero("tr\0ue", 5);
    co_await attempt(zero, none, {});
    const std::vector<std::string> zeros{std::string("a\0b", 3)};
    co_await attempt("true", zeros, {});
    co_await attempt("true", none, {.stdin_ = 12345});
    co_await attempt("true", none, {.stdin_ = STDOUT});
    auto process = co_await create_subprocess_shell("no-such-command", {.stderr_ = DEVNULL});
    auto code = co_await process.wait();
    say("a shell says", code);
}

TWIN_REAL(folder_and_environment) {
    const std::map<std::string, std::string> one{{"ONE", "1"}, {"PATH", "/usr/bin:/bin"}};
    auto process = co_await create_subprocess_exec("sh", {"-c", "pwd; echo $ONE$TWO"},
                                                   {.stdout_ = PIPE, .cwd = "/usr", .env = &one});
    auto first = co_await process.communicate();
    say(decoded(first));
    process = co_await create_subprocess_exec("./sh", {"-c", "pwd"}, {.stdout_ = PIPE, .cwd = "/usr/bin"});
    auto second = co_await process.communicate();
    say(decoded(second));
    const std::map<std::string, std::string> empty;
    process = co_await create_subprocess_exec("sh", {"-c", "echo found"}, {.stdout_ = PIPE, .env = &empty});
    auto third = co_await process.communicate();
    say(decoded(third));
    process = co_await create_subprocess_exec("sh", {"-c", "test $(ps -o sid= $$) = $$; echo $?"},
                                              {.stdout_ = PIPE, .start_new_session = true});
    auto fourth = co_await process.communicate();
    say("leads a session", decoded(fourth));
}

TWIN_REAL(signals) {
    for (int number : {SIGTERM, SIGKILL, SIGHUP}) {
        auto process = co_await create_subprocess_exec("sleep", {"1000"});
        process.send_signal(number);
        auto code = co_await process.wait();
        say("ended by", code, process.returncode());
    }
    auto process = co_await create_subprocess_exec("sleep", {"1000"});
    try {
        process.send_signal(1000);
    } catch (const OSError&) {
        say(caught());
    }
    process.terminate();
    process.kill();
    auto code = co_await process.wait();
    say("one of them", code == -SIGTERM || code == -SIGKILL);
    for (const char* name : {"terminate", "kill"}) {
        try {
            name == std::string("kill") ? process.kill() : process.terminate();
            say("no error");
        } catch (const ProcessLookupError&) {
            say(name, caught());
        }
    }
    process = co_await create_subprocess_shell(
        "trap 'echo caught; exit 5' TERM; echo ready; while :; do sleep 0.01; done", {.stdout_ = PIPE});
    auto ready = co_await process.stdout_().readline();
    say(strip(ready));
    process.terminate();
    auto rest = co_await process.communicate();
    say(decoded(rest), process.returncode());
}

TWIN_REAL(cancelled) {
    auto process = co_await create_subprocess_exec("cat", {}, {.stdin_ = PIPE, .stdout_ = PIPE});
    std::vector<Task<int>> waiting;
    for (int i = 0; i < 3; ++i) waiting.push_back(create_task(process.wait()));
    co_await turns(1);
    waiting[1].cancel();
    auto reading = create_task(process.stdout_().read());
    co_await turns(2);
    const std::vector<std::string> done{waiting[0].done() ? "True" : "False", waiting[1].done() ? "True" : "False",
                                        waiting[2].done() ? "True" : "False"};
    say("[" + done[0] + ", " + done[1] + ", " + done[2] + "]", waiting[1].cancelled(), reading.done());
    reading.cancel();
    try {
        co_await reading;
    } catch (const CancelledError&) {
        say("reading cancelled", process.returncode());
    }
    process.stdin_().close();
    auto first = co_await waiting[0];
    auto third = co_await waiting[2];
    say(first, third);

    process = co_await create_subprocess_exec("sleep", {"1000"}, {.stdin_ = PIPE, .stdout_ = PIPE});
    try {
        co_await wait_for(process.communicate("x"), 10ms);
    } catch (const TimeoutError&) {
        say("timeout", process.returncode());
    }
    process.kill();
    auto rest = co_await process.communicate();
    auto code = co_await process.wait();
    say(decoded(rest), code);

    auto starting = create_task(create_subprocess_exec("sleep", {"1000"}));
    co_await turns(1);
    starting.cancel();
    try {
        co_await starting;
    } catch (const CancelledError&) {
        say("starting cancelled");
    }
}

namespace {
struct Notes : SubprocessProtocol {
    Future<> closed = get_running_loop().create_future<>();
    std::shared_ptr<SubprocessTransport> transport;

    void connection_made(std::shared_ptr<SubprocessTransport> made) override {
        transport = made;
        std::string pipes;
        for (int fd = 0; fd < 4; ++fd) pipes += (fd ? ", " : "") + text(transport->get_pipe_transport(fd) != nullptr);
        say("made", "[" + pipes + "]", transport->get_returncode());
    }
    void pipe_data_received(int fd, std::string_view data) override { say("data", fd, strip(std::string(data))); }
    void pipe_connection_lost(int fd, std::exception_ptr exception) override {
        say("pipe lost", fd, exception);
        if (fd == 1 && transport->get_pipe_transport(0)) transport->get_pipe_transport(0)->write("end\n");
    }
    void process_exited() override { say("exited", transport->get_returncode()); }
    void connection_lost(std::exception_ptr exception) override {
        say("lost", exception);
        transport = nullptr;
        closed.set_result();
    }
};
}  // namespace

TWIN_REAL(protocols) {
    EventLoop& loop = get_running_loop();
    auto factory = [] { return std::make_shared<Notes>(); };
    {
        auto [transport, protocol] = co_await loop.subprocess_exec(
            factory, "sh", {"-c", "echo hi; exec >&-; read line; exit 3"}, {.stderr_ = nullptr});
        say("started", transport->get_returncode(), transport->is_closing(), transport->get_protocol() == protocol);
        co_await protocol->closed;
        say("over", transport->get_returncode());
        try {
            transport->kill();
        } catch (const ProcessLookupError&) {
            say(caught());
        }
    }
    auto [transport, protocol] = co_await loop.subprocess_shell(
        factory, "exec sleep 1000", {.stdin_ = nullptr, .stdout_ = nullptr, .stderr_ = nullptr});
    transport->close();
    say("closed", transport->is_closing());
    co_await protocol->closed;
}

TWIN_REAL(many) {
    auto one = [](int number) -> Coroutine<std::pair<std::string, int>> {
        const std::string n = std::to_string(number);
        const std::vector<std::string> arguments{"-c", "read x; echo " + n + "$x; exit " + n};
        auto process = co_await create_subprocess_exec("sh", arguments, {.stdin_ = PIPE, .stdout_ = PIPE});
        auto [out, err] = co_await process.communicate("!\n");
        co_return std::pair(strip(out), *process.returncode());
    };
    std::vector<Coroutine<std::pair<std::string, int>>> all;
    for (int number = 0; number < 20; ++number) all.push_back(one(number));
    auto results = co_await gather(std::move(all));
    say(results);
    say("names went on:", create_task(turns(1)).get_name().substr(5));
}
