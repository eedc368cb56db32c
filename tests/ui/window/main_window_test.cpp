// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/main_window.hpp"

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QTimer>

#include "tests/ui/window/open_window.hpp"
#include "ui/scenario/scenario_catalog.hpp"
#include "ui/scenario/story_panel.hpp"
#include "ui/window/panel_dock.hpp"
#include "ui/window/recent_files.hpp"
#include "ui/window/welcome_page.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;
using awaitscope::test::OpenWindow;

namespace {

OpenedSource failed(const QString& error) {
    OpenedSource result;
    result.error = error;
    return result;
}

QString statusText(MainWindow& window, const char* name) {
    return window.findChild<QLabel*>(name)->text();
}

/// A source that ends at once, with something to say of it.
class Ended : public EventSource {
  public:
    explicit Ended(std::string note) : note_(std::move(note)) {}
    SourceState read(Symbols&, std::vector<Event>&, std::size_t) override { return SourceState::ended; }
    const SourceInfo& info() const override { return info_; }
    std::string note() const override { return note_; }

  private:
    std::string note_;
    SourceInfo info_{.name = "server", .pid = 4711, .live = true};
};

}  // namespace

TEST_CASE("A window begins with the welcome page, and nothing to walk through") {
    MainWindow window({});
    CHECK(window.workspace() == nullptr);
    CHECK(window.welcomePage().isVisibleTo(&window));
    CHECK_FALSE(window.actions().step->isEnabled());
    CHECK_FALSE(window.actions().attach->isEnabled());
    CHECK_FALSE(window.actions().openFile->isEnabled());
}

TEST_CASE("An open source names itself, and shows its panels") {
    OpenWindow it;
    CHECK(it.window->findChild<QLabel*>("sourceName")->text() == "Recording: demo");
    CHECK(it.window->windowTitle() == "demo - Awaitscope");
    CHECK(it.window->actions().step->isEnabled());
    CHECK(it.workspace().story() == nullptr);
    QStringList shown;
    for (const PanelDock* dock : it.workspace().docks())
        if (dock->isShown()) shown << dock->windowTitle();
    shown.sort();
    CHECK(shown.join(' ') == "Loop Selection Source Timeline");
}

TEST_CASE("The status bar tells what there is at the cursor") {
    OpenWindow it;
    CHECK(statusText(*it.window, "statusState") == "recording, paused");
    it.key(Qt::Key_End);
    CHECK(statusText(*it.window, "statusTasks") == "2 tasks, 2 finished");
    CHECK(statusText(*it.window, "statusEvents") == "21 events, 0 lost");
    CHECK_FALSE(it.window->findChild<QLabel*>("statusLost")->isVisible());
    it.view().setCursor(12);
    CHECK(statusText(*it.window, "statusTasks") == "2 tasks, 0 finished");
    CHECK(statusText(*it.window, "statusReady") == "ready 1");
}

TEST_CASE("What was lost stands in the status bar") {
    QSettings().clear();
    MainWindow window({});
    window.show();
    window.open(test::text_source("0 loop_started name=x\n1 lost count=1204\n"), {.name = "x"});
    REQUIRE(QTest::qWaitFor([&] { return statusText(window, "statusLost") == "1,204 lost"; }));
    CHECK(window.findChild<QLabel*>("statusLost")->isVisible());
}

TEST_CASE("How a process died is told in the banner, and stays until it is dismissed") {
    QSettings().clear();
    MainWindow window({});
    window.show();
    window.open(std::make_unique<Ended>("process 4711 was killed by signal 9; its last events are here"),
                {.kind = SourceDescription::Kind::process, .name = "server", .pid = 4711});
    REQUIRE(QTest::qWaitFor([&] { return !window.bannerText().isEmpty(); }));
    CHECK(window.bannerText() == "process 4711 was killed by signal 9; its last events are here");
    CHECK(statusText(window, "statusState") == "ended, paused");
}

