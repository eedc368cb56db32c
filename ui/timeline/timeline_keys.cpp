// SPDX-License-Identifier: GPL-3.0-or-later
// The part of TimelineView which answers the keyboard.
#include <QKeyEvent>
#include <algorithm>

#include "ui/timeline/timeline_view.hpp"

namespace awaitscope::ui {
namespace {

constexpr double key_zoom = 1.5;
constexpr double key_pan = 0.15;

RowDensity following(RowDensity density) {
    switch (density) {
        case RowDensity::automatic:
            return RowDensity::comfortable;
        case RowDensity::comfortable:
            return RowDensity::compact;
        case RowDensity::compact:
            return RowDensity::packed;
        case RowDensity::packed:
            break;
    }
    return RowDensity::automatic;
}

}  // namespace

std::vector<KeyHelp> TimelineView::keys() {
    return {{tr("W, +, Ctrl+wheel"), tr("Zoom in around the pointer")},
            {tr("S, −"), tr("Zoom out")},
            {tr("A, D"), tr("Move left, right; also by dragging")},
            {tr("Shift+drag, right drag"), tr("Zoom to a range")},
            {tr("Ctrl+drag"), tr("Measure a range")},
            {tr("Double click"), tr("Zoom to a span; on a name, to the task's life")},
            {tr("F"), tr("Fit everything")},
            {tr("Z"), tr("Zoom to the selected task's life")},
            {tr("Ctrl+Z, Backspace"), tr("Take back the last zoom, filter, search or folding")},
            {tr("Ctrl+Shift+Z"), tr("Do again what was taken back")},
            {tr("←, →"), tr("Step back, step")},
            {tr("Home, End"), tr("Cursor to the first, to the last event")},
            {tr("G"), tr("Bring the cursor into sight")},
            {tr("↑, ↓"), tr("Select the task above, below")},
            {tr("Enter"), tr("Fold or unfold the selected task")},
            {tr("M"), tr("Mark the moment of the cursor, with a note")},
            {tr("Shift+M"), tr("Remove the mark at the cursor")},
            {tr("[, ]"), tr("Cursor to the mark before, after")},
            {tr("X"), tr("Axis of time or of steps")},
            {tr("R"), tr("Height of rows: automatic, comfortable, compact, packed")},
            {tr("L"), tr("Follow the newest events")},
            {tr("Esc"), tr("Measure nothing; select nothing")}};
}

void TimelineView::keyPressEvent(QKeyEvent* event) {
    const bool control = event->modifiers() & Qt::ControlModifier;
    const bool shift = event->modifiers() & Qt::ShiftModifier;
    const std::map<EventIndex, QString>& marks = view_.marks();
    const auto jumpTo = [this](bool last) {
        EventIndex count = 0;
        withTrace([&](const Trace& trace) { count = trace.event_count(); });
        if (count > 0) view_.setCursor(last ? count - 1 : 0);
    };
    if (control) {
        if (event->key() == Qt::Key_Z && !shift)
            view_.undo();
        else if ((event->key() == Qt::Key_Z && shift) || event->key() == Qt::Key_Y)
            view_.redo();
        else
            QWidget::keyPressEvent(event);
        return;
    }
    if (event->modifiers() & (Qt::AltModifier | Qt::MetaModifier)) {
        QWidget::keyPressEvent(event);
        return;
    }
    switch (event->key()) {
        case Qt::Key_W:
        case Qt::Key_Plus:
        case Qt::Key_Equal:
            zoom(key_zoom);
            break;
        case Qt::Key_S:
        case Qt::Key_Minus:
            zoom(1 / key_zoom);
            break;
        case Qt::Key_A:
            pan(-key_pan);
            break;
        case Qt::Key_D:
            pan(key_pan);
            break;
        case Qt::Key_F:
            fit();
            break;
        case Qt::Key_Z:
            if (view_.selectedTask() != no_task) zoomToTask(view_.selectedTask());
            break;
        case Qt::Key_Backspace:
            view_.undo();
            break;
        case Qt::Key_Left:
            emit stepRequested(-1);
            break;
        case Qt::Key_Right:
            emit stepRequested(1);
            break;
        case Qt::Key_Home:
            jumpTo(false);
            break;
        case Qt::Key_End:
            jumpTo(true);
            break;
        case Qt::Key_G:
            showCursor();
            break;
        case Qt::Key_Up:
            selectRow(-1);
            break;
        case Qt::Key_Down:
            selectRow(1);
            break;
        case Qt::Key_PageUp:
            scrollBy(-scroll_->pageStep());
            break;
        case Qt::Key_PageDown:
            scrollBy(scroll_->pageStep());
            break;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (const auto row = layout_.rowOfTask(view_.selectedTask()); row && layout_.rows()[*row].descendants > 0)
                view_.setFolded(layout_.rows()[*row].index, !layout_.rows()[*row].folded);
            break;
        case Qt::Key_M:
            if (view_.cursor() == no_event) break;
            if (shift) {
                view_.removeMark(view_.cursor());
            } else {
                view_.setMark(view_.cursor(), marks.contains(view_.cursor()) ? marks.at(view_.cursor()) : QString());
                emit noteRequested(view_.cursor());
            }
            break;
        case Qt::Key_BracketLeft:
            if (const auto at = view_.cursor() == no_event ? marks.begin() : marks.lower_bound(view_.cursor());
                at != marks.begin())
                view_.setCursor(std::prev(at)->first);
            break;
        case Qt::Key_BracketRight:
            if (const auto at = view_.cursor() == no_event ? marks.begin() : marks.upper_bound(view_.cursor());
                at != marks.end())
                view_.setCursor(at->first);
            break;
        case Qt::Key_X:
            setAxis(axis_ == AxisKind::time ? AxisKind::steps : AxisKind::time);
            break;
        case Qt::Key_R:
            setRowDensity(following(density_));
            break;
        case Qt::Key_L:
            view_.setFollowing(!view_.following());
            break;
        case Qt::Key_Escape:
            if (!measured_) view_.setSelectedTask(no_task);
            measured_.reset();
            update();
            break;
        default:
            QWidget::keyPressEvent(event);
    }
}

void TimelineView::selectRow(int by) {
    const auto& rows = layout_.rows();
    if (rows.empty()) return;
    const auto from = layout_.rowOfTask(view_.selectedTask());
    auto row = from     ? static_cast<std::ptrdiff_t>(*from) + by
               : by > 0 ? 0
                        : static_cast<std::ptrdiff_t>(rows.size()) - 1;
    const auto count = static_cast<std::ptrdiff_t>(rows.size());
    while (row >= 0 && row < count && rows[static_cast<std::size_t>(row)].kind != RowKind::task) row += by;
    if (row >= 0 && row < count) view_.setSelectedTask(rows[static_cast<std::size_t>(row)].index);
}

}  // namespace awaitscope::ui
