// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/source_panel.hpp"

#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QTabBar>
#include <QTemporaryDir>

#include "tests/ui/panels/read_session.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;
using awaitscope::test::ReadSession;

namespace {

QString write(const QString& path, const QByteArray& text) {
    QFile file(path);
    REQUIRE(file.open(QIODevice::WriteOnly));
    file.write(text);
    return path;
}

const QByteArray cpp =
    "\n\nasyncio::Coroutine<> main_() {\n\n    co_await gather();\n}\n\n\nasyncio::Coroutine<> worker() {\n\n    "
    "co_await sleep(1s);\n}\n";
const QByteArray python = "async def worker():\n    await sleep(1)\n\nasync def main():\n    await gather()\n";

std::string marksOf(const SourcePanel& panel) {
    QStringList lines;
    for (const SourceMark& mark : panel.sourceView()->marks())
        lines << QString("%1%2 %3").arg(mark.line).arg(mark.current ? "*" : "").arg(mark.tag);
    return lines.join("; ").toStdString();
}

struct Fixture : ReadSession {
    QTemporaryDir folder;
    QString cpp_path = write(folder.filePath("demo.cpp"), cpp);
    QString python_path = write(folder.filePath("twin.py"), python);
};

}  // namespace

TEST_CASE("The twin's lines are marked with who stands there") {
    Fixture it;
    SourcePanel panel(it.session, it.view, {it.cpp_path, it.python_path});
    CHECK(panel.showsPython());
    it.view.setCursor(8);
    CHECK(marksOf(panel) == "1* Task A, B here; 5 main waits here");
    it.view.setCursor(14);
    CHECK(marksOf(panel) == "2* Task A, B here; 5 main waits here");
    it.view.setSelectedTask(0);
    CHECK(marksOf(panel) == "5* main here; 2 Task A, B wait here");
    CHECK(panel.shownPath() == it.python_path);
}

TEST_CASE("A recorded path that is not here is asked for, and then found") {
    Fixture it;
    SourcePanel panel(it.session, it.view, {});
    panel.show();
    CHECK_FALSE(panel.showsPython());
    it.view.setCursor(14);
    CHECK(panel.shownPath().isEmpty());
    QString asked;
    panel.setLocator([&](const QString& recorded) {
        asked = recorded;
        return it.cpp_path;
    });
    QPushButton* locate = nullptr;
    for (QPushButton* button : panel.findChildren<QPushButton*>())
        if (button->isVisible()) locate = button;
    REQUIRE(locate != nullptr);
    locate->click();
    CHECK(asked == "/src/demo.cpp");
    CHECK(panel.shownPath() == it.cpp_path);
    CHECK(marksOf(panel) == "11* Task A, B here; 5 main waits here");
}

TEST_CASE("The C++ side shows the same moment as the twin") {
    Fixture it;
    SourcePanel panel(it.session, it.view, {it.cpp_path, it.python_path});
    it.view.setCursor(14);
    panel.showPython(false);
    CHECK_FALSE(panel.showsPython());
    CHECK(panel.shownPath().isEmpty());
    panel.showPython(true);
    CHECK(panel.shownPath() == it.python_path);
}

TEST_CASE("Before the first event the source panel says what will fill it") {
    Fixture it;
    SourcePanel panel(it.session, it.view, {});
    CHECK(panel.shownPath().isEmpty());
    CHECK(marksOf(panel).empty());
    QStringList words;
    for (const QLabel* label : panel.findChildren<QLabel*>()) words << label->text();
    CHECK(words.contains("No line yet"));
}

TEST_CASE("The marked line is scrolled into sight") {
    SourceView view;
    view.resize(300, 120);
    view.show();
    view.setCode(QString("line\n").repeated(200), CodeLanguage::cpp);
    view.setMarks({{150, "here", "here", true}});
    QCoreApplication::processEvents();
    const int first = view.cursorForPosition({5, 1}).blockNumber() + 1;
    const int last = view.cursorForPosition({5, view.viewport()->height() - 2}).blockNumber() + 1;
    CHECK(first <= 150);
    CHECK(last >= 150);
    CHECK(first > 100);
}

TEST_CASE("A program without a twin is named by its own language") {
    Fixture it;
    const auto language = [&](const QString& path) {
        const SourcePanel panel(it.session, it.view, {path, {}});
        const auto* tabs = panel.findChild<QTabBar*>("languageTabs");
        return tabs->tabText(tabs->currentIndex());
    };
    CHECK(language(it.cpp_path) == "C++");
    CHECK(language(it.python_path) == "Python");
}