TEST_CASE("That a recorded program came to its end is no news, how it died is") {
    QSettings().clear();
    MainWindow window({});
    window.show();
    const auto open = [&](const char* note) {
        window.open(std::make_unique<Ended>(note), {.kind = SourceDescription::Kind::recording, .name = "x"});
        REQUIRE(QTest::qWaitFor([&] { return window.workspace() && window.workspace()->session().ended(); }));
        QCoreApplication::processEvents();
        return window.bannerText();
    };
    CHECK(open("process 4711 has exited. process 4712 has exited").isEmpty());
    CHECK(open("process 4711 has exited. process 4712 exited with code 3").endsWith("with code 3"));
}

TEST_CASE("What cannot be opened is told in one line, and what was shown stays") {
    WindowServices services;
    services.openFile = [](const QString& path) { return failed(path + ": not a recording"); };
    services.attach = [](int pid) { return failed(QString("process %1 is gone").arg(pid)); };
    services.startScenario = [](const QString&) { return failed(QString()); };
    OpenWindow it(services);
    it.window->openFile("/tmp/broken.awaitscope");
    CHECK(it.window->bannerText() == "/tmp/broken.awaitscope: not a recording");
    CHECK(RecentFiles::list().isEmpty());
    it.window->attachTo(4711);
    CHECK(it.window->bannerText() == "process 4711 is gone");
    it.window->openScenario("nobody");
    CHECK(it.window->bannerText() == "It could not be opened.");
    CHECK(it.window->workspace() != nullptr);
    CHECK(it.workspace().description().name == "demo");
}

namespace {

/// A window on a program that was started for it.
struct Started {
    Started() : it({}, description()) {}
    SourceDescription description() {
        SourceDescription started;
        started.kind = SourceDescription::Kind::process;
        started.name = "server";
        started.detail = "pid 4711";
        started.runsOn = [this] { return runs; };
        started.endProgram = [this] { runs = false; };
        return started;
    }
    /// Presses a button, or Escape for none, once a question is there.
    void answer(const QString& button) {
        QTimer::singleShot(0, qApp, [this, button] {
            auto* question = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
            if (!question) return;
            asked = question->text();
            for (QAbstractButton* one : question->buttons())
                if (one->text() == button) return QTest::mouseClick(one, Qt::LeftButton);
            QTest::keyClick(question, Qt::Key_Escape);
        });
    }
    bool runs = true;
    QString asked;
    OpenWindow it;
};

}  // namespace

TEST_CASE("A window asks what becomes of the program that was started for it before it closes") {
    Started started;
    MainWindow& window = *started.it.window;
    SECTION("left running") {
        started.answer("Leave it running");
        CHECK(window.close());
        CHECK(started.runs);
        CHECK(started.asked == "server, pid 4711, which was started for this window, still runs.");
    }
    SECTION("ended") {
        started.answer("End it");
        CHECK(window.close());
        CHECK_FALSE(started.runs);
    }
    SECTION("neither: the window stays") {
        started.answer({});
        CHECK_FALSE(window.close());
        CHECK(started.runs);
        CHECK(window.workspace());
        started.runs = false;
    }
    SECTION("it has ended: nothing is asked") {
        started.runs = false;
        CHECK(window.close());
    }
}

TEST_CASE("The way back to the welcome page asks for a started program, too") {
    Started started;
    MainWindow& window = *started.it.window;
    started.answer({});
    window.actions().welcome->trigger();
    CHECK(window.workspace());
    started.answer("Leave it running");
    window.actions().close->trigger();
    CHECK_FALSE(window.workspace());
    CHECK(started.runs);
}

TEST_CASE("A window that opens something else says that the program started for it runs on") {
    Started started;
    started.it.window->open(test::text_source("0 loop_started name=x\n"), {.name = "x"});
    CHECK(started.it.window->bannerText() == "server, pid 4711 runs on without this window.");
}

TEST_CASE("A scenario's child is ended with its window, and with the next source") {
    auto child = std::make_shared<int>(1);
    const std::weak_ptr<int> alive = child;
    SourceDescription description;
    description.lifetime = std::move(child);
    SECTION("closed by hand") {
        OpenWindow it({}, std::move(description));
        CHECK_FALSE(alive.expired());
        it.window->closeSource();
        CHECK(alive.expired());
        CHECK(it.window->workspace() == nullptr);
    }
    SECTION("with the window") {
        { OpenWindow it({}, std::move(description)); }
        CHECK(alive.expired());
    }
    SECTION("by another source") {
        OpenWindow it({}, std::move(description));
        it.window->open(test::text_source("0 loop_started name=x\n"), {.name = "other"});
        CHECK(alive.expired());
        CHECK(it.window->windowTitle() == "other - Awaitscope");
    }
}

