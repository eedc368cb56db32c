// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/welcome_page.hpp"

#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <catch2/catch.hpp>

#include "ui/window/card.hpp"
#include "ui/window/recent_files.hpp"

using namespace awaitscope::ui;

namespace {

QString textBelow(const QWidget& page, const char* name) {
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QStringList lines;
    for (const QLabel* label : page.findChild<QWidget*>(name)->findChildren<QLabel*>()) lines << label->text();
    return lines.join('\n');
}

}  // namespace

TEST_CASE("Without programs and recordings the welcome page says how to get some") {
    QSettings().clear();
    const WindowServices services;
    WelcomePage page(services);
    CHECK(textBelow(page, "runningPrograms").contains("None is running now"));
    CHECK(textBelow(page, "recentRecordings").contains("Nothing opened yet"));
}

TEST_CASE("Running programs are listed with a button to attach, or with why not") {
    std::vector<ProcessEntry> running;
    WindowServices services;
    services.listSessions = [&] { return running; };
    WelcomePage page(services);
    CHECK(textBelow(page, "runningPrograms").contains("None is running now"));
    running = {{.pid = 12, .name = "server", .loops = 1, .tasks = 1},
               {.pid = 13, .name = "old", .problem = "its ring has format 1, this viewer reads format 2"}};
    page.refresh();
    const QString text = textBelow(page, "runningPrograms");
    CHECK(text.contains("server"));
    CHECK(text.contains("pid 12  ·  1 task"));
    CHECK(text.contains("format 1"));
    CHECK_FALSE(text.contains("None is running"));
    CHECK(page.findChild<QPushButton*>("attach:13") == nullptr);
    const QSignalSpy chosen(&page, &WelcomePage::processChosen);
    QTest::mouseClick(page.findChild<QPushButton*>("attach:12"), Qt::LeftButton);
    REQUIRE(chosen.count() == 1);
    CHECK(chosen[0][0].toInt() == 12);
    running.clear();
    page.refresh();
    CHECK(textBelow(page, "runningPrograms").contains("None is running now"));
}

TEST_CASE("Dead programs are told to be dead on the welcome page, the newest few of them, after those that run") {
    using State = ProcessEntry::State;
    std::vector<ProcessEntry> known = {{.state = State::crashed, .pid = 5, .name = "worker"},
                                       {.pid = 12, .name = "server"},
                                       {.state = State::ended,
                                        .pid = 6,
                                        .name = "app.py (python3)",
                                        .command = "/usr/bin/python3 -u /home/me/app.py -v"},
                                       {.state = State::ended, .pid = 7, .name = "older"},
                                       {.state = State::ended, .pid = 8, .name = "oldest"}};
    WindowServices services;
    services.listSessions = [&] { return known; };
    WelcomePage page(services);
    const QString text = textBelow(page, "runningPrograms");
    CHECK(
        text.contains("server\npid 12  ·  0 tasks\nENDED\nworker\npid 5  ·  killed or crashed\n"
                      "app.py (python3)\npid 6  ·  ended\nolder"));
    CHECK_FALSE(text.contains("oldest"));
    CHECK(page.findChild<QPushButton*>("attach:12")->text() == "Attach");
    CHECK(page.findChild<QPushButton*>("attach:5")->text() == "Open");
    const QSignalSpy chosen(&page, &WelcomePage::processChosen);
    QTest::mouseClick(page.findChild<QPushButton*>("attach:5"), Qt::LeftButton);
    REQUIRE(chosen.count() == 1);
    CHECK(chosen[0][0].toInt() == 5);
    known.erase(known.begin() + 1);
    page.refresh();
    CHECK(textBelow(page, "runningPrograms").startsWith("None is running now"));
    CHECK(textBelow(page, "runningPrograms").contains("ENDED\nworker"));
}

TEST_CASE("A scenario's card is chosen by mouse and by key") {
    const WindowServices services;
    WelcomePage page(services);
    page.resize(1400, 900);
    page.show();
    QCoreApplication::processEvents();
    auto* card = page.findChild<Card*>("scenario:gather-factorial");
    REQUIRE(card != nullptr);
    const QSignalSpy chosen(&page, &WelcomePage::scenarioChosen);
    QTest::mouseClick(card, Qt::LeftButton);
    QTest::keyClick(card, Qt::Key_Return);
    QTest::keyClick(card, Qt::Key_A);
    REQUIRE(chosen.count() == 2);
    CHECK(chosen[0][0].toString() == "gather-factorial");
}

TEST_CASE("Recent recordings are listed while they exist") {
    QSettings().clear();
    const QTemporaryDir folder;
    QFile file(folder.filePath("run.awaitscope"));
    REQUIRE(file.open(QIODevice::WriteOnly));
    file.close();
    RecentFiles::add(file.fileName());
    WindowServices services;
    WelcomePage page(services);
    const QSignalSpy chosen(&page, &WelcomePage::fileChosen);
    QTest::mouseClick(page.findChild<QPushButton*>("open:run.awaitscope"), Qt::LeftButton);
    REQUIRE(chosen.count() == 1);
    CHECK(chosen[0][0].toString() == file.fileName());
    file.remove();
    page.refresh();
    CHECK(textBelow(page, "recentRecordings").contains("Nothing opened yet"));
}
