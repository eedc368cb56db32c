// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QtCharts/QAreaSeries>
#include <QtCharts/QCategoryAxis>
#include <QtCharts/QChartView>
#include <QtCharts/QLineSeries>

#include "ui/charts/latency_model.hpp"
#include "ui/model/in_words.hpp"
#include "ui/timeline/timeline_style.hpp"

namespace awaitscope::ui {

/// How many of one coroutine's latencies were how long, over lengths on a logarithmic axis, with its percentiles as
/// lines.
class LatencyChart : public QChartView, public Canvas {
    Q_OBJECT
  public:
    explicit LatencyChart(QWidget* parent = nullptr);

    void setTimelineStyle(const TimelineStyle& style);
    /// Shows a row, or nothing; the axis reaches over all rows, so that one can be compared with another.
    void show(const LatencyRow* row, Nanoseconds least, Nanoseconds greatest);

    QString description() const override;

  protected:
    void drawForeground(QPainter* painter, const QRectF& rect) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    void labelLengths();
    void labelCounts(double top);

    TimelineStyle style_;
    Histogram lengths_;
    QString name_;
    QLabel* heading_;
    QLineSeries* line_;
    QLineSeries* ground_;
    QAreaSeries* area_;
    QCategoryAxis* length_axis_;  ///< of the logarithms, to base 10, of nanoseconds
    QCategoryAxis* count_axis_;
    int first_decade_ = 0, last_decade_ = 0;
};

}  // namespace awaitscope::ui