TEST_CASE("A scenario shows its story, its place in the catalogue, and begins at its first step") {
    QSettings().clear();
    MainWindow window({});
    window.resize(1600, 900);
    window.show();
    window.open(
        test::text_source(
            "0 task_created 1 name=Task-1 coro=main_ file=a.cpp line=1\n0.1 task_running 1\n0.2 task_done 1\n"),
        {.kind = SourceDescription::Kind::scenario, .name = "gather-factorial", .scenario = "gather-factorial"});
    REQUIRE(window.workspace()->story() != nullptr);
    // The name that starts it would tell what some stories ask.
    const QString title = QString::fromStdString(scenarioNamed("gather-factorial")->story.title);
    CHECK(window.findChild<QLabel*>("sourceName")->text() == "Scenario: " + title);
    CHECK(window.windowTitle() == title + " - Awaitscope");
    REQUIRE(QTest::qWaitFor([&] { return window.workspace()->view().cursor() == 1; }));
    CHECK(window.workspace()->story()->currentStep() == 0);
    CHECK(window.workspace()->timeline()->axis() == AxisKind::steps);
}

TEST_CASE("The layout is kept from one source to the next, and can be put back") {
    OpenWindow it;
    it.workspace().dock("selection")->close();
    it.window->open(test::text_source(test::two_tasks), {.name = "again"});
    QCoreApplication::processEvents();
    CHECK(it.workspace().dock("selection")->isHidden());
    it.window->actions().resetLayout->trigger();
    QCoreApplication::processEvents();
    CHECK_FALSE(it.workspace().dock("selection")->isHidden());
}

TEST_CASE("Panels alone in their place carry their own title, tabs do not") {
    OpenWindow it;
    it.workspace().tidy();
    CHECK(it.workspace().dock("timeline")->isTabbed());
    CHECK(it.workspace().dock("charts")->isTabbed());
    CHECK_FALSE(it.workspace().dock("selection")->isTabbed());
    it.workspace().dock("charts")->close();
    it.workspace().tidy();
    CHECK_FALSE(it.workspace().dock("timeline")->isTabbed());
}

TEST_CASE("Every panel tells what it is, in the View menu and behind its question mark") {
    OpenWindow it;
    QMenu menu;
    it.workspace().fillViewMenu(&menu);
    CHECK(menu.actions().size() == static_cast<qsizetype>(it.workspace().docks().size()));
    for (const PanelDock* dock : it.workspace().docks()) {
        INFO(dock->windowTitle().toStdString());
        CHECK(dock->about().size() > 40);
        CHECK_FALSE(dock->accessibleDescription().isEmpty());
    }
}

TEST_CASE("Several windows are open at once, and the theme changes under all of them") {
    OpenWindow one;
    OpenWindow two;
    one.window->activateWindow();
    REQUIRE(QTest::qWaitForWindowActive(one.window.get()));
    one.workspace().timeline()->setFocus();
    one.key(Qt::Key_Right);
    CHECK(one.view().cursor() == 3);
    CHECK(two.view().cursor() == no_event);
    ThemeSwitch::instance().apply(ThemeSwitch::Choice::dark);
    const QColor dark = Theme::builtin("dark").color("window");
    CHECK(one.workspace().timeline()->timelineStyle().background == dark);
    CHECK(two.workspace().timeline()->timelineStyle().background == dark);
    ThemeSwitch::instance().apply(ThemeSwitch::Choice::light);
}

TEST_CASE("A picture of the window needs no display, at the size asked for") {
    OpenWindow it;
    const QImage picture = grabWindow(*it.window, {1280, 720});
    CHECK(picture.size() == QSize(1280, 720));
    CHECK(picture.pixelColor(2, 2) == Theme::builtin("light").color("window"));
    QSet<QRgb> colors;
    for (int x = 0; x < picture.width(); x += 3)
        for (const int y : {130, 300, 450}) colors.insert(picture.pixel(x, y));
    CHECK(colors.size() > 5);
}
