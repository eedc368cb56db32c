// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QtCharts/QAreaSeries>
#include <QtCharts/QChartView>
#include <QtCharts/QLineSeries>
#include <QtCharts/QValueAxis>
#include <functional>
#include <optional>
#include <vector>

#include "ui/charts/chart_samples.hpp"
#include "ui/model/in_words.hpp"
#include "ui/timeline/timeline_style.hpp"

namespace awaitscope::ui {

/// One curve of a chart.
struct ChartCurve {
    QString name;
    std::function<double(const ChartSample&)> value;
    std::function<QColor(const TimelineStyle&)> color;
};

/// What a chart's values are.
enum class ChartUnit : std::uint8_t { count, bytes_per_second, nanoseconds };

/// A chart over time: steps with a light ground for each curve, and the cursor as a line through it. A click chooses a
/// moment, a drag a stretch of time; the pointer reads off values.
class TraceChart : public QChartView, public Canvas, public Tabular {
    Q_OBJECT
  public:
    TraceChart(const QString& title, ChartUnit unit, std::vector<ChartCurve> curves, QWidget* parent = nullptr);

    QString title() const { return title_; }
    void setTimelineStyle(const TimelineStyle& style);
    void setSamples(const std::vector<ChartSample>& samples, Nanoseconds begin, Nanoseconds end);
    /// Names the curves anew; those beyond the names are not drawn.
    void setNames(const QStringList& names);
    void setCursorTime(Nanoseconds time);
    /// What it says instead of curves that lie at zero throughout; nothing: they are drawn as they are.
    void setEmptyText(const QString& text);

    /// Where a moment is, in the viewport's pixels; and the moment there.
    double xOf(Nanoseconds time) const;
    Nanoseconds timeAt(double x) const;
    /// What the chart says, in words: the greatest value of each curve, and the one at the cursor.
    QString description() const override;
    /// The samples as lines of tab-separated columns, for a spreadsheet.
    QString table() const override;

  signals:
    void timeChosen(awaitscope::Nanoseconds time);
    void rangeChosen(awaitscope::Nanoseconds begin, awaitscope::Nanoseconds end);
    void stepWanted(int samples);  ///< the cursor is to move by so many samples; negative: back

  protected:
    bool event(QEvent* event) override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

  private:
    struct Drag {
        double from = 0, to = 0;
        bool moved = false;
    };
    std::size_t curveCount() const { return std::min(curves_.size(), shown_curves_); }
    const ChartSample* sampleAt(Nanoseconds time) const;
    QString valueText(double value) const;
    void setTitle();
    void labelTime(Nanoseconds begin, Nanoseconds end);
    void labelValues(double greatest);
    void copy() const;

    QString title_;
    QString empty_text_;
    bool is_empty_ = true;  ///< no curve is anywhere above zero
    ChartUnit unit_;
    QString value_unit_;
    TimelineStyle style_;
    std::vector<ChartCurve> curves_;
    std::size_t shown_curves_;
    std::vector<ChartSample> samples_;
    QLabel* heading_;
    std::vector<QLineSeries*> lines_;
    std::vector<QLineSeries*> grounds_;
    std::vector<QAreaSeries*> areas_;
    QValueAxis* time_axis_;
    QValueAxis* value_axis_;
    double time_unit_ = 1e9;
    Nanoseconds cursor_ = 0;
    std::optional<Drag> drag_;
};

}  // namespace awaitscope::ui
