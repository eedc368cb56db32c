// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/charts_panel.hpp"

#include <QPalette>
#include <QResizeEvent>
#include <algorithm>
#include <memory>

#include "ui/charts/latency_view.hpp"
#include "ui/charts/trace_chart.hpp"
#include "ui/model/format.hpp"
#include "ui/model/primitive_words.hpp"

namespace awaitscope::ui {
namespace {

/// Qt Charts lays a chart out anew for each change: ten times a second is enough to watch, and leaves the time to the
/// timeline. A trace that takes longer is looked at less often.
constexpr int pause_least_ms = 100;
constexpr int pause_most_ms = 2000;
/// Events counted before the trace is let go of for a moment.
constexpr EventIndex counted_at_once = 100'000;

QString queueName(const Trace& trace, Id id, const PlaceWords& places) {
    const auto queue = trace.primitive_at(id, trace.event_count() - 1);
    return queue ? primitiveName(trace, *queue, places) : QString::number(id);
}

}  // namespace

ChartsPanel::ChartsPanel(ViewState& view, QWidget* parent)
    : QWidget(parent),
      view_(view),
      pages_(new QTabBar(this)),
      plots_(new QScrollArea(this)),
      latencies_(new LatencyView(this)),
      empty_(new QLabel(tr("Charts of the loop's lag and ready depth, of tasks alive, switches, queues and I/O appear "
                           "here with the first events."),
                        this)),
      pause_ms_(pause_least_ms),
      style_(TimelineStyle::light()) {
    setAccessibleName(tr("Charts"));
    setAutoFillBackground(true);
    empty_->setAlignment(Qt::AlignCenter);
    empty_->setWordWrap(true);
    plots_->setWidget(new QWidget);
    plots_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    plots_->setFocusPolicy(Qt::NoFocus);
    using S = ChartSample;
    const auto add = [this](const QString& title, ChartUnit unit, std::vector<ChartCurve> curves) {
        charts_.push_back(new TraceChart(title, unit, std::move(curves), plots_->widget()));
        return charts_.back();
    };
    add(tr("Lag"), ChartUnit::nanoseconds,
        {{tr("longest wait from ready to running"), [](const S& s) { return static_cast<double>(s.lag); },
          [](const TimelineStyle& style) { return style.waitColor(WaitClass::lock); }}});
    add(tr("Ready depth"), ChartUnit::count,
        {{tr("ready"), [](const S& s) { return static_cast<double>(s.ready); },
          [](const TimelineStyle& style) { return style.ready; }}});
    add(tr("Tasks alive"), ChartUnit::count,
        {{tr("tasks"), [](const S& s) { return static_cast<double>(s.tasks); },
          [](const TimelineStyle& style) { return style.waitColor(WaitClass::gather); }}});
    add(tr("Switches per second"), ChartUnit::count,
        {{tr("switches"), [](const S& s) { return s.switches_per_s; },
          [](const TimelineStyle& style) { return style.running; }}});
    queue_chart_ = add(tr("Queue levels"), ChartUnit::count,
                       {{QString(), [](const S& s) { return static_cast<double>(s.levels[0]); },
                         [](const TimelineStyle& style) { return style.waitColor(WaitClass::queue); }},
                        {QString(), [](const S& s) { return static_cast<double>(s.levels[1]); },
                         [](const TimelineStyle& style) { return style.waitColor(WaitClass::sleep); }},
                        {QString(), [](const S& s) { return static_cast<double>(s.levels[2]); },
                         [](const TimelineStyle& style) { return style.waitColor(WaitClass::thread); }}});
    queue_chart_->setNames({});
    queue_chart_->setEmptyText(tr("No queue held an item in this time."));
    add(tr("I/O"), ChartUnit::bytes_per_second,
        {{tr("read"), [](const S& s) { return s.read_per_s; },
          [](const TimelineStyle& style) { return style.io_read; }},
         {tr("written"), [](const S& s) { return s.written_per_s; },
          [](const TimelineStyle& style) { return style.io_write; }}});
    charts_.back()->setEmptyText(tr("No bytes were read or written in this time."));
    for (TraceChart* chart : charts_) {
        connect(chart, &TraceChart::timeChosen, this, &ChartsPanel::goTo);
        connect(chart, &TraceChart::stepWanted, this, &ChartsPanel::stepBy);
        connect(chart, &TraceChart::rangeChosen, this, [this](Nanoseconds begin, Nanoseconds end) {
            view_.setRange({begin, std::max(end, begin + 1)});
        });
    }
    pages_->addTab(tr("Over time"));
    pages_->addTab(tr("Latency by coroutine"));
    pages_->setDrawBase(false);
    pages_->setExpanding(false);
    pages_->setAccessibleName(tr("Pages of charts"));
    connect(pages_, &QTabBar::currentChanged, this, [this] {
        arrange();
        later();
    });
    connect(latencies_, &LatencyView::kindChanged, this, &ChartsPanel::later);
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &ChartsPanel::compute);
    connect(&shown_, &ShownTrace::replaced, this, &ChartsPanel::forgetTrace);
    connect(&shown_, &ShownTrace::grown, this, &ChartsPanel::later);
    connect(&view_, &ViewState::rangeChanged, this, &ChartsPanel::later);
    connect(&view_, &ViewState::placesChanged, this, &ChartsPanel::later);
    connect(&view_, &ViewState::cursorChanged, this, &ChartsPanel::moveCursor);
    setTimelineStyle(style_);
    arrange();
}

