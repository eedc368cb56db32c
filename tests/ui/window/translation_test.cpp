// SPDX-License-Identifier: GPL-3.0-or-later
#include <QLabel>
#include <QPushButton>
#include <QTranslator>

#include "tests/ui/window/open_window.hpp"
#include "ui/window/course_list.hpp"

using namespace awaitscope::test;

TEST_CASE("With a translator the window speaks German") {
    QTranslator german;
    REQUIRE(german.load(QLocale("de_DE"), "awaitscope", "_", ":/translations"));
    QCoreApplication::installTranslator(&german);
    {
        OpenWindow it;
        CHECK(it.window->actions().run->text() == "Lauf");
        CHECK(it.window->actions().nextOutput->text() == "Nächste Ausgabe");
        CHECK(it.window->findChild<QLabel*>("cursorEvent")->text() == "Ereignis 0 von 21");
        CHECK(awaitscope::ui::CourseList().findChild<QPushButton*>("courseGoOn")->text() == "Beginnen");
    }
    QCoreApplication::removeTranslator(&german);
}
