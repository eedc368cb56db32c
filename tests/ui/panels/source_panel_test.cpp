// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/source_panel.hpp"

#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QSettings>
#include <QTabBar>
#include <QTemporaryDir>
#include <QToolButton>

#include "tests/ui/model/loaded_session.hpp"
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

/// A text of events of a program that runs on.
class RunningSource : public EventSource {
  public:
    explicit RunningSource(const std::string& text) : told_(test::text_source(text)), info_(told_->info()) {
        info_.live = true;
    }
    SourceState read(Symbols& symbols, std::vector<Event>& out, std::size_t most) override {
        if (!all_told_) all_told_ = told_->read(symbols, out, most) == SourceState::ended;
        return SourceState::idle;
    }
    const SourceInfo& info() const override { return info_; }

  private:
    std::unique_ptr<EventSource> told_;
    SourceInfo info_;
    bool all_told_ = false;
};

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
    view.setMarks({{150, "here", "here", true, false}});
    QCoreApplication::processEvents();
    const int first = view.cursorForPosition({5, 1}).blockNumber() + 1;
    const int last = view.cursorForPosition({5, view.viewport()->height() - 2}).blockNumber() + 1;
    CHECK(first <= 150);
    CHECK(last >= 150);
    CHECK(first > 100);
}

namespace {

bool inSight(const SourceView& view, int line) {
    return view.topLine() <= line && line < view.topLine() + view.linesInSight();
}

}  // namespace

TEST_CASE("The marked line stays in sight however the panel is laid out, unless the user looks elsewhere") {
    SourceView view;
    view.setCode(QString("line\n").repeated(43), CodeLanguage::cpp);
    view.setMarks({{34, "here", "here", true, false}});  // before it has a size
    view.resize(420, 400);
    view.show();
    CHECK(inSight(view, 34));
    view.resize(420, 900);
    CHECK(inSight(view, 34));
    view.setTopLine(1);
    REQUIRE(inSight(view, 34));
    view.resize(420, 300);
    CHECK(inSight(view, 34));
    view.setTopLine(1);
    REQUIRE_FALSE(inSight(view, 34));
    view.resize(420, 320);
    CHECK(view.topLine() == 1);
    view.setMarks({{35, "here", "here", true, false}});
    CHECK(inSight(view, 35));
}

TEST_CASE("A program without a twin is named by its file, one with a twin by its language") {
    Fixture it;
    const auto named = [&](const QString& path) {
        const SourcePanel panel(it.session, it.view, {path, {}});
        const auto* tabs = panel.titleTools()->findChild<QTabBar*>("languageTabs");
        return tabs->tabText(tabs->currentIndex());
    };
    CHECK(named(it.cpp_path) == QFileInfo(it.cpp_path).fileName());
    CHECK(named(it.python_path) == QFileInfo(it.python_path).fileName());
    SourcePanel both(it.session, it.view, {it.cpp_path, it.python_path});
    both.showPython(false);
    CHECK(both.titleTools()->findChild<QTabBar*>("languageTabs")->tabText(1) == "C++");
}

TEST_CASE("The language in front tells the lines everywhere") {
    Fixture it;
    SourcePanel panel(it.session, it.view, {it.cpp_path, it.python_path});
    const auto place = [&] {
        const auto trace = it.session.trace();
        return it.view.places().text(*trace, trace->place_at(0, 14));
    };
    CHECK(place() == "demo.py:5");
    panel.showPython(false);
    CHECK(place() == "demo.cpp:5");
    CHECK_FALSE(SourcePanel(it.session, it.view, {it.cpp_path, it.python_path}).showsPython());  // remembered
    panel.showPython(true);
    CHECK(place() == "demo.py:5");
    SourcePanel alone(it.session, it.view, {it.cpp_path, {}});
    CHECK(place() == "demo.cpp:5");
}

TEST_CASE("Where there is room, both languages stand side by side, marked alike") {
    Fixture it;
    SourcePanel panel(it.session, it.view, {it.cpp_path, it.python_path});
    panel.setLocator([&](const QString&) { return it.cpp_path; });
    it.view.setCursor(14);
    panel.resize(1400, 400);
    panel.show();
    CHECK(panel.showsBoth());
    CHECK_FALSE(panel.besideView()->isVisible());  // the recorded file is not here yet
    panel.showPython(false);
    for (QPushButton* button : panel.findChildren<QPushButton*>())
        if (button->isVisible()) button->click();
    panel.showPython(true);
    it.view.setSelectedTask(0);
    CHECK(panel.sourceView()->isVisible());
    CHECK(panel.besideView()->isVisible());
    CHECK(marksOf(panel) == "5* main here; 2 Task A, B wait here");
    REQUIRE(panel.besideView()->marks().size() == 2);
    CHECK(panel.besideView()->marks()[0].line == 5);
    CHECK(panel.besideView()->marks()[1].line == 11);

    panel.resize(500, 400);
    CHECK_FALSE(panel.showsBoth());
    CHECK_FALSE(panel.besideView()->isVisible());
    CHECK(panel.sourceView()->isVisible());

    panel.resize(1400, 400);
    auto* both = panel.titleTools()->findChild<QToolButton*>("sourceBoth");
    both->click();
    CHECK_FALSE(panel.besideView()->isVisible());
    CHECK_FALSE(SourcePanel(it.session, it.view, {it.cpp_path, it.python_path}).showsBoth());
    CHECK_FALSE(QSettings().value("source/both").toBool());
    both->click();
    CHECK(panel.besideView()->isVisible());
}

