// SPDX-License-Identifier: GPL-3.0-or-later
#include <QMenu>
#include <QScreen>

#include "tests/ui/window/open_window.hpp"
#include "ui/charts/charts_panel.hpp"
#include "ui/window/panel_dock.hpp"
#include "ui/window/size_switch.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;
using awaitscope::test::OpenWindow;

namespace {

/// At its normal size before and after.
struct Sized {
    Sized() { SizeSwitch::instance().choose(100); }
    ~Sized() { SizeSwitch::instance().choose(100); }
};

/// The pixels of the screen that a widget covers.
QSize pixels(const QWidget& widget) {
    return (QSizeF(widget.size()) * widget.devicePixelRatioF()).toSize();
}

bool near(const QSize& a, const QSize& b) {
    return std::abs(a.width() - b.width()) <= 2 && std::abs(a.height() - b.height()) <= 2;
}

}  // namespace

TEST_CASE("Ctrl and plus draw every view of an open window larger at once, Ctrl and 0 as at first") {
    OpenWindow it;
    const Sized sized;
    const QSize covered = pixels(*it.window);
    it.key(Qt::Key_Plus, Qt::ControlModifier);
    it.key(Qt::Key_Plus, Qt::ControlModifier);
    CHECK(SizeSwitch::instance().percent() == 150);
    CHECK(SizeSwitch::remembered() == 150);
    CHECK(it.window->devicePixelRatioF() == 1.5);
    for (const PanelDock* dock : it.workspace().docks()) {
        INFO(dock->windowTitle().toStdString());
        CHECK(dock->panel()->devicePixelRatioF() == 1.5);
    }
    CHECK(near(pixels(*it.window), covered));
    CHECK(it.window->width() < 1600);
    it.workspace().timeline()->repaint();
    CHECK(it.workspace().timeline()->frame().size.width() <= it.workspace().timeline()->width());
    it.key(Qt::Key_Minus, Qt::ControlModifier);
    CHECK(it.window->devicePixelRatioF() == 1.25);
    it.key(Qt::Key_0, Qt::ControlModifier);
    CHECK(it.window->devicePixelRatioF() == 1);
    CHECK(it.window->size() == QSize(1600, 900));
    CHECK(SizeSwitch::remembered() == 100);
}

TEST_CASE("A size from the menu holds for all windows, those that are opened later, too") {
    OpenWindow it;
    const Sized sized;
    MainWindow other({});
    other.show();
    QAction* wanted = nullptr;
    for (const QMenu* menu : it.window->findChildren<QMenu*>())
        if (menu->title() == "Size")
            for (QAction* action : menu->actions())
                if (action->text() == "200 %") wanted = action;
    REQUIRE(wanted);
    wanted->trigger();
    CHECK(other.devicePixelRatioF() == 2);
    MainWindow later({});
    later.show();
    CHECK(later.devicePixelRatioF() == 2);
    // No window asks for more than the screen has.
    CHECK(later.minimumWidth() <= later.screen()->availableSize().width());
}

TEST_CASE("There is a largest and a smallest size, and what nobody can choose is the nearest that can be") {
    OpenWindow it;
    const Sized sized;
    for (int i = 0; i < 8; ++i) it.key(Qt::Key_Plus, Qt::ControlModifier);
    CHECK(SizeSwitch::instance().percent() == 200);
    for (int i = 0; i < 8; ++i) it.key(Qt::Key_Minus, Qt::ControlModifier);
    CHECK(SizeSwitch::instance().percent() == 100);
    QSettings().setValue("size", 137);
    CHECK(SizeSwitch::remembered() == 125);
    QSettings().setValue("size", "large");
    CHECK(SizeSwitch::remembered() == 100);
    QSettings().setValue("size", 80);  // there was one
    CHECK(SizeSwitch::remembered() == 100);
}
