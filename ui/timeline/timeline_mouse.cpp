// SPDX-License-Identifier: GPL-3.0-or-later
// The part of TimelineView which answers the mouse.
#include <QContextMenuEvent>
#include <QCoreApplication>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "ui/timeline/timeline_view.hpp"

namespace awaitscope::ui {
namespace {

constexpr double click_slack = 4;   // pixels a click may move
constexpr double handle_slack = 5;  // around the overview window's ends and the names' border
constexpr double wheel_zoom = 1.2;  // a notch

}  // namespace

std::vector<Gesture> TimelineView::gestures() {
    return {{"Click", tr("select the task, put the cursor there")},
            {"Drag", tr("pan; on the ruler, move the cursor")},
            {"Shift Drag", tr("zoom to the stretch; so does the right button")},
            {"Ctrl Drag", tr("measure the stretch")},
            {"Right-click", tr("what can be done with the panel")},
            {"Double-click", tr("zoom to the span; on a name, to the task's life")},
            {"Wheel", tr("scroll the tracks")},
            {"Shift Wheel", tr("pan left, right")},
            {"Ctrl Wheel", tr("zoom at the pointer")}};
}

void TimelineView::wheelEvent(QWheelEvent* event) {
    pointer_ = event->position();
    const QPoint pixels = event->pixelDelta();
    const QPoint angle = event->angleDelta();
    if (event->modifiers() & (Qt::ControlModifier | Qt::MetaModifier)) {
        const int turned = angle.y() ? angle.y() : angle.x();
        zoomAround(std::pow(wheel_zoom, turned / 120.0), pointer_.x());
    } else if (event->modifiers() & Qt::ShiftModifier || std::abs(angle.x()) > std::abs(angle.y())) {
        // Some platforms turn the axes themselves while Shift is held.
        const double by =
            pixels.isNull() ? (angle.x() ? angle.x() : angle.y()) * 0.6 : (pixels.x() ? pixels.x() : pixels.y());
        pan(-by / std::max(1.0, frame_.scale.width()));
    } else {
        scrollBy(pixels.isNull() ? -angle.y() * 60 / 120 : -pixels.y());
    }
    event->accept();
}

void TimelineView::scrollBy(int pixels) {
    scroll_->setValue(scroll_->value() + pixels);
}

void TimelineView::mousePressEvent(QMouseEvent* event) {
    setFocus(Qt::MouseFocusReason);
    const QPointF point = event->position();
    const QPoint pixel = point.toPoint();
    pointer_ = pressed_at_ = point;
    pressed_extent_ = frame_.scale.extent();
    pressed_scroll_ = scroll_->value();
    const TimelineZones& zones = frame_.zones;
    const bool left = event->button() == Qt::LeftButton;
    stopMeasuring();
    if (zones.corner.contains(pixel) && left) {
        for (const AxisKind kind : {AxisKind::time, AxisKind::steps})
            if (TimelinePainter::axisChoice(zones.corner, kind).contains(pixel)) setAxis(kind);
    }
    if (!frame_.empty.isEmpty()) return;
    if (left && std::abs(point.x() - zones.names.right()) < handle_slack && pixel.y() >= zones.ruler.top()) {
        drag_ = Drag::names_width;
    } else if (left && zones.overview.contains(pixel)) {
        pressOverview(point);
    } else if (left && zones.ruler.contains(pixel)) {
        drag_ = Drag::scrub;
        setCursorAt(point.x());
    } else if (zones.tracks.contains(pixel) || zones.loops.contains(pixel)) {
        if (event->button() == Qt::RightButton || (left && event->modifiers() & Qt::ShiftModifier))
            drag_ = Drag::zoom_range;
        else if (left && event->modifiers() & Qt::ControlModifier)
            drag_ = Drag::measure;
        else if (event->button() == Qt::MiddleButton)
            drag_ = Drag::pan;
        else if (left)
            drag_ = Drag::pan_or_click;
    } else if (left && zones.names.contains(pixel)) {
        click(point);
    }
    updatePointer(point);
}

void TimelineView::mouseMoveEvent(QMouseEvent* event) {
    const QPointF point = event->position();
    pointer_ = point;
    const QPointF moved = point - pressed_at_;
    switch (drag_) {
        case Drag::none: {
            const QRect rows = frame_.zones.names.united(frame_.zones.tracks);
            setHoveredRow(rows.contains(point.toPoint())
                              ? layout_.rowAt(static_cast<int>(point.y()) - rows.top() + scroll_->value())
                              : std::nullopt);
            break;
        }
        case Drag::pan_or_click:
            if (moved.manhattanLength() < click_slack) break;
            drag_ = Drag::pan;
            [[fallthrough]];
        case Drag::pan: {
            const double units = moved.x() / frame_.scale.pixelsPerUnit();
            const auto by = static_cast<Position>(std::llround(units));
            scroll_->setValue(pressed_scroll_ - static_cast<int>(moved.y()));
            setExtent({pressed_extent_.begin - by, pressed_extent_.end - by});
            break;
        }
        case Drag::scrub:
            setCursorAt(point.x());
            break;
        case Drag::overview_move:
        case Drag::overview_begin:
        case Drag::overview_end:
            dragOverview(point);
            break;
        case Drag::names_width:
            names_width_ = std::clamp(static_cast<int>(point.x()), 60, std::max(60, width() / 2));
            update();
            break;
        case Drag::zoom_range:
            update();
            break;
        case Drag::measure:
            measured_ = draggedExtent();
            update();
            break;
    }
    updatePointer(point);
}

void TimelineView::mouseReleaseEvent(QMouseEvent* event) {
    const Drag drag = std::exchange(drag_, Drag::none);
    pointer_ = event->position();
    if (drag == Drag::pan_or_click) {
        click(event->position());
    } else if (drag == Drag::zoom_range) {
        const double from = std::min(pressed_at_.x(), pointer_.x()), to = std::max(pressed_at_.x(), pointer_.x());
        if (to - from >= click_slack) {
            const double left = frame_.zones.tracks.left();
            setExtent({frame_.scale.at(std::max(left, from)), frame_.scale.at(std::max(left, to))});
        } else if (event->button() == Qt::RightButton) {
            // It dragged nothing: so it asks for the menu of whatever this is a part of.
            QContextMenuEvent menu(QContextMenuEvent::Mouse, event->pos(), event->globalPosition().toPoint());
            QCoreApplication::sendEvent(parentWidget() ? parentWidget() : this, &menu);
        }
        update();
    }
    updatePointer(event->position());
}

void TimelineView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !frame_.empty.isEmpty()) return;
    const QPoint pixel = event->position().toPoint();
    if (frame_.zones.overview.contains(pixel)) {
        fit();
        return;
    }
    if (!frame_.zones.tracks.contains(pixel) && !frame_.zones.names.contains(pixel)) return;
    Target target;
    withTrace([&](const Trace& trace) { target = targetAt(trace, event->position()); });
    if (target.task == no_task) return;
    if (target.piece && frame_.zones.tracks.contains(pixel))
        zoomToSpan(target.task, target.piece->span);
    else if (frame_.zones.names.contains(pixel))
        zoomToTask(target.task);
}

