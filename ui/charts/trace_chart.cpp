// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/trace_chart.hpp"

#include <QApplication>
#include <QClipboard>
#include <QGraphicsLayout>
#include <QKeyEvent>
#include <QLocale>
#include <QMimeData>
#include <QToolTip>
#include <QtCharts/QChart>
#include <QtCharts/QLegend>
#include <algorithm>
#include <cmath>
#include <span>

#include "ui/geometry/axis.hpp"
#include "ui/model/format.hpp"
#include "ui/model/plain_tip.hpp"

namespace awaitscope::ui {
namespace {

constexpr int heading_height = 26;
/// Around the plot there is room for an axis's numbers, in all charts the same: what happens at a time stands below
/// what happened then in the chart above.
constexpr QMargins around_plot(42, heading_height + 8, 20, 24);
/// A pointer that moved less has clicked.
constexpr double drag_least = 5;

struct Scale {
    double size;
    const char* name;
};

Scale scaleFor(double greatest, ChartUnit unit) {
    if (unit == ChartUnit::nanoseconds) {
        if (greatest >= 1e9) return {1e9, "s"};
        if (greatest >= 1e6) return {1e6, "ms"};
        if (greatest >= 1e3) return {1e3, "µs"};
        return {1, "ns"};
    }
    const bool bytes = unit == ChartUnit::bytes_per_second;
    if (greatest >= 1e9) return {1e9, bytes ? "GB/s" : "G"};
    if (greatest >= 1e6) return {1e6, bytes ? "MB/s" : "M"};
    if (greatest >= 1e3) return {1e3, bytes ? "kB/s" : "k"};
    return {1, bytes ? "B/s" : ""};
}

}  // namespace

TraceChart::TraceChart(const QString& title, ChartUnit unit, std::vector<ChartCurve> curves, QWidget* parent)
    : QChartView(parent),
      title_(title),
      unit_(unit),
      curves_(std::move(curves)),
      shown_curves_(curves_.size()),
      heading_(new QLabel(this)),
      time_axis_(new QValueAxis(this)),
      value_axis_(new QValueAxis(this)) {
    heading_->setTextFormat(Qt::RichText);
    setFrameShape(QFrame::NoFrame);
    setRenderHint(QPainter::Antialiasing);
    setMinimumSize(180, 116);
    setAccessibleName(title);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    viewport()->setMouseTracking(true);
    heading_->setAttribute(Qt::WA_TransparentForMouseEvents);
    chart()->legend()->hide();
    chart()->setLocale(QLocale());
    chart()->setLocalizeNumbers(true);
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
    if (curves_.size() > 1 && curveCount() > 0) {
        // Where the row is too short the curves' names share what the title leaves.
        QFont bold = font;
        bold.setBold(true);
        const QFontMetrics metrics(font);
        const QString sign = QStringLiteral("\u00a0\u00a0 \u25ac ");
        int room = heading_->width() - QFontMetrics(bold).horizontalAdvance(title_) -
                   metrics.horizontalAdvance(QStringLiteral("\u00a0\u00a0 ") + value_unit_);
        auto left = static_cast<int>(curveCount());
        for (const ChartCurve& curve : std::span(curves_).first(curveCount())) {
            room -= metrics.horizontalAdvance(sign);
            const QString name = metrics.elidedText(curve.name, Qt::ElideRight, std::max(0, room / left--));
            room -= metrics.horizontalAdvance(name);
            html += QStringLiteral("&nbsp;&nbsp; <span style='color:%1'>&#9644; %2</span>")
                        .arg(curve.color(style_).name(), name.toHtmlEscaped());
        }
    }
    if (!value_unit_.isEmpty())
        html +=
            QStringLiteral("&nbsp;&nbsp; <span style='color:%1'>%2</span>").arg(style_.text_dim.name(), value_unit_);
    heading_->setText(html);
}

void TraceChart::setSamples(const std::vector<ChartSample>& samples, Nanoseconds begin, Nanoseconds end) {
    samples_ = samples;
    labelTime(begin, end);
    double greatest = 0;
    for (const ChartCurve& curve : std::span(curves_).first(curveCount()))
        for (const ChartSample& sample : samples) greatest = std::max(greatest, curve.value(sample));
    labelValues(greatest);
    is_empty_ = greatest <= 0;
    const bool shown = !is_empty_ || empty_text_.isEmpty();
    value_axis_->setVisible(shown);
    for (std::size_t i = 0; i < curveCount(); ++i) areas_[i]->setVisible(shown);
    const Scale scale = scaleFor(greatest, unit_);
    for (std::size_t i = 0; i < curveCount(); ++i) {
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

void TraceChart::setNames(const QStringList& names) {
    shown_curves_ = static_cast<std::size_t>(names.size());
    for (std::size_t i = 0; i < curves_.size(); ++i) {
        areas_[i]->setVisible(i < shown_curves_);
        if (i < shown_curves_) curves_[i].name = names[static_cast<qsizetype>(i)];
    }
    setTitle();
}

void TraceChart::labelTime(Nanoseconds begin, Nanoseconds end) {
    const double least = static_cast<double>(end - begin) / std::max(2.0, width() / 75.0);
    const Nanoseconds step = niceStep(least);
    // No shorter ones: Qt Charts takes a format's letters for Latin-1, and writes a "µ" that is none.
    const Scale unit = step >= 10'000'000 ? Scale{1e9, "s"} : Scale{1e6, "ms"};
    time_unit_ = unit.size;
    int decimals = 0;
    for (double part = static_cast<double>(step) / unit.size; decimals < 6 && std::abs(part - std::round(part)) > 1e-9;
         part *= 10)
        ++decimals;
    time_axis_->setLabelFormat(QStringLiteral("%.%1f %2").arg(decimals).arg(QString::fromUtf8(unit.name)));
    time_axis_->setLabelsVisible(end - begin >= 1000);  // of a moment there is nothing to be read off
    time_axis_->setTickAnchor(0);
    time_axis_->setTickInterval(static_cast<double>(step) / unit.size);
    time_axis_->setRange(static_cast<double>(begin) / unit.size, static_cast<double>(end) / unit.size);
}

void TraceChart::labelValues(double greatest) {
    const Scale scale = scaleFor(greatest, unit_);
    const double top = niceTop(greatest / scale.size, scale.size == 1);  // no parts of a thing or a byte
    value_axis_->setLabelFormat(top / 2 == std::floor(top / 2) ? QStringLiteral("%.0f") : QStringLiteral("%.1f"));
    value_axis_->setRange(0, top);
    const QString unit = QString::fromUtf8(scale.name);
    if (unit != value_unit_) {
        value_unit_ = unit;
        setTitle();
    }
}

void TraceChart::resizeEvent(QResizeEvent* event) {
    QChartView::resizeEvent(event);
    heading_->setGeometry(14, 6, std::max(0, width() - 20), heading_height - 8);
    setTitle();
    chart()->setPlotArea(QRectF(QRect(QPoint(), event->size()).marginsRemoved(around_plot)));
}

void TraceChart::setEmptyText(const QString& text) {
    empty_text_ = text;
}

void TraceChart::setCursorTime(Nanoseconds time) {
    if (time == cursor_) return;
    cursor_ = time;
    viewport()->update();
}

double TraceChart::xOf(Nanoseconds time) const {
    return chart()->mapToPosition(QPointF(static_cast<double>(time) / time_unit_, 0), areas_.front()).x();
}

Nanoseconds TraceChart::timeAt(double x) const {
    const QRectF plot = chart()->plotArea();
    const double value = chart()->mapToValue(QPointF(std::clamp(x, plot.left(), plot.right()), 0), areas_.front()).x();
    return static_cast<Nanoseconds>(std::llround(value * time_unit_));
}

const ChartSample* TraceChart::sampleAt(Nanoseconds time) const {
    const auto after = std::ranges::upper_bound(samples_, time, {}, &ChartSample::begin);
    return after == samples_.begin() || std::prev(after)->end <= time ? nullptr : &*std::prev(after);
}

QString TraceChart::valueText(double value) const {
    if (unit_ == ChartUnit::nanoseconds) return formatDuration(static_cast<Nanoseconds>(value));
    const auto whole = static_cast<std::uint64_t>(std::llround(value));
    if (unit_ == ChartUnit::bytes_per_second) return formatBytes(whole) + QStringLiteral("/s");
    return formatCount(whole);
}

QString TraceChart::description() const {
    if (is_empty_ && !empty_text_.isEmpty()) return empty_text_;
    QStringList parts;
    for (const ChartCurve& curve : std::span(curves_).first(curveCount())) {
        double greatest = 0;
        for (const ChartSample& sample : samples_) greatest = std::max(greatest, curve.value(sample));
        QString part = tr("%1: at most %2").arg(curve.name, valueText(greatest));
        if (const ChartSample* now = sampleAt(cursor_))
            part += tr(", at the cursor %1").arg(valueText(curve.value(*now)));
        parts << part;
    }
    return parts.join(QStringLiteral("; "));
}

QString TraceChart::table() const {
    QStringList head{tr("from, s"), tr("to, s")};
    for (const ChartCurve& curve : std::span(curves_).first(curveCount())) head << curve.name;
    QStringList lines{head.join('\t')};
    for (const ChartSample& sample : samples_) {
        QStringList cells{formatNumber(static_cast<double>(sample.begin) / 1e9, 9),
                          formatNumber(static_cast<double>(sample.end) / 1e9, 9)};
        for (const ChartCurve& curve : std::span(curves_).first(curveCount()))
            cells << figures(QString::number(curve.value(sample), 'g', 12).toStdString());
        lines << cells.join('\t');
    }
    return lines.join('\n');
}

void TraceChart::copy() const {
    auto* both = new QMimeData;
    both->setText(table());
    both->setImageData(const_cast<TraceChart*>(this)->grab().toImage());
    QApplication::clipboard()->setMimeData(both);
}

bool TraceChart::event(QEvent* event) {
    // The window steps with the arrow keys; here they go from sample to sample.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool arrow = key->key() == Qt::Key_Left || key->key() == Qt::Key_Right;
        if ((arrow && !(key->modifiers() & ~Qt::KeypadModifier)) || key->matches(QKeySequence::Copy) ||
            (key->key() == Qt::Key_Escape && drag_)) {
            event->accept();
            return true;
        }
    }
    return QChartView::event(event);
}

void TraceChart::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy))
        copy();
    else if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right)
        emit stepWanted(event->key() == Qt::Key_Left ? -1 : 1);
    else if (event->key() == Qt::Key_Escape && drag_) {
        drag_.reset();
        viewport()->update();
    } else
        QChartView::keyPressEvent(event);
}

