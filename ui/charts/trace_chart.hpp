// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QtCharts/QAreaSeries>
#include <QtCharts/QChartView>
#include <QtCharts/QLineSeries>
#include <QtCharts/QValueAxis>
#include <functional>
#include <vector>

#include "ui/charts/chart_samples.hpp"
#include "ui/timeline/timeline_style.hpp"

namespace awaitscope::ui {

/// One curve of a chart.
struct ChartCurve {
    QString name;
    std::function<double(const ChartSample&)> value;
    std::function<QColor(const TimelineStyle&)> color;
};

/// A chart over time: steps with a light ground, or two curves; the cursor as a line through it.
class TraceChart : public QChartView {
    Q_OBJECT
  public:
    /// `unit` follows the values of the vertical axis: "", "B/s".
    TraceChart(const QString& title, const QString& unit, std::vector<ChartCurve> curves, QWidget* parent = nullptr);

    void setTimelineStyle(const TimelineStyle& style);
    void setSamples(const std::vector<ChartSample>& samples, Nanoseconds begin, Nanoseconds end);
    void setCursorTime(Nanoseconds time);

  protected:
    void drawForeground(QPainter* painter, const QRectF& rect) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    void setTitle();
    void labelTime(Nanoseconds begin, Nanoseconds end);
    void labelValues(double greatest);

    QString title_;
    QString unit_;
    QString value_unit_;
    TimelineStyle style_;
    std::vector<ChartCurve> curves_;
    QLabel* heading_;
    std::vector<QLineSeries*> lines_;
    std::vector<QLineSeries*> grounds_;
    std::vector<QAreaSeries*> areas_;
    QValueAxis* time_axis_;
    QValueAxis* value_axis_;
    double time_unit_ = 1e9;
    Nanoseconds cursor_ = 0;
};

}  // namespace awaitscope::ui
