// SPDX-License-Identifier: GPL-3.0-or-later
// The main of the test binaries that make widgets: no display needed, and nothing of the user's settings read or
// written.
#define CATCH_CONFIG_CONSOLE_WIDTH 160
#define CATCH_CONFIG_RUNNER
#include <QApplication>
#include <QLocale>
#include <catch2/catch.hpp>
#include <cstdio>

#include "tests/main/private_folder.hpp"

namespace {

bool warned = false;

/// What Qt warns of is a mistake of ours, but for what the platform without a display says of itself.
void take_message(QtMsgType type, const QMessageLogContext& context, const QString& text) {
    for (const char* harmless : {"This plugin does not support propagateSizeHints()", "QStandardPaths: XDG_RUNTIME_DIR",
                                 "This plugin does not support raise()", "This plugin does not support grabbing"})
        if (text.startsWith(QLatin1String(harmless))) return;
    std::fprintf(stderr, "%s\n", qPrintable(qFormatLogMessage(type, context, text)));
    if (type == QtWarningMsg || type == QtCriticalMsg) warned = true;
}

}  // namespace

int main(int argc, char** argv) {
    awaitscope::test::PrivateFolder folder;
    // Settings land in the private folder, so that each run begins as on a user's first day and none meets another.
    // (Not QStandardPaths' test mode, whose folder all runs share.)
    qputenv("XDG_CONFIG_HOME", QByteArray::fromStdString(folder.path() + "/config"));
    qputenv("XDG_STATE_HOME", QByteArray::fromStdString(folder.path() + "/state"));
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    QLocale::setDefault(QLocale::c());

    Catch::Session session;
    // A case that asserts nothing fails, and so does a filter that matches no case.
    session.configData().warnings = Catch::WarnAbout::What(Catch::WarnAbout::NoAssertions | Catch::WarnAbout::NoTests);
    if (const int wrong = session.applyCommandLine(argc, argv)) return wrong;
    int qt_argc = 1;  // Catch2's arguments are not Qt's
    QApplication application(qt_argc, argv);
    QApplication::setApplicationName("awaitscope-test");
    QApplication::setOrganizationName("awaitscope-test");
    qInstallMessageHandler(take_message);
    const int failed = session.run();
    if (!failed && warned) std::fprintf(stderr, "Qt warned of something (above): that fails this run\n");
    return failed ? failed : warned;
}
