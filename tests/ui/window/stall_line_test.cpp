// SPDX-License-Identifier: GPL-3.0-or-later
// An engineer with a recording of a Python program that stalled, and a mouse.
#include <QAbstractItemView>
#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QTabBar>
#include <QTemporaryDir>

#include "tests/ui/window/open_window.hpp"
#include "ui/panels/findings_panel.hpp"
#include "ui/panels/selection_panel.hpp"
#include "ui/panels/source_panel.hpp"
#include "ui/window/panel_dock.hpp"

using namespace awaitscope;
using namespace awaitscope::test;
using namespace awaitscope::ui;

namespace {

const char* const program = R"(import asyncio
import time


def render(page):
    time.sleep(2)
    return page


async def handler(n):
    await asyncio.sleep(0.1)
    return render(n)


asyncio.run(handler(1))
)";

/// What the adapter tells of it: the handler's second step keeps the loop, and a thread has seen where.
std::string events(const std::string& file) {
    std::string text = R"(
0.000 task_created 1 name=Task-1 coro=handler file=FILE line=10
0.000 loop_started name=stall
0.001 iteration n=1 ready=1 timers=0
0.001 task_running 1
0.002 task_suspended 1 on=sleep file=FILE line=11
0.102 task_ready 1
0.102 iteration n=2 ready=1 timers=0
0.102 task_running 1
0.202 stack 1 frame=0 coro=render file=FILE line=6 ran=0.1
0.202 stack 1 frame=1 coro=handler file=FILE line=12 ran=0.1
2.103 task_done 1 state=finished
2.104 loop_stopped
)";
    for (std::size_t at; (at = text.find("FILE")) != text.npos;) text.replace(at, 4, file);
    return text;
}

/// Clicks the tab of a panel that lies behind others, as it is drawn.
void clickTab(Workspace& workspace, const QString& title) {
    for (QTabBar* bar : workspace.findChildren<QTabBar*>(QString(), Qt::FindDirectChildrenOnly))
        for (int tab = 0; tab < bar->count(); ++tab)
            if (bar->isVisible() && bar->tabText(tab).startsWith(title)) {
                QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(tab).center());
                QCoreApplication::processEvents();
                return;
            }
    FAIL("no tab " << title.toStdString());
}

}  // namespace

TEST_CASE("A person finds the line of a stall by the mouse alone") {
    QSettings().clear();
    const QTemporaryDir folder;
    const QString path = folder.filePath("stall.py");
    QFile file(path);
    REQUIRE(file.open(QIODevice::WriteOnly));
    file.write(program);
    file.close();
    MainWindow window{WindowServices{}};
    window.resize(1280, 720);
    window.show();
    SourceDescription description;
    description.name = "stall.awaitscope";
    window.open(text_source(events(path.toStdString())), std::move(description));
    Workspace& workspace = *window.workspace();
    REQUIRE(QTest::qWaitFor([&] { return workspace.session().ended(); }));
    workspace.findingsWatch().finish();
    QCoreApplication::processEvents();

    clickTab(workspace, "Findings (1)");
    auto* list = workspace.findings()->findChild<QAbstractItemView*>();
    REQUIRE(list->isVisible());
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(list->model()->index(0, 0)).center());
    QPushButton* line = nullptr;
    for (QPushButton* button : workspace.findings()->findChildren<QPushButton*>())
        if (button->isVisible() && button->text().contains("stall.py")) line = button;
    REQUIRE(line != nullptr);
    CHECK(line->text() == "stall.py:6 in render");
    QTest::mouseClick(line, Qt::LeftButton);
    QCoreApplication::processEvents();

    const SourcePanel& source = *workspace.source();
    CHECK(source.isVisible());
    CHECK(source.shownPath() == path);
    REQUIRE_FALSE(source.sourceView()->marks().empty());
    CHECK(source.sourceView()->marks().front().line == 6);
    CHECK(source.sourceView()->marks().front().current);
    if (!workspace.selection()->isVisible()) clickTab(workspace, "Selection");
    QStringList words;
    for (const QLabel* label : workspace.selection()->findChildren<QLabel*>())
        if (label->isVisible()) words << label->text();
    CHECK(words.join('\n').contains("handler() · stall.py:6"));
}
