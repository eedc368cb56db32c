// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/trace/await_index.hpp"

#include <algorithm>

namespace awaitscope {

void AwaitIndex::add(Id id, EventIndex suspension) {
    std::uint32_t number = by_id_.find(id);
    if (number == IdMap::none) {
        number = static_cast<std::uint32_t>(awaited_.size());
        by_id_.put(id, number);
        awaited_.emplace_back();
    }
    Awaited& awaited = awaited_[number];
    awaited.suspensions.push_back(suspension);
    const std::size_t size = awaited.suspensions.size();
    if (size % note_spacing_min != 0) return;
    const Note* last = awaited.notes ? &awaited.notes->back() : nullptr;
    if (last && size < last->position + std::max(note_spacing_min, 4 * last->lasts.size())) return;
    std::vector<std::uint32_t> lasting = lasting_at(awaited, suspension);
    if (!awaited.notes) awaited.notes = std::make_unique<std::vector<Note>>();
    awaited.notes->push_back({static_cast<std::uint32_t>(size), std::move(lasting)});
}

bool AwaitIndex::lasts(EventIndex suspension, EventIndex cursor) const {
    const TaskIndex waiter = tasks_.find(events_[suspension].task());
    return tasks_.change_at(waiter, cursor) == TaskTable::Change{TaskState::waiting, suspension};
}

std::vector<std::uint32_t> AwaitIndex::lasting_at(const Awaited& awaited, EventIndex cursor) const {
    std::vector<std::uint32_t> found;
    const std::size_t count = awaited.suspensions.count_until(cursor);
    std::size_t i = 0;
    if (awaited.notes) {
        const auto after = std::ranges::upper_bound(*awaited.notes, count, {}, &Note::position);
        if (after != awaited.notes->begin()) {
            for (std::uint32_t suspension : std::prev(after)->lasts)
                if (lasts(suspension, cursor)) found.push_back(suspension);
            i = std::prev(after)->position;
        }
    }
    for (; i < count; ++i)
        if (lasts(awaited.suspensions[i], cursor)) found.push_back(static_cast<std::uint32_t>(awaited.suspensions[i]));
    return found;
}

std::vector<TaskIndex> AwaitIndex::waiters_at(Id awaited, EventIndex cursor) const {
    const std::uint32_t number = by_id_.find(awaited);
    std::vector<TaskIndex> waiters;
    if (number == IdMap::none) return waiters;
    for (std::uint32_t suspension : lasting_at(awaited_[number], cursor))
        waiters.push_back(tasks_.find(events_[suspension].task()));
    return waiters;
}

std::size_t AwaitIndex::memory_bytes() const {
    std::size_t bytes = awaited_.capacity() * sizeof(Awaited) + by_id_.memory_bytes();
    for (const Awaited& awaited : awaited_) {
        bytes += awaited.suspensions.memory_bytes();
        if (!awaited.notes) continue;
        for (const Note& note : *awaited.notes) bytes += sizeof note + note.lasts.capacity() * 4;
    }
    return bytes;
}

}  // namespace awaitscope
