// SPDX-License-Identifier: GPL-3.0-or-later
// The window as a whole, its pages, and what opens over it.
#include <QSettings>
#include <QTest>
#include <QTranslator>
#include <catch2/catch.hpp>

#include "tests/support/sample_traces.hpp"
#include "tests/support/trace_text.hpp"
#include "tests/ui/pictures/approved_picture.hpp"
#include "tests/ui/pictures/stage.hpp"
#include "ui/window/attach_dialog.hpp"
#include "ui/window/banner.hpp"
#include "ui/window/command_palette.hpp"
#include "ui/window/compare_tables.hpp"
#include "ui/window/compare_window.hpp"
#include "ui/window/expected_run.hpp"
#include "ui/window/go_to_bar.hpp"
#include "ui/window/part_dialog.hpp"
#include "ui/window/recording_bar.hpp"
#include "ui/window/shortcuts_page.hpp"
#include "ui/window/size_switch.hpp"
#include "ui/window/tour.hpp"
#include "ui/window/window_actions.hpp"
#include "ui/window/workspace.hpp"

using namespace awaitscope;
using namespace awaitscope::test;
using Choice = ui::ThemeSwitch::Choice;

namespace {

constexpr QSize small(1280, 720);
constexpr Nanoseconds ms = 1'000'000;

/// What lies over the window is a part of its picture.
QImage windowOf(Stage& stage) {
    return ui::grabWindow(*stage.window, small);
}

ui::SourceDescription scenario() {
    ui::SourceDescription description;
    description.kind = ui::SourceDescription::Kind::scenario;
    description.name = description.scenario = "gather-factorial";
    return description;
}

/// All windows drawn at so many percent, while it lives.
struct Drawn {
    explicit Drawn(int percent) { ui::SizeSwitch::instance().apply(percent); }
    ~Drawn() { ui::SizeSwitch::instance().apply(100); }
};

/// Words and numbers as a German reads them, while it lives.
struct InGerman {
    InGerman() {
        REQUIRE(words.load(QLocale("de_DE"), "awaitscope", "_", ":/translations"));
        QCoreApplication::installTranslator(&words);
        QLocale::setDefault(QLocale("de_DE"));
    }
    ~InGerman() {
        QCoreApplication::removeTranslator(&words);
        QLocale::setDefault(before);
    }
    QTranslator words;
    QLocale before;
};

/// A recording of 100 s, now busy, now less so.
std::shared_ptr<RecordingOverview> minutes() {
    auto overview = std::make_shared<RecordingOverview>();
    for (std::int64_t i = 0; i < 200; ++i)
        overview->stretches.push_back(
            {i * 500 * ms, (i + 1) * 500 * ms, 20'000 + static_cast<std::uint64_t>(i * i * 37 % 90'000)});
    for (const auto& stretch : overview->stretches) overview->events += stretch.events;
    return overview;
}

}  // namespace

TEST_CASE("the window on a recording") {
    inEachTheme([](Choice theme, const QString& suffix) {
        Stage stage(theme);
        stage.at(521 * ms, "Ann");
        checkPicture("window" + suffix, windowOf(stage));
    });
}

TEST_CASE("the window in high contrast") {
    Stage stage(Choice::contrast);
    stage.at(521 * ms, "Ann");
    checkPicture("window-contrast", windowOf(stage));
}

TEST_CASE("the window on a large screen, with a thousand tasks") {
    Stage stage(Choice::dark, many_tasks(1000, 6));
    stage.window->resize(1920, 1080);
    stage.workspace().resetLayout();
    stage.at(20 * ms);
    checkPicture("window-large-dark", ui::grabWindow(*stage.window, QSize(1920, 1080)));
}

TEST_CASE("the window on a scenario on a large screen") {
    Stage stage(Choice::dark, gather_factorial(), scenario());
    stage.window->resize(1920, 1080);
    stage.workspace().resetLayout();
    stage.at(1'000'000'000 + 4'000, "Task A");
    checkPicture("window-scenario-large-dark", ui::grabWindow(*stage.window, QSize(1920, 1080)));
}

TEST_CASE("the window where everything is drawn at 150 %") {
    const Drawn larger(150);
    Stage stage(Choice::dark);
    stage.at(521 * ms, "Ann");
    ui::grabWindow(*stage.window, small);
    QImage picture = stage.window->grab().toImage().convertToFormat(QImage::Format_RGB32);
    CHECK(picture.size() == small * 1.5);
    picture.setDevicePixelRatio(1);
    checkPicture("window-150-dark", picture);
}

TEST_CASE("the window in German") {
    const InGerman german;
    Stage stage(Choice::light);
    stage.at(521 * ms, "Ann");
    checkPicture("window-german-light", windowOf(stage));
}

TEST_CASE("the lines below the bar: a note, an error, a part of a recording") {
    inEachTheme([](Choice theme, const QString& suffix) {
        const Stage stage(theme);
        ui::Banner banner;
        banner.tell(ui::Banner::Kind::note, "process 4711 has exited");
        checkPicture("banner-note" + suffix, painted(banner, {900, banner.sizeHint().height()}));
        banner.tell(ui::Banner::Kind::error, "run.awaitscope cannot be read; is it a recording?");
        checkPicture("banner-error" + suffix, painted(banner, {900, banner.sizeHint().height()}));
        ui::RecordingBar bar;
        bar.show(minutes(), {.from = 30'000 * ms, .to = 62'500 * ms}, 3'000'000);
        checkPicture("recording-bar" + suffix, painted(bar, {1280, bar.sizeHint().height()}));
    });
}

