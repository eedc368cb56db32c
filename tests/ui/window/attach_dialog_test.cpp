// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/attach_dialog.hpp"

#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QProgressBar>
#include <QPushButton>
#include <QTableWidget>
#include <QTest>
#include <catch2/catch.hpp>

using namespace awaitscope::ui;

namespace {

using State = ProcessEntry::State;

QPushButton* buttonNamed(const QWidget& dialog, const QString& text) {
    for (QPushButton* button : dialog.findChildren<QPushButton*>())
        if (button->text() == text) return button;
    return nullptr;
}

QPushButton* attachButton(const AttachDialog& dialog) {
    return buttonNamed(dialog, "Attach");
}

QString column(const QTableWidget* table, int number) {
    QStringList texts;
    for (int row = 0; row < table->rowCount(); ++row) texts << table->item(row, number)->text();
    return texts.join('|');
}

/// Whether the dialog says it, anywhere.
bool says(const QWidget& dialog, const QString& text) {
    for (const QLabel* label : dialog.findChildren<QLabel*>())
        if (label->text().contains(text)) return true;
    return false;
}

/// A Python that was not started to be seen, and an injection that ends when the test says so.
struct OnePython {
    OnePython() {
        services.listUnprepared = [] {
            return std::vector<ProcessEntry>{
                {.state = State::unprepared, .pid = 77, .name = "dead.py (python3.11)", .command = "python3 dead.py"}};
        };
        services.offerInjection = [this](int) { return offer; };
        services.inject = [this](int pid, std::function<void(QString)> done) {
            injected = pid;
            end = std::move(done);
        };
        services.whyUnseen = [](int pid) { return QString("there is no process %1").arg(pid); };
    }
    InjectionOffer offer{.program = "dead.py (python3.11)", .by_gdb = true, .problem = {}};
    WindowServices services;
    int injected = 0;
    std::function<void(QString)> end;
};

QMessageBox* asked(AttachDialog& dialog) {
    QTest::mouseClick(buttonNamed(dialog, "Inject..."), Qt::LeftButton);
    return dialog.findChild<QMessageBox*>();
}

}  // namespace

TEST_CASE("The dialog lists programs, narrows them, and gives the pid chosen") {
    WindowServices services;
    services.listSessions = [] {
        return std::vector<ProcessEntry>{{.pid = 12,
                                          .name = "server",
                                          .command = "./server",
                                          .loops = 1,
                                          .tasks = 1204,
                                          .events_per_second = 48211.4},
                                         {.pid = 34, .name = "crawler", .command = "./crawler"}};
    };
    AttachDialog dialog(services);
    const auto* table = dialog.findChild<QTableWidget*>();
    REQUIRE(table->rowCount() == 2);
    CHECK(table->item(0, 2)->text() == "running");
    CHECK(table->item(0, 4)->text() == "1,204");
    CHECK(table->item(0, 5)->text() == "48,211");
    dialog.findChild<QLineEdit*>()->setText("CRAWL");
    REQUIRE(table->rowCount() == 1);
    CHECK(table->item(0, 1)->text() == "34");
    QTest::mouseClick(attachButton(dialog), Qt::LeftButton);
    CHECK(dialog.result() == QDialog::Accepted);
    CHECK(dialog.pid() == 34);
}

TEST_CASE("A program that cannot be attached to says why, and cannot be chosen") {
    WindowServices services;
    services.listSessions = [] { return std::vector<ProcessEntry>{{.pid = 9, .name = "old", .problem = "format 1"}}; };
    AttachDialog dialog(services);
    CHECK(dialog.findChild<QTableWidget*>()->item(0, 6)->text() == "format 1");
    CHECK_FALSE(attachButton(dialog)->isEnabled());
}

TEST_CASE("The row chosen stays chosen while the list changes around it") {
    std::vector<ProcessEntry> running = {{.pid = 1, .name = "a"}, {.pid = 2, .name = "b"}};
    WindowServices services;
    services.listSessions = [&] { return running; };
    AttachDialog dialog(services);
    auto* table = dialog.findChild<QTableWidget*>();
    table->selectRow(1);
    running.insert(running.begin(), {.pid = 3, .name = "c"});
    dialog.refresh();
    CHECK(table->item(table->currentRow(), 1)->text() == "2");
    running.clear();
    dialog.refresh();
    CHECK(table->rowCount() == 0);
    CHECK_FALSE(attachButton(dialog)->isEnabled());
}

TEST_CASE("Dead programs stand last, told to be dead, and are opened, never attached to") {
    WindowServices services;
    services.listSessions = [] {
        return std::vector<ProcessEntry>{{.state = State::crashed, .pid = 5, .name = "worker", .tasks = 3},
                                         {.pid = 12, .name = "server"},
                                         {.state = State::ended, .pid = 6, .name = "script"}};
    };
    AttachDialog dialog(services);
    auto* table = dialog.findChild<QTableWidget*>();
    CHECK(column(table, 1) == "12|5|6");
    CHECK(column(table, 2) == "running|killed or crashed|ended");
    CHECK(column(table, 5) == "0||");  // a rate is of what runs
    REQUIRE(attachButton(dialog));
    table->selectRow(1);
    CHECK(attachButton(dialog) == nullptr);
    CHECK(says(dialog, "Process 5 runs no more."));
    QTest::mouseClick(buttonNamed(dialog, "Open"), Qt::LeftButton);
    CHECK(dialog.pid() == 5);
}

