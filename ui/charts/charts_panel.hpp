// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QPointer>
#include <QTimer>
#include <QWidget>
#include <functional>
#include <vector>

#include "ui/charts/chart_samples.hpp"
#include "ui/model/trace_session.hpp"
#include "ui/model/view_state.hpp"
#include "ui/timeline/timeline_style.hpp"

namespace awaitscope::ui {

class TraceChart;

/// Ready depth, tasks alive, switches a second and bytes a second over the range that the view state shows.
class ChartsPanel : public QWidget {
    Q_OBJECT
  public:
    /// `view` must outlive it.
    explicit ChartsPanel(ViewState& view, QWidget* parent = nullptr);
    ~ChartsPanel() override;

    /// What is shown; nullptr: nothing. Neither is owned; a session that goes away is let go of.
    void setSession(TraceSession* session);
    /// A trace that does not grow, in place of a session. It must outlive the panel, or another be set before.
    void setTrace(const Trace* trace);
    void setTimelineStyle(const TimelineStyle& style);

    /// Draws what has changed now instead of with the next frame.
    void refresh();
    /// The samples drawn last.
    const std::vector<ChartSample>& samples() const { return samples_; }
    /// Whether the text for the empty panel is seen.
    bool isEmpty() const;

    QSize sizeHint() const override { return {640, 360}; }

  protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

  private:
    bool withTrace(const std::function<void(const Trace&)>& use) const;
    void forgetTrace();
    void later();
    void moveCursor();
    void arrange();

    ViewState& view_;
    QPointer<TraceSession> session_;
    const Trace* still_ = nullptr;
    ChartSampler sampler_;
    std::vector<ChartSample> samples_;
    std::vector<TraceChart*> charts_;
    QLabel* empty_;
    QTimer timer_;
    TimelineStyle style_;
};

}  // namespace awaitscope::ui
