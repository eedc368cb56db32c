// SPDX-License-Identifier: GPL-3.0-or-later
// What a screen reader is told of the window.
#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QAccessible>
#include <QLineEdit>
#include <QTabBar>
#include <set>

#include "tests/ui/window/open_window.hpp"
#include "ui/charts/charts_panel.hpp"
#include "ui/charts/latency_chart.hpp"
#include "ui/charts/trace_chart.hpp"
#include "ui/graph/await_graph_view.hpp"
#include "ui/window/panel_dock.hpp"
#include "ui/window/top_bar.hpp"
#include "ui/window/welcome_page.hpp"

using namespace awaitscope::ui;
using awaitscope::test::OpenWindow;

namespace {

/// Where a widget stands, for whoever has to name it.
std::string path_of(const QWidget* widget) {
    QStringList names;
    for (; widget; widget = widget->parentWidget())
        names.prepend(QString("%1(%2)").arg(widget->metaObject()->className(), widget->objectName()));
    return names.join(" > ").toStdString();
}

/// What can be reached by keys, and has no name.
std::vector<std::string> nameless(const QWidget& window) {
    std::vector<std::string> found;
    for (QWidget* widget : window.findChildren<QWidget*>()) {
        if (widget->focusPolicy() == Qt::NoFocus || widget->isHidden() || !widget->isVisibleTo(&window) ||
            qobject_cast<QTabBar*>(widget))
            continue;
        // A scroll area that scrolls words only, or another widget's inside, is no place of its own.
        if (widget->objectName().startsWith("qt_") || widget->focusProxy()) continue;
        QAccessibleInterface* told = QAccessible::queryAccessibleInterface(widget);
        if (!told || told->text(QAccessible::Name).trimmed().isEmpty()) found.push_back(path_of(widget));
    }
    return found;
}

}  // namespace

TEST_CASE("Every widget of the window that keys can reach has a name for a screen reader") {
    OpenWindow it;
    for (const auto& widget : nameless(*it.window)) FAIL_CHECK(widget);
    CHECK(it.window->findChildren<QWidget*>().size() > 100);
}

TEST_CASE("Every widget of the welcome page has a name, too") {
    OpenWindow it;
    it.window->closeSource();
    for (const auto& widget : nameless(it.window->welcomePage())) FAIL_CHECK(widget);
    CHECK(it.window->welcomePage().findChildren<QWidget*>().size() > 100);
}

TEST_CASE("Each canvas tells a screen reader alone what it shows at the cursor") {
    OpenWindow it;
    it.view().setCursor(10);
    it.view().setSelectedTask(1);
    const auto told = [](QWidget* canvas) {
        REQUIRE(canvas);
        QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(canvas);
        REQUIRE(interface);
        CHECK_FALSE(interface->text(QAccessible::Name).isEmpty());
        return interface->text(QAccessible::Description).toStdString();
    };
    using Catch::Matchers::Contains;
    CHECK_THAT(told(it.workspace().timeline()),
               Contains("Cursor at 0.006 s, after event 10") && Contains("Selected: Task A, worker(), waits: sleep"));
    it.workspace().showPanel("graph");
    it.workspace().finish();
    CHECK_THAT(told(it.workspace().dock("graph")->panel()->findChild<AwaitGraphView*>()),
               Contains("main") && Contains("Task A"));
    it.view().setCursor(11);
    CHECK_THAT(told(it.workspace().timeline()), Contains("after event 11"));  // as it is now, not as it was
    it.workspace().showPanel("charts");
    it.workspace().finish();
    auto* charts = qobject_cast<ChartsPanel*>(it.workspace().dock("charts")->panel());
    const auto all = charts->findChildren<TraceChart*>();
    REQUIRE(all.size() == 6);
    for (TraceChart* chart : all) {
        INFO(chart->title().toStdString());
        CHECK_THAT(told(chart), Contains(": at most ") || Contains("in this time"));
    }
    charts->showPage(ChartsPanel::Page::latencies);
    it.workspace().finish();
    CHECK_THAT(told(charts->findChild<LatencyChart*>()), Contains("measured: p50 "));
}

TEST_CASE("Each panel tells a screen reader its name and what it is about, and names whatever keys reach in it") {
    OpenWindow it;
    it.view().setCursor(awaitscope::test::two_tasks_count - 1);
    it.view().setSelectedTask(1);
    for (PanelDock* dock : it.workspace().docks()) {
        INFO(dock->windowTitle().toStdString());
        dock->goTo()->trigger();
        QCoreApplication::processEvents();
        CHECK(dock->isShown());
        for (const auto& widget : nameless(*dock)) FAIL_CHECK(widget);
        QAccessibleInterface* told = QAccessible::queryAccessibleInterface(dock->panel());
        REQUIRE(told);
        CHECK_FALSE(told->text(QAccessible::Name).isEmpty());
        CHECK_FALSE(told->text(QAccessible::Description).isEmpty());
        CHECK(dock->isAncestorOf(QApplication::focusWidget()));
    }
}

TEST_CASE("Tables are tables to a screen reader, with their cells' words") {
    OpenWindow it;
    it.view().setCursor(awaitscope::test::two_tasks_count - 1);
    it.view().setMark(8, "A prints");
    it.workspace().finish();
    for (const auto& [key, cell] : {std::pair("tasks", "Task A"), std::pair("events", "loop_started"),
                                    std::pair("marks", "A prints"), std::pair("output", "A: one")}) {
        INFO(key);
        it.workspace().showPanel(key);
        QCoreApplication::processEvents();
        const auto* view = it.workspace().dock(key)->panel()->findChild<QAbstractItemView*>();
        REQUIRE(view);
        QAccessibleInterface* told = QAccessible::queryAccessibleInterface(const_cast<QAbstractItemView*>(view));
        REQUIRE(told);
        CHECK((told->role() == QAccessible::Table || told->role() == QAccessible::List));
        QStringList words;
        for (int i = 0; i < told->childCount(); ++i)
            if (QAccessibleInterface* child = told->child(i)) words << child->text(QAccessible::Name);
        CHECK(words.contains(cell));
    }
}

TEST_CASE("Tab goes through the whole window and comes round, nowhere caught, and nothing is reached unseen") {
    OpenWindow it;
    it.view().setCursor(awaitscope::test::two_tasks_count - 1);
    it.workspace().finish();
    it.workspace().timeline()->setFocus();
    QCoreApplication::processEvents();
    std::set<QWidget*> reached;
    std::set<PanelDock*> panels;
    int steps = 0;
    do {
        QWidget* now = QApplication::focusWidget();
        REQUIRE(now);
        INFO(path_of(now));
        CHECK(now->isVisible());
        CHECK(QRect(now->mapTo(it.window.get(), QPoint()), now->size()).intersects(it.window->rect()));
        reached.insert(now);
        for (QWidget* up = now; up; up = up->parentWidget())
            if (auto* dock = qobject_cast<PanelDock*>(up)) panels.insert(dock);
        QTest::keyClick(now, Qt::Key_Tab);
        CHECK(QApplication::focusWidget() != now);
    } while (QApplication::focusWidget() != it.workspace().timeline() && ++steps < 200);
    CHECK(steps < 200);
    CHECK(reached.size() > 10);
    CHECK(reached.contains(it.window->topBar().search()));
    for (PanelDock* dock : it.workspace().docks())
        if (dock->isShown() && dock->windowTitle() != "Output") CHECK(panels.contains(dock));
}
