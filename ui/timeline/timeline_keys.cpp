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

std::vector<KeyRow> TimelineView::keyRows() {
    const auto toMark = [](int direction) { return [=](TimelineView& it) { it.goToMark(direction); }; };
    const auto scroll = [](int pages) {
        return [=](TimelineView& it) { it.scrollBy(pages * it.scroll_->pageStep()); };
    };
    const auto jumpTo = [](bool last) {
        return [=](TimelineView& it) {
            EventIndex count = 0;
            it.withTrace([&](const Trace& trace) { count = trace.event_count(); });
            if (count > 0) it.view_.setCursor(last ? count - 1 : 0);
        };
    };
    return {
        {tr("zoom in, out"),
         {{tr("Zoom in"), {Qt::Key_W, Qt::Key_Plus, Qt::Key_Equal}, [](TimelineView& it) { it.zoom(key_zoom); }},
          {tr("Zoom out"), {Qt::Key_S, Qt::Key_Minus}, [](TimelineView& it) { it.zoom(1 / key_zoom); }}}},
        {tr("pan left, right"),
         {{tr("Move left"), {Qt::Key_A}, [](TimelineView& it) { it.pan(-key_pan); }},
          {tr("Move right"), {Qt::Key_D}, [](TimelineView& it) { it.pan(key_pan); }}}},
        {tr("zoom to the selected task's life"),
         {{tr("Zoom to the selected task's life"),
           {Qt::Key_Z},
           [](TimelineView& it) {
               if (it.view_.selectedTask() != no_task) it.zoomToTask(it.view_.selectedTask());
           }}}},
        {tr("bring the cursor into sight"),
         {{tr("Bring the cursor into sight"), {Qt::Key_G}, [](TimelineView& it) { it.showCursor(); }}}},
        {tr("select the task above, below"),
         {{tr("Select the task above"), {Qt::Key_Up}, [](TimelineView& it) { it.selectRow(-1); }},
          {tr("Select the task below"), {Qt::Key_Down}, [](TimelineView& it) { it.selectRow(1); }}}},
        {tr("scroll the tracks"),
         {{tr("Scroll the tracks up"), {Qt::Key_PageUp}, scroll(-1)},
          {tr("Scroll the tracks down"), {Qt::Key_PageDown}, scroll(1)}}},
        {tr("fold the selected task; its loop"),
         {{tr("Fold or unfold the selected task"),
           {Qt::Key_Return, Qt::Key_Enter},
           [](TimelineView& it) { it.foldSelected(); }},
          {tr("Fold or unfold the selected task's process or loop"),
           {Qt::SHIFT | Qt::Key_Return, Qt::SHIFT | Qt::Key_Enter},
           [](TimelineView& it) { it.foldGroupOfSelected(); }}}},
        {tr("mark the cursor; remove the mark"),
         {{tr("Mark the moment of the cursor"), {Qt::Key_M}, [](TimelineView& it) { it.setMark(); }},
          {tr("Remove the mark at the cursor"),
           {Qt::SHIFT | Qt::Key_M},
           [](TimelineView& it) { it.view_.removeMark(it.view_.cursor()); }}}},
        {tr("go to the mark before, behind"),
         {{tr("Mark before"), {Qt::Key_BracketLeft}, toMark(-1)},
          {tr("Mark behind"), {Qt::Key_BracketRight}, toMark(1)}}},
        {tr("measure from here to the cursor"),
         {{tr("Measure from here to the cursor"), {Qt::Key_T}, [](TimelineView& it) { it.measureFromCursor(); }}}},
        {tr("axis of time, or of steps"),
         {{tr("Axis of time or of steps"),
           {Qt::Key_X},
           [](TimelineView& it) { it.setAxis(it.axis_ == AxisKind::time ? AxisKind::steps : AxisKind::time); }}}},
        {tr("height of rows"),
         {{tr("Height of rows"), {Qt::Key_R}, [](TimelineView& it) { it.setRowDensity(following(it.density_)); }}}},
        // A window has these as its own commands; in one that has none they are this view's.
        {{},
         {{{}, {Qt::CTRL | Qt::Key_Z, Qt::Key_Backspace}, [](TimelineView& it) { it.view_.undo(); }},
          {{}, {Qt::CTRL | Qt::SHIFT | Qt::Key_Z, Qt::CTRL | Qt::Key_Y}, [](TimelineView& it) { it.view_.redo(); }},
          {{}, {Qt::Key_F}, [](TimelineView& it) { it.fit(); }},
          {{}, {Qt::Key_Left}, [](TimelineView& it) { emit it.stepRequested(-1); }},
          {{}, {Qt::Key_Right}, [](TimelineView& it) { emit it.stepRequested(1); }},
          {{}, {Qt::Key_Home}, jumpTo(false)},
          {{}, {Qt::Key_End}, jumpTo(true)},
          {{}, {Qt::Key_L}, [](TimelineView& it) { it.view_.setFollowing(!it.view_.following()); }},
          {{}, {Qt::Key_Escape}, [](TimelineView& it) { it.escape(); }}}},
    };
}

void TimelineView::makeCommands() {
    for (const KeyRow& row : keyRows())
        for (const KeyCommand& command : row.commands) {
            // No widget has it, so that Qt takes its keys from nobody: keyPressEvent() looks it up.
            auto* action = new QAction(command.name, this);
            action->setShortcuts(command.keys);
            connect(action, &QAction::triggered, this, [this, run = command.run] { run(*this); });
            (row.words.isEmpty() ? window_commands_ : commands_) << action;
        }
}

void TimelineView::keyPressEvent(QKeyEvent* event) {
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    const Qt::Key key = Qt::Key(event->key());
    const auto run = [this](QKeyCombination pressed) {
        for (QAction* command : commands_ + window_commands_)
            if (command->shortcuts().contains(QKeySequence(pressed))) {
                command->trigger();
                return true;
            }
        return false;
    };
    if (run(QKeyCombination(modifiers, key))) return;
    // What needs Shift on one keyboard needs none on another.
    const bool is_sign = key < Qt::Key_A || (key > Qt::Key_Z && key < Qt::Key_Escape);
    if (is_sign && run(QKeyCombination(modifiers & ~Qt::ShiftModifier, key))) return;
    QWidget::keyPressEvent(event);
}

void TimelineView::escape() {
    if (!measured_) view_.setSelectedTask(no_task);
    stopMeasuring();
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
