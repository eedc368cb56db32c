// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/application.hpp"

#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

#include "app/gui/qt_application.hpp"
#include "app/gui/quit_on_signal.hpp"
#include "app/gui/services.hpp"
#include "ui/scenario/scenario_catalog.hpp"
#include "ui/window/main_window.hpp"
#include "ui/window/plain_labels.hpp"
#include "ui/window/size_switch.hpp"
#include "ui/window/theme.hpp"
#include "ui/window/top_bar.hpp"
#include "ui/window/workspace.hpp"

namespace awaitscope::gui {
namespace {

void require_display() {
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        if (!qEnvironmentVariableIsEmpty(name)) return;
    throw cli::Failure(
        "there is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set); use record, dump, tasks, render, or "
        "scenario NAME --headless");
}

struct Wishes {
    bool real_clock = false;
    std::optional<double> speed;
    std::uint64_t memory = 0;
};

int show(ui::OpenedSource opened, const Wishes& wishes, const QuitOnSignal& quit_on_signal) {
    if (!opened.error.isEmpty()) throw cli::Failure(opened.error.toStdString());
    require_display();
    const auto application = make_application();
    const auto watched = quit_on_signal.watch();
    ui::ThemeSwitch::instance().apply(ui::ThemeSwitch::remembered());
    ui::SizeSwitch::instance().apply(ui::SizeSwitch::remembered());
    ui::MainWindow window(window_services(wishes.real_clock));
    if (wishes.memory > 0) window.setTraceMemory(wishes.memory);
    window.show();  // before it opens anything: the panels take their places by the window's size
    if (opened.source) window.open(std::move(opened.source), std::move(opened.description));
    if (wishes.speed && window.workspace()) {
        window.workspace()->stepper().setSpeed(*wishes.speed);
        window.topBar().setSpeed(*wishes.speed);
    }
    return QApplication::exec();
}

int show(ui::OpenedSource opened, const Wishes& wishes = {}) {
    return show(std::move(opened), wishes, QuitOnSignal());
}

}  // namespace

std::unique_ptr<QApplication> make_application() {
    // Qt keeps references to these for as long as it lives.
    static int argument_count = 1;
    static char name[] = "awaitscope";
    static char* arguments[] = {name, nullptr};
    auto application = std::make_unique<QApplication>(argument_count, arguments);
    QApplication::setApplicationName("awaitscope");
    QApplication::setOrganizationName("awaitscope");
    QApplication::setApplicationDisplayName("Awaitscope");
    QApplication::setDesktopFileName("awaitscope");
    QApplication::instance()->installEventFilter(new ui::PlainLabels(application.get()));
    const auto install = [&](const QString& file, const QString& folder) {
        auto* translator = new QTranslator(application.get());
        if (translator->load(QLocale(), file, "_", folder)) QApplication::installTranslator(translator);
    };
    install("qtbase", QLibraryInfo::path(QLibraryInfo::TranslationsPath));  // its own dialogs, where installed
    install("awaitscope", ":/translations");
    // Numbers as in the language of the words: "0.4 s" among English ones, wherever that is.
    const QLocale words(ui::storyLanguage());
    if (QLocale().language() != words.language()) QLocale::setDefault(words);
    return application;
}

int show_welcome() {
    return show({});
}

int show_scenario(const std::string& name, bool real_clock, std::optional<double> speed) {
    return show(open_scenario(name, real_clock), {real_clock, speed, 0});
}

int show_process(const SessionGroup& group, const std::string& record, const RecordingOptions& options,
                 std::uint64_t memory) {
    const QuitOnSignal quit_on_signal;  // before anything is recorded: a recording that was begun gets its end
    std::shared_ptr<void> recording;
    if (!record.empty()) {
        std::string error;
        recording = start_recording(group, record, options, error);
        if (!recording) throw cli::Failure(error);
    }
    return show(open_processes(group), {.real_clock = false, .speed = {}, .memory = memory}, quit_on_signal);
}

int show_command(const std::vector<std::string>& command, std::uint64_t memory) {
    return show(open_command(command), {.real_clock = false, .speed = {}, .memory = memory});
}

int show_recording(const std::string& path, const SourcePart& part, std::uint64_t memory) {
    return show(open_recording(path, part), {.real_clock = false, .speed = {}, .memory = memory});
}

}  // namespace awaitscope::gui
