// SPDX-License-Identifier: GPL-3.0-or-later
// The window on a real process: what it shows comes as it happens, and outlives the process.
#include <QApplication>
#include <catch2/catch.hpp>
#include <csignal>
#include <functional>

#include "app/gui/services.hpp"
#include "tests/app/child.hpp"
#include "ui/window/main_window.hpp"
#include "ui/window/workspace.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

/// Lets the window live until something is so; false after a minute without it.
bool until(const std::function<bool()>& condition) {
    for (int round = 0; round < 1200 && !condition(); ++round)
        QApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
    return condition();
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
