// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/output_model.hpp"

#include <QAbstractItemModelTester>
#include <catch2/catch.hpp>

#include "tests/ui/model/loaded_session.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;
using awaitscope::test::LoadedSession;

TEST_CASE("the output shows what was printed by the cursor") {
    LoadedSession loaded(R"(
        0 task_created 1 name=A
        1 output 1 text="Task A: factorial (2) = 2"
        2 task_suspended 1 on=yield
        3 output text="from a callback"
    )");
    OutputModel model(loaded.session, loaded.view);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    CHECK(model.rowCount() == 0);
    loaded.view.setCursor(1);
    REQUIRE(model.rowCount() == 1);
    const QModelIndex first = model.index(0);
    CHECK(first.data().toString() == "Task A: factorial (2) = 2");
    CHECK(first.data(OutputModel::EventRole).toULongLong() == 1);
    CHECK(first.data(OutputModel::TaskRole).toUInt() == 0);
    CHECK(first.data(OutputModel::TimeRole).toLongLong() == 1'000'000'000);
    CHECK(first.data(Qt::ToolTipRole).toString() == "A · 1.000 s");
    loaded.view.setCursor(3);
    REQUIRE(model.rowCount() == 2);
    CHECK(model.index(1).data(OutputModel::TaskRole).toUInt() == no_task);
    CHECK(model.index(1).data(Qt::ToolTipRole).toString() == "3.000 s");
    loaded.view.setCursor(2);
    CHECK(model.rowCount() == 1);
    loaded.view.setCursor(0);
    CHECK(model.rowCount() == 0);
    CHECK(reset.count() == 0);
}
