// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/merged_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <span>
#include <utility>

#include "instrumentation/event/vocabulary.hpp"
#include "instrumentation/ring/clock.hpp"
#include "instrumentation/source/notes.hpp"
#include "instrumentation/source/symbol_mover.hpp"

namespace awaitscope {
namespace {

constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();
/// What a source gives may be so much older than the moment it was asked at.
constexpr std::int64_t reorder_horizon_ns = 5'000'000;

}  // namespace

struct MergedSource::Part {
    std::unique_ptr<EventSource> source;
    unsigned number = 0;
    Id ids_before = 0;        ///< that its number's sources have had before it
    Id ids_used = 0;          ///< the highest one that it has had itself
    std::int64_t offset = 0;  ///< its time 0 on the axis
    SourceState state = SourceState::more;
    std::int64_t asked_at = 0;  ///< on the axis
    std::int64_t last_time = 0;
    std::deque<Event> events;  ///< on the axis already
    std::map<std::uint16_t, std::uint16_t> loops;
};

MergedSource::MergedSource(std::vector<std::unique_ptr<EventSource>> sources, FindNewcomers find)
    : find_(std::move(find)), more_may_come_(static_cast<bool>(find_)) {
    info_ = sources.front()->info();
    // Who is there already may be the earliest.
    if (find_)
        for (auto& source : find_().sources) sources.push_back(std::move(source));
    for (const auto& source : sources)
        if (const SourceInfo& one = source->info(); place_of(one) < 0) {
            info_.epoch_unix_ns = one.epoch_unix_ns;
            info_.epoch_monotonic_ns = one.epoch_monotonic_ns;
        }
    for (auto& source : sources) add(std::move(source));
}

MergedSource::~MergedSource() = default;

void MergedSource::add(std::unique_ptr<EventSource> source) {
    unsigned number = 0;
    // The first source's ids stay as they are, and are not looked at while it is alone: nobody comes after it.
    const auto is_taken = [&] {
        return std::ranges::any_of(parts_, [&](const auto& part) { return part->number == number; });
    };
    if (taken_ > 0)
        for (number = 1; is_taken();) ++number;
    if (number == sources_max) {
        crowded_ = true;
        return;
    }
    auto& part = *parts_.emplace_back(std::make_unique<Part>());
    part.number = number;
    part.ids_before = ids_used_[number];
    part.offset = place_of(source->info());
    part.last_time = part.offset;
    part.source = std::move(source);
    if (++taken_ == 1) return;
    info_.name = fmt::format("{} processes", taken_);
}

std::int64_t MergedSource::place_of(const SourceInfo& info) const {
    // The wall clock may have been set in between: it tells only where the other does not.
    if (info.epoch_monotonic_ns != 0 && info_.epoch_monotonic_ns != 0)
        return info.epoch_monotonic_ns - info_.epoch_monotonic_ns;
    return info.epoch_unix_ns - info_.epoch_unix_ns;
}

std::int64_t MergedSource::now() const {
    return static_cast<std::int64_t>(ring::monotonic_ns()) - info_.epoch_monotonic_ns;
}

void MergedSource::look_for_newcomers() {
    if (!find_) return;
    looked_at_ = now();
    Newcomers found = find_();
    more_may_come_ = found.more_may_come;
    for (auto& source : found.sources) add(std::move(source));
}

void MergedSource::hold_in(Symbols& symbols) {
    const Symbols* const before = std::exchange(symbols_, &symbols);
    if (!before || before == &symbols) return;
    SymbolMover mover(*before, symbols);
    for (const auto& part : parts_)
        for (Event& event : part->events) mover.move(event);
}

SourceState MergedSource::read(Symbols& symbols, std::vector<Event>& out, std::size_t limit) {
    hold_in(symbols);
    look_for_newcomers();
    if (is_over()) {
        info_.live = false;
        return SourceState::ended;
    }
    if (taken_ == 1) return read_alone(*parts_.front(), symbols, out, limit);
    name_first(symbols);
    const std::size_t share = limit / std::max<std::size_t>(parts_.size(), 1) + 1;
    for (auto& part : parts_) fill(*part, symbols, share);
    leave_out_strangers();
    const std::size_t before = out.size();
    merge(out, limit, settled_until());
    info_.live = more_may_come_;
    bool more = out.size() - before >= limit;
    for (const auto& part : parts_) {
        info_.live |= part->source->info().live;
        more |= part->state == SourceState::more;
    }
    let_go_of_ended();
    if (more) return SourceState::more;
    // Before the end there is a last look for newcomers.
    return !find_ && is_over() ? SourceState::ended : SourceState::idle;
}

void MergedSource::finish(Symbols& symbols, std::vector<Event>& out) {
    hold_in(symbols);
    look_for_newcomers();
    if (taken_ == 1) {
        Part& alone = *parts_.front();
        out.insert(out.end(), alone.events.begin(), alone.events.end());
        return alone.source->finish(symbols, out);
    }
    name_first(symbols);
    for (auto& part : parts_) {
        if (part->state == SourceState::ended) continue;
        std::vector<Event> come;
        part->source->finish(symbols, come);
        hold(*part, come, symbols);
    }
    leave_out_strangers();
    merge(out, std::numeric_limits<std::size_t>::max() / 2, never);
}

void MergedSource::name_first(Symbols& symbols) {
    if (!std::exchange(first_is_named_, true)) name_loops_of(*parts_.front(), symbols);
}

bool MergedSource::is_over() const {
    return !more_may_come_ && std::ranges::all_of(parts_, [](const auto& part) {
        return part->state == SourceState::ended && part->events.empty();
    });
}

void MergedSource::leave_out_strangers() {
    const auto is_virtual = [](const auto& part) { return part->source->info().virtual_clock; };
    if (!parts_.empty() && parts_.front()->number == 0) info_.virtual_clock |= is_virtual(parts_.front());
    std::erase_if(parts_, [&](const auto& part) {
        if (part->number == 0 || (!info_.virtual_clock && !is_virtual(part))) return false;
        const SourceInfo& process = part->source->info();
        leave(*part, notes::note(is_virtual(part) ? notes::own_clock : notes::not_the_firsts_clock,
                                 {std::to_string(process.pid), process.name}));
        return true;
    });
}

void MergedSource::leave(const Part& part, std::string note) {
    constexpr std::size_t notes_kept = 16;
    ids_used_[part.number] = part.ids_before + part.ids_used;
    unknown_events_ += part.source->unknown_events();
    if (!note.empty()) last_notes_.push_back(std::move(note));
    for (; last_notes_.size() > notes_kept; ++more_notes_) last_notes_.pop_front();
}

void MergedSource::let_go_of_ended() {
    std::erase_if(parts_, [&](const auto& part) {
        if (part->state != SourceState::ended || !part->events.empty()) return false;
        leave(*part, part->source->note());
        return true;
    });
}

SourceState MergedSource::read_alone(Part& part, Symbols& symbols, std::vector<Event>& out, std::size_t limit) {
    const auto begin = static_cast<std::ptrdiff_t>(out.size());
    out.insert(out.end(), part.events.begin(), part.events.end());
    const std::size_t come = out.size();
    if (part.events.size() < limit && part.state != SourceState::ended)
        part.state = part.source->read(symbols, out, limit - part.events.size());
    part.events.clear();
    for (std::uint16_t known = 0; const Event& event : std::span(out).subspan(come)) {
        if (event.loop() == known || event.loop() == 0) continue;
        known = event.loop();
        part.loops.try_emplace(known, known);
        loops_.insert(known);
    }
    if (out.size() > come) part.last_time = static_cast<std::int64_t>(out.back().time);
    info_ = part.source->info();
    info_.live |= more_may_come_;
    // What came while it was read stays: who comes next may have something earlier.
    const auto held =
        std::ranges::upper_bound(out.begin() + begin, out.end(), known_until(), {},
                                 [](const Event& event) { return static_cast<std::int64_t>(event.time); });
    part.events.assign(held, out.end());
    out.erase(held, out.end());
    if (std::cmp_greater(out.size(), begin)) last_time_ = static_cast<std::int64_t>(out.back().time);
    if (part.state != SourceState::ended) return part.state;
    return !find_ && is_over() ? SourceState::ended : SourceState::idle;
}

void MergedSource::fill(Part& part, Symbols& symbols, std::size_t limit) {
    // One that runs ahead of the others is held: its events would only wait here.
    if (part.state == SourceState::ended || part.events.size() >= limit) return;
    part.asked_at = now();
    std::vector<Event> come;
    part.state = part.source->read(symbols, come, limit);
    hold(part, come, symbols);
}

void MergedSource::hold(Part& part, std::vector<Event>& come, Symbols& symbols) {
    for (Event& event : come) {
        part.last_time = std::max(part.last_time, static_cast<std::int64_t>(event.time) + part.offset);
        event.time = static_cast<std::uint64_t>(std::max<std::int64_t>(part.last_time, 0));
        renumber(part, event, symbols);
        part.events.push_back(event);
    }
}

void MergedSource::renumber(Part& part, Event& event, Symbols& symbols) {
    const auto shared = [&](Id id) {
        constexpr Id share = (Id{1} << id_bits) - 1;
        part.ids_used = std::max(part.ids_used, id);
        return id == 0 ? 0 : ((id + part.ids_before) & share) | Id{part.number} << id_bits;
    };
    const KindInfo* const info = find_kind(event.kind());
    for (const Field& field : info->fields) {
        const std::uint64_t value = get(event, field.slot);
        if (field.type == FieldType::id) set(event, field.slot, shared(value));
        if (field.type == FieldType::moment) set(event, field.slot, value + static_cast<std::uint64_t>(part.offset));
    }
    const std::uint16_t loop = loop_of(part, event, symbols);
    event.head = Event::pack(event.kind(), loop, shared(event.task()));
}

void MergedSource::name_loops_of(Part& part, Symbols& symbols) {
    const SourceInfo& process = part.source->info();
    for (const auto& [its_own, loop] : part.loops) {
        Event started;
        started.head = Event::pack(EventKind::loop_started, loop, 0);
        started.time = static_cast<std::uint64_t>(part.last_time);
        started.a = static_cast<std::uint32_t>(process.pid);
        started.b = symbols.add_string(fmt::format("{} {}", process.name, process.pid));
        part.events.push_back(started);
    }
}

std::uint16_t MergedSource::free_number(std::uint16_t wanted) {
    constexpr std::uint16_t most = std::numeric_limits<std::uint16_t>::max();
    if (!loops_.contains(wanted) || *loops_.rbegin() == most) return wanted;
    return static_cast<std::uint16_t>(*loops_.rbegin() + 1);
}

std::uint16_t MergedSource::loop_of(Part& part, Event& event, Symbols& symbols) {
    if (event.loop() == 0) return 0;
    const auto [found, is_new] = part.loops.try_emplace(event.loop(), 0);
    if (is_new) {
        found->second = free_number(event.loop());
        loops_.insert(found->second);
    }
    const SourceInfo& process = part.source->info();
    const bool named = event.kind() == EventKind::loop_started;
    if (named || is_new) {
        const std::string_view own = named ? symbols.string(event.b) : std::string_view();
        const std::string name = fmt::format("{} {}{}{}", process.name, process.pid, own.empty() ? "" : ": ", own);
        if (named) {
            event.a = static_cast<std::uint32_t>(process.pid);
            event.b = symbols.add_string(name);
        } else {
            // We came when it ran already: its name is told all the same.
            Event started;
            started.head = Event::pack(EventKind::loop_started, found->second, 0);
            started.time = event.time;
            started.a = static_cast<std::uint32_t>(process.pid);
            started.b = symbols.add_string(name);
            part.events.push_back(started);
        }
    }
    return found->second;
}

std::int64_t MergedSource::known_until() const {
    // Virtual time, or another machine's, says nothing about when an event was written.
    return find_ && !info_.virtual_clock && info_.epoch_monotonic_ns != 0 ? looked_at_ : never;
}

std::int64_t MergedSource::settled_until() const {
    std::int64_t until = known_until();
    for (const auto& part : parts_) {
        if (part->state == SourceState::ended) continue;
        const bool told_all = part->state == SourceState::idle && !info_.virtual_clock;
        const std::int64_t told = told_all ? part->asked_at - reorder_horizon_ns : part->last_time;
        until = std::min(until, std::max(told, part->last_time));
    }
    return until;
}

void MergedSource::merge(std::vector<Event>& out, std::size_t limit, std::int64_t until) {
    const auto time = [](const Part* part) { return static_cast<std::int64_t>(part->events.front().time); };
    for (const std::size_t end = out.size() + limit; out.size() < end;) {
        Part* first = nullptr;
        for (const auto& part : parts_)
            if (!part->events.empty() && (!first || time(part.get()) < time(first))) first = part.get();
        if (!first || time(first) > until) return;
        out.push_back(first->events.front());
        first->events.pop_front();
        last_time_ = std::max(last_time_, static_cast<std::int64_t>(out.back().time));
        out.back().time = static_cast<std::uint64_t>(last_time_);
    }
}

std::string MergedSource::note() const {
    std::string all = more_notes_ > 0 ? notes::note(notes::more_before, {std::to_string(more_notes_)}) : "";
    const auto tell = [&](const std::string& one) {
        if (!one.empty()) all += (all.empty() ? "" : ". ") + one;
    };
    std::ranges::for_each(last_notes_, tell);
    for (const auto& part : parts_) tell(part->source->note());
    if (crowded_) tell(notes::note(notes::too_many, {std::to_string(sources_max)}));
    return all;
}

std::uint64_t MergedSource::unknown_events() const {
    std::uint64_t all = unknown_events_;
    for (const auto& part : parts_) all += part->source->unknown_events();
    return all;
}

}  // namespace awaitscope
