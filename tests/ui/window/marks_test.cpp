// SPDX-License-Identifier: GPL-3.0-or-later
// Marks and their notes: set by keys, listed, kept.
#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QTableView>

#include "tests/ui/window/open_window.hpp"
#include "ui/panels/marks_panel.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;
using awaitscope::test::OpenWindow;

namespace {

SourceDescription recording() {
    SourceDescription description;
    description.name = "demo";
    description.path = "/recordings/demo.awaitscope";
    return description;
}

QLineEdit* noteField(OpenWindow& it) {
    auto* popup = it.window->findChild<QWidget*>("notePopup");
    return popup ? popup->findChild<QLineEdit*>() : nullptr;
}

void mark(OpenWindow& it, EventIndex at, const char* note, Qt::Key end = Qt::Key_Return) {
    it.view().setCursor(at);
    it.key(Qt::Key_M);
    QLineEdit* field = noteField(it);
    REQUIRE(field);
    REQUIRE(field->hasFocus());
    QTest::keyClicks(field, note);
    QTest::keyClick(field, end);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    CHECK_FALSE(noteField(it));
}

QString cell(MarksPanel& panel, int row, int column) {
    return panel.model().index(row, column).data().toString();
}

}  // namespace

TEST_CASE("M marks the cursor and takes a note, and Escape leaves the mark without what was typed") {
    OpenWindow it;
    mark(it, 8, "A prints");
    mark(it, 14, "never mind", Qt::Key_Escape);
    CHECK(it.view().marks() == std::map<EventIndex, QString>{{8, "A prints"}, {14, ""}});
    mark(it, 14, "A goes on");
    CHECK(it.view().marks().at(14) == "A goes on");
    it.view().setCursor(8);
    it.key(Qt::Key_M, Qt::ShiftModifier);
    CHECK(it.view().marks() == std::map<EventIndex, QString>{{14, "A goes on"}});
}

TEST_CASE("The panel lists marks: keys go to them, edit their notes, remove them and copy them") {
    OpenWindow it;
    MarksPanel* panel = it.workspace().marks();
    const QAbstractItemModelTester tester(&panel->model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    it.view().setMark(14, "later");
    it.view().setMark(8, "first");
    it.workspace().showPanel("marks");
    QCoreApplication::processEvents();
    REQUIRE(panel->model().rowCount() == 2);
    CHECK(cell(*panel, 0, MarkTableModel::Time) == "0.005 s");
    CHECK(cell(*panel, 0, MarkTableModel::Event) == "output Task A");
    QTableView* table = panel->table();
    table->setFocus();
    table->setCurrentIndex(panel->model().index(1, 0));
    QTest::keyClick(table, Qt::Key_Return);
    CHECK(it.view().cursor() == 14);

    table->setCurrentIndex(panel->model().index(1, MarkTableModel::Note));
    QTest::keyClick(table, Qt::Key_F2);
    auto* editor = table->findChild<QLineEdit*>();
    REQUIRE(editor);
    editor->setText("much later");
    QTest::keyClick(editor, Qt::Key_Return);
    QCoreApplication::processEvents();
    CHECK(it.view().marks().at(14) == "much later");

    table->setFocus();
    table->clearSelection();
    it.window->actions().copyTable->trigger();
    CHECK(QApplication::clipboard()->text() ==
          "time\tafter\tnote\n0.005 s\toutput Task A\tfirst\n1.001 s\ttask_running Task A\tmuch later\n");

    table->setCurrentIndex(panel->model().index(0, 0));
    QTest::keyClick(table, Qt::Key_Delete);
    CHECK(it.view().marks().size() == 1);
}

TEST_CASE("The marks of a recording are there when it is opened again, and of no other") {
    OpenWindow it({}, recording());
    it.view().setMark(8, "A prints");
    it.view().setMark(20, "the end");
    it.view().removeMark(20);
    const auto reopened = [&](const SourceDescription& description) {
        it.window->open(test::text_source(test::two_tasks), description);
        REQUIRE(QTest::qWaitFor([&] { return it.session().ended(); }));
        return it.view().marks();
    };
    CHECK(reopened(recording()) == std::map<EventIndex, QString>{{8, "A prints"}});
    SourceDescription other = recording();
    other.path = "/recordings/other.awaitscope";
    CHECK(reopened(other).empty());
    SourceDescription process;
    process.name = "demo";
    CHECK(reopened(process).empty());
    CHECK(reopened(recording()).size() == 1);
}

TEST_CASE("A mark that this run does not reach is kept for the next") {
    OpenWindow it({}, recording());
    it.view().setMark(20, "the end");
    it.window->open(test::text_source("0 loop_started name=short\n0.0005 loop_stopped\n"), recording());
    REQUIRE(QTest::qWaitFor([&] { return it.session().ended(); }));
    CHECK(it.view().marks().empty());
    it.view().setMark(0, "begins");
    it.window->open(test::text_source(test::two_tasks), recording());
    REQUIRE(QTest::qWaitFor([&] { return it.session().ended() && it.view().marks().size() == 2; }));
    CHECK(it.view().marks().at(20) == "the end");
}
