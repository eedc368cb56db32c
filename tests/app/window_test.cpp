// SPDX-License-Identifier: GPL-3.0-or-later
// The window on a real process: what it shows comes as it happens, and outlives the process.
#include <unistd.h>

#include <QApplication>
#include <QTest>
#include <algorithm>
#include <catch2/catch.hpp>
#include <csignal>
#include <cstdio>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>

#include "app/gui/services.hpp"
#include "tests/app/child.hpp"
#include "ui/window/main_window.hpp"
#include "ui/window/workspace.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

/// Lets the window live until something is so; false after a minute without it.
bool until(const std::function<bool()>& condition) {
    return QTest::qWaitFor(condition, 60'000);
}

std::uint64_t bytes_read(ui::MainWindow& window) {
    const auto trace = window.workspace()->session().trace();
    std::uint64_t bytes = 0;
    for (const auto& track : trace->io_tracks()) bytes += track.bytes_read;
    return bytes;
}

Finished run_client(const std::string& port, const std::string& plan) {
    return run({"python3", AWAITSCOPE_SOURCE_DIR "/tests/app/clients/echo_client.py", port, plan});
}

}  // namespace

TEST_CASE("a window attached to the echo server shows its traffic as it comes, and all of it after kill -9") {
    Child server({echo_server_binary});
    const std::string port = server.wait_for_line("listening on 127.0.0.1:");
    ui::MainWindow window(gui::window_services(false));
    window.show();
    window.attachTo(static_cast<int>(server.pid()));
    REQUIRE(window.workspace());

    REQUIRE(run_client(port, "10,200").out == "all echoed\n");
    CHECK(until([&] { return bytes_read(window) == 210; }));
    REQUIRE(run_client(port, "3000").out == "all echoed\n");
    server.send_signal(SIGKILL);
    server.wait();

    REQUIRE(until([&] { return window.workspace()->session().ended(); }));
    CHECK(bytes_read(window) == 3210);
    CHECK(until([&] { return window.bannerText().contains("kill"); }));
}

TEST_CASE("a window shows a process that comes through standard input as it goes, and how it ended") {
    Child server({echo_server_binary});
    const std::string port = server.wait_for_line("listening on 127.0.0.1:");
    const std::string command = std::string(awaitscope_binary) + " record " + std::to_string(server.pid()) + " -o -";
    const std::unique_ptr<FILE, int (*)(FILE*)> recorder(popen(command.c_str(), "r"), pclose);
    REQUIRE(recorder);
    const int own_input = dup(STDIN_FILENO);
    REQUIRE(dup2(fileno(recorder.get()), STDIN_FILENO) == STDIN_FILENO);
    ui::MainWindow window(gui::window_services(false));
    window.show();
    window.openFile("-");
    dup2(own_input, STDIN_FILENO);
    close(own_input);
    REQUIRE(until([&] { return window.workspace() != nullptr; }));

    REQUIRE(run_client(port, "10,200").out == "all echoed\n");
    CHECK(until([&] { return bytes_read(window) == 210; }));
    CHECK_FALSE(window.workspace()->session().ended());
    server.send_signal(SIGKILL);
    server.wait();
    REQUIRE(until([&] { return window.workspace()->session().ended(); }));
    CHECK(until([&] { return window.bannerText().contains("kill"); }));
}

TEST_CASE("the echo server runs on when the window is closed") {
    Child server({echo_server_binary});
    const std::string port = server.wait_for_line("listening on 127.0.0.1:");
    {
        ui::MainWindow window(gui::window_services(false));
        window.show();
        window.attachTo(static_cast<int>(server.pid()));
        REQUIRE(window.workspace());
        window.close();
    }
    CHECK(run_client(port, "10").out == "all echoed\n");
    server.send_signal(SIGTERM);
    CHECK(server.wait().exit_code == 0);
}

TEST_CASE("a program that was started for the window is told to run, and is ended when it is asked to") {
    auto opened = gui::open_command({echo_server_binary});
    REQUIRE(opened.source);
    const int pid = opened.description.pid;
    CHECK(opened.description.runsOn());
    opened.description.endProgram();
    CHECK(until([&] { return !opened.description.runsOn(); }));
    opened = {};
    for (const auto& entry : gui::window_services(false).listSessions()) CHECK(entry.pid != pid);
}

TEST_CASE("a program that was killed is listed as crashed") {
    Child server({echo_server_binary});
    server.wait_for_line("listening on 127.0.0.1:");
    const int pid = static_cast<int>(server.pid());
    const auto state_now = [&] {
        for (const auto& entry : gui::window_services(false).listSessions())
            if (entry.pid == pid) return entry.state;
        throw std::runtime_error("it is not listed");
    };
    CHECK(state_now() == ui::ProcessEntry::State::running);
    server.send_signal(SIGKILL);
    server.wait();
    CHECK(state_now() == ui::ProcessEntry::State::crashed);
}

TEST_CASE("the window's services list a plain Python, offer to run code in it, and say why where that cannot be") {
    Child python({"python3", "-c", "print('ready', flush=True); input()"});
    python.wait_for_line("ready");
    const auto services = gui::window_services(false);
    const auto listed = services.listUnprepared();
    const auto found = std::ranges::find(listed, static_cast<int>(python.pid()), &ui::ProcessEntry::pid);
    REQUIRE(found != listed.end());
    CHECK(found->state == ui::ProcessEntry::State::unprepared);
    CHECK(found->command.contains(" -c "));
    CHECK(services.offerInjection(found->pid).problem.isEmpty());
    CHECK(services.offerInjection(found->pid).program.contains("python3"));
    CHECK_FALSE(services.offerInjection(getpid()).problem.isEmpty());
    CHECK(services.whyUnseen(999999999) == "there is no such process");
    std::optional<QString> error;
    services.inject(getpid(), [&](const QString& why) { error = why; });
    CHECK_FALSE(error);  // it is told later
    REQUIRE(until([&] { return error.has_value(); }));
    CHECK(error->contains("no Python"));
    python.send_signal(SIGKILL);
    python.wait();
}

TEST_CASE("the window's services say in one line what cannot be opened") {
    const auto services = gui::window_services(false);
    const auto is_one_line = [](const ui::OpenedSource& opened) {
        return !opened.source && !opened.error.isEmpty() && !opened.error.contains('\n');
    };
    CHECK(is_one_line(services.attach(999999999)));
    CHECK(is_one_line(services.openFile("/no/such/file")));
    QString error;
    CHECK_FALSE(services.startRecording(999999999, QString::fromStdString(private_file("x")), &error));
    CHECK_FALSE(error.isEmpty());
}

TEST_CASE("a recording made by the window holds the traffic") {
    Child server({echo_server_binary});
    const std::string port = server.wait_for_line("listening on 127.0.0.1:");
    const auto services = gui::window_services(false);
    const std::string file = private_file("by-window.awaitscope");
    QString error;
    auto recording = services.startRecording(static_cast<int>(server.pid()), QString::fromStdString(file), &error);
    REQUIRE(recording);
    REQUIRE(run_client(port, "77").out == "all echoed\n");
    recording.reset();

    ui::MainWindow window(services);
    window.show();
    window.openFile(QString::fromStdString(file));
    REQUIRE(window.workspace());
    REQUIRE(until([&] { return window.workspace()->session().ended(); }));
    CHECK(bytes_read(window) == 77);
}
