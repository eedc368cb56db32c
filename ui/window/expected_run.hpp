// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>

#include "ui/model/aligned_views.hpp"
#include "ui/model/trace_session.hpp"
#include "ui/model/view_state.hpp"
#include "ui/panels/panel_style.hpp"
#include "ui/timeline/timeline_style.hpp"

class QBoxLayout;

namespace awaitscope::ui {

class OutputPanel;
class TimelineView;

/// Beside a scenario's run, the run of the program that behaves as people expect: its timeline and its output. It has a
/// trace and a cursor of its own, which stands at the last event up to the moment of the other's, both counted from
/// their beginnings: moving either moves both. On the axis of time both show the same stretch of it; on the axis of
/// steps, which have nothing in common, each shows its own. Its timeline is then as wide as the other one, with its
/// output below, so that what stands one above the other is at one time; else the output is beside it.
class ExpectedRun : public QWidget {
    Q_OBJECT
  public:
    /// `session`, `view` and `beside` are the window's, and outlive it.
    ExpectedRun(std::unique_ptr<EventSource> source, TraceSession& session, ViewState& view, TimelineView& beside,
                QWidget* parent = nullptr);
    ~ExpectedRun() override;

    TraceSession& session() { return *own_session_; }
    ViewState& view() { return *own_view_; }
    TimelineView* timeline() const { return timeline_; }
    OutputPanel* output() const { return output_; }
    void setStyles(const TimelineStyle& timeline, const PanelStyle& panel);
    static QString about();

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    void layOutParts();
    void followAxis(TimelineView& leads, TimelineView& follows);
    void fitBoth();

    TraceSession& session_;
    ViewState& view_;
    TimelineView& beside_;
    std::unique_ptr<TraceSession> own_session_;
    std::unique_ptr<ViewState> own_view_;
    TimelineView* timeline_;
    OutputPanel* output_;
    QBoxLayout* parts_;
    AlignedViews aligned_;
    bool fitted_ = false;
};

}  // namespace awaitscope::ui
