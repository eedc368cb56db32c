// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/workspace.hpp"

#include <QCoreApplication>
#include <QLineEdit>
#include <QMenu>
#include <algorithm>

#include "ui/charts/charts_panel.hpp"
#include "ui/graph/await_graph_panel.hpp"
#include "ui/model/finding_words.hpp"
#include "ui/model/format.hpp"
#include "ui/model/remembered_marks.hpp"
#include "ui/model/search_walk.hpp"
#include "ui/panels/events_panel.hpp"
#include "ui/panels/filter_field.hpp"
#include "ui/panels/findings_panel.hpp"
#include "ui/panels/loop_panel.hpp"
#include "ui/panels/marks_panel.hpp"
#include "ui/panels/output_panel.hpp"
#include "ui/panels/primitives_panel.hpp"
#include "ui/panels/selection_panel.hpp"
#include "ui/panels/source_panel.hpp"
#include "ui/panels/task_panel.hpp"
#include "ui/panels/when_seen.hpp"
#include "ui/scenario/scenario_catalog.hpp"
#include "ui/scenario/story_panel.hpp"
#include "ui/timeline/timeline_view.hpp"
#include "ui/window/expected_run.hpp"
#include "ui/window/legend.hpp"
#include "ui/window/panel_dock.hpp"
#include "ui/window/theme.hpp"
#include "ui/window/timeline_theme.hpp"

