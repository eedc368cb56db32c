// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/dock_host.hpp"

#include <QCoreApplication>
#include <QEvent>
#include <QStyle>
#include <QTabBar>
#include <QTimer>
#include <algorithm>

#include "ui/window/panel_dock.hpp"

namespace awaitscope::ui {
namespace {

/// Where it is not yet so: each of these asks for a new layout even when nothing changes, and a layout comes back here.
void setUp(QTabBar* bar) {
    if (bar->expanding()) bar->setExpanding(false);
    if (bar->drawBase()) bar->setDrawBase(false);
    if (bar->elideMode() != Qt::ElideNone) bar->setElideMode(Qt::ElideNone);
    if (!bar->usesScrollButtons()) bar->setUsesScrollButtons(true);
}
constexpr int tabs_gap = 12;    ///< between the last tab and what stands at the right end of the row
constexpr int tight_saves = 8;  ///< of a tab's width: see the style sheet

/// How much of its row the tabs take, wherever they are scrolled to.
int tabsWidth(const QTabBar& bar) {
    return bar.count() ? bar.tabRect(bar.count() - 1).right() - bar.tabRect(0).left() + tabs_gap : 0;
}

/// Tabs move together where what stands beside them needs the room, and not otherwise.
void setTight(QTabBar& bar, int needed) {
    const bool is_tight = bar.property("tight").toBool();
    const bool tight = tabsWidth(bar) + (is_tight ? bar.count() * tight_saves : 0) + needed > bar.width();
    if (tight == is_tight) return;
    bar.setProperty("tight", tight);
    QEvent changed(QEvent::StyleChange);
    bar.style()->unpolish(&bar);
    bar.style()->polish(&bar);
    QCoreApplication::sendEvent(&bar, &changed);
}

}  // namespace

DockHost::DockHost(QWidget* parent) : QMainWindow(parent) {
    setWindowFlags(Qt::Widget);
    setDockOptions(AllowNestedDocks | AllowTabbedDocks | AnimatedDocks);
    setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    setCorner(Qt::TopLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::TopRightCorner, Qt::RightDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
}

void DockHost::add(PanelDock* dock) {
    docks_.push_back(dock);
    dock->installEventFilter(this);
    connect(dock, &QDockWidget::topLevelChanged, this, &DockHost::tidyLater);
    connect(dock, &QDockWidget::dockLocationChanged, this, &DockHost::tidyLater);
    connect(dock, &QDockWidget::visibilityChanged, this, &DockHost::tidyLater);
}

PanelDock* DockHost::dock(const QString& key) const {
    return findChild<PanelDock*>("dock:" + key);
}

void DockHost::tidyLater() {
    if (tidying_later_) return;
    tidying_later_ = true;
    QTimer::singleShot(0, this, [this] {
        tidying_later_ = false;
        tidy();
    });
}

void DockHost::tidy() {
    const auto bars = findChildren<QTabBar*>(QString(), Qt::FindDirectChildrenOnly);
    for (QTabBar* bar : bars) setUp(bar);
    for (PanelDock* dock : docks_) {
        bool tabbed = false;
        if (!dock->isFloating())
            for (const QDockWidget* other : tabifiedDockWidgets(dock)) tabbed = tabbed || !other->isHidden();
        const bool on_screen = dock->isShown() && !dock->isHidden() && !dock->isFloating();
        dock->tools()->setVisible(on_screen);
        if (!on_screen) {
            dock->setTabbed(tabbed, dock->isCrowded());
            continue;
        }
        const QRect place = dock->geometry();
        QRect row(place.left(), place.top(), place.width(), 34);
        int used = 110;
        bool crowded = false;
        if (tabbed)
            for (QTabBar* bar : bars)
                if (bar->isVisible() && bar->geometry().bottom() + 1 == place.top() &&
                    bar->geometry().left() == place.left()) {
                    // As the most demanding of them needs it: tabs that are chosen must not move.
                    int needed = dock->tools()->needed();
                    for (QDockWidget* other : tabifiedDockWidgets(dock))
                        if (const auto* panel = qobject_cast<PanelDock*>(other))
                            needed = std::max(needed, panel->tools()->needed());
                    setTight(*bar, needed);
                    const int tabs = tabsWidth(*bar);
                    crowded = dock->tools()->needed() > bar->width() - tabs;
                    if (crowded) continue;  // a row of its own, below the tabs
                    row = bar->geometry();
                    used = tabs;
                }
        if (crowded) used = 0;
        dock->setTabbed(tabbed, crowded);
        dock->tools()->place(row, row.width() - used);
    }
}

bool DockHost::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
        case QEvent::Move:
        case QEvent::Resize:
        case QEvent::Show:
        case QEvent::Hide:
            tidyLater();
            break;
        default:
            break;
    }
    return QMainWindow::eventFilter(watched, event);
}

bool DockHost::event(QEvent* event) {
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Resize ||
        event->type() == QEvent::StyleChange)
        tidyLater();
    return QMainWindow::event(event);
}

}  // namespace awaitscope::ui
