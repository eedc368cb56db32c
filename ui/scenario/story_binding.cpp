// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenario/story_binding.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "instrumentation/event/vocabulary.hpp"

namespace awaitscope::ui {
namespace {

std::string_view taskName(const Trace& trace, Id id) {
    const TaskIndex task = trace.find_task(id);
    return task == no_task ? std::string_view{} : trace.symbols().string(trace.tasks()[task].name);
}

bool fieldFits(const Trace& trace, const Event& event, const Field& field, std::string_view wanted) {
    const std::uint64_t value = get(event, field.slot);
    switch (field.type) {
        case FieldType::text:
            return trace.symbols().string(static_cast<StringId>(value)).starts_with(wanted);
        case FieldType::task_name:
            return trace.symbols().string(static_cast<StringId>(value)) == wanted;
        case FieldType::place:
        case FieldType::definition: {
            const Place place = trace.symbols().place(static_cast<PlaceId>(value));
            return trace.symbols().string(place.function) == wanted || fmt::format("{}", place.line) == wanted;
        }
        case FieldType::id:
            return taskName(trace, value) == wanted;
        default:
            break;
    }
    const std::string_view word = enum_word(field.type, value);
    return word.empty() ? fmt::format("{}", value) == wanted : word == wanted;
}

bool fits(const Trace& trace, const Event& event, const StoryAnchor& anchor) {
    if (event.kind() != anchor.kind) return false;
    if (!anchor.task.empty() && taskName(trace, event.task()) != anchor.task) return false;
    const auto fields = find_kind(anchor.kind)->fields;
    return std::ranges::all_of(anchor.fields, [&](const auto& wanted) {
        const auto field = std::ranges::find(fields, wanted.first, &Field::name);
        return field != fields.end() && fieldFits(trace, event, *field, wanted.second);
    });
}

}  // namespace

StoryBinding::StoryBinding(const Story& story)
    : story_(story), events_(story.steps.size(), no_event), counts_(story.steps.size(), 0) {}

bool StoryBinding::update(const Trace& trace) {
    bool found = false;
    const EventIndex count = trace.event_count();
    for (; seen_ < count; ++seen_) {
        const Event& event = trace.event(seen_);
        for (std::size_t i = 0; i < events_.size(); ++i) {
            if (events_[i] != no_event || !fits(trace, event, story_.steps[i].at)) continue;
            if (++counts_[i] < story_.steps[i].at.n) continue;
            events_[i] = seen_;
            found = true;
        }
    }
    return found;
}

std::vector<std::size_t> StoryBinding::unresolved() const {
    std::vector<std::size_t> steps;
    for (std::size_t i = 0; i < events_.size(); ++i)
        if (events_[i] == no_event) steps.push_back(i);
    return steps;
}

std::size_t StoryBinding::stepAt(EventIndex cursor) const {
    std::size_t step = 0;
    if (cursor == no_event) return step;
    for (std::size_t i = 0; i < events_.size(); ++i)
        if (events_[i] != no_event && events_[i] <= cursor) step = i;
    return step;
}

}  // namespace awaitscope::ui