void TraceChart::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || samples_.empty()) return;
    drag_ = Drag{event->position().x(), event->position().x()};
}

void TraceChart::mouseMoveEvent(QMouseEvent* event) {
    if (drag_) {
        drag_->to = event->position().x();
        drag_->moved |= std::abs(drag_->to - drag_->from) >= drag_least;
        viewport()->update();
        return;
    }
    const Nanoseconds time = timeAt(event->position().x());
    const ChartSample* sample = chart()->plotArea().contains(event->position()) ? sampleAt(time) : nullptr;
    if (!sample) {
        QToolTip::hideText();
        return;
    }
    QStringList lines{
        tr("from %1, for %2").arg(formatTime(sample->begin), formatDuration(sample->end - sample->begin))};
    for (const ChartCurve& curve : std::span(curves_).first(curveCount()))
        lines << curve.name + ": " + valueText(curve.value(*sample));
    QToolTip::showText(event->globalPosition().toPoint(), plainTip(lines.join('\n')), this);
}

void TraceChart::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !drag_) return;
    const Drag drag = *drag_;
    drag_.reset();
    viewport()->update();
    if (drag.moved)
        emit rangeChosen(timeAt(std::min(drag.from, drag.to)), timeAt(std::max(drag.from, drag.to)));
    else
        emit timeChosen(timeAt(drag.from));
}

