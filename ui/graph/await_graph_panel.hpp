// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include "ui/graph/await_graph.hpp"
#include "ui/model/trace_job.hpp"
#include "ui/model/trace_session.hpp"
#include "ui/model/view_state.hpp"
#include "ui/panels/panel_style.hpp"

class QLabel;

namespace awaitscope::ui {

class AwaitGraphView;
class EmptyState;

/// Who waits for whom at the cursor, as a graph. Session and view outlive it.
class AwaitGraphPanel : public QWidget {
    Q_OBJECT
  public:
    AwaitGraphPanel(TraceSession& session, ViewState& view, QWidget* parent = nullptr);
    ~AwaitGraphPanel() override;

    AwaitGraphView* graphView() const { return graph_; }
    void setPanelStyle(const PanelStyle& style);
    /// Shows the cursor's moment now instead of when it is computed.
    void refresh();
    static QString about();

  signals:
    void taskActivated(awaitscope::TaskIndex task);  ///< its line is to be seen
    void thingActivated(awaitscope::Id object);      ///< a lock, a queue ... is to be seen

  protected:
    void showEvent(QShowEvent* event) override;

  private:
    void later();
    void compute();
    void take(AwaitGraph graph);

    TraceSession& session_;
    ViewState& view_;
    QLabel* cycles_;
    AwaitGraphView* graph_;
    QLabel* rest_;
    EmptyState* empty_;
    QTimer timer_;
    QElapsedTimer computing_;
    int pause_ms_ = 0;  ///< after the last one, so that a long trace does not keep a processor busy
    TraceJob job_;      ///< last: it ends before what it uses
};

}  // namespace awaitscope::ui
