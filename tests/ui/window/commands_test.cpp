// SPDX-License-Identifier: GPL-3.0-or-later
// What the command palette offers: all there is to do.
#include <QFile>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QTemporaryDir>
#include <algorithm>
#include <set>

#include "tests/ui/window/open_window.hpp"
#include "ui/window/command_palette.hpp"
#include "ui/window/panel_dock.hpp"
#include "ui/window/recent_files.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;
using awaitscope::test::OpenWindow;

namespace {

WindowServices allServices() {
    WindowServices services;
    services.startScenario = [](const QString&) { return OpenedSource(); };
    services.openFile = [](const QString&) { return OpenedSource(); };
    services.listSessions = [] { return std::vector<ProcessEntry>(); };
    services.attach = [](int) { return OpenedSource(); };
    return services;
}

QStringList namesOf(const std::vector<Command>& commands) {
    QStringList names;
    for (const Command& command : commands) names << command.name;
    return names;
}

/// Opens the palette by its keys, types, and takes the first command.
void command(OpenWindow& it, const QString& name) {
    it.key(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    QPointer<CommandPalette> palette = it.window->findChild<CommandPalette*>();
    REQUIRE(palette);
    auto* filter = palette->findChild<QLineEdit*>();
    QTest::keyClicks(filter, name);
    REQUIRE(palette->findChild<QListWidget*>()->count() > 0);
    CHECK(palette->findChild<QListWidget*>()->item(0)->text().startsWith(name));
    QTest::keyClick(filter, Qt::Key_Return);
    REQUIRE(QTest::qWaitFor([&] { return palette.isNull(); }));
    QCoreApplication::processEvents();
}

}  // namespace

TEST_CASE("Whatever stands in a menu, has a key or is a panel is in the command palette, under a name of its own") {
    OpenWindow it(allServices());
    const QTemporaryDir folder;
    QFile recent(folder.filePath("recent.awaitscope"));
    REQUIRE(recent.open(QIODevice::WriteOnly));
    RecentFiles::add(recent.fileName());
    const std::vector<Command> commands = it.window->commands();
    std::set<const QAction*> offered;
    for (const Command& command : commands) {
        REQUIRE(command.action);
        CHECK_FALSE(command.name.isEmpty());
        CHECK(offered.insert(command.action).second);
    }
    int leaves = 0;
    for (const QMenu* menu : it.window->findChildren<QMenu*>())
        for (const QAction* action : menu->actions()) {
            if (action->menu() || action->isSeparator()) continue;
            ++leaves;
            INFO(menu->title().toStdString() << " > " << action->text().toStdString());
            CHECK(offered.contains(action));
        }
    CHECK(leaves > 150);
    for (const QAction* action : it.window->actions().all()) CHECK(offered.contains(action));
    for (const QAction* action : it.workspace().timeline()->commands()) CHECK(offered.contains(action));
    for (const PanelDock* dock : it.workspace().docks()) CHECK(offered.contains(dock->goTo()));
    QStringList names = namesOf(commands);
    for (const char* name : {"Theme: Dark", "Size: 125 %", "Speed: 2×", "Recent recordings: recent.awaitscope",
                             "View: Tasks", "Zoom in", "Run as time passed"})
        CHECK(names.contains(QString::fromUtf8(name)));
    CHECK(names.removeDuplicates() == 0);
}

TEST_CASE("Commands of the timeline, the theme and the size work from the palette") {
    OpenWindow it;
    const auto length = [&] { return it.view().range().length(); };
    it.key(Qt::Key_F);
    const Nanoseconds all = length();
    command(it, "Zoom in");
    CHECK(length() < all);
    command(it, "Axis of time");
    CHECK(it.workspace().timeline()->axis() == AxisKind::steps);
    command(it, "Theme: Dark");
    CHECK(ThemeSwitch::instance().theme().isDark());
    command(it, "Theme: Light");
    CHECK_FALSE(ThemeSwitch::instance().theme().isDark());
    command(it, "Speed: 5");
    CHECK(it.workspace().stepper().speed() == 5);
    command(it, "Size: 125");
    CHECK(it.window->devicePixelRatioF() == 1.25);
    command(it, "Size: 100");
    CHECK(it.window->devicePixelRatioF() == 1);
}

TEST_CASE("What fits best what was typed stands first in the palette") {
    OpenWindow it;
    const auto first = [&](const QString& typed) {
        QPointer<CommandPalette> palette = CommandPalette::open(it.window->centralWidget(), it.window->commands());
        QTest::keyClicks(palette->findChild<QLineEdit*>(), typed);
        const QListWidgetItem* item = palette->findChild<QListWidget*>()->item(0);
        const QString text = item ? item->text() : QString();
        delete palette;
        return text;
    };
    CHECK(first("fit") == "Fit");
    CHECK(first("find") == "Next finding");
    CHECK(first("zo") == "Zoom in");
    CHECK(first("sbk") == "Step back");
    CHECK(first("no such thing").isEmpty());
}
