// SPDX-License-Identifier: GPL-3.0-or-later
// A file that takes long to read: the window says how far it is, and can be told that it is enough.
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>

#include "tests/ui/window/open_window.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;

namespace {

/// A quarter of an endless file: a task that runs again and again.
class LongFile : public EventSource {
  public:
    SourceState read(Symbols&, std::vector<Event>& out, std::size_t) override {
        if (time_ < 1000) {
            out.push_back({Event::pack(time_ == 0 ? EventKind::task_created : EventKind::task_running, 1, 1), time_});
            ++time_;
        }
        return SourceState::more;
    }
    const SourceInfo& info() const override { return info_; }
    std::optional<double> progress() const override { return 0.25; }

  private:
    std::uint64_t time_ = 0;
    SourceInfo info_{.name = "long"};
};

enum class By { mouse, space, the_commands_key };

struct LongWindow {
    LongWindow() {
        QSettings().clear();
        window.resize(1280, 720);
        window.show();
        window.activateWindow();
        REQUIRE(QTest::qWaitForWindowActive(&window));
        window.open(std::make_unique<LongFile>(), {.name = "long.awaitscope"});
        REQUIRE(QTest::qWaitFor(
            [&] { return progress().isVisible() && shownState() == "reading, 25 %" && count() == 1000; }));
    }
    QProgressBar& progress() { return *window.findChild<QProgressBar*>("readingProgress"); }
    QToolButton& stop() { return *window.findChild<QToolButton*>("stopReading"); }
    QString shownState() { return window.findChild<QLabel*>("statusState")->text(); }
    EventIndex count() { return window.workspace()->session().trace()->event_count(); }
    MainWindow window{WindowServices{}};
};

}  // namespace

TEST_CASE("While a file is read the window says how far it is, and what has come can be walked through") {
    LongWindow it;
    CHECK(it.progress().value() == it.progress().maximum() / 4);
    CHECK(it.stop().isVisible());
    CHECK(it.stop().isEnabled());
    QTest::keyClick(it.window.workspace()->timeline(), Qt::Key_Home);
    QTest::keyClick(it.window.workspace()->timeline(), Qt::Key_Right);
    CHECK(it.window.workspace()->view().cursor() == 1);
    CHECK_FALSE(it.window.workspace()->session().ended());
}

TEST_CASE("Reading can be stopped with the mouse and with the keyboard, and what was read stays usable") {
    LongWindow it;
    switch (GENERATE(By::mouse, By::space, By::the_commands_key)) {
        case By::mouse:
            QTest::mouseClick(&it.stop(), Qt::LeftButton);
            break;
        case By::space:
            it.stop().setFocus();
            QTest::keyClick(&it.stop(), Qt::Key_Space);
            break;
        case By::the_commands_key:
            QTest::keyClick(it.window.workspace()->timeline(), Qt::Key_Escape, Qt::ShiftModifier);
            break;
    }
    REQUIRE(QTest::qWaitFor([&] { return it.window.workspace()->session().ended(); }));
    REQUIRE(QTest::qWaitFor([&] { return !it.window.bannerText().isEmpty(); }));
    CHECK(it.window.bannerText() == "Reading was stopped at 25 %. What was read until then is here.");
    CHECK_FALSE(it.progress().isVisible());
    CHECK_FALSE(it.stop().isVisible());
    CHECK_FALSE(it.window.actions().stopReading->isEnabled());
    CHECK(it.shownState() == "recording, paused");
    CHECK(it.count() == 1000);
    QTest::keyClick(it.window.workspace()->timeline(), Qt::Key_End);
    CHECK(it.window.workspace()->view().cursor() == 999);
}

TEST_CASE("What was read to its end, and what is live, shows no progress") {
    test::OpenWindow it;
    CHECK_FALSE(it.window->findChild<QProgressBar*>("readingProgress")->isVisible());
    it.window->open(test::text_source("0 loop_started name=x\n", true), {.name = "live"});
    REQUIRE(QTest::qWaitFor([&] { return it.session().trace()->event_count() == 1; }));
    CHECK_FALSE(it.window->findChild<QProgressBar*>("readingProgress")->isVisible());
    CHECK_FALSE(it.window->actions().stopReading->isEnabled());
}
