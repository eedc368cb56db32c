// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/latency_chart.hpp"

#include <QGraphicsLayout>
#include <QtCharts/QChart>
#include <QtCharts/QLegend>
#include <algorithm>
#include <cmath>

#include "ui/geometry/axis.hpp"
#include "ui/model/format.hpp"

namespace awaitscope::ui {
namespace {

constexpr int heading_height = 26;
constexpr int bins_count = 96;
constexpr int label_width = 56;  ///< of a length below the axis, with what keeps it from the next
constexpr std::pair<double, const char*> percentiles[] = {{0.5, "p50"}, {0.9, "p90"}, {0.99, "p99"}, {0.999, "p99.9"}};

}  // namespace

LatencyChart::LatencyChart(QWidget* parent)
    : QChartView(parent),
      heading_(new QLabel(this)),
      line_(new QLineSeries(this)),
      ground_(new QLineSeries(this)),
      area_(new QAreaSeries(line_, ground_)),
      length_axis_(new QCategoryAxis(this)),
      count_axis_(new QCategoryAxis(this)) {
    setFrameShape(QFrame::NoFrame);
    setRenderHint(QPainter::Antialiasing);
    setMinimumSize(180, 110);
    setAccessibleName(tr("Latencies of the chosen coroutine"));
    chart()->legend()->hide();
    chart()->setMargins(QMargins(8, heading_height + 14, 26, 4));
    chart()->setBackgroundRoundness(0);
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    chart()->addSeries(area_);
    chart()->addAxis(length_axis_, Qt::AlignBottom);
    chart()->addAxis(count_axis_, Qt::AlignLeft);
    area_->attachAxis(length_axis_);
    area_->attachAxis(count_axis_);
    for (QCategoryAxis* axis : {length_axis_, count_axis_})
        axis->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    setTimelineStyle(TimelineStyle::light());
}

void LatencyChart::setTimelineStyle(const TimelineStyle& style) {
    style_ = style;
    setBackgroundBrush(style.background);
    chart()->setBackgroundBrush(style.background);
    for (QCategoryAxis* axis : {length_axis_, count_axis_}) {
        axis->setLabelsFont(style.small_font);
        axis->setLabelsBrush(style.text_dim);
        axis->setGridLinePen(QPen(style.line, 1));
        axis->setLinePen(QPen(style.line, 1));
    }
    count_axis_->setLineVisible(false);
    QColor under = style.running;
    under.setAlpha(40);
    area_->setPen(QPen(style.running, 1.5));
    area_->setBrush(under);
    QFont font = style.small_font;
    font.setPixelSize(12);
    font.setWeight(QFont::DemiBold);
    heading_->setFont(font);
    QPalette colors = heading_->palette();
    colors.setColor(QPalette::WindowText, style.text);
    heading_->setPalette(colors);
}

void LatencyChart::show(const LatencyRow* row, Nanoseconds least, Nanoseconds greatest) {
    lengths_ = row ? row->lengths : Histogram();
    name_ = row ? row->name : QString();
    heading_->setText(row ? tr("%1 · %2 measured").arg(row->name, formatCount(row->lengths.count())) : QString());
    QList<QPointF> points;
    double most = 0;
    first_decade_ = last_decade_ = 0;
    if (row) {
        // Whole decades, so that the ticks stand at round lengths.
        first_decade_ = static_cast<int>(std::floor(std::log10(static_cast<double>(std::max<Nanoseconds>(least, 1)))));
        last_decade_ =
            std::max(first_decade_ + 1,
                     static_cast<int>(std::ceil(std::log10(static_cast<double>(std::max<Nanoseconds>(greatest, 1))))));
        const auto from = static_cast<Nanoseconds>(std::pow(10, first_decade_)),
                   to = static_cast<Nanoseconds>(std::pow(10, last_decade_));
        const std::vector<double> bins = logBins(lengths_, from, to, bins_count);
        const auto at = [&](std::size_t i) {
            return first_decade_ + (last_decade_ - first_decade_) * static_cast<double>(i) / bins_count;
        };
        for (std::size_t i = 0; i < bins.size(); ++i) {
            points << QPointF(at(i), bins[i]) << QPointF(at(i + 1), bins[i]);
            most = std::max(most, bins[i]);
        }
    }
    labelLengths();
    labelCounts(niceTop(most, true));
    line_->replace(points);
    ground_->replace(points.isEmpty() ? points : QList<QPointF>{{points.first().x(), 0}, {points.last().x(), 0}});
    viewport()->update();
}

QString LatencyChart::description() const {
    if (lengths_.count() == 0) return tr("Nothing is measured.");
    QStringList words;
    for (const auto& [share, name] : percentiles)
        words << QStringLiteral("%1 %2").arg(QLatin1String(name), formatDuration(lengths_.percentile(share)));
    return tr("%1, %2 measured: %3.").arg(name_, formatCount(lengths_.count()), words.join(", "));
}

void LatencyChart::labelLengths() {
    for (const QString& label : length_axis_->categoriesLabels()) length_axis_->remove(label);
    // As many decades as have room for their words.
    const int apart = 1 + (last_decade_ - first_decade_) * label_width / std::max(1, width() - label_width);
    for (int decade = first_decade_; decade <= last_decade_; decade += apart)
        length_axis_->append(formatShort(static_cast<Nanoseconds>(std::pow(10, decade))), decade);
    length_axis_->setRange(first_decade_, std::max(last_decade_, first_decade_ + 1));
}

void LatencyChart::labelCounts(double top) {
    for (const QString& label : count_axis_->categoriesLabels()) count_axis_->remove(label);
    for (const double count : {0.0, top / 2, top})
        count_axis_->append(formatCount(static_cast<std::uint64_t>(count)), count);
    count_axis_->setRange(0, top);
}

void LatencyChart::resizeEvent(QResizeEvent* event) {
    QChartView::resizeEvent(event);
    labelLengths();
    heading_->setGeometry(14, 6, std::max(0, width() - 20), heading_height - 8);
}

void LatencyChart::drawForeground(QPainter* painter, const QRectF&) {
    if (lengths_.count() == 0) return;
    const QRectF plot = chart()->plotArea();
    painter->setRenderHint(QPainter::Antialiasing, false);
    painter->setFont(style_.small_font);
    double free_from = plot.left() - 100;
    for (const auto& [share, name] : percentiles) {
        const double length = std::max(1.0, static_cast<double>(lengths_.percentile(share)));
        const double x = chart()->mapToPosition(QPointF(std::log10(length), 0), area_).x();
        if (x < plot.left() || x > plot.right()) continue;
        painter->fillRect(QRectF(std::floor(x), plot.top() - 2, 1, plot.height() + 2), style_.ready);
        const QString text = QLatin1String(name);
        const int wide = painter->fontMetrics().horizontalAdvance(text);
        // At the left edge it stands within the plot, beside the axis' top figure.
        const double left = std::max(x - wide / 2.0, plot.left());
        if (left < free_from) continue;
        painter->setPen(style_.text_dim);
        painter->drawText(QPointF(left, plot.top() - 5), text);
        free_from = left + wide + 4;
    }
}

}  // namespace awaitscope::ui