ChartsPanel::~ChartsPanel() = default;

QString ChartsPanel::about() {
    return tr(
        "Figures over the stretch of time that the timeline shows. Lag is the longest time that a task was ready "
        "before it ran: what a blocked loop costs. Of queues those are drawn that held the most. A click moves the "
        "cursor, a drag shows that stretch everywhere; with the arrow keys the cursor goes from value to value, and "
        "Ctrl+C copies a chart as picture and as table. The second page has the latencies of each coroutine in that "
        "stretch: half took no longer than p50, 999 of 1000 no longer than p99.9.");
}

void ChartsPanel::forgetTrace() {
    job_.cancel();
    sampler_.reset();
    data_ = {};
    any_ = false;
    latencies_->setRows({});
    arrange();
    later();
}

void ChartsPanel::showPage(Page page) {
    pages_->setCurrentIndex(static_cast<int>(page));
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
    latencies_->setTimelineStyle(style);
}

void ChartsPanel::setPanelStyle(const PanelStyle& style) {
    latencies_->setPanelStyle(style);
}

void ChartsPanel::later() {
    // Nobody sees what a hidden panel draws; showing it draws it.
    if (isVisible() && !timer_.isActive()) timer_.start(pause_ms_);
}

void ChartsPanel::compute() {
    computing_.start();
    if (page() == Page::latencies) {
        computeLatencies();
        return;
    }
    const int most = std::clamp(charts_.front()->width() / 3, 40, 400);
    job_.start([this, range = view_.range(), most, places = view_.places()]() -> TraceJob::Deliver {
        const auto data = std::make_shared<ChartData>();
        QStringList queues;
        bool complete = false, any = false;
        const auto look = [&](const Trace& trace) {
            any = trace.event_count() > 0;
            complete = sampler_.update(trace, counted_at_once);
            if (!complete) return;
            const bool all = range.length() <= 0;
            *data = sampler_.data(trace, all ? trace.begin() : range.begin, all ? trace.end() + 1 : range.end, most);
            for (const Id id : data->queues) queues << queueName(trace, id, places);
        };
        while (!complete && !job_.isCancelled() && shown_.with(look)) {
        }
        return [this, data, queues, any] {
            measurePause();
            any_ = any;
            take(std::move(*data), queues);
        };
    });
}

