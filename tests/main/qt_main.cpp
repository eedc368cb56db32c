// SPDX-License-Identifier: GPL-3.0-or-later
// The main of the test binaries that make widgets: no display needed, and nothing of the user's settings read or
// written.
#define CATCH_CONFIG_CONSOLE_WIDTH 160
#define CATCH_CONFIG_RUNNER
#include <QApplication>
#include <QLocale>
#include <QStandardPaths>
#include <catch2/catch.hpp>

#include "tests/main/private_folder.hpp"

int main(int argc, char** argv) {
    awaitscope::test::PrivateFolder folder;
    // Settings land in the private folder, so that each binary begins as on a user's first day.
    qputenv("XDG_CONFIG_HOME", QByteArray::fromStdString(folder.path() + "/config"));
    qputenv("XDG_STATE_HOME", QByteArray::fromStdString(folder.path() + "/state"));
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    QLocale::setDefault(QLocale::c());
    QStandardPaths::setTestModeEnabled(true);

    Catch::Session session;
    // A case that asserts nothing fails, and so does a filter that matches no case.
    session.configData().warnings = Catch::WarnAbout::What(Catch::WarnAbout::NoAssertions | Catch::WarnAbout::NoTests);
    if (const int wrong = session.applyCommandLine(argc, argv)) return wrong;
    int qt_argc = 1;  // Catch2's arguments are not Qt's
    QApplication application(qt_argc, argv);
    QApplication::setApplicationName("awaitscope-test");
    QApplication::setOrganizationName("awaitscope-test");
    return session.run();
}
