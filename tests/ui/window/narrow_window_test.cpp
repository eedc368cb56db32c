// SPDX-License-Identifier: GPL-3.0-or-later
// The window on small screens, or with everything drawn large.
#include <QLabel>
#include <QLineEdit>
#include <QTabBar>
#include <QToolButton>

#include "tests/ui/window/open_window.hpp"
#include "ui/window/panel_dock.hpp"
#include "ui/window/top_bar.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;
using awaitscope::test::OpenWindow;

TEST_CASE("What filters a panel is reached beside its tabs or below them, however narrow the window") {
    OpenWindow open;
    const auto [width, key] = GENERATE(table<int, const char*>(
        {{1600, "tasks"}, {1280, "tasks"}, {1000, "tasks"}, {1600, "events"}, {1280, "events"}, {1000, "events"}}));
    INFO(key << " at " << width);
    open.window->resize(width, 720);
    open.workspace().resetLayout();
    open.workspace().showPanel(key);
    const PanelDock* dock = open.workspace().dock(key);
    const auto* filter = dock->tools()->findChild<QLineEdit*>();
    REQUIRE(filter);
    const auto on = [&](const QWidget* widget) {
        return QRect(widget->mapTo(open.window.get(), QPoint()), widget->size());
    };
    const auto clear = [&] {
        if (!filter->isVisible() || filter->width() < 100) return false;
        for (const QTabBar* bar : open.workspace().findChildren<QTabBar*>(QString(), Qt::FindDirectChildrenOnly))
            for (int i = 0; bar->isVisible() && i < bar->count(); ++i) {
                const QRect tab(bar->mapTo(open.window.get(), bar->tabRect(i).topLeft()), bar->tabRect(i).size());
                if ((tab & on(bar)).intersects(on(filter))) return false;
            }
        return true;
    };
    CHECK(QTest::qWaitFor(clear));
}

TEST_CASE("At 1280 pixels tabs and filters have one row, and tabs stay where they are as others are chosen") {
    OpenWindow open;
    open.window->resize(1280, 720);
    open.workspace().resetLayout();
    std::vector<int> ends;
    for (const char* key : {"tasks", "events", "output"}) {
        INFO(key);
        open.workspace().showPanel(key);
        const PanelDock* dock = open.workspace().dock(key);
        REQUIRE(QTest::qWaitFor([&] { return dock->tools()->isVisible() && dock->isTabbed() && !dock->isCrowded(); }));
        for (const QTabBar* bar : open.workspace().findChildren<QTabBar*>(QString(), Qt::FindDirectChildrenOnly))
            if (bar->count() > 4) ends.push_back(bar->tabRect(bar->count() - 1).right());
    }
    REQUIRE(ends.size() == 3);
    CHECK(ends[0] == ends[1]);
    CHECK(ends[1] == ends[2]);
}

TEST_CASE("The bar on top leaves out what a narrow window has no room for, and cuts nothing") {
    OpenWindow open({}, {.name = "a recording of a name that is rather long.awaitscope", .detail = "of yesterday"});
    const int width = GENERATE(1920, 1280, 1024, 853);
    INFO(width);
    open.window->resize(width, 720);
    QCoreApplication::processEvents();
    QRect last;
    for (const QWidget* widget : open.window->topBar().findChildren<QWidget*>()) {
        if (!widget->isVisible() || !(qobject_cast<const QToolButton*>(widget) || qobject_cast<const QLabel*>(widget)))
            continue;
        INFO(widget->objectName().toStdString() << " " << widget->accessibleName().toStdString());
        CHECK(widget->width() >= widget->minimumSizeHint().width());
        CHECK(widget->mapTo(open.window.get(), QPoint(widget->width(), 0)).x() <= width);
    }
    CHECK(open.window->topBar().search()->width() >= 100);
}
