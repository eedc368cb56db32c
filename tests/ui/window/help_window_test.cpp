// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/help_window.hpp"

#include <QLineEdit>
#include <QListWidget>
#include <QSignalSpy>
#include <QTextBlock>
#include <QTextBrowser>
#include <set>

#include "tests/ui/window/open_window.hpp"
#include "ui/scenario/question_card.hpp"
#include "ui/scenario/story_text.hpp"

using namespace awaitscope::ui;
using awaitscope::test::OpenWindow;

TEST_CASE("F1 opens the manual at the page on the window, once") {
    OpenWindow it;
    it.key(Qt::Key_F1);
    auto* help = it.window->findChild<HelpWindow*>();
    REQUIRE(help);
    CHECK(help->findChild<QTextBrowser*>()->toPlainText().contains("One cursor, the red line"));
    it.window->actions().help->trigger();
    CHECK(it.window->findChildren<HelpWindow*>().size() == 1);
}

TEST_CASE("Every page of the manual can be read, and its links lead to pages that are there") {
    QWidget parent;
    HelpWindow* help = HelpWindow::open(&parent);
    auto* text = help->findChild<QTextBrowser*>();
    auto* list = help->findChild<QListWidget*>();
    REQUIRE(list->count() > 5);
    CHECK(HelpWindow::pages().first() == "window.md");
    for (int row = 0; row < list->count(); ++row) {
        list->setCurrentRow(row);
        INFO(list->item(row)->text().toStdString());
        CHECK(text->toPlainText().size() > 200);
        CHECK_FALSE(list->item(row)->text().endsWith(".md"));
    }
    help->showPage("reference/README.md");
    emit text->anchorClicked(QUrl("tasks.md"));
    CHECK(list->currentItem()->data(Qt::UserRole) == "reference/tasks.md");
}

TEST_CASE("The manual goes from what everybody needs to what few do") {
    const QStringList pages = HelpWindow::pages();
    const auto place = [&](const char* page) {
        INFO(page);
        REQUIRE(pages.contains(page));
        return pages.indexOf(page);
    };
    CHECK(place("window.md") < place("words.md"));
    CHECK(place("from-python.md") < place("reference/README.md"));
    CHECK(place("reference/README.md") < place("reference/tasks.md"));
    CHECK(place("reference/tasks.md") < place("asio.md"));
    CHECK(place("asio.md") < place("c-abi.md"));
}

TEST_CASE("The manual is searched: pages that hold it stay listed, and Return goes through all its places") {
    QWidget parent;
    HelpWindow* help = HelpWindow::open(&parent);
    auto* text = help->findChild<QTextBrowser*>();
    auto* list = help->findChild<QListWidget*>();
    const auto listed = [&] {
        QStringList pages;
        for (int row = 0; row < list->count(); ++row)
            if (!list->item(row)->isHidden()) pages << list->item(row)->data(Qt::UserRole).toString();
        return pages;
    };
    const QStringList all = listed();
    help->activateWindow();
    REQUIRE(QTest::qWaitForWindowActive(help));
    QTest::keyClick(help, Qt::Key_Slash);
    CHECK(help->searchField()->hasFocus());
    QTest::keyClicks(help->searchField(), "LD_PRELOAD and the like, nowhere told");
    CHECK(listed().isEmpty());
    help->searchField()->selectAll();
    QTest::keyClicks(help->searchField(), "blocked-LOOP");
    const QStringList found = listed();
    REQUIRE(found.contains("report.md"));
    CHECK(found.size() < all.size());
    CHECK(text->textCursor().selectedText() == "blocked-loop");
    std::set<QString> seen;
    for (int i = 0; i < 20; ++i) {
        seen.insert(list->currentItem()->data(Qt::UserRole).toString());
        CHECK(text->textCursor().selectedText() == "blocked-loop");
        QTest::keyClick(help->searchField(), Qt::Key_Return);
    }
    CHECK(seen == std::set<QString>(found.begin(), found.end()));
    help->searchField()->clear();
    CHECK(listed() == all);
}

TEST_CASE("A word of a story opens where it is explained, by the mouse and by keys") {
    StoryText story;
    story.resize(300, 100);
    story.tell(storyRichText("The **loop** runs the ready queue."));
    story.show();
    story.activateWindow();
    const QSignalSpy chosen(&story, &StoryText::wordChosen);
    story.setFocus();
    QTest::keyClick(&story, Qt::Key_Tab);
    QTest::keyClick(&story, Qt::Key_Return);
    REQUIRE(chosen.count() == 1);
    CHECK(chosen[0][0].toString() == "loop");
    QTextCursor at = story.document()->find("queue");
    at.setPosition(at.selectionStart() + 2);
    QTest::mouseClick(story.viewport(), Qt::LeftButton, {}, story.cursorRect(at).center());
    REQUIRE(chosen.count() == 2);
    CHECK(chosen[1][0].toString() == "ready queue");

    QWidget parent;
    HelpWindow* help = HelpWindow::open(&parent);
    const auto* text = help->findChild<QTextBrowser*>();
    for (const auto& [word, begins] : {std::pair("loop", "Loop"), std::pair("ready depth", "Ready queue")}) {
        help->showWord(word);
        CHECK(text->textCursor().block().text().startsWith(begins));
        CHECK(text->viewport()->rect().contains(text->cursorRect()));
    }
    for (const QString& page : HelpWindow::pages()) CHECK_FALSE(page.contains(".de."));
}