namespace awaitscope::ui {
namespace {

/// A scenario is walked from its beginning; anything else is first seen where it is now. Settled before anything
/// follows: the first events may be there already.
std::unique_ptr<ViewState> makeView(const SourceDescription& description) {
    auto view = std::make_unique<ViewState>();
    if (!description.scenario.isEmpty()) view->setFollowing(false);
    return view;
}

/// "Blocked loop, app.py:12, at 11.790 s".
QString latestText(const Trace& trace, const ShownFinding& shown) {
    const QString when = Workspace::tr("at %1").arg(formatTime(trace.time_at(shown.finding.events.back())));
    QStringList parts{phraseText(shown.info().title), shown.place, when};
    parts.removeAll(QString());
    return parts.join(QStringLiteral(", "));
}

}  // namespace

Workspace::Workspace(std::unique_ptr<TraceSession> session, SourceDescription description, QWidget* parent)
    : DockHost(parent),
      description_(std::move(description)),
      session_(std::move(session)),
      view_(makeView(description_)),
      follow_(std::make_unique<FollowLive>(*session_, *view_)),
      stepper_(std::make_unique<Stepper>(*session_, *view_)),
      search_(std::make_unique<SearchWalk>(*session_, *view_)),
      findings_watch_(std::make_unique<FindingsWatch>(*session_)) {
    const QString what = description_.path.isEmpty() ? description_.scenario : description_.path;
    if (!what.isEmpty()) remembered_marks_ = std::make_unique<RememberedMarks>(*session_, *view_, what);
    buildPanels();
    connect(&ThemeSwitch::instance(), &ThemeSwitch::changed, this, &Workspace::applyTheme);
    applyTheme();
}

Workspace::~Workspace() {
    takeDownPanels();
}

std::unique_ptr<TraceSession> Workspace::release() {
    takeDownPanels();
    remembered_marks_.reset();
    findings_watch_.reset();  // it keeps numbers, and may be looking
    search_.reset();
    stepper_.reset();
    follow_.reset();
    return std::move(session_);
}

void Workspace::takeDownPanels() {
    // Panels refer to session and view, which as members would go before them.
    for (PanelDock* dock : takeDocks()) {
        dock->removeEventFilter(this);
        delete dock;
    }
}

PanelDock* Workspace::addPanel(const QString& key, const QString& title, QWidget* panel, const QString& about,
                               QWidget* title_content, QWidget* extra) {
    auto* dock = new PanelDock({key, title, about, title_content, extra, extra && extra == legend_}, panel, this);
    add(dock);
    noteArranged(dock);
    return dock;
}

void Workspace::buildPanels() {
    SourcePanel::Programs programs;
    QString expected;
    if (auto scenario = scenarioNamed(description_.scenario)) {
        programs = {scenario->program, scenario->twin};
        expected = QString::fromStdString(scenario->story.expected);
        story_ =
            new StoryPanel(std::move(scenario->story), *session_, *view_, description_.scenario, description_.gate);
        addPanel("story", tr("Story"), story_, StoryPanel::about());
        connectStory();
    }
    output_ = new OutputPanel(*session_, *view_);
    addPanel("output", tr("Output"), output_, OutputPanel::about());
    source_ = new SourcePanel(*session_, *view_, programs);
    addPanel("source", tr("Source"), source_, SourcePanel::about(), source_->titleTools());
    buildTimeline();
    buildExpected(expected);
    charts_ = new ChartsPanel(*view_);
    charts_->setSession(session_.get());
    addPanel("charts", tr("Charts"), charts_, ChartsPanel::about());
    loop_ = new LoopPanel(*session_, *view_);
    loop_tasks_ = new TaskPanel(*session_, *view_, "loop tasks");
    loop_tasks_->filterField()->hide();
    loop_->setBelow(loop_tasks_);
    addPanel("loop", tr("Loop"), loop_, LoopPanel::about());
    tasks_ = new TaskPanel(*session_, *view_);
    addPanel("tasks", tr("Tasks"), tasks_, TaskPanel::about(), nullptr, tasks_->filterField());
    graph_ = new AwaitGraphPanel(*session_, *view_);
    addPanel("graph", tr("Await graph"), graph_, AwaitGraphPanel::about());
    connect(graph_, &AwaitGraphPanel::taskActivated, this, &Workspace::showLineOf);
    primitives_ = new PrimitivesPanel(*session_, *view_);
    addPanel("primitives", tr("Primitives"), primitives_, PrimitivesPanel::about(), nullptr,
             primitives_->filterField());
    connect(graph_, &AwaitGraphPanel::thingActivated, this, [this](Id object) {
        showPanel("primitives");
        primitives_->choose(object);
    });
    buildFindings();
    events_ = new EventsPanel(*session_, *view_);
    addPanel("events", tr("Events"), events_, EventsPanel::about(), nullptr, events_->filterBar());
    marks_ = new MarksPanel(*session_, *view_);
    addPanel("marks", tr("Marks"), marks_, MarksPanel::about());
    selection_ = new SelectionPanel(*session_, *view_);
    connect(selection_, &SelectionPanel::latestFindingWanted, this, [this] {
        showPanel("findings");
        findings_->goTo(latest_finding_);
    });
    addPanel("selection", tr("Selection"), selection_, SelectionPanel::about());
    for (TaskPanel* tasks : {loop_tasks_, tasks_})
        connect(tasks, &TaskPanel::taskActivated, timeline_, &TimelineView::zoomToTask);
}

void Workspace::connectStory() {
    connect(story_, &StoryPanel::anotherWanted, this, &Workspace::anotherScenarioWanted);
    connect(story_, &StoryPanel::againWanted, this, &Workspace::sameScenarioWanted);
    connect(story_, &StoryPanel::answerCame, &*stepper_, &Stepper::runTo);
    connect(story_, &StoryPanel::stepWanted, &*stepper_, &Stepper::pause);
    connect(story_, &StoryPanel::reminded, this, [this] { showPanel("story"); });
    connect(story_, &StoryPanel::wordWanted, this, &Workspace::wordWanted);
    connect(story_, &StoryPanel::expectedCame, this, &Workspace::showExpected);
    connect(story_, &StoryPanel::toldOf, this, &Workspace::showRunToldOf);
    connect(&*stepper_, &Stepper::walked, story_, &StoryPanel::follow);
    connect(&*stepper_, &Stepper::atEnd, story_, &StoryPanel::remind);
}

/// What people expect is shown when the story tells of it, not before.
void Workspace::showExpected() {
    if (!expected_) return;
    const bool comes = story_->expectedDue() && dock("expected")->isHidden();
    dock("expected")->setVisible(story_->expectedDue());
    if (comes && first_day_) giveSizes();
    tidy();
}

/// Where the expected run has no place of its own, it is in front while the story tells of it.
void Workspace::showRunToldOf(bool expected) {
    if (!expected_ || !tabifiedDockWidgets(dock("loop")).contains(dock("expected"))) return;
    if (expected)
        showPanel("expected");
    else if (dock("expected")->isShown())
        showPanel("loop");
}

void Workspace::buildTimeline() {
    timeline_ = new TimelineView(*view_);
    timeline_->setSession(session_.get());
    timeline_->setSearch(search_.get());
    timeline_->setLegendVisible(false);
    // All that a scenario does lies within a few microseconds of its clock: steps of equal width show it.
    if (story_) timeline_->setAxis(AxisKind::steps);
    timeline_->setEmptyText(tr("Nothing has happened yet. Tasks appear here as soon as the program's loop runs."));
    connect(timeline_, &TimelineView::stepRequested, this, [this](int steps) {
        if (steps < 0)
            stepper_->stepBack();
        else
            stepper_->step();
    });
    connect(timeline_, &TimelineView::noteRequested, this, &Workspace::noteWanted);
    legend_ = new Legend;
    addPanel(
        "timeline", tr("Timeline"), timeline_,
        tr("A track for each task: when it ran, was ready to run, or waited, and what for. The line is the cursor, "
           "which all panels share; what comes after it is dimmed."),
        nullptr, legend_);
}

void Workspace::buildFindings() {
    findings_ = new FindingsPanel(*findings_watch_, *view_);
    PanelDock* dock =
        addPanel("findings", tr("Findings"), findings_, FindingsPanel::about(), nullptr, findings_->filterBar());
    connect(findings_, &FindingsPanel::countChanged, dock, [dock](int count) {
        dock->setWindowTitle(count == 0 ? tr("Findings")
                                        : tr("Findings (%1)").arg(formatCount(static_cast<std::uint64_t>(count))));
    });
    connect(findings_, &FindingsPanel::eventsChanged, this, &Workspace::showFindings);
    findings_watch_->setPlaces(view_->places());
    connect(&*view_, &ViewState::placesChanged, &*findings_watch_,
            [this] { findings_watch_->setPlaces(view_->places()); });
    connect(findings_, &FindingsPanel::sourceWanted, this, [this] { showPanel("source"); });
}

/// On the timeline, and for whoever steps from one to the next.
void Workspace::showFindings() {
    std::vector<NotedEvent> noted;
    const ShownFinding* latest = nullptr;
    for (const ShownFinding& shown : findings_watch_->findings()) {
        if (findings_watch_->isMuted(shown) || shown.finding.events.empty()) continue;
        for (const EventIndex event : shown.finding.events)
            noted.push_back({event, static_cast<int>(shown.finding.severity)});
        if (!latest || shown.finding.events.back() > latest->finding.events.back()) latest = &shown;
    }
    latest_finding_ = latest ? latest->key : QString();
    selection_->setLatestFinding(latest ? latestText(*session_->trace(), *latest) : QString());
    std::ranges::sort(noted, {}, &NotedEvent::event);
    timeline_->setNoted(std::move(noted));
    stepper_->setFindings(findings_->events());
}

void Workspace::showLineOf(TaskIndex task) {
    view_->setSelectedTask(task);
    showPanel("source");
}

void Workspace::buildExpected(const QString& what) {
    auto source = description_.startExpected ? description_.startExpected() : nullptr;
    if (!source) return;
    expected_ = new ExpectedRun(std::move(source), *session_, *view_, *timeline_);
    addPanel("expected", tr("What many expect"), expected_,
             tr("People think: %1.").arg(QString(what).remove('`')) + ' ' + ExpectedRun::about());
}

void Workspace::showOtherRun() {
    if (!expected_) return;
    const bool to_expected = !expected_->isAncestorOf(focusWidget());
    showPanel(to_expected ? "expected" : "timeline");
    (to_expected ? expected_->timeline() : timeline_)->setFocus(Qt::ShortcutFocusReason);
}

void Workspace::fit() {
    timeline_->fit();
}

void Workspace::finish() {
    findings_watch_->finish();
    charts_->refresh();
    graph_->refresh();
    for (WhenSeen* hidden : findChildren<WhenSeen*>()) hidden->catchUp();
    primitives_->model().refresh();
    for (TaskPanel* tasks : {loop_tasks_, tasks_}) tasks->model().mend();
    // What has appeared or gone in a panel takes its place at once, and so does what lies in that.
    for (int depth = 0; depth < 3; ++depth) QCoreApplication::processEvents(QEventLoop::ExcludeUserInputEvents);
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
    const TimelineStyle timeline = timelineStyle(theme);
    timeline_->setTimelineStyle(timeline);
    charts_->setTimelineStyle(timeline);
    legend_->setTimelineStyle(timeline);
    const PanelStyle style = theme.panelStyle();
    charts_->setPanelStyle(style);
    output_->setPanelStyle(style);
    if (expected_) expected_->setStyles(timeline, style);
    source_->setPanelStyle(style);
    loop_->setPanelStyle(style);
    loop_tasks_->setPanelStyle(style);
    tasks_->setPanelStyle(style);
    graph_->setPanelStyle(style);
    primitives_->setPanelStyle(style);
    findings_->setPanelStyle(style);
    events_->setPanelStyle(style);
    marks_->setPanelStyle(style);
    selection_->setPanelStyle(style);
}

}  // namespace awaitscope::ui