TEST_CASE("A dead program says when it began, where that is known") {
    WindowServices services;
    services.listSessions = [] {
        return std::vector<ProcessEntry>{
            {.state = State::crashed, .pid = 5, .started = QDateTime({2020, 1, 2}, {14, 3})}};
    };
    const AttachDialog dialog(services);
    CHECK(column(dialog.findChild<QTableWidget*>(), 2).startsWith("killed or crashed, began at "));
    CHECK(column(dialog.findChild<QTableWidget*>(), 2).contains("03"));
}

TEST_CASE("Nothing is run in a Python program before its user agrees, with the answer no to begin with") {
    OnePython it;
    AttachDialog dialog(it.services);
    dialog.show();
    CHECK(column(dialog.findChild<QTableWidget*>(), 2) == "plain Python");
    CHECK(says(dialog, "awaitscope python install"));
    QMessageBox* question = asked(dialog);
    REQUIRE(question);
    CHECK(question->text() ==
          "This runs code in process 77, dead.py (python3.11): \"import awaitscope; awaitscope.enable()\", by gdb, "
          "which stops it for a moment.");
    CHECK(question->informativeText().contains("may hang or crash"));
    CHECK(question->defaultButton()->text() == "Cancel");
    QTest::keyClick(question, Qt::Key_Escape);
    CHECK(it.injected == 0);
    CHECK(dialog.result() == QDialog::Rejected);
    CHECK(dialog.isVisible());
}

TEST_CASE("A Python program whose user agrees is attached to once it can be, and until then that is shown") {
    OnePython it;
    it.offer.by_gdb = false;
    AttachDialog dialog(it.services);
    dialog.show();
    CHECK(says(dialog, "awaitscope run -- python3 dead.py"));
    QMessageBox* question = asked(dialog);
    CHECK_FALSE(question->text().contains("gdb"));
    QTest::mouseClick(buttonNamed(*question, "Inject"), Qt::LeftButton);
    CHECK(it.injected == 77);
    CHECK(dialog.findChild<QProgressBar*>()->isVisible());
    CHECK_FALSE(buttonNamed(dialog, "Inject...")->isEnabled());
    dialog.refresh();
    CHECK_FALSE(buttonNamed(dialog, "Inject...")->isEnabled());
    CHECK(says(dialog, "Code is being run in process 77."));
    CHECK(dialog.pid() == 0);
    it.end({});
    CHECK(dialog.result() == QDialog::Accepted);
    CHECK(dialog.pid() == 77);
}

TEST_CASE("An injection that fails says why, for as long as its program is chosen, and may be tried again") {
    OnePython it;
    AttachDialog dialog(it.services);
    dialog.show();
    SECTION("when it is done") {
        QTest::mouseClick(buttonNamed(*asked(dialog), "Inject"), Qt::LeftButton);
        REQUIRE(it.end);
        it.end("gdb is needed to reach it");
    }
    SECTION("when it is offered") {
        it.offer.problem = "gdb is needed to reach it";
        CHECK(asked(dialog) == nullptr);
        CHECK(it.injected == 0);
    }
    CHECK(dialog.isVisible());
    CHECK_FALSE(dialog.findChild<QProgressBar*>()->isVisible());
    CHECK(says(dialog, "gdb is needed to reach it"));
    dialog.refresh();
    CHECK(says(dialog, "gdb is needed to reach it"));
    CHECK(buttonNamed(dialog, "Inject...")->isEnabled());
}

TEST_CASE("A dialog that is closed while code is being run lets that go on") {
    OnePython it;
    {
        AttachDialog dialog(it.services);
        dialog.show();
        QTest::mouseClick(buttonNamed(*asked(dialog), "Inject"), Qt::LeftButton);
        QTest::mouseClick(buttonNamed(dialog, "Cancel"), Qt::LeftButton);
        CHECK_FALSE(dialog.isVisible());
        CHECK(dialog.pid() == 0);
    }
    REQUIRE(it.end);
    it.end({});  // nobody is there to hear it
}

TEST_CASE("A pid that is in no list is told why, other words only that they fit nothing") {
    OnePython it;
    const AttachDialog dialog(it.services);
    auto* filter = dialog.findChild<QLineEdit*>();
    QTest::keyClicks(filter, "4711");
    CHECK(says(dialog, "Process 4711 is none of these: there is no process 4711"));
    filter->clear();
    QTest::keyClicks(filter, "nobody");
    CHECK(says(dialog, "None fits the filter."));
}

TEST_CASE("Without programs the dialog says how each kind of them is made to be seen") {
    const WindowServices services;
    const AttachDialog dialog(services);
    CHECK(says(dialog, "awaitscope run -- python3 app.py"));
    CHECK(says(dialog, "AWAITSCOPE=1 once \"awaitscope python install\" was run"));
}
