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
    Sight next = sight_;
    next.range = range;
    change(std::move(next), "range");
}

void ViewState::slideRange(TimeRange range) {
    setFollowing(false);
    if (std::exchange(sight_.range, range) != range) emit rangeChanged();
}

void ViewState::setFollowing(bool following) {
    if (following == following_) return;
    following_ = following;
    emit followingChanged();
}

void ViewState::setSearch(const QString& text) {
    Sight next = sight_;
    next.search = text;
    change(std::move(next), "search");
}

QString ViewState::filter(const QString& panel) const {
    const auto found = sight_.filters.find(panel);
    return found == sight_.filters.end() ? QString() : found->second;
}

void ViewState::setFilter(const QString& panel, const QString& text) {
    Sight next = sight_;
    if (text.isEmpty())
        next.filters.erase(panel);
    else
        next.filters[panel] = text;
    change(std::move(next), "filter " + panel);
}

void ViewState::setFolded(TaskIndex task, bool folded) {
    Sight next = sight_;
    if (folded)
        next.folded_tasks.insert(task);
    else
        next.folded_tasks.erase(task);
    change(std::move(next), {});
}

void ViewState::setProcessFolded(std::uint32_t pid, bool folded) {
    Sight next = sight_;
    if (folded)
        next.folded_processes.insert(pid);
    else
        next.folded_processes.erase(pid);
    change(std::move(next), {});
}

void ViewState::setLoopFolded(std::uint16_t number, bool folded) {
    Sight next = sight_;
    if (folded)
        next.folded_loops.insert(number);
    else
        next.folded_loops.erase(number);
    change(std::move(next), {});
}

void ViewState::setIoFolded(bool folded) {
    Sight next = sight_;
    next.io_folded = folded;
    change(std::move(next), {});
}

void ViewState::setMark(EventIndex event, const QString& note) {
    const auto [mark, added] = marks_.try_emplace(event);
    // A line, as lists and the ruler have it.
    const QString line = note.simplified();
    if (!added && mark->second == line) return;
    mark->second = line;
    emit marksChanged();
}

void ViewState::removeMark(EventIndex event) {
    if (marks_.erase(event) > 0) emit marksChanged();
}

void ViewState::setFutureHidden(bool hidden) {
    if (std::exchange(future_hidden_, hidden) != hidden) emit disclosureChanged();
}

void ViewState::setPlaces(PlaceWords places) {
    if (places == places_) return;
    places_ = std::move(places);
    emit placesChanged();
}

void ViewState::setAnswer(std::optional<EventStretch> answer) {
    if (std::exchange(answer_, answer) != answer) emit disclosureChanged();
}

void ViewState::setToldLine(std::optional<LineByCode> line) {
    if (line == told_line_) return;
    told_line_ = std::move(line);
    emit toldLineChanged();
}

/// `what` names what one gesture changes again and again; empty: each change is one of its own.
void ViewState::change(Sight next, const QString& what) {
    if (next == sight_) return;
    const bool same_gesture = !what.isEmpty() && what == gesture_of_ && !undo_.empty() && gesture_.isValid() &&
                              gesture_.elapsed() < gesture_gap_ms_;
    gesture_.start();
    gesture_of_ = what;
    if (!same_gesture) {
        undo_.push_back(sight_);
        if (undo_.size() > undo_steps_max) undo_.erase(undo_.begin());
    }
    redo_.clear();
    look(std::move(next));
}

void ViewState::look(Sight next) {
    const Sight before = std::exchange(sight_, std::move(next));
    const Sight now = sight_;  // a listener may change it again
    if (now.range != before.range) emit rangeChanged();
    if (now.folded_tasks != before.folded_tasks || now.folded_processes != before.folded_processes ||
        now.folded_loops != before.folded_loops || now.io_folded != before.io_folded)
        emit foldingChanged();
    if (now.search != before.search) emit searchChanged();
    std::map<QString, QString> filters = before.filters;
    filters.insert(now.filters.begin(), now.filters.end());
    for (const auto& [panel, text] : filters) {
        const auto was = before.filters.find(panel), is = now.filters.find(panel);
        if (was == before.filters.end() || is == now.filters.end() || was->second != is->second)
            emit filterChanged(panel);
    }
}

void ViewState::begin(Sight sight) {
    setFollowing(false);
    undo_.clear();
    redo_.clear();
    look(std::move(sight));
}

void ViewState::undo() {
    step(undo_, redo_);
}
void ViewState::redo() {
    step(redo_, undo_);
}

void ViewState::step(std::vector<Sight>& from, std::vector<Sight>& to) {
    if (from.empty()) return;
    setFollowing(false);
    to.push_back(sight_);
    Sight next = std::move(from.back());
    from.pop_back();
    gesture_.invalidate();
    look(std::move(next));
}

void ViewState::follow(EventIndex newest, TimeRange range) {
    if (!following_) return;
    const bool moved = std::exchange(cursor_, newest) != newest;
    const bool ranged = std::exchange(sight_.range, range) != range;
    if (moved) emit cursorChanged();
    if (ranged) emit rangeChanged();
}

}  // namespace awaitscope::ui