void ChartsPanel::computeLatencies() {
    job_.start(
        [this, range = view_.range(), kind = latencies_->kind(), places = view_.places()]() -> TraceJob::Deliver {
            const auto rows = std::make_shared<std::vector<LatencyRow>>();
            bool any = false;
            shown_.withBreaths([&](const Trace& trace, const ShownTrace::Breathe& breathe) {
                const auto enough = [&] {
                    breathe();
                    return job_.isCancelled();
                };
                any = trace.event_count() > 0;
                const bool all = range.length() <= 0;
                const EventIndex first = all ? 0 : trace.first_at_or_after(range.begin);
                const EventIndex last = all ? trace.event_count() : trace.first_at_or_after(range.end, first);
                for (CoroutineLatency& one : latencies(trace, first, last, kind, enough)) {
                    const QString name = places.function(trace, one.definition);
                    rows->push_back({name.isEmpty() ? tr("not known") : name + QStringLiteral("()"),
                                     places.text(trace, one.definition), one.definition, std::move(one.lengths)});
                }
            });
            return [this, rows, any] {
                measurePause();
                any_ = any;
                latencies_->setRows(std::move(*rows));
                arrange();
            };
        });
}

/// The longer it takes, the less often it is done.
void ChartsPanel::measurePause() {
    pause_ms_ = std::clamp(static_cast<int>(computing_.elapsed()) * 2, pause_least_ms, pause_most_ms);
}

void ChartsPanel::refresh() {
    timer_.stop();
    compute();
    job_.finish();
}

void ChartsPanel::take(ChartData data, QStringList queue_names) {
    data_ = std::move(data);
    arrange();
    queue_chart_->setNames(queue_names);
    for (TraceChart* chart : charts_) chart->setSamples(data_.samples, data_.begin, data_.end);
    moveCursor();
}

void ChartsPanel::goTo(Nanoseconds time) {
    EventIndex event = no_event;
    shown_.with([&](const Trace& trace) {
        const EventIndex after = trace.first_at_or_after(time + 1);
        event = after > 0 ? after - 1 : no_event;
    });
    view_.setCursor(event);
}

void ChartsPanel::stepBy(int samples) {
    if (data_.samples.empty()) return;
    Nanoseconds now = 0;
    shown_.with([&](const Trace& trace) { now = trace.time_at(view_.cursor()); });
    goTo(now + samples * (data_.samples.front().end - data_.samples.front().begin));
}

void ChartsPanel::moveCursor() {
    Nanoseconds time = 0;
    shown_.with([&](const Trace& trace) { time = trace.time_at(view_.cursor()); });
    for (TraceChart* chart : charts_) chart->setCursorTime(time);
}

void ChartsPanel::arrange() {
    empty_->setVisible(isEmpty());
    empty_->setGeometry(rect().adjusted(24, 0, -24, 0));
    pages_->setVisible(!isEmpty());
    const int head = pages_->sizeHint().height();
    pages_->setGeometry(8, 0, std::min(width() - 8, pages_->sizeHint().width()), head);
    const QRect room = rect().adjusted(0, head, 0, 0);
    latencies_->setVisible(!isEmpty() && page() == Page::latencies);
    latencies_->setGeometry(room);
    // Side by side where there is room for it, else one below the other.
    const int columns = width() >= 660 ? 3 : width() >= 420 ? 2 : 1;
    const int rows = static_cast<int>(charts_.size()) / columns;
    plots_->setVisible(!isEmpty() && page() == Page::over_time);
    plots_->setGeometry(room);
    const QSize all(room.width(), std::max(room.height(), rows * charts_.front()->minimumHeight()));
    plots_->widget()->resize(all);
    for (std::size_t i = 0; i < charts_.size(); ++i) {
        const int column = static_cast<int>(i) % columns, row = static_cast<int>(i) / columns;
        charts_[i]->setGeometry(all.width() * column / columns, all.height() * row / rows, all.width() / columns,
                                all.height() / rows);
    }
}

void ChartsPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
    later();
}

void ChartsPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    later();
}

}  // namespace awaitscope::ui
