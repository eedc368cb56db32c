// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/event_matcher.hpp"

#include <algorithm>

#include "instrumentation/event/vocabulary.hpp"
#include "instrumentation/exporter/event_text.hpp"

namespace awaitscope::ui {
namespace {

constexpr Id sieve_size = Id{1} << 24;

/// What is known of an event: both bits set, it passes.
constexpr std::uint8_t allowed = 1, holds_text = 2, passes = allowed | holds_text;

}  // namespace

/// A part of one chunk of events, and what is known of each of them.
struct EventMatcher::Chunk {
    EventColumns columns;
    std::size_t begin, end;
    std::array<std::uint8_t, EventStore::chunk_size> known;
};

EventMatcher::EventMatcher(EventFilter filter) : filter_(std::move(filter)) {
    const bool by_text = !filter_.text.isEmpty();
    for (std::size_t kind = 0; kind < filter_.kinds.size(); ++kind) {
        if (!filter_.kinds[kind]) continue;
        by_kind_[kind] = by_text ? allowed : passes;
        allowed_bits_ |= EventBlock::bit_of(static_cast<unsigned>(kind));
    }
    for (auto& of_slot : sets_) of_slot.fill(&nothing_);
    if (by_text)
        learnKinds();
    else
        named_bits_ = allowed_bits_;
}

bool EventMatcher::holds(std::string_view text) const {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))
        .contains(filter_.text, Qt::CaseInsensitive);
}

void EventMatcher::learnKinds() {
    constexpr std::uint64_t values_most = 64;  // of an enumeration
    for (const KindInfo& info : vocabulary()) {
        const auto kind = static_cast<std::size_t>(info.kind);
        if (!filter_.kinds[kind]) continue;
        const std::uint64_t bit = EventBlock::bit_of(static_cast<unsigned>(kind));
        if (holds(info.name)) {
            by_kind_[kind] |= holds_text;
            named_bits_ |= bit;
        }
        const auto put = [&](const Field& field, const IdSet& set) {
            const auto slot = static_cast<std::size_t>(field.slot);
            Q_ASSERT(slot < slot_count);  // only a moment or a length takes two
            sets_[slot][kind] = &set;
            slot_bits_[slot] |= bit;
        };
        for (const Field& field : info.fields) {
            IdSet words;
            for (std::uint64_t value = 0; value < values_most; ++value) {
                const std::string_view word = enum_word(field.type, value);
                words.push_back(!word.empty() && word != "?" && holds(word));
            }
            if (!words.any()) continue;
            words_[kind] = std::move(words);
            put(field, words_[kind]);
        }
        if (const Field* field = text_field(info.kind)) put(*field, strings_);
        if (const Field* field = place_field(info.kind)) put(*field, places_);
    }
}

std::vector<TaskIndex> EventMatcher::learn(const Trace& trace) {
    if (filter_.text.isEmpty()) return {};
    const Symbols& symbols = trace.symbols();
    // What has been added while this looks is learned the next time, before any event that names it is looked at.
    const std::size_t strings = symbols.string_count(), places = symbols.place_count();
    while (strings_.size() < strings) strings_.push_back(holds(symbols.string(static_cast<StringId>(strings_.size()))));
    while (places_.size() < places) {
        const auto id = static_cast<PlaceId>(places_.size());
        places_.push_back(strings_.has(symbols.place(id).function) || strings_.has(symbols.place(id).file) ||
                          holds(place_text(symbols, id)));
    }
    const TaskList tasks = trace.tasks();
    while (tasks_.size() < tasks.size()) {
        const Task& task = tasks[tasks_.size()];
        const bool named =
            task.name != 0 ? strings_.has(task.name) : holds(task_name(trace, static_cast<TaskIndex>(tasks_.size())));
        const bool found = named || places_.has(task.definition);
        tasks_.push_back(found);
        sieve_exact_ &= task.id < sieve_size;
        if (found) foundTask(task.id);
    }
    return learnRenamed(trace);
}

void EventMatcher::foundTask(Id id) {
    task_sieve_.resize(sieve_size);
    task_sieve_[id % sieve_size] = true;
}

