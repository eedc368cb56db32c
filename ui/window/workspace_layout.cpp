// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Workspace that says where panels stand, how large they are, and keeps how the user has moved them.
#include <QScopedValueRollback>
#include <QSettings>
#include <algorithm>

#include "ui/scenario/story_panel.hpp"
#include "ui/timeline/timeline_view.hpp"
#include "ui/window/panel_dock.hpp"
#include "ui/window/workspace.hpp"

namespace awaitscope::ui {
namespace {

constexpr int both_runs_height = 760;
constexpr int story_above_source_height = 800;
constexpr int layout_version = 4;  // another for each set of panels

}  // namespace

void Workspace::resetLayout() {
    const QScopedValueRollback laying_out(laying_out_, true);
    arranged_ = false;
    laid_out_ = layoutKey();
    for (PanelDock* dock : docks()) {
        dock->setFloating(false);
        removeDockWidget(dock);
    }
    // One area holds all, split as the columns and rows are: without a middle, Qt would share the width among areas
    // by itself. The first of each group makes the split, the others are its tabs.
    PanelDock* left = dock("story");
    PanelDock* middle = dock("timeline");
    addDockWidget(Qt::LeftDockWidgetArea, left ? left : middle);
    if (left) splitDockWidget(left, middle, Qt::Horizontal);
    if (storyStandsAlone()) {
        splitDockWidget(middle, dock("source"), Qt::Horizontal);
        tabifyDockWidget(dock("source"), dock("selection"));
    } else if (story_) {
        splitDockWidget(middle, dock("selection"), Qt::Horizontal);
        splitDockWidget(left, dock("source"), Qt::Vertical);
    } else {
        // Who looks for a culprit reads its lines: they get the width of a column, not of a corner.
        splitDockWidget(middle, dock("source"), Qt::Horizontal);
        splitDockWidget(dock("source"), dock("selection"), Qt::Vertical);
    }
    // Both runs one above the other; where there is no height for more, in the place of what else stands below.
    const bool own_row = expected_ && height() >= both_runs_height;
    if (own_row) splitDockWidget(middle, dock("expected"), Qt::Vertical);
    splitDockWidget(own_row ? dock("expected") : middle, dock("loop"), Qt::Vertical);
    if (expected_ && !own_row) tabifyDockWidget(dock("loop"), dock("expected"));
    const std::pair<PanelDock*, const char*> tabs[] = {
        {middle, "charts"},         {dock("loop"), "tasks"},
        {dock("loop"), "graph"},    {dock("loop"), "primitives"},
        {dock("loop"), "findings"}, {dock("loop"), "events"},
        {dock("loop"), "marks"},    {left ? left : dock("loop"), "output"}};
    for (const auto& [first, key] : tabs) tabifyDockWidget(first, dock(key));
    for (PanelDock* dock : docks()) dock->show();
    for (const char* key : {"story", "timeline", "loop", "source"})
        if (PanelDock* dock = this->dock(key)) dock->raise();
    if (story_) showExpected();
    giveSizes();
    tidy();
    timeline_->setFocus();
}

void Workspace::giveSizes() {
    const int left = story_ ? std::clamp(width() * (storyStandsAlone() ? 25 : 22) / 100, 270, 420) : 0;
    const int right = !story_ ? std::clamp(width() * 32 / 100, 268, 620)
                              : std::clamp(width() * (storyStandsAlone() ? 25 : 19) / 100, 268, 370);
    if (width() <= left + right) return;  // not laid out yet: showEvent() asks again
    const int top = height() * 56 / 100;
    const auto give = [this](std::initializer_list<std::pair<const char*, int>> sizes, Qt::Orientation orientation) {
        QList<QDockWidget*> docks;
        QList<int> lengths;
        for (const auto& [key, length] : sizes)
            if (PanelDock* dock = this->dock(key)) docks << dock, lengths << length;
        resizeDocks(docks, lengths, orientation);
    };
    give({{"story", left},
          {"timeline", width() - left - right},
          {story_ && !storyStandsAlone() ? "selection" : "source", right}},
         Qt::Horizontal);
    if (expected_ && !tabifiedDockWidgets(dock("loop")).contains(dock("expected")))
        give({{"timeline", height() * 37 / 100}, {"expected", height() * 31 / 100}, {"loop", height() * 32 / 100}},
             Qt::Vertical);
    else
        give({{"timeline", top}, {"loop", height() - top}}, Qt::Vertical);
    if (!story_)
        give({{"source", top}, {"selection", height() - top}}, Qt::Vertical);
    else if (!storyStandsAlone())
        give({{"story", top}, {"source", height() - top}}, Qt::Vertical);
}

/// Where the height is small, a story's question and all its answers take the left column, and the source the right
/// one.
bool Workspace::storyStandsAlone() const {
    return story_ && height() < story_above_source_height;
}

/// A layout made for a high screen leaves a story no room on a low one: each has its own.
QString Workspace::layoutKey() const {
    const QString key = expected_ ? "layout/variants" : story_ ? "layout/scenario" : "layout/trace";
    return storyStandsAlone() ? key + "-low" : key;
}

void Workspace::noteArranged(const PanelDock* dock) {
    const auto note = [this] { arranged_ = arranged_ || !laying_out_; };
    connect(dock, &QDockWidget::dockLocationChanged, this, note);
    connect(dock, &QDockWidget::topLevelChanged, this, note);
    connect(dock->toggleViewAction(), &QAction::triggered, this, note);
}

/// A window that becomes low, or high again, takes the layout for that, unless the user has made one.
void Workspace::fitLayout() {
    if (arranged_ || layoutKey() == laid_out_) return;
    restoreLayout();
    if (first_day_) giveSizes();
}

void Workspace::resizeEvent(QResizeEvent* event) {
    DockHost::resizeEvent(event);
    // Later: the docks are in the middle of being laid out.
    if (isVisible() && layoutKey() != laid_out_)
        QMetaObject::invokeMethod(this, &Workspace::fitLayout, Qt::QueuedConnection);
}

void Workspace::restoreLayout() {
    const QScopedValueRollback laying_out(laying_out_, true);
    resetLayout();
    const QByteArray state = QSettings().value(layoutKey()).toByteArray();
    first_day_ = state.isEmpty() || !restoreState(state, layout_version);
    if (first_day_ && !state.isEmpty()) resetLayout();
    if (story_) {
        showExpected();
        // What was in front when another story was left says nothing of this one.
        for (const char* key : {"timeline", "loop", "story"}) dock(key)->raise();
        if (story_->expectedDue()) showRunToldOf(true);
    }
    tidy();
}

void Workspace::showEvent(QShowEvent* event) {
    DockHost::showEvent(event);
    // Only now the size is known which the panels share.
    if (first_day_) giveSizes();
}

void Workspace::saveLayout() const {
    QSettings().setValue(layoutKey(), saveState(layout_version));
}

}  // namespace awaitscope::ui
