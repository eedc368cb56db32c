// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/panel_commands.hpp"

#include <QApplication>
#include <QClipboard>
#include <QPainter>
#include <QPrinter>
#include <QTableView>
#include <QTemporaryDir>

#include "tests/ui/window/open_window.hpp"
#include "ui/panels/task_panel.hpp"
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

TEST_CASE("A panel without a table says so and leaves the clipboard alone") {
    OpenWindow it;
    QApplication::clipboard()->setText("mine");
    it.workspace().timeline()->setFocus();
    it.key(Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
    CHECK(QApplication::clipboard()->text() == "mine");
    CHECK(it.window->bannerText().contains("has no table"));
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
