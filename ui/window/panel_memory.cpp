// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/panel_memory.hpp"

#include <QAbstractButton>
#include <QAction>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QTabBar>

#include "ui/window/dock_host.hpp"
#include "ui/window/panel_dock.hpp"

namespace awaitscope::ui {
namespace {

/// Calls with each widget of a kind in the panels, and with a name for it that is the same in panels made alike.
template <class Widget, class Use>
void forEach(const DockHost& host, Use&& use) {
    for (const PanelDock* dock : host.docks()) {
        QList<Widget*> found = dock->findChildren<Widget*>();
        found += dock->tools()->findChildren<Widget*>();  // a title row's tools are not the dock's children
        for (qsizetype i = 0; i < found.size(); ++i)
            use(*found[i],
                QStringLiteral("%1/%2/%3").arg(dock->objectName(), Widget::staticMetaObject.className()).arg(i));
    }
}

/// Each sort of thing that is kept: how it is read, how it is set.
template <class Use>
void forAll(const DockHost& host, Use&& use) {
    forEach<QLineEdit>(host, [&](QLineEdit& line, const QString& name) {
        use(name, line.text(), [&](const QVariant& text) { line.setText(text.toString()); });
    });
    forEach<QTabBar>(host, [&](QTabBar& tabs, const QString& name) {
        use(name, tabs.currentIndex(), [&](const QVariant& index) { tabs.setCurrentIndex(index.toInt()); });
    });
    forEach<QAbstractButton>(host, [&](QAbstractButton& button, const QString& name) {
        if (button.isCheckable())
            use(name, button.isChecked(), [&](const QVariant& on) { button.setChecked(on.toBool()); });
    });
    forEach<QMenu>(host, [&](QMenu& menu, const QString& name) {
        const QList<QAction*> actions = menu.actions();
        for (qsizetype i = 0; i < actions.size(); ++i) {
            QAction* action = actions[i];
            if (action->isCheckable())
                use(QStringLiteral("%1/%2").arg(name).arg(i), action->isChecked(), [action](const QVariant& on) {
                    if (action->isChecked() != on.toBool()) action->trigger();  // the menu tells who listens
                });
        }
    });
    forEach<QHeaderView>(host, [&](QHeaderView& header, const QString& name) {
        use(name, header.saveState(), [&](const QVariant& state) { header.restoreState(state.toByteArray()); });
    });
}

}  // namespace

PanelMemory::PanelMemory(const DockHost& host) {
    forAll(host, [this](const QString& name, const QVariant& value, auto&&) { kept_.insert(name, value); });
}

void PanelMemory::restore(const DockHost& host) const {
    forAll(host, [this](const QString& name, const QVariant& value, auto&& set) {
        const auto kept = kept_.constFind(name);
        if (kept != kept_.constEnd() && *kept != value) set(*kept);
    });
}

}  // namespace awaitscope::ui
