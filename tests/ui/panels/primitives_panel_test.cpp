// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/primitives_panel.hpp"

#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QTableView>

#include "tests/ui/panels/read_session.hpp"
#include "ui/model/primitive_words.hpp"
#include "ui/model/state_words.hpp"
#include "ui/panels/chip.hpp"
#include "ui/panels/figure_table.hpp"
#include "ui/panels/filter_field.hpp"
#include "ui/panels/primitive_details.hpp"
#include "ui/panels/sparkline.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;
using awaitscope::test::ReadSession;

namespace {

/// Ann holds a lock that Bob and Cem wait for; Dan puts into a queue of two until it is full; a semaphore of one.
const char* const shop = R"(
0.000 task_created 1 name=Ann
0.000 task_created 2 name=Bob
0.000 task_created 3 name=Cem
0.000 task_created 4 name=Dan
0.001 sync_created object=10 kind=lock name=till
0.002 sync_acquired 1 object=10 kind=lock
0.003 task_running 2
0.003 sync_wait 2 object=10 kind=lock
0.003 task_suspended 2 on=lock object=10
0.004 task_running 3
0.004 sync_wait 3 object=10 kind=lock
0.004 task_suspended 3 on=lock object=10
0.005 task_running 4
0.006 sync_created object=11 kind=queue name=orders
0.006 queue_put 4 object=11 size=1 maxsize=2
0.008 queue_put 4 object=11 size=2 maxsize=2
0.009 task_suspended 4 on=queue_put object=11
0.010 task_running 1
0.010 queue_get 1 object=11 size=1 maxsize=2
0.011 sync_created object=12 kind=semaphore
0.011 sync_acquired 1 object=12 kind=semaphore
0.012 sync_wait 1 object=12 kind=semaphore
)";
constexpr EventIndex shop_count = 22, after_put = 16, at_end = 21;

struct Fixture : ReadSession {
    Fixture() : ReadSession(shop, shop_count) {
        panel.resize(900, 400);
        panel.show();
        QCoreApplication::processEvents();
    }
    void at(EventIndex cursor) {
        view.setCursor(cursor);
        panel.model().refresh();
    }
    void key(Qt::Key key) {
        panel.table()->setFocus();
        QCoreApplication::processEvents();
        QTest::keyClick(panel.table(), key);
    }
    std::string row(int at) {
        QStringList cells;
        for (int column = 0; column < PrimitiveTableModel::Level; ++column)
            cells << panel.model().index(at, column).data().toString();
        return cells.join('|').toStdString();
    }
    std::string chips() {
        QCoreApplication::processEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QStringList names;
        for (const Chip* chip : panel.details()->findChildren<Chip*>())
            if (!chip->isHidden()) names << chip->accessibleName();
        return names.join(", ").toStdString();
    }
    std::string last() {
        QStringList rows;
        for (const auto& row : panel.details()->findChild<FigureTable*>()->rows()) rows << row.cells.join(' ');
        return rows.join(", ").toStdString();
    }

    PrimitivesPanel panel{session, view};
};

}  // namespace

TEST_CASE("The table sorts by its columns, either way round, and goes back to the order of creation") {
    Fixture it;
    it.at(at_end);
    const auto names = [&] {
        QStringList all;
        for (int row = 0; row < it.panel.model().rowCount(); ++row)
            all << it.panel.model().index(row, PrimitiveTableModel::Name).data().toString();
        return all.join(' ');
    };
    const auto sorted = [&](int column, Qt::SortOrder order) {
        it.panel.table()->sortByColumn(column, order);
        it.panel.model().refresh();
        return names();
    };
    CHECK(names() == "till orders 12");
    CHECK(sorted(PrimitiveTableModel::Name, Qt::AscendingOrder) == "12 orders till");
    CHECK(sorted(PrimitiveTableModel::Name, Qt::DescendingOrder) == "till orders 12");
    CHECK(sorted(PrimitiveTableModel::Waiting, Qt::DescendingOrder).startsWith("till"));
    CHECK(sorted(PrimitiveTableModel::Kind, Qt::AscendingOrder) == "till orders 12");
    CHECK(sorted(PrimitiveTableModel::Kind, Qt::DescendingOrder) == "12 orders till");
    CHECK(sorted(-1, Qt::AscendingOrder) == "till orders 12");
}

