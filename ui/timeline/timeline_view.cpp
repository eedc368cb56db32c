// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timeline_view.hpp"

#include <QElapsedTimer>
#include <QResizeEvent>
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/model/format.hpp"

namespace awaitscope::ui {
namespace {

constexpr std::size_t frame_times_most = 240;

}  // namespace

TimelineView::TimelineView(ViewState& view, QWidget* parent)
    : QWidget(parent),
      view_(view),
      empty_text_(tr("Nothing is shown yet. Start a scenario, attach to a process or open a recording.")),
      builder_(TimelineStyle::light()),
      painter_(TimelineStyle::light()),
      scroll_(new TrackScrollBar(this)) {
    makeCommands();
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Timeline"));
    scroll_->setColors(timelineStyle().background, mixed(timelineStyle().background, timelineStyle().text_dim, 0.4));
    scroll_->hide();
    connect(scroll_, &QScrollBar::valueChanged, this, qOverload<>(&QWidget::update));
    connect(&shown_, &ShownTrace::replaced, this, &TimelineView::forgetTrace);
    connect(&shown_, &ShownTrace::grown, this, qOverload<>(&QWidget::update));
    connect(&shown_, &ShownTrace::ended, this, qOverload<>(&QWidget::update));
    connect(&view_, &ViewState::rangeChanged, this, &TimelineView::takeRange);
    connect(&view_, &ViewState::cursorChanged, this, &TimelineView::cursorMoved);
    connect(&view_, &ViewState::selectionChanged, this, [this] {
        if (view_.selectedTask() != no_task) showTask(view_.selectedTask());
        update();
    });
    connect(&view_, &ViewState::followingChanged, this, qOverload<>(&QWidget::update));
    connect(&view_, &ViewState::foldingChanged, this, [this] {
        layout_stale_ = true;
        update();
    });
    connect(&view_, &ViewState::marksChanged, this, qOverload<>(&QWidget::update));
    connect(&view_, &ViewState::searchChanged, this, qOverload<>(&QWidget::update));
    connect(&view_, &ViewState::disclosureChanged, this, qOverload<>(&QWidget::update));
    connect(&view_, &ViewState::placesChanged, this, qOverload<>(&QWidget::update));
}

TimelineView::~TimelineView() = default;

void TimelineView::setSession(TraceSession* session) {
    shown_.setSession(session);
    takeRange();
}

void TimelineView::setTrace(const Trace* trace) {
    shown_.setTrace(trace);
    takeRange();
}

void TimelineView::setSearch(SearchWalk* search) {
    if (search_) search_->disconnect(this);
    search_ = search;
    if (search) connect(search, &SearchWalk::changed, this, qOverload<>(&QWidget::update));
    update();
}

void TimelineView::forgetTrace() {
    builder_.reset();
    stopMeasuring();
    noted_.clear();
    hovered_row_.reset();
    drag_ = Drag::none;
    range_ = {};
    layout_ = {};
    layout_stale_ = true;
    frame_ = {};
    scroll_->setValue(0);
    update();
}

void TimelineView::setTimelineStyle(const TimelineStyle& style) {
    painter_ = TimelinePainter(style);
    builder_.setStyle(style);
    scroll_->setColors(style.background, mixed(style.background, style.text_dim, 0.4));
    update();
}

void TimelineView::setEmptyText(const QString& text) {
    empty_text_ = text;
    update();
}

void TimelineView::setLegendVisible(bool visible) {
    legend_ = visible;
    layout_stale_ = true;
    update();
}

void TimelineView::setAxis(AxisKind kind) {
    if (kind == axis_) return;
    withTrace([&](const Trace& trace) {
        if (range_.length() <= 0) return;
        const Axis from(trace, axis_), to(trace, kind);
        range_ = clamped({to.ofTime(from.timeAt(range_.begin)), to.ofTime(from.timeAt(range_.end))},
                         fitted(to.all(), to.shortest()), to.shortest());
    });
    axis_ = kind;
    measured_.reset();
    measureToCursor();
    update();
    emit axisChanged(kind);
}

void TimelineView::setRowDensity(RowDensity density) {
    density_ = density;
    layout_stale_ = true;
    update();
}

RowChoices TimelineView::rowChoices() const {
    const Sight& sight = view_.sight();
    return {density_, sight.folded_tasks, sight.folded_processes, sight.folded_loops, sight.io_folded, endedBefore(),
            {}};
}

/// While the newest is followed, what left the screen makes room for what comes: in steps, so that rows stand still
/// for some time.
Nanoseconds TimelineView::endedBefore() const {
    constexpr int steps = 8;
    const TimeRange range = view_.range();
    const bool follows = view_.following() && reading() && shown_.session()->info().live;
    const Nanoseconds step = range.length() / steps;
    if (!follows || step <= 0 || range.begin <= 0) return RowChoices{}.ended_before;
    return range.begin / step * step;
}

/// Lays the rows out anew; what stands at the top stays there, unless that is where the list begins.
void TimelineView::layOutRows(const Trace& trace, int height) {
    const int top = scroll_->value();
    const auto before = layout_.rowAt(top);
    const RowChoices choices = rowChoices();
    const bool others = choices.ended_before != ended_before_;
    ended_before_ = choices.ended_before;
    if (!others || !before || layout_.rows()[*before].kind != RowKind::task || (top == 0 && view_.following()))
        return layout_.rebuild(trace, choices, height);
    const Row row = layout_.rows()[*before];
    layout_.rebuild(trace, choices, height);
    const auto after = layout_.rowOfTask(row.index);
    if (!after) return;
    const int value = std::max(0, layout_.rows()[*after].y + top - row.y);
    const QSignalBlocker quiet(scroll_);
    scroll_->setMaximum(std::max(scroll_->maximum(), value));
    scroll_->setValue(value);
}

void TimelineView::setKeepsScrollRoom(bool keeps) {
    keeps_scroll_room_ = keeps;
    update();
}

void TimelineView::setFrameTimesShown(bool shown) {
    frame_times_shown_ = shown;
    update();
}

QSize TimelineView::contentSize() const {
    const bool narrower = scroll_->isVisibleTo(this) || keeps_scroll_room_;
    return narrower ? size() - QSize(TrackScrollBar::thickness, 0) : size();
}

void TimelineView::updateLayout(const Trace& trace) {
    if (layout_stale_ || trace.tasks().size() != tasks_laid_out_ || trace.loops().size() != loops_laid_out_ ||
        trace.io_tracks().size() != connections_laid_out_ || trace.outputs().empty() == layout_.prints() ||
        endedBefore() != ended_before_) {
        const TimelineZones zones = layOut(size(), names_width_, legend_, 1 << 24, trace.loops().size());
        layOutRows(trace, zones.tracks.height());
        tasks_laid_out_ = trace.tasks().size();
        loops_laid_out_ = trace.loops().size();
        connections_laid_out_ = trace.io_tracks().size();
        layout_stale_ = false;
    }
    const TimelineZones zones = layOut(size(), names_width_, legend_, layout_.height(), trace.loops().size());
    const int hidden = std::max(0, layout_.height() - zones.tracks.height());
    // A child's signals and geometry are left alone while nothing changes: this runs with every paint.
    if (scroll_->maximum() != hidden || scroll_->pageStep() != zones.tracks.height()) {
        const QSignalBlocker quiet(scroll_);
        scroll_->setRange(0, hidden);
        scroll_->setPageStep(zones.tracks.height());
        scroll_->setSingleStep(24);
    }
    if (scroll_->isVisibleTo(this) != (hidden > 0)) scroll_->setVisible(hidden > 0);
    const QRect bar(width() - TrackScrollBar::thickness, zones.tracks.top(), TrackScrollBar::thickness,
                    zones.tracks.height());
    if (scroll_->geometry() != bar) scroll_->setGeometry(bar);
}

FrameRequest TimelineView::request(QSize size) const {
    FrameRequest request;
    request.size = size;
    request.pixel_ratio = devicePixelRatioF();
    request.axis = axis_;
    request.range = range_;
    request.scroll = scroll_->value();
    request.names_width = names_width_;
    request.legend = legend_;
    request.cursor = view_.cursor();
    request.selected = view_.selectedTask();
    request.search = view_.search();
    request.user_marks = view_.marks();
    request.noted = noted_;
    request.future_hidden = view_.futureHidden();
    request.places = view_.places();
    request.answer = view_.answer();
    if (search_) {
        request.hits = search_->events().hits();
        request.hits_version = search_->events().version();
        request.search_note = search_->note();
    }
    request.live = reading() && shown_.session()->info().live;
    return request;
}

void TimelineView::paintEvent(QPaintEvent*) {
    QElapsedTimer timer;
    timer.start();
    bool any = false;
    withTrace([&](const Trace& trace) {
        updateLayout(trace);
        if (const auto place = std::exchange(to_place_, std::nullopt))
            if (const auto row = layout_.rowOfTask(place->first)) {
                const QSignalBlocker quiet(scroll_);
                scroll_->setValue(layout_.rows()[*row].y - place->second);
            }
        FrameRequest wanted = request(contentSize());
        wanted.hovered_row = hovered_row_;
        frame_ = builder_.build(trace, layout_, wanted, std::move(frame_));
        any = trace.event_count() > 0;
    });
    if (!any) {
        frame_ = {};
        frame_.size = size();
        frame_.axis = axis_;
        frame_.zones = layOut(size(), names_width_, legend_, 0, 0);
        frame_.empty = reading() ? tr("Waiting for the first event …") : empty_text_;
        scroll_->hide();
    }
    paintSurface();
    QPainter(this).drawImage(0, 0, surface_);
    if (frame_times_.size() >= frame_times_most) frame_times_.erase(frame_times_.begin());
    frame_times_.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
}

void TimelineView::paintSurface() {
    const QSize pixels = (QSizeF(size()) * devicePixelRatio()).toSize();
    if (surface_.size() != pixels) surface_ = QImage(pixels, QImage::Format_RGB32);
    surface_.setDevicePixelRatio(devicePixelRatio());
    QPainter painter(&surface_);
    if (frame_.size != size()) painter.fillRect(rect(), timelineStyle().background);
    painter_.paint(painter, frame_);
    paintOverlay(painter);
}

void TimelineView::paintOn(QPainter& painter) {
    painter.save();
    painter.setClipRect(rect());
    painter_.setVector(true);
    painter_.paint(painter, frame_);
    painter_.setVector(false);
    paintOverlay(painter);
    painter.restore();
}

void TimelineView::paintOverlay(QPainter& painter) {
    const TimelineStyle& style = timelineStyle();
    if (drag_ == Drag::zoom_range) paintBand(painter, draggedExtent(), lengthText(draggedExtent()));
    if (measured_) paintBand(painter, *measured_, measuredText());
    if (hasFocus()) painter.fillRect(QRect(0, 0, width(), 1), style.accent);
    if (frame_times_shown_ && !frame_times_.empty()) {
        std::vector<double> sorted = frame_times_;
        std::ranges::sort(sorted);
        const QString text = tr("frame %1 ms · half under %2 · 99 % under %3 · most %4 ms · %5 rectangles")
                                 .arg(formatNumber(frame_times_.back(), 2), formatNumber(sorted[sorted.size() / 2], 2),
                                      formatNumber(sorted[sorted.size() * 99 / 100], 2), formatNumber(sorted.back(), 2),
                                      formatCount(frame_.rectangleCount()));
        painter.setFont(style.mono_font);
        const int wide = painter.fontMetrics().horizontalAdvance(text) + 16;
        const QRect box(width() - wide - 16, height() - 32, wide, 22);
        painter.fillRect(box, style.chip);
        painter.setPen(style.text);
        painter.drawText(box, Qt::AlignCenter, text);
    }
}

void TimelineView::renderTo(QPainter* painter, QSize size) {
    TimelineFrame frame;
    const bool any = withTrace([&](const Trace& trace) {
        const TimelineZones zones = layOut(size, names_width_, legend_, 1 << 24, trace.loops().size());
        RowLayout layout;
        layout.rebuild(trace, rowChoices(), zones.tracks.height());
        FrameRequest wanted = request(size);
        wanted.scroll = std::min(wanted.scroll, std::max(0, layout.height() - zones.tracks.height()));
        FrameBuilder builder(timelineStyle());
        frame = builder.build(trace, layout, wanted);
        if (trace.event_count() == 0) frame.empty = empty_text_;
    });
    if (!any) {
        frame.size = size;
        frame.zones = layOut(size, names_width_, legend_, 0, 0);
        frame.empty = empty_text_;
    }
    TimelinePainter(timelineStyle()).paint(*painter, frame);
}

void TimelineView::resizeEvent(QResizeEvent* event) {
    if (event->size().height() != event->oldSize().height()) layout_stale_ = true;
    QWidget::resizeEvent(event);
}

void TimelineView::setNoted(std::vector<NotedEvent> noted) {
    if (noted == noted_) return;
    noted_ = std::move(noted);
    update();
}

}  // namespace awaitscope::ui