void TraceChart::leaveEvent(QEvent* event) {
    QToolTip::hideText();
    QChartView::leaveEvent(event);
}

void TraceChart::focusInEvent(QFocusEvent* event) {
    QChartView::focusInEvent(event);
    viewport()->update();
}

void TraceChart::focusOutEvent(QFocusEvent* event) {
    QChartView::focusOutEvent(event);
    viewport()->update();
}

void TraceChart::drawForeground(QPainter* painter, const QRectF&) {
    const QRectF plot = chart()->plotArea();
    painter->setRenderHint(QPainter::Antialiasing, false);
    if (drag_ && drag_->moved) {
        const double from = std::clamp(std::min(drag_->from, drag_->to), plot.left(), plot.right());
        const double to = std::clamp(std::max(drag_->from, drag_->to), plot.left(), plot.right());
        QColor ground = style_.accent;
        ground.setAlpha(45);
        painter->fillRect(QRectF(from, plot.top(), to - from, plot.height()), ground);
    }
    if (hasFocus()) painter->fillRect(QRectF(0, 0, width(), 1), style_.accent);
    if (is_empty_ && !empty_text_.isEmpty()) {
        // Nothing happens in it: no moment of it is of interest.
        painter->setFont(style_.small_font);
        painter->setPen(style_.text_dim);
        painter->drawText(plot, Qt::AlignCenter | Qt::TextWordWrap, empty_text_);
        return;
    }
    const double x = xOf(cursor_);
    if (x < plot.left() || x > plot.right()) return;
    painter->fillRect(QRectF(std::floor(x), plot.top(), 1.5, plot.height()), style_.cursor);
}

}  // namespace awaitscope::ui
