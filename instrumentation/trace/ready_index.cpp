// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/trace/ready_index.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace awaitscope {
namespace {

void set(CompactArray<std::uint64_t>& bits, EventIndex event) {
    while (bits.size() <= event / 64) bits.push_back(0);
    bits[event / 64] |= std::uint64_t{1} << event % 64;
}

/// Calls `use` with each event from `from` to the cursor whose bit is set, newest first, until it returns false.
template <class Use>
void for_each_back(const CompactArray<std::uint64_t>& all, EventIndex from, EventIndex cursor, Use&& use) {
    for (std::size_t word = std::min<std::size_t>(cursor / 64 + 1, all.size()); word-- > from / 64;) {
        std::uint64_t bits = all[word];
        if (word == cursor / 64) bits &= ~std::uint64_t{0} >> (63 - cursor % 64);
        if (word == from / 64) bits &= ~std::uint64_t{0} << from % 64;
        while (bits != 0) {
            const int bit = 63 - std::countl_zero(bits);
            bits &= ~(std::uint64_t{1} << bit);
            if (!use(word * 64 + static_cast<EventIndex>(bit))) return;
        }
    }
}

}  // namespace

void ReadyIndex::changed(TaskIndex task, TaskState state, EventIndex event) {
    set(changes_, event);
    if (task >= place_of_.size()) place_of_.resize(task + std::size_t{1}, nowhere);
    if (const std::uint32_t place = std::exchange(place_of_[task], nowhere); place != nowhere)
        now_[place] = no_task;
    else
        std::erase(running_, task);
    if (state == TaskState::running) {
        set(begun_, event);
        if (running_.empty()) set(begun_alone_, event);
        running_.push_back(task);
    } else if (state == TaskState::ready) {
        place_of_[task] = static_cast<std::uint32_t>(now_.size());
        now_.push_back(task);
    }
}

void ReadyIndex::note(EventIndex now) {
    std::erase(now_, no_task);
    notes_.push_back({now, noted_.size(), static_cast<std::uint32_t>(running_.size())});
    for (const TaskIndex task : running_) noted_.push_back(task);
    for (std::uint32_t i = 0; i < now_.size(); ++i) {
        place_of_[now_[i]] = i;
        noted_.push_back(now_[i]);
    }
    next_note_ = now + std::max<EventIndex>(spacing_min, now_.size());
}

ReadyIndex::Note ReadyIndex::note_before(EventIndex cursor) const {
    const auto after = std::ranges::upper_bound(notes_, cursor, {}, &Note::event);
    return after == notes_.begin() ? Note{} : *std::prev(after);
}

std::span<const TaskIndex> ReadyIndex::noted(const Note& note) const {
    if (note.event == no_event) return {};
    const auto next = std::ranges::upper_bound(notes_, note.event, {}, &Note::event);
    const std::size_t last = next == notes_.end() ? noted_.size() : next->first;
    return std::span(noted_.begin() + note.first, last - note.first);
}

template <class Use>
void ReadyIndex::for_last_changes(EventIndex from, EventIndex cursor, std::vector<bool>& seen, Use&& use) const {
    for_each_back(changes_, from, cursor, [&](EventIndex index) {
        const Event event = events_[index];
        const TaskIndex task = is_task_event(event.kind()) ? tasks_.find(event.task()) : no_task;
        if (task != no_task) {
            if (seen[task]) return true;
            seen[task] = true;
        }
        use(task, event);
        return true;
    });
}

std::vector<TaskIndex> ReadyIndex::ready_at(EventIndex cursor) const {
    if (cursor == no_event || events_.size() == 0) return {};
    cursor = std::min(cursor, events_.size() - 1);
    const Note note = note_before(cursor);
    std::vector<bool> seen(tasks_.size());
    std::vector<TaskIndex> since;
    bool ended_unseen = false;
    for_last_changes(note.event + 1, cursor, seen, [&](TaskIndex task, const Event& event) {
        if (task == no_task)
            ended_unseen = true;
        else if (event.kind() != EventKind::task_done && state_after(event) == TaskState::ready)
            since.push_back(task);
    });
    std::vector<TaskIndex> queue;
    const std::span<const TaskIndex> ready = noted(note).subspan(note.running);
    queue.reserve(ready.size() + since.size());
    std::ranges::copy_if(ready, std::back_inserter(queue), [&](TaskIndex task) { return !seen[task]; });
    queue.insert(queue.end(), since.rbegin(), since.rend());
    // A loss, a turn of the loop or a snapshot ends what no event of the task's own tells.
    if (ended_unseen) std::erase_if(queue, [&](TaskIndex task) { return !is_still(task, TaskState::ready, cursor); });
    return queue;
}

TaskIndex ReadyIndex::running_at(EventIndex cursor, std::uint16_t loop) const {
    if (cursor == no_event || events_.size() == 0) return no_task;
    cursor = std::min(cursor, events_.size() - 1);
    const auto runs = [&](TaskIndex task) {
        const TaskTable::Change change = tasks_.change_at(task, cursor);
        return change.state == TaskState::running && (loop == 0 || events_[change.event].loop() == loop);
    };
    const Note note = note_before(cursor);
    // Whatever runs has begun no earlier than the last step that began alone.
    EventIndex from = note.event + 1;
    bool noted_may_run = true;
    for_each_back(begun_alone_, from, cursor, [&](EventIndex alone) {
        from = alone;
        return noted_may_run = false;
    });
    TaskIndex found = no_task;
    for_each_back(begun_, from, cursor, [&](EventIndex begun) {
        const TaskIndex task = tasks_.find(events_[begun].task());
        if (task != no_task && runs(task)) found = task;
        return found == no_task;
    });
    if (!noted_may_run) return found;
    const std::span<const TaskIndex> before = noted(note).first(note.running);
    for (auto task = before.rbegin(); task != before.rend() && found == no_task; ++task)
        if (runs(*task)) found = *task;
    return found;
}

std::size_t ReadyIndex::memory_bytes() const {
    return (now_.capacity() + place_of_.capacity() + running_.capacity()) * 4 + changes_.memory_bytes() +
           begun_.memory_bytes() + begun_alone_.memory_bytes() + notes_.memory_bytes() + noted_.memory_bytes();
}

}  // namespace awaitscope
