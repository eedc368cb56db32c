// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/workspace.hpp"

#include <QMenu>
#include <QSettings>
#include <algorithm>

#include "ui/panels/source_panel.hpp"
#include "ui/scenario/scenario_catalog.hpp"
#include "ui/scenario/story_panel.hpp"
#include "ui/timeline/timeline_view.hpp"
#include "ui/window/panel_dock.hpp"
#include "ui/window/theme.hpp"

namespace awaitscope::ui {
namespace {

constexpr int layout_version = 1;

/// The catalogue's entry of a scenario, or nothing for a source that is none.
std::optional<ScenarioEntry> scenarioNamed(const QString& name) {
    if (name.isEmpty()) return std::nullopt;
    for (ScenarioEntry& entry : scenarioCatalog())
        if (entry.name == name) return std::move(entry);
    return std::nullopt;
}

/// The timeline's colours in a theme: its own for the ground it was made for, with the theme's where both name one.
TimelineStyle timelineStyle(const Theme& theme) {
    TimelineStyle style = theme.isDark() ? TimelineStyle::dark() : TimelineStyle::light();
    style.background = theme.color("window");
    style.raised = theme.color("raised");
    style.line = theme.color("row_line");
    style.grid = theme.color("line");
    style.text = theme.color("text");
    style.text_dim = theme.color("text_soft");
    style.text_faint = theme.color("text_faint");
    style.selected_row = theme.color("selection");
    style.chip = theme.color("chip");
    style.accent = theme.color("accent");
    style.cursor = theme.color("cursor");
    style.running = theme.color("running");
    style.ready = theme.color("ready");
    style.finished = theme.color("finished");
    style.cancelled = theme.color("cancelled");
    style.failed = theme.color("failed");
    return style;
}

}  // namespace

Workspace::Workspace(std::unique_ptr<EventSource> source, SourceDescription description, QWidget* parent)
    : DockHost(parent),
      description_(std::move(description)),
      session_(std::make_unique<TraceSession>(std::move(source))),
      view_(std::make_unique<ViewState>()),
      follow_(std::make_unique<FollowLive>(*session_, *view_)),
      stepper_(std::make_unique<Stepper>(*session_, *view_)) {
    // A scenario is walked from its beginning; anything else is first seen where it is now.
    if (!description_.scenario.isEmpty()) view_->setFollowing(false);
    buildPanels();
    connect(&ThemeSwitch::instance(), &ThemeSwitch::changed, this, &Workspace::applyTheme);
    applyTheme();
}

Workspace::~Workspace() {
    // Panels refer to session and view, which as members would go before them.
    for (PanelDock* dock : docks()) {
        dock->removeEventFilter(this);
        delete dock;
    }
}

PanelDock* Workspace::addPanel(const QString& key, const QString& title, QWidget* panel, const QString& about,
                               QWidget* title_content, QWidget* extra) {
    auto* dock = new PanelDock({key, title, about, title_content, extra}, panel, this);
    add(dock);
    return dock;
}

void Workspace::buildPanels() {
    SourcePanel::Programs programs;
    if (auto scenario = scenarioNamed(description_.scenario)) {
        programs = {scenario->program, scenario->twin};
        story_ = new StoryPanel(std::move(scenario->story), *session_, *view_);
        addPanel("story", tr("Story"), story_, StoryPanel::about());
        connect(story_, &StoryPanel::anotherWanted, this, &Workspace::anotherScenarioWanted);
    }
    timeline_ = new TimelineView(*view_);
    timeline_->setSession(session_.get());
    timeline_->setEmptyText(tr("Nothing has happened yet. Tasks appear here as soon as the program's loop runs."));
    connect(timeline_, &TimelineView::stepRequested, this, [this](int steps) {
        if (steps < 0)
            stepper_->stepBack();
        else
            stepper_->step();
    });
    addPanel(
        "timeline", tr("Timeline"), timeline_,
        tr("A track for each task: when it ran, was ready to run, or waited, and what for. The line is the cursor, "
           "which all panels share; what comes after it is dimmed."));
    source_ = new SourcePanel(*session_, *view_, programs);
    addPanel("source", tr("Source"), source_, SourcePanel::about(), source_->languageTabs());
}

void Workspace::fit() {
    timeline_->fit();
}

void Workspace::resetLayout() {
    for (PanelDock* dock : docks()) {
        dock->setFloating(false);
        removeDockWidget(dock);
    }
    const struct {
        Qt::DockWidgetArea area;
        std::vector<const char*> tabs;
    } groups[] = {{Qt::LeftDockWidgetArea, {"story", "output"}},
                  {Qt::LeftDockWidgetArea, {"source"}},
                  {Qt::TopDockWidgetArea, {"timeline", "charts"}},
                  {Qt::BottomDockWidgetArea, {"loop", "tasks", "events"}},
                  {Qt::RightDockWidgetArea, {"selection"}}};
    for (const auto& group : groups) {
        PanelDock* front = nullptr;
        for (const char* key : group.tabs) {
            PanelDock* dock = this->dock(key);
            if (!dock) continue;
            if (front)
                tabifyDockWidget(front, dock);
            else
                addDockWidget(group.area, front = dock,
                              group.area == Qt::LeftDockWidgetArea ? Qt::Vertical : Qt::Horizontal);
            dock->show();
        }
        if (front) front->raise();
    }
    giveSizes();
    tidy();
}

void Workspace::giveSizes() {
    const int left = std::clamp(width() * 22 / 100, 270, 420);
    const int right = std::clamp(width() * 19 / 100, 230, 370);
    const int top = height() * 56 / 100;
    const auto give = [this](std::initializer_list<std::pair<const char*, int>> sizes, Qt::Orientation orientation) {
        QList<QDockWidget*> docks;
        QList<int> lengths;
        for (const auto& [key, length] : sizes)
            if (PanelDock* dock = this->dock(key)) docks << dock, lengths << length;
        resizeDocks(docks, lengths, orientation);
    };
    give({{story_ ? "story" : "output", left}, {"selection", right}}, Qt::Horizontal);
    give({{"timeline", top}, {"loop", height() - top}}, Qt::Vertical);
    give({{story_ ? "story" : "output", top}, {"source", height() - top}}, Qt::Vertical);
}

QString Workspace::layoutKey() const {
    return story_ ? "layout/scenario" : "layout/trace";
}

void Workspace::restoreLayout() {
    resetLayout();
    const QByteArray state = QSettings().value(layoutKey()).toByteArray();
    if (!state.isEmpty() && !restoreState(state, layout_version)) resetLayout();
    tidy();
}

void Workspace::saveLayout() const {
    QSettings().setValue(layoutKey(), saveState(layout_version));
}

void Workspace::fillViewMenu(QMenu* menu) const {
    for (const PanelDock* dock : docks()) menu->addAction(dock->toggleViewAction());
}

void Workspace::showPanel(const QString& key) {
    if (PanelDock* wanted = dock(key)) {
        wanted->show();
        wanted->raise();
    }
}

void Workspace::applyTheme() {
    const Theme& theme = ThemeSwitch::instance().theme();
    timeline_->setTimelineStyle(timelineStyle(theme));
    source_->setPanelStyle(theme.panelStyle());
}

}  // namespace awaitscope::ui