TEST_CASE("While a program is followed, the text stands still until a task is selected") {
    ViewState view;
    QTemporaryDir folder;
    const QString path = write(folder.filePath("demo.cpp"), cpp);
    const std::string file = " file=" + path.toStdString();
    TraceSession session(std::make_unique<RunningSource>(
        "0 task_created 1 name=main coro=main_" + file + " line=3\n0 task_created 2 name=other coro=worker" + file +
        " line=9\n0.1 task_running 1\n0.2 task_suspended 1 on=sleep object=7" + file +
        " line=5\n0.3 task_running 2\n"));
    SourcePanel panel(session, view, {path, {}});
    REQUIRE(test::eventually([&] { return session.trace()->event_count() == 5; }));
    view.follow(3, {});
    const auto current = [&] { return std::ranges::count(panel.sourceView()->marks(), true, &SourceMark::current); };
    CHECK(current() == 0);
    view.follow(4, {});
    CHECK(current() == 0);
    view.setSelectedTask(0);
    CHECK(current() == 1);
    view.setSelectedTask(no_task);
    CHECK(current() == 0);
    view.setFollowing(false);
    CHECK(current() == 1);  // what stands still can be read
}

TEST_CASE("Two texts side by side are scrolled together") {
    Fixture it;
    QByteArray long_cpp, long_python;
    for (int i = 0; i < 60; ++i) {
        const QByteArray name = "f" + QByteArray::number(i);
        long_cpp += "asyncio::Coroutine<> " + name + "() {\n    // on\n    co_await asyncio::sleep(1s);\n}\n\n";
        long_python += "async def " + name + "():\n    await asyncio.sleep(1)\n\n";
    }
    const QString cpp_path = write(it.folder.filePath("long.cpp"), long_cpp);
    SourcePanel panel(it.session, it.view, {cpp_path, write(it.folder.filePath("long.py"), long_python)});
    panel.resize(1400, 300);
    panel.show();
    REQUIRE(panel.besideView()->isVisible());
    SourceView& python = *panel.sourceView();
    SourceView& program = *panel.besideView();
    const int above = python.linesInSight() / 3;
    python.verticalScrollBar()->setValue(91 - above - 1);  // `f30` is a third from the top
    CHECK(program.topLine() + above == 151);
    program.verticalScrollBar()->setValue(251 - above - 1);  // `f50`
    CHECK(python.topLine() + above == 151);
}

TEST_CASE("Who is inside a call is told there, more softly, and no words cover the code") {
    SourceView view;
    view.resize(520, 200);
    view.setCode("await say_after(1)\n" + QString("x").repeated(200) + "\nsleep()\n", CodeLanguage::python);
    view.setMarks({{3, "Task-1 here", "Task-1 here", true, false},
                   {1, "Task-1 is inside this", "Task-1 is inside this", false, true}});
    view.show();
    CHECK(view.footText().isEmpty());
    view.setMarks({{2, "Task-1 here", "Task-1 here", true, false}});
    CHECK(view.footText() == "2: Task-1 here");
    CHECK(view.accessibleDescription() == "line 2: Task-1 here");
}

TEST_CASE("The line that a card speaks of is framed and gone to, and the line where the task is keeps its sign") {
    SourceView view;
    view.resize(520, 200);
    PanelStyle style;
    style.accent = Qt::blue;
    style.selection = style.currentLine = Qt::white;
    view.setPanelStyle(style);
    view.setCode(QString("x = 1\n").repeated(100), CodeLanguage::python);
    SourceMark here{2, "Task-1 here", "Task-1 here", true}, told{80};
    told.told = true;
    view.setMarks({here, told});
    view.show();
    QCoreApplication::processEvents();
    CHECK(view.lineToSee() == 80);
    CHECK(view.topLine() > 2);
    CHECK(view.topLine() <= 80);
    CHECK(view.accessibleDescription() == "line 2: Task-1 here; line 80: the card speaks of this line");
    const auto framed = [&] {
        const QImage image = view.viewport()->grab().toImage();
        int rows = 0;
        for (int y = 0; y < image.height(); ++y) rows += image.pixelColor(image.width() - 2, y) == Qt::blue;
        return rows;
    };
    CHECK(framed() == 2);
    here.told = true;
    view.setMarks({here});
    CHECK(view.accessibleDescription() == "line 2: Task-1 here; the card speaks of this line");
    CHECK(view.lineToSee() == 2);
    view.setMarks({});
    CHECK(view.lineToSee() == 0);
    CHECK(framed() == 0);
}
