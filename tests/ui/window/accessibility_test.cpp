// SPDX-License-Identifier: GPL-3.0-or-later
// What a screen reader is told of the window.
#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QAccessible>
#include <QTabBar>

#include "tests/ui/window/open_window.hpp"
#include "ui/window/welcome_page.hpp"

using namespace awaitscope::ui;
using awaitscope::test::OpenWindow;

namespace {

/// Where a widget stands, for whoever has to name it.
std::string path_of(const QWidget* widget) {
    QStringList names;
    for (; widget; widget = widget->parentWidget())
        names.prepend(QString("%1(%2)").arg(widget->metaObject()->className(), widget->objectName()));
    return names.join(" > ").toStdString();
}

/// What can be reached by keys, and has no name.
std::vector<std::string> nameless(const QWidget& window) {
    std::vector<std::string> found;
    for (QWidget* widget : window.findChildren<QWidget*>()) {
        if (widget->focusPolicy() == Qt::NoFocus || widget->isHidden() || !widget->isVisibleTo(&window) ||
            qobject_cast<QTabBar*>(widget))
            continue;
        // A scroll area that scrolls words only, or another widget's inside, is no place of its own.
        if (widget->objectName().startsWith("qt_") || widget->focusProxy()) continue;
        QAccessibleInterface* told = QAccessible::queryAccessibleInterface(widget);
        if (!told || told->text(QAccessible::Name).trimmed().isEmpty()) found.push_back(path_of(widget));
    }
    return found;
}

}  // namespace

TEST_CASE("Every widget of the window that keys can reach has a name for a screen reader") {
    OpenWindow it;
    for (const auto& widget : nameless(*it.window)) FAIL_CHECK(widget);
    CHECK(it.window->findChildren<QWidget*>().size() > 100);
}

TEST_CASE("Every widget of the welcome page has a name, too") {
    OpenWindow it;
    it.window->closeSource();
    for (const auto& widget : nameless(it.window->welcomePage())) FAIL_CHECK(widget);
    CHECK(it.window->welcomePage().findChildren<QWidget*>().size() > 100);
}

TEST_CASE("The timeline tells in words what it shows") {
    OpenWindow it;
    it.view().setCursor(7);
    it.view().setSelectedTask(1);
    QCoreApplication::processEvents();
    QAccessibleInterface* told = QAccessible::queryAccessibleInterface(it.workspace().timeline());
    REQUIRE(told);
    const QString words = told->text(QAccessible::Name) + told->text(QAccessible::Description) +
                          told->text(QAccessible::Value) + it.workspace().timeline()->description();
    CHECK(words.contains("Task A"));
}
