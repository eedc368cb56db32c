// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenario/story_gate.hpp"

#include <algorithm>

namespace awaitscope::ui {

StoryGate::StoryGate(Story story, const std::set<std::size_t>& answered) : story_(std::move(story)) {
    for (std::size_t i = 0; i < story_.steps.size(); ++i)
        if (story_.steps[i].question && !answered.contains(i)) held_.insert(i);
}

bool StoryGate::holds(std::size_t step) const {
    const std::lock_guard lock(mutex_);
    return held_.contains(step);
}

bool StoryGate::holdsAny() const {
    const std::lock_guard lock(mutex_);
    return !held_.empty();
}

void StoryGate::release(std::size_t step) {
    const std::lock_guard lock(mutex_);
    held_.erase(step);
}

void StoryGate::releaseAll() {
    const std::lock_guard lock(mutex_);
    held_.clear();
}

EventIndex StoryGate::horizon(const StoryBinding& binding, EventIndex count) const {
    const std::lock_guard lock(mutex_);
    for (const std::size_t step : held_)
        if (const EventIndex event = binding.event(step); event != no_event) count = std::min(count, event + 1);
    return count;
}

GatedSource::GatedSource(std::unique_ptr<EventSource> source, std::shared_ptr<const StoryGate> gate)
    : source_(std::move(source)), gate_(std::move(gate)), binding_(gate_->story()) {
    learn();
}

/// What is held back stands still, however long: nobody may take it for a program that hangs.
void GatedSource::learn() {
    info_ = source_->info();
    info_.live = false;
}

SourceState GatedSource::read(Symbols& symbols, std::vector<Event>& out, std::size_t limit) {
    SourceState state = SourceState::idle;
    if (!source_ended_) {
        state = source_->read(symbols, events_, limit);
        source_ended_ = state == SourceState::ended;
        learn();
    }
    tell(symbols, out);
    if (!source_ended_) return state;
    return told_ == events_.size() ? SourceState::ended : SourceState::idle;
}

void GatedSource::finish(Symbols& symbols, std::vector<Event>& out) {
    if (!source_ended_) source_->finish(symbols, events_);
    tell(symbols, out);
}

void GatedSource::tell(Symbols& symbols, std::vector<Event>& out) {
    for (; seen_ < events_.size(); ++seen_) binding_.see(symbols, events_[seen_]);
    const EventIndex horizon = gate_->horizon(binding_, events_.size());
    if (told_ >= horizon) return;
    out.insert(out.end(), events_.begin() + static_cast<std::ptrdiff_t>(told_),
               events_.begin() + static_cast<std::ptrdiff_t>(horizon));
    told_ = horizon;
}

std::string GatedSource::note() const {
    // How it ended is a part of what is held back.
    return source_ended_ && told_ == events_.size() ? source_->note() : std::string();
}

}  // namespace awaitscope::ui
