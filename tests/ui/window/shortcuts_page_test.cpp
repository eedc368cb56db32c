// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/shortcuts_page.hpp"

#include <QLabel>
#include <set>

#include "tests/ui/window/open_window.hpp"

using namespace awaitscope::ui;
using awaitscope::test::OpenWindow;

namespace {

/// What stands on the page's keys.
std::multiset<QString> capsOf(const ShortcutsPage& page) {
    std::multiset<QString> caps;
    for (const QLabel* label : page.findChildren<QLabel*>())
        if (label->property("class") == "key") caps.insert(label->text());
    return caps;
}

}  // namespace

TEST_CASE("The page of keys tells the first key of every command once, each gesture once, and nothing else") {
    OpenWindow it;
    const auto caps = capsOf(ShortcutsPage(it.window->actions()));
    std::set<QString> wanted;
    for (const QAction* action : it.window->actions().all() + it.workspace().timeline()->commands())
        if (!action->shortcut().isEmpty()) wanted.insert(ShortcutsPage::caps(action->shortcut()));
    CHECK(wanted.size() > 50);
    for (const Gesture& gesture : TimelineView::gestures()) wanted.insert(gesture.how);
    for (const QString& cap : wanted) {
        INFO(cap.toStdString());
        CHECK(caps.count(cap) == 1);
    }
    for (const QString& cap : caps) {
        INFO(cap.toStdString());
        CHECK(wanted.contains(cap));
    }
}

TEST_CASE("Whatever key the timeline leaves to the window is a command of the window's") {
    OpenWindow it;
    std::set<QString> window;
    for (const QAction* action : it.window->actions().all())
        for (const QKeySequence& keys : action->shortcuts()) window.insert(keys.toString());
    int left = 0;
    for (const KeyRow& row : TimelineView::keyRows())
        for (const KeyCommand& command : row.commands)
            for (const QKeySequence& keys : command.keys) {
                if (!row.words.isEmpty()) continue;
                INFO(keys.toString().toStdString());
                CHECK(window.contains(keys.toString()));
                ++left;
            }
    CHECK(left > 8);
}

TEST_CASE("The page of keys has room in the smallest window, and scrolls") {
    OpenWindow it;
    it.window->resize(1280, 720);
    ShortcutsPage page(it.window->actions(), it.window.get());
    CHECK(page.sizeHint().width() <= 1280);
    CHECK(page.sizeHint().height() <= 720);
}
