// SPDX-License-Identifier: GPL-3.0-or-later
#include <QLabel>
#include <QPushButton>
#include <QTranslator>

#include "tests/ui/window/open_window.hpp"
#include "ui/model/finding_words.hpp"
#include "ui/model/loop_moment.hpp"
#include "ui/model/note_words.hpp"
#include "ui/model/selection_summary.hpp"
#include "ui/model/state_words.hpp"
#include "ui/scenario/scenario_catalog.hpp"
#include "ui/window/course_list.hpp"
#include "ui/window/shortcuts_page.hpp"

using namespace awaitscope;
using namespace awaitscope::test;
using namespace awaitscope::ui;

TEST_CASE("With a translator the window speaks German") {
    QTranslator german;
    REQUIRE(german.load(QLocale("de_DE"), "awaitscope", "_", ":/translations"));
    QCoreApplication::installTranslator(&german);
    {
        OpenWindow it;
        CHECK(it.window->actions().run->text() == "Lauf");
        CHECK(it.window->actions().nextOutput->text() == "Nächste Ausgabe");
        CHECK(it.window->findChild<QLabel*>("cursorEvent")->text() == "Ereignis 0 von 21");
        // Words of the model, which is no widget.
        const auto trace = it.window->workspace()->session().trace();
        const SelectionSummary summary = summarize(*trace, 0, 20);
        CHECK(summary.times.at(0).label == "läuft");
        CHECK(summary.created_by == "die Schleife");
        CHECK(stateWord(TaskState::cancelled) == "abgebrochen");
        CHECK(waitsForText(*trace, 0, 5) == "Task Task A");
        CHECK(waitsForText(*trace, 1, 10) == "sleep 994 ms");
        CHECK(queuePlaceText(0) == "1. in der Schlange");
        CHECK(queuePlaceText(1) == "2. in der Schlange");
        CHECK(loopMoment(*trace, 20).phase.startsWith("Runde "));
        CHECK(awaitscope::ui::scenarioCatalog().front().story.title == "Hallo, eine Sekunde, Welt");
        it.window->resize(1280, 720);
        CHECK(ShortcutsPage(it.window->actions(), it.window.get()).sizeHint().width() <= 1280);
        CHECK(
            noteText(
                "process 7 was killed by signal 9 (Killed); its last events are here. x.awaitscope ends in mid-chunk; "
                "the 12 events before are here") ==
            "Prozess 7 wurde durch Signal 9 (Killed) beendet; seine letzten Ereignisse sind hier. x.awaitscope endet "
            "mitten in einem Stück; die 12 Ereignisse davor sind hier");
        CHECK(noteText("that was all") == "that was all");
        CHECK(awaitscope::ui::CourseList().findChild<QPushButton*>("courseGoOn")->text() == "Beginnen");
    }
    QCoreApplication::removeTranslator(&german);
    CHECK(awaitscope::ui::scenarioCatalog().front().story.title == "Hello, a second, world");
}

TEST_CASE("A name too long for the bar costs the event's number and its own middle, never the time") {
    SourceDescription description;
    description.name = QString(200, 'x') + "end";
    OpenWindow it({}, std::move(description));
    it.window->resize(1280, 720);
    QCoreApplication::processEvents();
    const auto* time = it.window->findChild<QLabel*>("cursorTime");
    CHECK(time->isVisible());
    CHECK(time->width() >= time->sizeHint().width());
    CHECK_FALSE(it.window->findChild<QLabel*>("cursorEvent")->isVisible());
    const auto* name = it.window->findChild<QLabel*>("sourceName");
    CHECK(name->text().endsWith("end"));
    CHECK(name->width() < 640);
}

TEST_CASE("With a translator a finding speaks German, in English it has a form for one") {
    const auto items = [](std::uint64_t count) {
        return Sentence::counted(count, "%Ln item", phrase_n("Finding", "%Ln items"));
    };
    const auto holds = [&](std::uint64_t count) {
        return sentenceText(Sentence::of(phrase("Finding", "%1 holds %2: it grew from %3 in %4 and has no bound."),
                                         Sentence::of(phrase("Finding", "queue %1"), "%2"), items(count), "4", "2 s"));
    };
    CHECK(holds(1) == "queue %2 holds 1 item: it grew from 4 in 2 s and has no bound.");
    CHECK(holds(2) == "queue %2 holds 2 items: it grew from 4 in 2 s and has no bound.");
    CHECK(severityWord(Severity::error) == "Error");
    QTranslator german;
    REQUIRE(german.load(QLocale("de_DE"), "awaitscope", "_", ":/translations"));
    QCoreApplication::installTranslator(&german);
    CHECK(holds(1) == "Warteschlange %2 hält 1 Element: sie wuchs von 4 in 2 s und hat keine Grenze.");
    CHECK(holds(2) == "Warteschlange %2 hält 2 Elemente: sie wuchs von 4 in 2 s und hat keine Grenze.");
    CHECK(phraseText(info_of(FindingKind::deadlock).title) == "Verklemmung");
    QCoreApplication::removeTranslator(&german);
}
