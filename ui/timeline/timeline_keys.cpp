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

void TimelineView::makeCommands() {
    const auto add = [this](const QString& name, const QList<QKeySequence>& keys, auto run) {
        // No widget has it, so that Qt takes its keys from nobody: keyPressEvent() looks it up.
        auto* command = new QAction(name, this);
        command->setShortcuts(keys);
        connect(command, &QAction::triggered, this, run);
        commands_ << command;
    };
    add(tr("Zoom in"), {Qt::Key_W, Qt::Key_Plus, Qt::Key_Equal}, [this] { zoom(key_zoom); });
    add(tr("Zoom out"), {Qt::Key_S, Qt::Key_Minus}, [this] { zoom(1 / key_zoom); });
    add(tr("Move left"), {Qt::Key_A}, [this] { pan(-key_pan); });
    add(tr("Move right"), {Qt::Key_D}, [this] { pan(key_pan); });
    add(tr("Zoom to the selected task's life"), {Qt::Key_Z}, [this] {
        if (view_.selectedTask() != no_task) zoomToTask(view_.selectedTask());
    });
    add(tr("Bring the cursor into sight"), {Qt::Key_G}, &TimelineView::showCursor);
    add(tr("Select the task above"), {Qt::Key_Up}, [this] { selectRow(-1); });
    add(tr("Select the task below"), {Qt::Key_Down}, [this] { selectRow(1); });
    add(tr("Scroll the tracks up"), {Qt::Key_PageUp}, [this] { scrollBy(-scroll_->pageStep()); });
    add(tr("Scroll the tracks down"), {Qt::Key_PageDown}, [this] { scrollBy(scroll_->pageStep()); });
    add(tr("Fold or unfold the selected task"), {Qt::Key_Return, Qt::Key_Enter}, &TimelineView::foldSelected);
    add(tr("Fold or unfold the selected task's process or loop"), {Qt::SHIFT | Qt::Key_Return},
        &TimelineView::foldGroupOfSelected);
    add(tr("Mark the moment of the cursor"), {Qt::Key_M}, &TimelineView::setMark);
    add(tr("Remove the mark at the cursor"), {Qt::SHIFT | Qt::Key_M}, [this] { view_.removeMark(view_.cursor()); });
    add(tr("Mark before"), {Qt::Key_BracketLeft}, [this] { goToMark(-1); });
    add(tr("Mark behind"), {Qt::Key_BracketRight}, [this] { goToMark(1); });
    add(tr("Axis of time or of steps"), {Qt::Key_X},
        [this] { setAxis(axis_ == AxisKind::time ? AxisKind::steps : AxisKind::time); });
    add(tr("Height of rows"), {Qt::Key_R}, [this] { setRowDensity(following(density_)); });
}

void TimelineView::keyPressEvent(QKeyEvent* event) {
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    const Qt::Key key = Qt::Key(event->key());
    const auto run = [this](QKeyCombination pressed) {
        for (QAction* command : commands_)
            if (command->shortcuts().contains(QKeySequence(pressed))) {
                command->trigger();
                return true;
            }
        return false;
    };
    if (run(QKeyCombination(modifiers, key))) return;
    // What needs Shift on one keyboard needs none on another.
    const bool is_sign = key < Qt::Key_A || (key > Qt::Key_Z && key < Qt::Key_Escape);
    const QKeyCombination pressed(is_sign ? modifiers & ~Qt::ShiftModifier : modifiers, key);
    if (is_sign && run(pressed)) return;
    const auto jumpTo = [this](bool last) {
        EventIndex count = 0;
        withTrace([&](const Trace& trace) { count = trace.event_count(); });
        if (count > 0) view_.setCursor(last ? count - 1 : 0);
    };
    // A window that walks has these as its own commands; where none does, they are this view's.
    switch (pressed.toCombined()) {
        case QKeyCombination(Qt::CTRL | Qt::Key_Z).toCombined():
        case Qt::Key_Backspace:
            return view_.undo();
        case QKeyCombination(Qt::CTRL | Qt::SHIFT | Qt::Key_Z).toCombined():
        case QKeyCombination(Qt::CTRL | Qt::Key_Y).toCombined():
            return view_.redo();
        case Qt::Key_F:
            return fit();
        case Qt::Key_Left:
            return emit stepRequested(-1);
        case Qt::Key_Right:
            return emit stepRequested(1);
        case Qt::Key_Home:
            return jumpTo(false);
        case Qt::Key_End:
            return jumpTo(true);
        case Qt::Key_L:
            return view_.setFollowing(!view_.following());
        case Qt::Key_Escape:
            if (!measured_) view_.setSelectedTask(no_task);
            measured_.reset();
            return update();
        default:
            QWidget::keyPressEvent(event);
    }
}

void TimelineView::foldSelected() {
    if (const auto row = layout_.rowOfTask(view_.selectedTask()); row && layout_.rows()[*row].descendants > 0)
        fold(layout_.rows()[*row]);
}

/// The nearest heading above it; when it is hidden, the one that hides it.
void TimelineView::foldGroupOfSelected() {
    const auto selected = layout_.rowOfTask(view_.selectedTask());
    if (!selected) return;
    const std::vector<Row>& rows = layout_.rows();
    if (isHeading(rows[*selected].kind)) return fold(rows[*selected]);
    for (std::size_t row = *selected; row-- > 0;)
        if (isHeading(rows[row].kind)) return fold(rows[row]);
}

void TimelineView::fold(const Row& row) {
    switch (row.kind) {
        case RowKind::task:
            return view_.setFolded(row.index, !row.folded);
        case RowKind::process:
            return view_.setProcessFolded(row.index, !row.folded);
        case RowKind::loop:
            return view_.setLoopFolded(static_cast<std::uint16_t>(row.index), !row.folded);
        case RowKind::io_group:
            return view_.setIoFolded(!row.folded);
        case RowKind::io:
            break;
    }
}

/// Its note, if there is one, stays.
void TimelineView::setMark() {
    const EventIndex cursor = view_.cursor();
    if (cursor == no_event) return;
    view_.setMark(cursor, view_.marks().contains(cursor) ? view_.marks().at(cursor) : QString());
    emit noteRequested(cursor);
}

void TimelineView::goToMark(int direction) {
    const std::map<EventIndex, QString>& marks = view_.marks();
    const EventIndex cursor = view_.cursor();
    if (direction < 0) {
        const auto behind = cursor == no_event ? marks.begin() : marks.lower_bound(cursor);
        if (behind != marks.begin()) view_.setCursor(std::prev(behind)->first);
    } else {
        const auto next = cursor == no_event ? marks.begin() : marks.upper_bound(cursor);
        if (next != marks.end()) view_.setCursor(next->first);
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
