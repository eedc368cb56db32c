// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/trace_chart.hpp"

#include <QGraphicsLayout>
#include <QtCharts/QChart>
#include <QtCharts/QLegend>
#include <algorithm>
#include <cmath>

namespace awaitscope::ui {
namespace {

constexpr int heading_height = 26;

struct Scale {
    double size;
    const char* name;
};

Scale scaleFor(double greatest, bool bytes) {
    if (greatest >= 1e9) return {1e9, "G"};
    if (greatest >= 1e6) return {1e6, "M"};
    if (greatest >= (bytes ? 1e3 : 1e4)) return {1e3, "k"};
    return {1, ""};
}

/// The end of a vertical axis of four parts: 4, 8, 20, 40, 80, 200, ...
double niceTop(double greatest) {
    double power = 1;
    while (power * 40 < greatest) power *= 10;
    while (power > 1e-3 && power * 4 > greatest) power /= 10;
    for (const double times : {4.0, 8.0, 20.0, 40.0})
        if (times * power >= greatest) return times * power;
    return 40 * power;
}

}  // namespace

TraceChart::TraceChart(const QString& title, const QString& unit, std::vector<ChartCurve> curves, QWidget* parent)
    : QChartView(parent),
      title_(title),
      unit_(unit),
      curves_(std::move(curves)),
      heading_(new QLabel(this)),
      time_axis_(new QValueAxis(this)),
      value_axis_(new QValueAxis(this)) {
    setFrameShape(QFrame::NoFrame);
    setRenderHint(QPainter::Antialiasing);
    setMinimumSize(180, 110);
    setAccessibleName(title);
    chart()->legend()->hide();
    chart()->setMargins(QMargins(8, heading_height, 12, 4));
    chart()->setBackgroundRoundness(0);
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    chart()->addAxis(time_axis_, Qt::AlignBottom);
    chart()->addAxis(value_axis_, Qt::AlignLeft);
    time_axis_->setTickType(QValueAxis::TicksDynamic);
    value_axis_->setTickCount(3);
    for (std::size_t i = 0; i < curves_.size(); ++i) {
        // Qt Charts takes series over but not the lines of an area.
        auto* line = new QLineSeries(this);
        auto* ground = new QLineSeries(this);
        auto* area = new QAreaSeries(line, ground);
        chart()->addSeries(area);
        area->attachAxis(time_axis_);
        area->attachAxis(value_axis_);
        lines_.push_back(line);
        grounds_.push_back(ground);
        areas_.push_back(area);
    }
    setTimelineStyle(TimelineStyle::light());
}

void TraceChart::setTimelineStyle(const TimelineStyle& style) {
    style_ = style;
    setBackgroundBrush(style.background);
    chart()->setBackgroundBrush(style.background);
    chart()->setPlotAreaBackgroundVisible(false);
    for (QValueAxis* axis : {time_axis_, value_axis_}) {
        axis->setLabelsFont(style.small_font);
        axis->setLabelsBrush(style.text_dim);
        axis->setGridLinePen(QPen(style.line, 1));
        axis->setLinePen(QPen(style.line, 1));
    }
    time_axis_->setGridLineVisible(false);
    value_axis_->setLineVisible(false);
    for (std::size_t i = 0; i < areas_.size(); ++i) {
        const QColor color = curves_[i].color(style);
        QColor under = color;
        under.setAlpha(34);
        areas_[i]->setPen(QPen(color, 1.5));
        areas_[i]->setBrush(under);
    }
    setTitle();
}

void TraceChart::setTitle() {
    QFont font = style_.small_font;
    font.setPixelSize(12);
    heading_->setFont(font);
    QString html =
        QStringLiteral("<span style='color:%1'><b>%2</b></span>").arg(style_.text.name(), title_.toHtmlEscaped());
    if (curves_.size() > 1)
        for (const ChartCurve& curve : curves_)
            html += QStringLiteral("&nbsp;&nbsp; <span style='color:%1'>&#9644; %2</span>")
                        .arg(curve.color(style_).name(), curve.name.toHtmlEscaped());
    if (!value_unit_.isEmpty())
        html +=
            QStringLiteral("&nbsp;&nbsp; <span style='color:%1'>%2</span>").arg(style_.text_dim.name(), value_unit_);
    heading_->setText(html);
}

void TraceChart::setSamples(const std::vector<ChartSample>& samples, Nanoseconds begin, Nanoseconds end) {
    labelTime(begin, end);
    double greatest = 0;
    for (const ChartCurve& curve : curves_)
        for (const ChartSample& sample : samples) greatest = std::max(greatest, curve.value(sample));
    labelValues(greatest);
    const Scale scale = scaleFor(greatest, !unit_.isEmpty());
    for (std::size_t i = 0; i < curves_.size(); ++i) {
        QList<QPointF> points;
        points.reserve(static_cast<qsizetype>(samples.size()) * 2);
        for (const ChartSample& sample : samples) {
            const double value = curves_[i].value(sample) / scale.size;
            points << QPointF(static_cast<double>(sample.begin) / time_unit_, value)
                   << QPointF(static_cast<double>(sample.end) / time_unit_, value);
        }
        QList<QPointF> ground;
        if (!points.isEmpty()) ground << QPointF(points.first().x(), 0) << QPointF(points.last().x(), 0);
        lines_[i]->replace(points);
        grounds_[i]->replace(ground);
    }
}

void TraceChart::labelTime(Nanoseconds begin, Nanoseconds end) {
    const double least = static_cast<double>(end - begin) / std::max(2.0, width() / 90.0);
    const Nanoseconds step = niceStep(least);
    const Scale unit = step >= 10'000'000 ? Scale{1e9, "s"} : step >= 10'000 ? Scale{1e6, "ms"} : Scale{1e3, "µs"};
    time_unit_ = unit.size;
    int decimals = 0;
    for (double part = static_cast<double>(step) / unit.size; decimals < 6 && std::abs(part - std::round(part)) > 1e-9;
         part *= 10)
        ++decimals;
    time_axis_->setLabelFormat(QStringLiteral("%.%1f %2").arg(decimals).arg(QString::fromUtf8(unit.name)));
    time_axis_->setTickAnchor(0);
    time_axis_->setTickInterval(static_cast<double>(step) / unit.size);
    time_axis_->setRange(static_cast<double>(begin) / unit.size, static_cast<double>(end) / unit.size);
}

void TraceChart::labelValues(double greatest) {
    const Scale scale = scaleFor(greatest, !unit_.isEmpty());
    const double top = std::max(niceTop(greatest / scale.size), unit_.isEmpty() && scale.size == 1 ? 4.0 : 0.1);
    value_axis_->setLabelFormat(top / 2 < 10 && top / 2 != std::floor(top / 2) ? QStringLiteral("%.1f")
                                                                               : QStringLiteral("%.0f"));
    value_axis_->setRange(0, top);
    const QString unit = QString::fromLatin1(scale.name) + unit_;
    if (unit != value_unit_) {
        value_unit_ = unit;
        setTitle();
    }
}

void TraceChart::resizeEvent(QResizeEvent* event) {
    QChartView::resizeEvent(event);
    heading_->setGeometry(14, 6, std::max(0, width() - 20), heading_height - 8);
}

void TraceChart::setCursorTime(Nanoseconds time) {
    if (time == cursor_) return;
    cursor_ = time;
    viewport()->update();
}

void TraceChart::drawForeground(QPainter* painter, const QRectF&) {
    const QRectF plot = chart()->plotArea();
    const double x = chart()->mapToPosition(QPointF(static_cast<double>(cursor_) / time_unit_, 0), areas_.front()).x();
    if (x < plot.left() || x > plot.right()) return;
    painter->setRenderHint(QPainter::Antialiasing, false);
    painter->fillRect(QRectF(std::floor(x), plot.top(), 1.5, plot.height()), style_.cursor);
}

}  // namespace awaitscope::ui