std::vector<TaskIndex> EventMatcher::learnRenamed(const Trace& trace) {
    constexpr auto renamed = static_cast<unsigned>(EventKind::task_renamed);
    std::vector<TaskIndex> found;
    for (const EventIndex count = trace.event_count(); renames_seen_ < count;) {
        const EventIndex start = renames_seen_ / EventStore::chunk_size * EventStore::chunk_size;
        const EventIndex next = std::min<EventIndex>(count, start + EventStore::chunk_size);
        const EventColumns columns = trace.columns(renames_seen_);
        if ((columns.kinds & EventBlock::bit_of(renamed)) != 0)
            for (EventIndex event = renames_seen_; event < next; ++event) {
                if ((columns.kind_and_loop[event - start] & 0xff) != renamed) continue;
                const TaskIndex task = trace.find_task(columns.task[event - start]);
                if (task >= tasks_.size() || tasks_.has(task) || !strings_.has(trace.tasks()[task].name)) continue;
                tasks_.insert(task);
                foundTask(trace.tasks()[task].id);
                found.push_back(task);
            }
        renames_seen_ = next;
    }
    return found;
}

void EventMatcher::findOf(TaskIndex task, const Trace& trace, EventIndex first, EventIndex last,
                          std::vector<std::uint32_t>& out) const {
    if (filter_.task != no_task && filter_.task != task) return;
    const Id id = trace.tasks()[task].id;
    while (first < last) {
        const EventIndex start = first / EventStore::chunk_size * EventStore::chunk_size;
        const EventIndex next = std::min<EventIndex>(last, start + EventStore::chunk_size);
        const EventColumns columns = trace.columns(first);
        for (; first < next; ++first)
            if (columns.task[first - start] == id && by_kind_[columns.kind_and_loop[first - start] & 0xff] != 0)
                out.push_back(static_cast<std::uint32_t>(first));
    }
}

bool EventMatcher::ofTaskFound(const Trace& trace, Id id) const {
    if (!task_sieve_[id % sieve_size]) return false;
    if (sieve_exact_ && id < sieve_size) return true;
    return tasks_.has(trace.find_task(id));
}

void EventMatcher::findIn(Chunk& chunk, const Trace& trace) const {
    // By value, or each would be fetched anew for each event.
    const EventColumn kinds = chunk.columns.kind_and_loop, tasks = chunk.columns.task;
    const auto each = [&](auto&& know) {
        for (std::size_t i = chunk.begin, end = chunk.end; i < end; ++i) chunk.known[i] |= know(i);
    };
    const auto text_if = [](bool holds) { return static_cast<std::uint8_t>(holds_text * holds); };
    each([&](std::size_t i) { return by_kind_[kinds[i] & 0xff]; });
    for (std::size_t slot = 0; slot < slot_count; ++slot) {
        if ((chunk.columns.kinds & slot_bits_[slot]) == 0) continue;
        const EventColumn values = slot == slot_a   ? chunk.columns.a
                                   : slot == slot_b ? chunk.columns.b
                                                    : chunk.columns.c;
        const auto may_have = [&](const IdSet& set) { return set.may_have(values.least(), values.most()); };
        if (!may_have(strings_) && !may_have(places_) && std::ranges::none_of(words_, may_have)) continue;
        const auto& sets = sets_[slot];
        each([&](std::size_t i) { return text_if(sets[kinds[i] & 0xff]->has(values[i])); });
    }
    if (!tasks_.any()) return;
    each([&](std::size_t i) { return text_if(tasks[i] != 0 && ofTaskFound(trace, tasks[i])); });
}

void EventMatcher::find(const Trace& trace, EventIndex first, EventIndex last, std::vector<std::uint32_t>& out) const {
    const bool by_task = filter_.task != no_task;
    const Id only = by_task && filter_.task < trace.tasks().size() ? trace.tasks()[filter_.task].id : 0;
    bool anywhere = tasks_.any() || strings_.any() || places_.any();
    for (const IdSet& words : words_) anywhere |= words.any();
    if (by_task && only == 0) return;
    while (first < last) {
        const EventIndex start = first / EventStore::chunk_size * EventStore::chunk_size;
        const EventIndex next = std::min<EventIndex>(last, start + EventStore::chunk_size);
        Chunk chunk{
            trace.columns(first), static_cast<std::size_t>(first - start), static_cast<std::size_t>(next - start), {}};
        first = next;
        if ((chunk.columns.kinds & (anywhere ? allowed_bits_ : named_bits_)) == 0) continue;
        findIn(chunk, trace);
        const std::size_t before = out.size();
        out.resize(before + (chunk.end - chunk.begin));  // written without a branch, then cut
        std::size_t found = before;
        for (std::size_t i = chunk.begin; i < chunk.end; ++i) {
            out[found] = static_cast<std::uint32_t>(start + i);
            found += chunk.known[i] == passes && (!by_task || chunk.columns.task[i] == only);
        }
        out.resize(found);
    }
}

}  // namespace awaitscope::ui
