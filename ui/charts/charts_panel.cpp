// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/charts_panel.hpp"

#include <QPalette>
#include <QResizeEvent>
#include <algorithm>

#include "ui/charts/trace_chart.hpp"

namespace awaitscope::ui {
namespace {

/// Qt Charts lays a chart out anew for each change: ten times a second is enough to watch, and leaves the time to the
/// timeline.
constexpr int refresh_ms = 100;
/// Events counted before the window may do something else: about 20 ms.
constexpr EventIndex counted_at_once = 4'000'000;

}  // namespace

ChartsPanel::ChartsPanel(ViewState& view, QWidget* parent)
    : QWidget(parent),
      view_(view),
      empty_(
          new QLabel(tr("Charts of the loop's ready depth, of tasks alive, switches and I/O appear here with the first "
                        "events."),
                     this)),
      style_(TimelineStyle::light()) {
    setAccessibleName(tr("Charts"));
    setAutoFillBackground(true);
    empty_->setAlignment(Qt::AlignCenter);
    empty_->setWordWrap(true);
    using S = ChartSample;
    charts_ = {new TraceChart(tr("Ready depth"), QString(),
                              {{tr("ready"), [](const S& s) { return static_cast<double>(s.ready); },
                                [](const TimelineStyle& style) { return style.ready; }}},
                              this),
               new TraceChart(tr("Tasks alive"), QString(),
                              {{tr("tasks"), [](const S& s) { return static_cast<double>(s.tasks); },
                                [](const TimelineStyle& style) { return style.waitColor(WaitClass::gather); }}},
                              this),
               new TraceChart(tr("Switches per second"), QString(),
                              {{tr("switches"), [](const S& s) { return s.switches_per_s; },
                                [](const TimelineStyle& style) { return style.running; }}},
                              this),
               new TraceChart(tr("I/O"), QStringLiteral("B/s"),
                              {{tr("read"), [](const S& s) { return s.read_per_s; },
                                [](const TimelineStyle& style) { return style.io_read; }},
                               {tr("written"), [](const S& s) { return s.written_per_s; },
                                [](const TimelineStyle& style) { return style.io_write; }}},
                              this)};
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &ChartsPanel::refresh);
    connect(&view_, &ViewState::rangeChanged, this, &ChartsPanel::later);
    connect(&view_, &ViewState::cursorChanged, this, &ChartsPanel::moveCursor);
    setTimelineStyle(style_);
    arrange();
}

ChartsPanel::~ChartsPanel() = default;

bool ChartsPanel::withTrace(const std::function<void(const Trace&)>& use) const {
    if (session_) {
        const auto reader = session_->trace();
        use(*reader);
        return true;
    }
    if (still_) use(*still_);
    return still_ != nullptr;
}

void ChartsPanel::setSession(TraceSession* session) {
    if (session_) session_->disconnect(this);
    forgetTrace();
    session_ = session;
    if (session) {
        connect(session, &TraceSession::grown, this, &ChartsPanel::later);
        connect(session, &QObject::destroyed, this, &ChartsPanel::forgetTrace);
    }
    later();
}

void ChartsPanel::setTrace(const Trace* trace) {
    if (session_) session_->disconnect(this);
    forgetTrace();
    still_ = trace;
    later();
}

void ChartsPanel::forgetTrace() {
    session_ = nullptr;
    still_ = nullptr;
    sampler_.reset();
    samples_.clear();
    arrange();
}

void ChartsPanel::setTimelineStyle(const TimelineStyle& style) {
    style_ = style;
    QPalette colors = palette();
    colors.setColor(QPalette::Window, style.background);
    setPalette(colors);
    QPalette faint = empty_->palette();
    faint.setColor(QPalette::WindowText, style.text_faint);
    empty_->setPalette(faint);
    empty_->setFont(textFont(14));
    for (TraceChart* chart : charts_) chart->setTimelineStyle(style);
}

bool ChartsPanel::isEmpty() const {
    return samples_.empty();
}

void ChartsPanel::later() {
    // Nobody sees what a hidden panel draws; showing it draws it.
    if (isVisible() && !timer_.isActive()) timer_.start(refresh_ms);
}

void ChartsPanel::refresh() {
    timer_.stop();
    TimeRange range = view_.range();
    bool complete = true;
    samples_.clear();
    withTrace([&](const Trace& trace) {
        complete = sampler_.update(trace, counted_at_once);
        if (range.length() <= 0) range = {trace.begin(), trace.end() + 1};
        samples_ = sampler_.samples(trace, range.begin, range.end, std::clamp(charts_.front()->width() / 3, 40, 400));
    });
    arrange();
    for (TraceChart* chart : charts_) chart->setSamples(samples_, range.begin, range.end);
    moveCursor();
    if (!complete) later();
}

void ChartsPanel::moveCursor() {
    Nanoseconds time = 0;
    withTrace([&](const Trace& trace) {
        if (trace.event_count() > 0) time = trace.time_at(std::min(view_.cursor(), trace.event_count() - 1));
        if (view_.cursor() == no_event) time = trace.begin();
    });
    for (TraceChart* chart : charts_) chart->setCursorTime(time);
}

void ChartsPanel::arrange() {
    const bool empty = isEmpty();
    empty_->setVisible(empty);
    empty_->setGeometry(rect().adjusted(24, 0, -24, 0));
    // Side by side where there is room for it, else one below the other.
    const int columns = width() >= 1500 ? 4 : width() >= 560 ? 2 : 1;
    const int rows = static_cast<int>(charts_.size()) / columns;
    for (std::size_t i = 0; i < charts_.size(); ++i) {
        charts_[i]->setVisible(!empty);
        const int column = static_cast<int>(i) % columns, row = static_cast<int>(i) / columns;
        charts_[i]->setGeometry(width() * column / columns, height() * row / rows, width() / columns, height() / rows);
    }
}

void ChartsPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
    later();
}

void ChartsPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refresh();
}

}  // namespace awaitscope::ui
