// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/trace/primitives.hpp"

#include <algorithm>
#include <utility>

#include "instrumentation/event/awaited.hpp"

namespace awaitscope {
namespace {

constexpr unsigned sync_kind_count = static_cast<unsigned>(SyncKind::queue) + 1;

SyncKind sync_kind(const Event& event) {
    return event.c < sync_kind_count ? static_cast<SyncKind>(event.c) : SyncKind::lock;
}

bool is_semaphore(SyncKind kind) {
    return kind == SyncKind::semaphore || kind == SyncKind::bounded_semaphore;
}

bool begins_wait(const Event& event) {
    return event.kind() == EventKind::sync_wait || event.kind() == EventKind::task_suspended;
}

}  // namespace

void Primitives::apply(const Event& event, EventIndex index) {
    if (event.a == 0) return;
    switch (event.kind()) {
        case EventKind::sync_created: {
            Primitive& primitive = known(event.a, sync_kind(event), index);
            primitive.kind = sync_kind(event);
            if (primitive.name == 0) primitive.name = event.b;
            break;
        }
        case EventKind::sync_wait:
        case EventKind::sync_acquired:
        case EventKind::sync_released: {
            Primitive& primitive = known(event.a, sync_kind(event), index);
            if (primitive.kind == SyncKind::lock && event.kind() == EventKind::sync_acquired)
                held_.open(event.a, index);
            if (event.kind() == EventKind::sync_released) held_.close(event.a, index);
            add(primitive, index);
            break;
        }
        case EventKind::queue_put:
        case EventKind::queue_get:
            add(known(event.a, SyncKind::queue, index), index);
            break;
        case EventKind::task_suspended:
            if (const auto kind =
                    event.c < wait_kind_count ? awaited_primitive(static_cast<WaitKind>(event.c)) : std::nullopt)
                add(known(event.a, *kind, index), index);
            break;
        default:
            break;
    }
}

Primitives::Primitive& Primitives::known(Id id, SyncKind kind, EventIndex index) {
    const std::uint32_t number = by_id_.find(id);
    if (number != IdMap::none) return primitives_[number];
    by_id_.put(id, static_cast<std::uint32_t>(primitives_.size()));
    Primitive& primitive = primitives_.emplace_back();
    primitive.id = id;
    primitive.kind = kind;
    primitive.created = index;
    return primitive;
}

void Primitives::add(Primitive& primitive, EventIndex index) {
    const Event event = events_[index];
    if (begins_wait(event) && !primitive.contended) {
        primitive.contended = true;
        // Who waits first finds a value of 0.
        if (is_semaphore(primitive.kind)) primitive.permits = level_after(primitive, primitive.events.size()).taken;
    }
    if (event.kind() == EventKind::task_suspended && primitive.line == 0) primitive.line = event.b;
    if (event.kind() == EventKind::queue_put) primitive.greatest = std::max(primitive.greatest, event.b);
    primitive.events.push_back(index);
    if (primitive.events.size() < primitive.next_note) return;
    Note note{static_cast<std::uint32_t>(primitive.events.size()),
              std::exchange(primitive.greatest, 0),
              level_at(primitive, index),
              {}};
    if (primitive.contended) note.waits = waits_at(primitive, index, true);
    primitive.next_note = note.position + std::max(note_spacing_min, static_cast<std::uint32_t>(4 * note.waits.size()));
    primitive.notes.push_back(std::move(note));
}

void Primitives::step(Level& level, SyncKind kind, const Event& event) {
    switch (event.kind()) {
        case EventKind::sync_acquired:
            level.heard = true;
            if (kind == SyncKind::lock) level.owner = event.task();
            if (is_semaphore(kind)) ++level.taken;
            break;
        case EventKind::sync_released:
            level.heard = true;
            if (kind == SyncKind::lock) level.owner = 0;
            if (is_semaphore(kind)) --level.taken;
            break;
        case EventKind::queue_put:
        case EventKind::queue_get:
            level.size = event.b;
            level.maxsize = event.c;
            break;
        default:
            break;
    }
}

Primitives::Level Primitives::level_at(const Primitive& primitive, EventIndex cursor) const {
    return level_after(primitive, primitive.events.count_until(cursor));
}

Primitives::Level Primitives::level_after(const Primitive& primitive, std::size_t count) const {
    const auto after = std::ranges::upper_bound(primitive.notes, count, {}, &Note::position);
    Level level;
    std::size_t i = 0;
    if (after != primitive.notes.begin()) {
        level = std::prev(after)->level;
        i = std::prev(after)->position;
    }
    for (; i < count; ++i) step(level, primitive.kind, events_[primitive.events[i]]);
    return level;
}

bool Primitives::still_waits(const Primitive& primitive, EventIndex wait, EventIndex cursor, bool or_soon) const {
    const TaskIndex index = tasks_.find(events_[wait].task());
    if (index == no_task) return false;
    const TaskTable::Change change = tasks_.change_at(index, cursor);
    if (change.state == TaskState::running) return or_soon && change.event < wait;
    if (change.state != TaskState::waiting || change.event < wait) return false;
    if (wait == change.event) return true;
    // The wait was announced in the step that ended in this suspension.
    const SpanList& spans = tasks_[index].spans;
    const std::size_t current = spans.count_until(cursor) - 1;
    if (current == 0 || spans.event_of(current - 1) > wait) return false;
    return spans.on_of(current) == WaitKind::future || events_[change.event].a == primitive.id;
}

std::vector<std::uint32_t> Primitives::waits_at(const Primitive& primitive, EventIndex cursor, bool or_soon) const {
    const std::size_t count = primitive.events.count_until(cursor);
    const auto after = std::ranges::upper_bound(primitive.notes, count, {}, &Note::position);
    std::vector<std::uint32_t> waits;
    const auto consider = [&](std::uint32_t event) {
        if (begins_wait(events_[event]) && still_waits(primitive, event, cursor, or_soon)) waits.push_back(event);
    };
    std::size_t i = 0;
    if (after != primitive.notes.begin()) {
        for (std::uint32_t event : std::prev(after)->waits) consider(event);
        i = std::prev(after)->position;
    }
    for (; i < count; ++i) consider(static_cast<std::uint32_t>(primitive.events[i]));
    return waits;
}

std::vector<TaskIndex> Primitives::waiters_at(const Primitive& primitive, EventIndex cursor) const {
    if (!primitive.contended) return {};
    struct Waiter {
        TaskIndex task;
        std::uint32_t since;
    };
    std::vector<Waiter> waiters;
    for (std::uint32_t wait : waits_at(primitive, cursor, false))
        waiters.push_back({tasks_.find(events_[wait].task()), wait});
    // A task stands here twice when both its sync_wait and its suspension name the primitive: the earlier counts.
    std::ranges::sort(waiters, {}, [](const Waiter& w) { return std::pair(w.task, w.since); });
    const auto twice = std::ranges::unique(waiters, {}, &Waiter::task);
    waiters.erase(twice.begin(), twice.end());
    std::ranges::sort(waiters, {}, &Waiter::since);
    std::vector<TaskIndex> tasks;
    for (const Waiter& waiter : waiters) tasks.push_back(waiter.task);
    return tasks;
}

PrimitiveMoment Primitives::moment_of(const Primitive& primitive, EventIndex cursor) const {
    const Level level = level_at(primitive, cursor);
    PrimitiveMoment moment;
    moment.id = primitive.id;
    moment.kind = primitive.kind;
    moment.name = primitive.name;
    moment.line = primitive.line;
    if (level.owner != 0) moment.owner = level.owner;
    moment.waiters = waiters_at(primitive, cursor);
    moment.held = primitive.kind == SyncKind::lock && (level.owner != 0 || (!level.heard && !moment.waiters.empty()));
    // What was released belongs to those in line, also before they run.
    if (is_semaphore(primitive.kind) && primitive.contended)
        moment.value = std::max<std::int64_t>(
            primitive.permits - level.taken - static_cast<std::int64_t>(moment.waiters.size()), 0);
    moment.size = level.size;
    moment.maxsize = level.maxsize;
    return moment;
}

std::vector<PrimitiveMoment> Primitives::at(EventIndex cursor) const {
    std::vector<PrimitiveMoment> moments;
    if (cursor == no_event) return moments;
    for (const Primitive& primitive : primitives_) {
        if (primitive.created > cursor) break;
        moments.push_back(moment_of(primitive, cursor));
    }
    return moments;
}

std::optional<PrimitiveMoment> Primitives::at(Id id, EventIndex cursor) const {
    const std::uint32_t number = by_id_.find(id);
    if (number == IdMap::none || cursor == no_event || primitives_[number].created > cursor) return std::nullopt;
    return moment_of(primitives_[number], cursor);
}

StringId Primitives::name_of(Id id) const {
    const std::uint32_t number = by_id_.find(id);
    return number == IdMap::none ? 0 : primitives_[number].name;
}

PlaceId Primitives::line_of(Id id) const {
    const std::uint32_t number = by_id_.find(id);
    return number == IdMap::none ? 0 : primitives_[number].line;
}

const IndexList* Primitives::events_of(Id id) const {
    const std::uint32_t number = by_id_.find(id);
    return number == IdMap::none ? nullptr : &primitives_[number].events;
}

std::uint32_t Primitives::greatest_size(Id id, EventIndex first, EventIndex last) const {
    const std::uint32_t number = by_id_.find(id);
    if (number == IdMap::none) return 0;
    const Primitive& primitive = primitives_[number];
    std::size_t i = primitive.events.count_before(first);
    const std::size_t end = primitive.events.count_before(last, i);
    std::uint32_t greatest = level_after(primitive, i).size;
    auto note = std::ranges::upper_bound(primitive.notes, i, {}, &Note::position);
    bool at_note = i == 0 || (note != primitive.notes.begin() && std::prev(note)->position == i);
    while (i < end) {
        if (at_note && note != primitive.notes.end() && note->position <= end) {
            greatest = std::max(greatest, note->greatest);
            i = (note++)->position;
            continue;
        }
        const Event event = events_[primitive.events[i++]];
        if (event.kind() == EventKind::queue_put) greatest = std::max(greatest, event.b);
        at_note = note != primitive.notes.end() && note->position == i;
        if (at_note) ++note;
    }
    return greatest;
}

TaskIndex Primitives::owner_at(Id id, EventIndex cursor) const {
    const std::uint32_t number = by_id_.find(id);
    return number == IdMap::none ? no_task : tasks_.find(level_at(primitives_[number], cursor).owner);
}

std::vector<TaskIndex> Primitives::waiting_for_locks_of(TaskIndex owner, EventIndex cursor) const {
    std::vector<TaskIndex> found;
    for (EventIndex acquired : held_.open_at(cursor)) {
        const Event event = events_[acquired];
        if (event.task() != tasks_[owner].id) continue;
        for (TaskIndex task : waiters_at(primitives_[by_id_.find(event.a)], cursor)) found.push_back(task);
    }
    return found;
}

void Primitives::surviving(EventIndex last, EventIndex since, std::vector<Survivor>& out) const {
    const auto keep = [&](EventIndex index) { out.push_back({index, true, events_[index]}); };
    for (EventIndex acquired : held_.open_at(last)) keep(acquired);
    for (const Primitive& primitive : primitives_) {
        const Level level = level_at(primitive, last);
        const auto waits = primitive.contended ? waits_at(primitive, last, true) : std::vector<std::uint32_t>{};
        const EventIndex heard = primitive.events.empty() ? primitive.created : primitive.events.back();
        if (heard < since && level.owner == 0 && level.size == 0 && waits.empty()) continue;
        const auto time = static_cast<std::uint64_t>(events_.time(primitive.created));
        out.push_back({primitive.created,
                       false,
                       {Event::pack(EventKind::sync_created, 0, 0), time, primitive.id, primitive.name,
                        static_cast<std::uint32_t>(primitive.kind)}});
        for (std::uint32_t wait : waits) keep(wait);
        if (level.size == 0 && level.maxsize == 0) continue;
        for (std::size_t i = primitive.events.size(); i > 0; --i) {
            const EventKind kind = events_.kind(primitive.events[i - 1]);
            if (kind != EventKind::queue_put && kind != EventKind::queue_get) continue;
            keep(primitive.events[i - 1]);
            break;
        }
    }
}

std::size_t Primitives::memory_bytes() const {
    std::size_t bytes = primitives_.capacity() * sizeof(Primitive) + by_id_.memory_bytes() + held_.memory_bytes();
    for (const Primitive& primitive : primitives_) {
        bytes += primitive.events.memory_bytes() + primitive.notes.capacity() * sizeof(Note);
        for (const Note& note : primitive.notes) bytes += note.waits.capacity() * 4;
    }
    return bytes;
}

}  // namespace awaitscope