TEST_CASE("the window on a scenario and on what people expect of it") {
    inEachTheme([](Choice theme, const QString& suffix) {
        ui::SourceDescription description;
        description.kind = ui::SourceDescription::Kind::scenario;
        description.name = description.scenario = "awaits-in-a-row";
        description.startExpected = [] { return text_source(gather_factorial()); };
        Stage stage(theme, gather_factorial(), description);
        REQUIRE(stage.workspace().expected());
        REQUIRE(QTest::qWaitFor([&] { return stage.workspace().expected()->session().ended(); }));
        stage.at(1'000'000'000 + 4'000, "Task A");
        checkPicture("variants" + suffix, windowOf(stage));
    });
}

TEST_CASE("the welcome page") {
    inEachTheme([](Choice theme, const QString& suffix) {
        QSettings().clear();
        ui::ThemeSwitch::instance().apply(theme);
        ui::WindowServices services;
        services.startScenario = [](const QString&) { return ui::OpenedSource(); };
        services.openFile = [](const QString&) { return ui::OpenedSource(); };
        services.listSessions = [] {
            return std::vector<ui::ProcessEntry>{{.pid = 4711, .name = "echo_server", .loops = 1, .tasks = 1204},
                                                 {.pid = 4712,
                                                  .name = "old",
                                                  .problem = "its ring has format 1, this "
                                                             "viewer reads format 2"}};
        };
        ui::MainWindow window(services);
        checkPicture("welcome" + suffix, ui::grabWindow(window, small));
    });
}

TEST_CASE("two recordings compared") {
    const auto program = [](const char* blocks) {
        return std::string(
                   "0 task_created 1 name=worker coro=worker file=w.cpp line=3\n"
                   "0 task_created 2 name=helper coro=helper file=w.cpp line=13\n"
                   "0 task_running 1\n0.010 task_suspended 1 on=sleep file=w.cpp line=5\n"
                   "0.010 task_running 2\n0.020 task_suspended 2 on=io file=w.cpp line=15\n"
                   "0.100 mark text=warm\n0.100 task_ready 1\n0.100 task_running 1\n") +
               blocks + " task_done 1 state=finished\n";
    };
    inEachTheme([&](Choice theme, const QString& suffix) {
        ui::ThemeSwitch::instance().apply(theme);
        ui::CompareWindow same({text_source(program("0.130")), {.name = "before.awaitscope"}, {}},
                               {text_source(program("0.190")), {.name = "after.awaitscope"}, {}});
        same.resize(small);
        same.show();
        same.finish();
        checkPicture("compare-same" + suffix, painted(same, small));
        ui::CompareWindow window({text_source(program("0.130")), {.name = "before.awaitscope"}, {}},
                                 {text_source(program("0.290")), {.name = "after.awaitscope"}, {}});
        window.resize(small);
        window.show();
        window.finish();
        window.tables()->setCurrentIndex(2);
        checkPicture("compare" + suffix, painted(window, small));
    });
}

TEST_CASE("what opens over the window: commands, go to, the tour") {
    inEachTheme([](Choice theme, const QString& suffix) {
        Stage stage(theme);
        stage.at(521 * ms, "Ann");
        windowOf(stage);
        auto* palette = ui::CommandPalette::open(stage.window->centralWidget(), stage.window->commands());
        checkPicture("commands" + suffix, painted(*palette, palette->size()));
        auto* go_to =
            new ui::GoToBar(stage.window->centralWidget(), stage.workspace().session(), stage.workspace().view());
        go_to->open();
        checkPicture("go-to" + suffix, painted(*go_to, go_to->size()));
        delete go_to;
        ui::Tour::start(*stage.window);
        checkPicture("tour" + suffix, painted(*stage.window, small));
    });
}

TEST_CASE("dialogs: keys, attach, a part of a recording") {
    inEachTheme([](Choice theme, const QString& suffix) {
        Stage stage(theme);
        ui::ShortcutsPage keys(stage.window->actions());
        checkPicture("keys" + suffix, painted(keys, keys.sizeHint()));
        ui::WindowServices services;
        services.listSessions = [] {
            return std::vector<ui::ProcessEntry>{{.pid = 4711,
                                                  .name = "echo_server",
                                                  .command = "./echo_server --port 8080",
                                                  .loops = 1,
                                                  .tasks = 1204,
                                                  .events_per_second = 48211.4},
                                                 {.state = ui::ProcessEntry::State::crashed,
                                                  .pid = 4690,
                                                  .name = "crawler",
                                                  .command = "./crawler",
                                                  .loops = 1,
                                                  .tasks = 7},
                                                 {.pid = 4712, .name = "old", .problem = "its ring has format 1"}};
        };
        services.listUnprepared = [] {
            return std::vector<ui::ProcessEntry>{{.state = ui::ProcessEntry::State::unprepared,
                                                  .pid = 4713,
                                                  .name = "python3.11",
                                                  .command = "python3 app.py"}};
        };
        ui::AttachDialog attach(services);
        checkPicture("attach" + suffix, painted(attach, attach.size()));
        ui::PartDialog part("server.awaitscope", minutes(), {.from = 30'000 * ms, .to = 62'500 * ms}, 3'000'000);
        checkPicture("part" + suffix, painted(part, part.size()));
    });
}
