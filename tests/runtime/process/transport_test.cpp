// SPDX-License-Identifier: GPL-3.0-or-later
#include <signal.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/runtime/process/open_descriptors.hpp"
#include "tests/support/loop_log.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::NothingLeft;

namespace {

/// Notes what it is told, and resolves `closed` in the end.
class Notes : public SubprocessProtocol {
  public:
    void connection_made(std::shared_ptr<SubprocessTransport> made) override {
        notes.emplace_back("made");
        transport = std::move(made);
    }
    void pipe_data_received(int fd, std::string_view data) override {
        notes.push_back("data " + std::to_string(fd) + " " + std::string(data));
    }
    void pipe_connection_lost(int fd, std::exception_ptr exception) override {
        notes.push_back("lost " + std::to_string(fd) + " " + to_string(exception));
    }
    void process_exited() override { notes.push_back("exited " + std::to_string(*transport->get_returncode())); }
    void connection_lost(std::exception_ptr exception) override {
        notes.push_back("lost " + to_string(exception));
        transport = nullptr;
        closed.set_result();
    }

    std::vector<std::string> notes;
    std::shared_ptr<SubprocessTransport> transport;
    Future<> closed = get_running_loop().create_future<>();
};
using Told = std::vector<std::string>;

std::shared_ptr<Notes> make_notes() {
    return std::make_shared<Notes>();
}

}  // namespace

TEST_CASE("A subprocess protocol is told what CPython tells, pipes by default") {
    const NothingLeft nothing_left;
    run([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        auto [transport, protocol] =
            co_await loop.subprocess_exec(make_notes, "sh", {"-c", "read line; echo $line; exit 3"});
        CHECK(protocol->notes == Told{"made"});
        CHECK(transport->get_protocol() == protocol);
        CHECK(transport->get_pid() > 0);
        CHECK(std::any_cast<int>(transport->get_extra_info("pid")) == transport->get_pid());
        CHECK_FALSE(transport->get_returncode().has_value());
        CHECK(transport->get_pipe_transport(3) == nullptr);
        const auto to_stdin = transport->get_pipe_transport(0);
        REQUIRE(to_stdin);
        CHECK(transport->get_pipe_transport(1)->is_reading());
        CHECK(transport->get_pipe_transport(2)->is_reading());
        CHECK_FALSE(transport->is_closing());
        to_stdin->write("hello\n");
        co_await protocol->closed;
        CHECK(transport->get_returncode() == 3);
        auto& notes = protocol->notes;
        REQUIRE(notes.size() == 7);
        CHECK(notes[0] == "made");
        CHECK(notes[1] == "data 1 hello\n");
        CHECK(notes.back() == "lost None");
        std::sort(notes.begin(), notes.end());
        CHECK(notes ==
              Told{"data 1 hello\n", "exited 3", "lost 0 None", "lost 1 None", "lost 2 None", "lost None", "made"});
        CHECK(awaitscope::test::thrown_by([&transport = transport] { transport->kill(); }) == "ProcessLookupError");
        transport->close();
        CHECK(transport->is_closing());
    });
}

TEST_CASE("A shell through a subprocess protocol: what is no pipe is not told of") {
    const NothingLeft nothing_left;
    run([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        auto [transport, protocol] = co_await loop.subprocess_shell(
            make_notes, "echo hi", {.stdin_ = nullptr, .stdout_ = PIPE, .stderr_ = nullptr});
        CHECK(transport->get_pipe_transport(0) == nullptr);
        co_await protocol->closed;
        auto& notes = protocol->notes;
        std::sort(notes.begin(), notes.end());
        CHECK(notes == Told{"data 1 hi\n", "exited 0", "lost 1 None", "lost None", "made"});
    });
}

TEST_CASE("close() kills a child that runs, and closes its pipes") {
    const NothingLeft nothing_left;
    run([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        auto [transport, protocol] = co_await loop.subprocess_exec(make_notes, "sleep", {"1000"});
        transport->close();
        transport->close();
        CHECK(transport->is_closing());
        co_await protocol->closed;
        CHECK(transport->get_returncode() == -SIGKILL);
        CHECK(std::count(protocol->notes.begin(), protocol->notes.end(), "exited -9") == 1);
    });
}

TEST_CASE("close() after the child has ended kills nobody") {
    const NothingLeft nothing_left;
    run([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        auto [transport, protocol] = co_await loop.subprocess_exec(make_notes, "sh", {"-c", "exit 4"});
        co_await protocol->closed;
        transport->close();
        CHECK(transport->get_returncode() == 4);
    });
}

TEST_CASE("set_protocol() sends what follows elsewhere") {
    const NothingLeft nothing_left;
    run([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        auto [transport, protocol] = co_await loop.subprocess_exec(make_notes, "cat", {});
        const auto second = make_notes();
        second->transport = transport;
        transport->set_protocol(second);
        transport->get_pipe_transport(0)->close();
        co_await second->closed;
        CHECK(protocol->notes == Told{"made"});
        CHECK(second->notes.back() == "lost None");
    });
}

TEST_CASE("A protocol that throws is reported, and its child's end still told") {
    const NothingLeft nothing_left;
    run([]() -> Coroutine<> {
        struct Throws final : Notes {
            void pipe_data_received(int, std::string_view) override { throw ValueError("data"); }
        };
        EventLoop& loop = get_running_loop();
        std::vector<std::string> told;
        loop.set_exception_handler([&](EventLoop&, const ExceptionContext& context) {
            told.push_back(context.message + ": " + to_string(context.exception));
        });
        const auto factory = [] { return std::make_shared<Throws>(); };
        auto [transport, protocol] = co_await loop.subprocess_shell(factory, "echo hi");
        co_await protocol->closed;
        REQUIRE(told.size() == 1);
        CHECK_THAT(told.front(), Catch::StartsWith("Exception in callback ") && Catch::EndsWith(": ValueError: data"));
    });
}

TEST_CASE("A child's tasks are named and numbered as CPython's: one for its pipes, three for communicate()") {
    const NothingLeft nothing_left;
    run([]() -> Coroutine<> {
        const auto number = [] { return std::stoi(create_task(sleep(0s)).get_name().substr(5)); };
        const int before = number();
        auto process = co_await create_subprocess_exec("true", {}, {.stdout_ = PIPE});
        const int started = number();
        CHECK(started == before + 2);
        co_await process.communicate();
        const int ended = number();
        CHECK(ended == started + 4);
    });
}
