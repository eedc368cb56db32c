// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenario/story_binding.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "instrumentation/event/vocabulary.hpp"

namespace awaitscope::ui {

TaskIndex storyTask(const Trace& trace, EventIndex index) {
    const Event event = trace.event(index);
    const bool done_to_it = event.kind() == EventKind::task_created || event.kind() == EventKind::task_cancel_requested;
    const TaskIndex running = done_to_it || event.task() == 0 ? trace.running_at(index, event.loop()) : no_task;
    return running != no_task ? running : trace.find_task(event.task());
}

StoryBinding::StoryBinding(const Story& story) : story_(story) {
    for (const StoryStep& step : story.steps) {
        steps_.push_back({.anchor = &step.at});
        const bool named = step.question && step.question->until && step.question->until->kind != EventKind::none;
        answers_.push_back({.anchor = named ? &*step.question->until : nullptr});
    }
}

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
    for (Wanted& step : steps_) found |= find(step, symbols, event);
    for (Wanted& answer : answers_) found |= find(answer, symbols, event);
    ++seen_;
    return found;
}

bool StoryBinding::find(Wanted& wanted, const Symbols& symbols, const Event& event) const {
    if (!wanted.anchor || wanted.event != no_event || !fits(symbols, event, *wanted.anchor)) return false;
    if (++wanted.count < wanted.anchor->n) return false;
    wanted.event = seen_;
    return true;
}

std::optional<EventStretch> StoryBinding::answer(std::size_t step, std::optional<EventIndex> ended) const {
    const auto& question = story_.steps[step].question;
    const EventIndex after = steps_[step].event;
    if (!question || after == no_event) return std::nullopt;
    EventIndex last = answers_[step].event;
    if (!question->until) {
        const auto next =
            std::find_if(steps_.begin() + static_cast<std::ptrdiff_t>(step), steps_.end(),
                         [after](const Wanted& later) { return later.event != no_event && later.event > after; });
        last = next != steps_.end() ? next->event : no_event;
        if (last == no_event && ended) last = *ended - 1;
    }
    if (last == no_event || last <= after) return std::nullopt;
    return EventStretch{after, last};
}

std::vector<std::size_t> StoryBinding::unresolved() const {
    std::vector<std::size_t> steps;
    for (std::size_t i = 0; i < steps_.size(); ++i)
        if (steps_[i].event == no_event) steps.push_back(i);
    return steps;
}

std::size_t StoryBinding::stepAt(EventIndex cursor) const {
    std::size_t step = 0;
    if (cursor == no_event) return step;
    for (std::size_t i = 0; i < steps_.size(); ++i)
        if (steps_[i].event != no_event && steps_[i].event <= cursor) step = i;
    return step;
}

}  // namespace awaitscope::ui