/// The right button zooms: only where it was not dragged a menu is asked for, when it is let go.
void TimelineView::contextMenuEvent(QContextMenuEvent* event) {
    event->setAccepted(event->reason() == QContextMenuEvent::Mouse);
}

void TimelineView::leaveEvent(QEvent* event) {
    setHoveredRow(std::nullopt);
    QWidget::leaveEvent(event);
}

void TimelineView::setHoveredRow(std::optional<std::size_t> row) {
    if (row == hovered_row_) return;
    hovered_row_ = row;
    update();
}

void TimelineView::updatePointer(const QPointF& point) {
    const TimelineZones& zones = frame_.zones;
    const QPoint pixel = point.toPoint();
    Qt::CursorShape shape = Qt::ArrowCursor;
    if (drag_ == Drag::pan || drag_ == Drag::overview_move)
        shape = Qt::ClosedHandCursor;
    else if (drag_ == Drag::names_width || drag_ == Drag::overview_begin || drag_ == Drag::overview_end)
        shape = Qt::SizeHorCursor;
    else if (std::abs(point.x() - zones.names.right()) < handle_slack && pixel.y() >= zones.ruler.top())
        shape = Qt::SplitHCursor;
    else if (zones.overview.contains(pixel))
        shape = std::abs(point.x() - frame_.overview_window.left()) < handle_slack ||
                        std::abs(point.x() - frame_.overview_window.right()) < handle_slack
                    ? Qt::SizeHorCursor
                    : Qt::OpenHandCursor;
    if (cursor().shape() != shape) setCursor(shape);
}

double TimelineView::overviewShare(double x) const {
    const QRect zone = frame_.zones.overview.adjusted(2, 4, -2, -4);
    return std::clamp((x - zone.left()) / std::max(1.0, static_cast<double>(zone.width())), 0.0, 1.0);
}

