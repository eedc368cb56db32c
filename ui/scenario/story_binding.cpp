// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenario/story_binding.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "instrumentation/event/vocabulary.hpp"

namespace awaitscope::ui {
StoryBinding::StoryBinding(const Story& story)
    : story_(story), events_(story.steps.size(), no_event), counts_(story.steps.size(), 0) {}

std::string_view StoryBinding::taskName(const Symbols& symbols, Id task) const {
    const auto found = task_names_.find(task);
    return found == task_names_.end() ? std::string_view{} : symbols.string(found->second);
}

bool StoryBinding::fieldFits(const Symbols& symbols, const Event& event, const Field& field,
                             std::string_view wanted) const {
    const std::uint64_t value = get(event, field.slot);
    switch (field.type) {
        case FieldType::text:
            return symbols.string(static_cast<StringId>(value)).starts_with(wanted);
        case FieldType::task_name:
            return symbols.string(static_cast<StringId>(value)) == wanted;
        case FieldType::place:
        case FieldType::definition: {
            const Place place = symbols.place(static_cast<PlaceId>(value));
            return symbols.string(place.function) == wanted || fmt::format("{}", place.line) == wanted;
        }
        case FieldType::id:
            return taskName(symbols, value) == wanted;
        default:
            break;
    }
    const std::string_view word = enum_word(field.type, value);
    return word.empty() ? fmt::format("{}", value) == wanted : word == wanted;
}

bool StoryBinding::fits(const Symbols& symbols, const Event& event, const StoryAnchor& anchor) const {
    if (event.kind() != anchor.kind) return false;
    if (!anchor.task.empty() && taskName(symbols, event.task()) != anchor.task) return false;
    const auto fields = find_kind(anchor.kind)->fields;
    return std::ranges::all_of(anchor.fields, [&](const auto& wanted) {
        const auto field = std::ranges::find(fields, wanted.first, &Field::name);
        return field != fields.end() && fieldFits(symbols, event, *field, wanted.second);
    });
}

bool StoryBinding::update(const Trace& trace) {
    bool found = false;
    for (const EventIndex count = trace.event_count(); seen_ < count;)
        found |= see(trace.symbols(), trace.event(seen_));
    return found;
}

bool StoryBinding::see(const Symbols& symbols, const Event& event) {
    if (event.kind() == EventKind::task_created || event.kind() == EventKind::task_renamed)
        task_names_[event.task()] = event.b;
    bool found = false;
    for (std::size_t i = 0; i < events_.size(); ++i) {
        if (events_[i] != no_event || !fits(symbols, event, story_.steps[i].at)) continue;
        if (++counts_[i] < story_.steps[i].at.n) continue;
        events_[i] = seen_;
        found = true;
    }
    ++seen_;
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
