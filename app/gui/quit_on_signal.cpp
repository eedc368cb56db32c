// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/quit_on_signal.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <QApplication>
#include <csignal>
#include <cstdint>

namespace awaitscope::gui {
namespace {

constexpr int caught[] = {SIGINT, SIGTERM};
/// What a handler may touch. Kept for ever: a handler may still run while the last of this goes.
const int event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);

volatile std::sig_atomic_t told = 0;

void tell(int) {
    told = 1;
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t written = write(event, &one, sizeof one);
}

void restore() {
    for (int number : caught) std::signal(number, SIG_DFL);
}

}  // namespace

QuitOnSignal::QuitOnSignal() {
    struct sigaction action = {};
    action.sa_handler = tell;
    action.sa_flags = SA_RESTART;
    for (int number : caught) sigaction(number, &action, nullptr);
}

std::unique_ptr<QSocketNotifier> QuitOnSignal::watch() const {
    auto signalled = std::make_unique<QSocketNotifier>(event, QSocketNotifier::Read);
    QObject::connect(signalled.get(), &QSocketNotifier::activated, signalled.get(), [] {
        std::uint64_t count = 0;
        [[maybe_unused]] const ssize_t got = read(event, &count, sizeof count);
        restore();
        QApplication::closeAllWindows();
        QApplication::quit();
    });
    return signalled;
}

bool QuitOnSignal::came() {
    return told != 0;
}

QuitOnSignal::~QuitOnSignal() {
    restore();
}

}  // namespace awaitscope::gui