void TimelineView::pressOverview(const QPointF& point) {
    const QRectF& window = frame_.overview_window;
    if (std::abs(point.x() - window.left()) < handle_slack) {
        drag_ = Drag::overview_begin;
    } else if (std::abs(point.x() - window.right()) < handle_slack) {
        drag_ = Drag::overview_end;
    } else {
        drag_ = Drag::overview_move;
        const bool inside = point.x() > window.left() && point.x() < window.right();
        grabbed_ = inside ? point.x() - window.left() : window.width() / 2;
        if (!inside) dragOverview(point);
    }
}

void TimelineView::dragOverview(const QPointF& point) {
    Extent all;
    withTrace([&](const Trace& trace) {
        const Axis axis(trace, axis_);
        all = fitted(axis.all(), axis.shortest());
    });
    const auto at = [&](double x) {
        return all.begin + static_cast<Position>(std::llround(overviewShare(x) * static_cast<double>(all.length())));
    };
    Extent next = pressed_extent_;
    if (drag_ == Drag::overview_begin) {
        next.begin = std::min(at(point.x()), next.end - 1);
    } else if (drag_ == Drag::overview_end) {
        next.end = std::max(at(point.x()), next.begin + 1);
    } else {
        const Position begin = at(point.x() - grabbed_);
        next = {begin, begin + next.length()};
    }
    setExtent(next);
}

void TimelineView::setCursorAt(double x) {
    EventIndex event = no_event;
    withTrace([&](const Trace& trace) { event = Axis(trace, axis_).eventAt(frame_.scale.at(x)); });
    view_.setCursor(event);
}

TimelineView::Target TimelineView::targetAt(const Trace& trace, const QPointF& point) const {
    Target target;
    const QRect& tracks = frame_.zones.tracks;
    const Axis axis(trace, axis_);
    target.event = axis.eventAt(frame_.scale.at(point.x()));
    target.row = layout_.rowAt(static_cast<int>(point.y()) - tracks.top() + scroll_->value());
    if (!target.row || layout_.rows()[*target.row].kind != RowKind::task) return target;
    target.task = layout_.rows()[*target.row].index;
    if (target.task >= trace.tasks().size()) return target;

    // What was painted there, not what would be there to the nanosecond: a step three pixels wide can be hit.
    const ColumnMap columns = FrameBuilder::columnsFor(trace, axis, frame_);
    std::vector<Piece> drawn;
    pieces(trace.tasks()[target.task], columns, FrameBuilder::runningLeast(frame_), drawn);
    const int column = static_cast<int>(std::floor(point.x() * columns.perPixel()));
    const auto hit = std::ranges::find_if(drawn, [&](const Piece& p) { return p.begin <= column && column < p.end; });
    if (hit == drawn.end()) return target;
    target.piece = *hit;
    if (hit->end - hit->begin <= 6 * columns.perPixel()) {
        const SpanList& spans = trace.tasks()[target.task].spans;
        std::size_t span = hit->span;
        while (hit->state == TaskState::running && span + 1 < spans.size() && span < hit->span + hit->count &&
               spans.state_of(span) != TaskState::running)
            ++span;
        target.piece->span = static_cast<std::uint32_t>(span);
        target.event = spans.event_of(span);
    }
    return target;
}

void TimelineView::click(const QPointF& point) {
    Target target;
    if (!withTrace([&](const Trace& trace) { target = targetAt(trace, point); })) return;
    const bool in_names = frame_.zones.names.contains(point.toPoint());
    if (target.row) {
        for (const auto& item : frame_.rows) {
            const QRect mark = TimelinePainter::foldMark(item, frame_).adjusted(-3, -3, 3, 3);
            if (!in_names || !mark.contains(point.toPoint())) continue;
            fold(Row(item.row));  // the frame may be another before all have been told
            return;
        }
        if (target.task != no_task) view_.setSelectedTask(target.task);
    }
    if (!in_names) view_.setCursor(target.event);
}

bool TimelineView::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        auto* help = static_cast<QHelpEvent*>(event);
        const QString tip = tipAt(help->pos());
        if (tip.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), tip, this);
        return true;
    }
    if (event->type() == QEvent::NativeGesture) {
        const auto* gesture = static_cast<QNativeGestureEvent*>(event);
        if (gesture->gestureType() == Qt::ZoomNativeGesture) {  // two fingers on a touchpad
            zoomAround(1 + gesture->value(), gesture->position().x());
            return true;
        }
    }
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) update();
    return QWidget::event(event);
}

}  // namespace awaitscope::ui
