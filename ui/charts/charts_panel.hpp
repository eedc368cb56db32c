// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QLabel>
#include <QScrollArea>
#include <QTabBar>
#include <QTimer>
#include <QWidget>
#include <vector>

#include "ui/charts/chart_samples.hpp"
#include "ui/model/shown_trace.hpp"
#include "ui/model/trace_job.hpp"
#include "ui/model/view_state.hpp"
#include "ui/panels/panel_style.hpp"
#include "ui/timeline/timeline_style.hpp"

namespace awaitscope::ui {

class LatencyView;
class TraceChart;

/// Figures of the range that the view state shows, on two pages: the loop's lag and ready depth, tasks alive, switches,
/// the levels of queues and bytes over time, where a click moves the cursor and a drag the range; and latencies by
/// coroutine. Computed in another thread.
class ChartsPanel : public QWidget {
    Q_OBJECT
  public:
    /// `view` must outlive it.
    explicit ChartsPanel(ViewState& view, QWidget* parent = nullptr);
    ~ChartsPanel() override;

    /// What is shown; nullptr: nothing. Neither is owned; it must outlive the panel, or another be set before.
    void setSession(TraceSession* session) { shown_.setSession(session); }
    void setTrace(const Trace* trace) { shown_.setTrace(trace); }
    void setTimelineStyle(const TimelineStyle& style);
    void setPanelStyle(const PanelStyle& style);

    enum class Page : std::uint8_t { over_time, latencies };
    void showPage(Page page);

    /// Draws what has changed now instead of when it is computed.
    void refresh();
    /// What was drawn last.
    const ChartData& data() const { return data_; }
    const std::vector<TraceChart*>& charts() const { return charts_; }
    LatencyView* latencyView() const { return latencies_; }
    /// Whether the text for the empty panel is seen.
    bool isEmpty() const { return !any_; }
    static QString about();

    QSize sizeHint() const override { return {640, 360}; }

  protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

  private:
    void forgetTrace();
    void later();
    void compute();
    void computeLatencies();
    void measurePause();
    Page page() const { return static_cast<Page>(pages_->currentIndex()); }
    void take(ChartData data, QStringList queue_names);
    void goTo(Nanoseconds time);
    void stepBy(int samples);
    void moveCursor();
    void arrange();

    ViewState& view_;
    ShownTrace shown_;
    ChartSampler sampler_;  ///< the job's, while it runs
    ChartData data_;
    std::vector<TraceChart*> charts_;
    TraceChart* queue_chart_;
    QTabBar* pages_;
    QScrollArea* plots_;  ///< the charts, as high as they need to be
    LatencyView* latencies_;
    bool any_ = false;  ///< there is something to show
    QLabel* empty_;
    QTimer timer_;
    QElapsedTimer computing_;
    int pause_ms_;
    TimelineStyle style_;
    TraceJob job_;  ///< last: it ends before what it uses
};

}  // namespace awaitscope::ui
