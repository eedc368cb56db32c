// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "ui/model/follow_live.hpp"
#include "ui/model/stepper.hpp"
#include "ui/model/trace_session.hpp"
#include "ui/model/view_state.hpp"
#include "ui/window/dock_host.hpp"
#include "ui/window/window_services.hpp"

class QMenu;

namespace awaitscope::ui {

class AwaitGraphPanel;
class ChartsPanel;
class EventsPanel;
class ExpectedRun;
class Legend;
class FindingsPanel;
class FindingsWatch;
class LoopPanel;
class MarksPanel;
class OutputPanel;
class RememberedMarks;
class PrimitivesPanel;
class SearchWalk;
class SelectionPanel;
class SourcePanel;
class StoryPanel;
class TaskPanel;
class TimelineView;

/// One open source and its panels. Made when a source is opened, deleted when it is closed; the source's reading thread
/// ends, and a scenario's child with it.
class Workspace : public DockHost {
    Q_OBJECT
  public:
    Workspace(std::unique_ptr<TraceSession> session, SourceDescription description, QWidget* parent = nullptr);
    ~Workspace() override;

    /// Takes the panels down and hands over what they showed. Nothing may be done with the workspace but to delete it.
    std::unique_ptr<TraceSession> release();

    TraceSession& session() { return *session_; }
    ViewState& view() { return *view_; }
    Stepper& stepper() { return *stepper_; }
    SearchWalk& search() { return *search_; }
    const SourceDescription& description() const { return description_; }
    StoryPanel* story() const { return story_; }
    SourcePanel* source() const { return source_; }
    TimelineView* timeline() const { return timeline_; }
    TaskPanel* tasks() const { return tasks_; }
    SelectionPanel* selection() const { return selection_; }
    OutputPanel* output() const { return output_; }
    LoopPanel* loop() const { return loop_; }
    AwaitGraphPanel* graph() const { return graph_; }
    PrimitivesPanel* primitives() const { return primitives_; }
    FindingsPanel* findings() const { return findings_; }
    FindingsWatch& findingsWatch() { return *findings_watch_; }
    ExpectedRun* expected() const { return expected_; }
    EventsPanel* events() const { return events_; }
    MarksPanel* marks() const { return marks_; }

    /// From the timeline of this run to the expected one's, or back: in front, and with the keys. Nothing without one.
    void showOtherRun();
    /// Shows the whole time.
    void fit();
    /// Computes at once what panels compute a moment later: for pictures and tests.
    void finish();

    /// Puts the panels where they stand on the first day, sized for the present size.
    void resetLayout();
    /// The layout kept from the last time, or the first day's. Sources with and without a story keep one each.
    void restoreLayout();
    void saveLayout() const;
    /// A line for each panel, checked while it is there.
    void fillViewMenu(QMenu* menu) const;
    /// Brings a panel to the front of its tabs. Nothing for an unknown key.
    void showPanel(const QString& key);

  signals:
    void anotherScenarioWanted();
    void sameScenarioWanted();                   ///< from its beginning, to be asked again
    void wordWanted(const QString& word);        ///< of the glossary
    void noteWanted(awaitscope::EventIndex of);  ///< for the mark after that event

  protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    PanelDock* addPanel(const QString& key, const QString& title, QWidget* panel, const QString& about,
                        QWidget* title_content = nullptr, QWidget* extra = nullptr);
    void buildPanels();
    void takeDownPanels();
    void connectStory();
    void showExpected();
    void showRunToldOf(bool expected);
    void buildTimeline();
    void buildFindings();
    void showFindings();
    void buildExpected(const QString& what);
    void showLineOf(TaskIndex task);
    void giveSizes();
    void applyTheme();
    bool storyStandsAlone() const;
    QString layoutKey() const;
    void noteArranged(const PanelDock* dock);
    void fitLayout();

    SourceDescription description_;
    bool first_day_ = false;  ///< laid out, and not as it was kept
    QString laid_out_;        ///< the layout's key
    bool laying_out_ = false;
    bool arranged_ = false;  ///< the user has moved panels since it was laid out
    std::unique_ptr<TraceSession> session_;
    std::unique_ptr<ViewState> view_;
    std::unique_ptr<FollowLive> follow_;
    std::unique_ptr<Stepper> stepper_;
    std::unique_ptr<SearchWalk> search_;
    std::unique_ptr<FindingsWatch> findings_watch_;
    std::unique_ptr<RememberedMarks> remembered_marks_;  ///< of what is there again the next time; null: not of this
    ExpectedRun* expected_ = nullptr;                    ///< only a scenario with a variant has one
    StoryPanel* story_ = nullptr;                        ///< only a scenario has one
    OutputPanel* output_ = nullptr;
    SourcePanel* source_ = nullptr;
    TimelineView* timeline_ = nullptr;
    Legend* legend_ = nullptr;
    ChartsPanel* charts_ = nullptr;
    LoopPanel* loop_ = nullptr;
    TaskPanel* loop_tasks_ = nullptr;  ///< below the loop's columns
    TaskPanel* tasks_ = nullptr;
    AwaitGraphPanel* graph_ = nullptr;
    PrimitivesPanel* primitives_ = nullptr;
    FindingsPanel* findings_ = nullptr;
    QString latest_finding_;  ///< the key of the one that Selection names
    EventsPanel* events_ = nullptr;
    MarksPanel* marks_ = nullptr;
    SelectionPanel* selection_ = nullptr;
};

}  // namespace awaitscope::ui
