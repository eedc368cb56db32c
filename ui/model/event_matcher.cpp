// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/event_matcher.hpp"

#include "instrumentation/event/vocabulary.hpp"
#include "instrumentation/exporter/event_text.hpp"

namespace awaitscope::ui {
namespace {

constexpr Id sieve_size = Id{1} << 24;

std::uint8_t slotAnd1(Slot slot) {
    return static_cast<std::uint8_t>(static_cast<unsigned>(slot) + 1);
}

std::uint64_t valueIn(const Event& event, std::uint8_t slot_and_1) {
    return get(event, static_cast<Slot>(slot_and_1 - 1));
}

}  // namespace

EventMatcher::EventMatcher(EventFilter filter) : filter_(std::move(filter)) {
    if (!filter_.text.isEmpty()) learnKinds();
}

bool EventMatcher::holds(std::string_view text) const {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))
        .contains(filter_.text, Qt::CaseInsensitive);
}

void EventMatcher::learnKinds() {
    for (const KindInfo& info : vocabulary()) {
        KindWords& words = kinds_[static_cast<std::size_t>(info.kind)];
        words.name = holds(info.name);
        if (const Field* field = text_field(info.kind)) words.text_slot = slotAnd1(field->slot);
        if (const Field* field = place_field(info.kind)) words.place_slot = slotAnd1(field->slot);
        for (const Field& field : info.fields)
            for (std::uint64_t value = 0; value < 64; ++value) {
                const std::string_view word = enum_word(field.type, value);
                if (word.empty() || word == "?" || !holds(word)) continue;
                words.word_slot = slotAnd1(field.slot);
                words.words |= std::uint64_t{1} << value;
            }
    }
}

void EventMatcher::learn(const Trace& trace) {
    const Symbols& symbols = trace.symbols();
    // What has been added while this looks is learned the next time, before any event that names it is looked at.
    const std::size_t strings = symbols.string_count(), places = symbols.place_count();
    while (strings_.size() < strings) {
        strings_.push_back(holds(symbols.string(static_cast<StringId>(strings_.size()))));
        any_string_ |= strings_.back();
    }
    const auto stringHolds = [&](StringId id) { return id < strings_.size() && strings_[id]; };
    while (places_.size() < places) {
        const auto id = static_cast<PlaceId>(places_.size());
        places_.push_back(stringHolds(symbols.place(id).function) || stringHolds(symbols.place(id).file) ||
                          holds(place_text(symbols, id)));
        any_place_ |= places_.back();
    }
    const TaskList tasks = trace.tasks();
    while (tasks_.size() < tasks.size()) {
        const Task& task = tasks[tasks_.size()];
        const bool named =
            task.name != 0 ? stringHolds(task.name) : holds(task_name(trace, static_cast<TaskIndex>(tasks_.size())));
        tasks_.push_back(named || (task.definition < places_.size() && places_[task.definition]));
        sieve_exact_ &= task.id < sieve_size;
        if (!tasks_.back()) continue;
        any_task_ = true;
        task_sieve_.resize(sieve_size);
        task_sieve_[task.id % sieve_size] = true;
    }
    looked_at_ = filter_.kinds;
    if (any_task_) return;
    for (std::size_t kind = 0; kind < kinds_.size(); ++kind) {
        const KindWords& words = kinds_[kind];
        if (!words.name && words.words == 0 && !(words.text_slot && any_string_) && !(words.place_slot && any_place_))
            looked_at_.reset(kind);
    }
}

bool EventMatcher::ofTaskFound(const Trace& trace, Id id) const {
    if (!task_sieve_[id % sieve_size]) return false;
    if (sieve_exact_ && id < sieve_size) return true;
    const TaskIndex task = trace.find_task(id);
    return task < tasks_.size() && tasks_[task];
}

bool EventMatcher::holdsText(const Trace& trace, const Event& event) const {
    const KindWords& words = kinds_[static_cast<std::size_t>(event.kind())];
    const auto in = [](const std::vector<bool>& set, std::uint64_t id) { return id < set.size() && set[id]; };
    if (words.name) return true;
    if (words.text_slot && in(strings_, valueIn(event, words.text_slot))) return true;
    if (words.place_slot && in(places_, valueIn(event, words.place_slot))) return true;
    if (words.word_slot) {
        const std::uint64_t value = valueIn(event, words.word_slot);
        if (value < 64 && (words.words >> value & 1) != 0) return true;
    }
    return any_task_ && event.task() != 0 && ofTaskFound(trace, event.task());
}

void EventMatcher::find(const Trace& trace, EventIndex first, EventIndex last, std::vector<std::uint32_t>& out) {
    const bool by_text = !filter_.text.isEmpty();
    if (by_text)
        learn(trace);
    else
        looked_at_ = filter_.kinds;
    const std::size_t before = out.size();
    trace.find_kinds(first, last, looked_at_, out);
    if (!by_text && filter_.task == no_task) return;
    const Id only = filter_.task < trace.tasks().size() ? trace.tasks()[filter_.task].id : 0;
    const auto passes = [&](std::uint32_t index) {
        const Event event = trace.event(index);
        if (filter_.task != no_task && (only == 0 || event.task() != only)) return false;
        return !by_text || holdsText(trace, event);
    };
    out.erase(std::remove_if(out.begin() + static_cast<std::ptrdiff_t>(before), out.end(),
                             [&](std::uint32_t index) { return !passes(index); }),
              out.end());
}

}  // namespace awaitscope::ui
