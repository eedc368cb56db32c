// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/view_state.hpp"

#include <utility>

namespace awaitscope::ui {

namespace {
constexpr std::size_t undo_steps_max = 200;
}

ViewState::ViewState(QObject* parent) : QObject(parent) {}

void ViewState::setCursor(EventIndex cursor) {
    setFollowing(false);
    if (cursor == cursor_) return;
    cursor_ = cursor;
    emit cursorChanged();
}

void ViewState::setSelectedTask(TaskIndex task) {
    if (task == selected_task_) return;
    selected_task_ = task;
    emit selectionChanged();
}

void ViewState::setRange(TimeRange range) {
    if (range.end < range.begin) std::swap(range.begin, range.end);
    setFollowing(false);
    if (range == range_) return;
    const bool same_gesture = gesture_.isValid() && gesture_.elapsed() < gesture_gap_ms_ && !undo_.empty();
    gesture_.start();
    if (!same_gesture) {
        undo_.push_back(range_);
        if (undo_.size() > undo_steps_max) undo_.erase(undo_.begin());
    }
    redo_.clear();
    range_ = range;
    emit rangeChanged();
}

void ViewState::setFollowing(bool following) {
    if (following == following_) return;
    following_ = following;
    emit followingChanged();
}

void ViewState::setSearch(const QString& text) {
    if (text == search_) return;
    search_ = text;
    emit searchChanged();
}

bool ViewState::canUndoRange() const {
    return !undo_.empty();
}
bool ViewState::canRedoRange() const {
    return !redo_.empty();
}

void ViewState::undoRange() {
    step(undo_, redo_);
}
void ViewState::redoRange() {
    step(redo_, undo_);
}

void ViewState::step(std::vector<TimeRange>& from, std::vector<TimeRange>& to) {
    if (from.empty()) return;
    setFollowing(false);
    to.push_back(range_);
    range_ = from.back();
    from.pop_back();
    gesture_.invalidate();
    emit rangeChanged();
}

void ViewState::follow(EventIndex newest, TimeRange range) {
    if (!following_) return;
    const bool moved = std::exchange(cursor_, newest) != newest;
    const bool ranged = std::exchange(range_, range) != range;
    if (moved) emit cursorChanged();
    if (ranged) emit rangeChanged();
}

}  // namespace awaitscope::ui
