// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/panel_commands.hpp"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QMenu>
#include <QPainter>
#include <QPrinter>
#include <QTableView>
#include <QTemporaryDir>

#include "tests/ui/window/open_window.hpp"
#include "ui/panels/task_panel.hpp"
#include "ui/timeline/timeline_view.hpp"
#include "ui/window/panel_dock.hpp"
#include "ui/window/panel_picture.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;
using awaitscope::test::OpenWindow;

namespace {

/// A window whose cursor stands at the end, with the focus in the table of tasks.
struct TasksFocused : OpenWindow {
    TasksFocused() {
        key(Qt::Key_End);
        workspace().showPanel("tasks");
        QCoreApplication::processEvents();
        workspace().tasks()->table()->setFocus();
    }
    QWidget& panel() { return *workspace().dock("tasks")->panel(); }
};

}  // namespace

TEST_CASE("The table of the panel with the focus goes to the clipboard, headers first") {
    TasksFocused it;
    it.key(Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
    const QStringList lines = QApplication::clipboard()->text().split('\n');
    REQUIRE(lines.size() == 4);
    CHECK(lines[0].startsWith("task\tstate\t"));
    CHECK(lines[1].startsWith("main\tfinished\t"));
    CHECK(lines[2].startsWith("Task A\tfinished\t"));
    CHECK(lines[3].isEmpty());
    CHECK(it.window->bannerText().contains("3 lines"));
}

TEST_CASE("A panel that shows nothing says so and leaves the clipboard alone") {
    OpenWindow it;
    QApplication::clipboard()->setText("mine");
    it.workspace().dock("primitives")->goTo()->trigger();
    it.key(Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
    CHECK(QApplication::clipboard()->text() == "mine");
    CHECK(it.window->bannerText().contains("shows nothing that could be copied"));
}

TEST_CASE("Ctrl+C copies what any panel shows") {
    const auto [key, cell] =
        GENERATE(table<const char*, const char*>({{"timeline", "Task A\twaiting\tsleep"},
                                                  {"tasks", "Task A\twaiting"},
                                                  {"loop", "TIMERS, SOONEST FIRST\t1\nTask A\t1.000 s"},
                                                  {"loop", "task\tstate\twaits for"},
                                                  {"graph", "main\t"},
                                                  {"selection", "created by\tmain"},
                                                  {"output", "A: one"},
                                                  {"events", "timer_set"}}));
    OpenWindow it;
    it.view().setCursor(10);
    it.view().setSelectedTask(1);
    it.workspace().finish();
    INFO(key);
    QApplication::clipboard()->setText("mine");
    it.workspace().dock(key)->goTo()->trigger();
    QCoreApplication::processEvents();
    it.workspace().finish();
    QWidget* focus = QApplication::focusWidget();
    REQUIRE(focus);
    it.key(Qt::Key_C, Qt::ControlModifier);
    CHECK_THAT(QApplication::clipboard()->text().toStdString(), Catch::Matchers::Contains(cell));
}

TEST_CASE("The charts are copied all at once, each under its name") {
    OpenWindow it;
    it.workspace().showPanel("charts");
    it.workspace().finish();
    const QString text = tableText(*it.workspace().dock("charts")->panel());
    for (const char* name : {"Lag", "Ready depth", "Tasks alive", "Switches per second"}) {
        INFO(name);
        CHECK(text.contains(QString(name) + "\nfrom, s\tto, s\t"));
    }
}

TEST_CASE("A panel's context menu copies it, whichever panel had the focus before") {
    OpenWindow it;
    it.view().setCursor(12);
    it.workspace().showPanel("tasks");
    it.workspace().timeline()->setFocus();
    QCoreApplication::processEvents();
    QWidget* table = it.workspace().tasks()->table()->viewport();
    const QPoint at = table->rect().center();
    QContextMenuEvent asked(QContextMenuEvent::Mouse, at, table->mapToGlobal(at));
    QCoreApplication::sendEvent(table, &asked);
    auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    REQUIRE(menu);
    CHECK(menu->actions().contains(it.window->actions().copyPicture));
    CHECK(menu->actions().contains(it.window->actions().print));
    menu->close();
    it.window->actions().copyTable->trigger();
    CHECK(QApplication::clipboard()->text().startsWith("task\tstate\t"));
}

TEST_CASE("A right click on the timeline asks for its menu, a right drag zooms instead") {
    OpenWindow it;
    it.view().setCursor(12);
    TimelineView& timeline = *it.workspace().timeline();
    (void)timeline.grab();
    const QPoint at = timeline.frame().zones.tracks.center();
    QTest::mouseClick(&timeline, Qt::RightButton, {}, at);
    auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    REQUIRE(menu);
    CHECK(menu->actions().contains(it.window->actions().copyTable));
    menu->close();
    const Nanoseconds before = it.view().range().length();
    QTest::mousePress(&timeline, Qt::RightButton, {}, at);
    QTest::mouseMove(&timeline, at + QPoint(80, 0));
    QTest::mouseRelease(&timeline, Qt::RightButton, {}, at + QPoint(80, 0));
    CHECK_FALSE(QApplication::activePopupWidget());
    CHECK(it.view().range().length() < before);
}

TEST_CASE("The panel's picture goes to the clipboard in its size") {
    TasksFocused it;
    const QSize size = it.panel().size();  // before a note of it takes some of the window's height
    it.key(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    const QImage picture = QApplication::clipboard()->image();
    CHECK(picture.width() == size.width());
    CHECK(picture.height() == size.height());
    bool blank = true;
    for (int y = 0; y < picture.height() && blank; ++y)
        for (int x = 0; x < picture.width(); ++x) blank = blank && picture.pixel(x, y) == picture.pixel(0, 0);
    CHECK_FALSE(blank);
}

TEST_CASE("A panel is printed on one page") {
    TasksFocused it;
    const QTemporaryDir folder;
    QPrinter printer;
    printer.setOutputFormat(QPrinter::PdfFormat);
    printer.setOutputFileName(folder.filePath("page.pdf"));
    printPanel(printer, it.panel());
    QFile file(folder.filePath("page.pdf"));
    REQUIRE(file.open(QIODevice::ReadOnly));
    const QByteArray pdf = file.readAll();
    CHECK(pdf.startsWith("%PDF"));
    CHECK(pdf.contains("/Count 1"));
}

TEST_CASE("A timeline is printed as lines and letters, not as pixels") {
    OpenWindow it;
    it.workspace().timeline()->grab();  // it is painted once
    const QTemporaryDir folder;
    QPrinter printer;
    printer.setOutputFormat(QPrinter::PdfFormat);
    printer.setOutputFileName(folder.filePath("page.pdf"));
    printPanel(printer, *it.workspace().timeline());
    QFile file(folder.filePath("page.pdf"));
    REQUIRE(file.open(QIODevice::ReadOnly));
    const QByteArray pdf = file.readAll();
    CHECK(pdf.contains("/Font"));
    CHECK_FALSE(pdf.contains("/Subtype /Image"));
}
