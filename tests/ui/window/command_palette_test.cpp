// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/command_palette.hpp"

#include <QAction>
#include <QLineEdit>
#include <QListWidget>
#include <QPointer>
#include <QTest>
#include <catch2/catch.hpp>

using namespace awaitscope::ui;

TEST_CASE("The palette finds a command by some of its letters, and runs it after it has gone") {
    QWidget parent;
    parent.resize(800, 600);
    parent.show();
    QAction step("Step back", &parent), fit("Fit", &parent), off("Switched off", &parent);
    off.setEnabled(false);
    bool stepped = false;
    QPointer<CommandPalette> palette = CommandPalette::open(&parent, commandsOf({&step, &fit, &off}, {}));
    QObject::connect(&step, &QAction::triggered, [&] { stepped = true; });
    auto* list = palette->findChild<QListWidget*>();
    auto* filter = palette->findChild<QLineEdit*>();
    CHECK(list->count() == 2);
    QTest::keyClick(filter, Qt::Key_Down);
    CHECK(list->currentRow() == 1);
    QTest::keyClicks(filter, "sb");
    REQUIRE(list->count() == 1);
    QTest::keyClick(filter, Qt::Key_Return);
    REQUIRE(QTest::qWaitFor([&] { return stepped; }));
    CHECK(palette.isNull());
}

TEST_CASE("Escape closes the palette and runs nothing") {
    QWidget parent;
    parent.resize(800, 600);
    parent.show();
    QAction fit("Fit", &parent);
    bool fitted = false;
    QObject::connect(&fit, &QAction::triggered, [&] { fitted = true; });
    QPointer<CommandPalette> palette = CommandPalette::open(&parent, commandsOf({&fit}, {}));
    QTest::keyClick(palette->findChild<QLineEdit*>(), Qt::Key_Escape);
    REQUIRE(QTest::qWaitFor([&] { return palette.isNull(); }));
    CHECK_FALSE(fitted);
}