TEST_CASE("The table says what is the case with each primitive at the cursor") {
    Fixture it;
    const QAbstractItemModelTester tester(&it.panel.model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    it.at(at_end);
    REQUIRE(it.panel.model().rowCount() == 3);
    CHECK(it.row(0) == "lock|till|held by Ann|2");
    CHECK(it.row(1) == "queue|orders|1 of 2|1");
    CHECK(it.row(2) == "semaphore|12|value 0|");
    it.at(after_put);
    REQUIRE(it.panel.model().rowCount() == 2);
    CHECK(it.row(1) == "queue|orders|full, 2 of 2|1");
    it.at(4);
    REQUIRE(it.panel.model().rowCount() == 1);
    CHECK(it.row(0) == "lock|till|free|");
    it.at(at_end);
    CHECK(it.panel.model().rowCount() == 3);
}

TEST_CASE("The chosen one shows its owner and its waiters in order, and a click on one selects the task") {
    Fixture it;
    it.at(at_end);
    it.panel.choose(10);
    CHECK(it.chips() == "Ann running, Bob 9.00 ms, Cem 8.00 ms");
    CHECK(it.last() == "acquired Ann, at 0.002 s");
    for (Chip* chip : it.panel.details()->findChildren<Chip*>())
        if (chip->name() == "Cem") QTest::mouseClick(chip, Qt::LeftButton);
    CHECK(it.view.selectedTask() == 2);
    it.panel.choose(11);
    CHECK(it.chips() == "Dan put, 3.00 ms");
}

TEST_CASE("What most wait for is chosen until the user chooses") {
    Fixture it;
    it.at(at_end);
    CHECK(it.panel.table()->currentIndex().row() == 0);
    it.key(Qt::Key_Down);
    CHECK(it.last() == "put Dan, at 0.008 s, got Ann, at 0.010 s");
    it.at(after_put);
    CHECK(it.panel.table()->currentIndex().row() == 1);
}

TEST_CASE("A link and Return go to where it last happened") {
    Fixture it;
    it.at(at_end);
    it.panel.choose(11);
    emit it.panel.details()->findChild<FigureTable*>()->linkClicked(1);
    CHECK(it.view.cursor() == 18);
    it.at(at_end);
    it.key(Qt::Key_Return);
    CHECK(it.view.cursor() == 15);
}

TEST_CASE("The filter narrows by name and by kind, and choosing what it hides clears it") {
    Fixture it;
    it.at(at_end);
    it.panel.filterField()->setText("ORD");
    it.panel.model().refresh();
    CHECK(it.panel.model().rowCount() == 1);
    CHECK(it.row(0) == "queue|orders|1 of 2|1");
    it.panel.filterField()->setText("semaphore");
    it.panel.model().refresh();
    CHECK(it.row(0) == "semaphore|12|value 0|");
    it.panel.filterField()->setText("nothing like that");
    it.panel.model().refresh();
    CHECK_FALSE(it.panel.table()->isVisible());
    it.panel.choose(10);
    it.panel.model().refresh();
    CHECK(it.panel.model().rowCount() == 3);
    CHECK(it.panel.table()->currentIndex().row() == 0);
}

TEST_CASE("A queue's level so far is drawn from the greatest of each stretch") {
    Fixture it;
    {
        const auto trace = it.session.trace();
        CHECK(levelHistory(*trace, 11, at_end, 4) == std::vector<std::uint32_t>{0, 0, 2, 2});
        CHECK(levelHistory(*trace, 11, at_end, 12).back() == 1);
        CHECK(levelHistory(*trace, 11, 3, 4) == std::vector<std::uint32_t>{0});
        CHECK(levelHistory(*trace, 11, no_event, 4).empty());
    }
    it.at(at_end);
    it.panel.choose(11);
    const auto* line = it.panel.details()->findChild<Sparkline*>();
    REQUIRE_FALSE(line->values().isEmpty());
    CHECK(line->values().last() == 1);
    CHECK(*std::ranges::max_element(line->values()) == 2);
    CHECK(line->accessibleDescription() == "greatest 2, now 1");
    it.panel.choose(10);
    CHECK_FALSE(line->isVisible());
}

TEST_CASE("While the panel is not seen it computes nothing, and before the first primitive it says what will fill it") {
    Fixture it;
    CHECK_FALSE(it.panel.table()->isVisible());
    it.panel.hide();
    it.view.setCursor(at_end);
    QCoreApplication::processEvents();
    CHECK(it.panel.model().rowCount() == 0);
    it.panel.show();
    CHECK(QTest::qWaitFor([&] { return it.panel.model().rowCount() == 3; }));
    CHECK(it.panel.table()->isVisible());
}

TEST_CASE("A primitive without a name is told by its number and its line, in the language that is in front") {
    ReadSession it(
        "0 task_created 1 name=Ann coro=sell file=shop.cpp line=3\n0 sync_created object=12 kind=lock\n"
        "1 sync_wait 1 object=12 kind=lock\n1 task_suspended 1 on=lock object=12 file=shop.cpp "
        "line=5\n",
        4);
    PrimitivesPanel panel(it.session, it.view);
    it.view.setCursor(3);
    const auto name = [&] {
        panel.model().refresh();
        return panel.model().index(0, PrimitiveTableModel::Name).data().toString().toStdString();
    };
    CHECK(name() == "12 (shop.cpp:5)");
    const QString cpp = "\n\nasyncio::Coroutine<> sell() {\n\n    co_await till.acquire();\n}\n";
    const QString python = "async def sell():\n    await till.acquire()\n";
    it.view.setPlaces(
        PlaceWords(std::make_shared<const TwinProgram>(TwinProgram{SourceTwin(cpp, python), "shop.cpp", "shop.py"})));
    CHECK(name() == "12 (shop.py:2)");
    const auto trace = it.session.trace();
    CHECK(waitsForText(*trace, 0, 3, it.view.places()) == "lock 12 (shop.py:2)");
}
