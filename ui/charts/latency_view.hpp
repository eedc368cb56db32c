// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "ui/charts/latency_model.hpp"
#include "ui/panels/panel_style.hpp"
#include "ui/timeline/timeline_style.hpp"

class QComboBox;
class QTableView;

namespace awaitscope::ui {

class LatencyChart;
class SpreadDelegate;

/// Latencies by coroutine: a table of percentiles, and the chosen one's histogram. It is handed what it shows.
class LatencyView : public QWidget {
    Q_OBJECT
  public:
    explicit LatencyView(QWidget* parent = nullptr);

    /// Which lengths the user wants to see.
    LatencyKind kind() const;
    void setKind(LatencyKind kind);
    void setRows(std::vector<LatencyRow> rows);
    void setTimelineStyle(const TimelineStyle& style);
    void setPanelStyle(const PanelStyle& style);
    LatencyModel& model() { return model_; }
    QTableView* table() const { return table_; }

  signals:
    void kindChanged();

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    void showChosen();
    void fitNames();

    LatencyModel model_;
    PlaceId chosen_ = 0;
    QComboBox* kinds_;
    QTableView* table_;
    SpreadDelegate* delegate_;
    LatencyChart* chart_;
};

}  // namespace awaitscope::ui
