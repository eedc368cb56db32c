// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/task_rows.hpp"

#include <algorithm>

#include "ui/model/format.hpp"
#include "ui/model/loop_words.hpp"
#include "ui/model/state_words.hpp"

namespace awaitscope::ui {
namespace {

/// Tasks looked at in one stretch: a millisecond, about.
constexpr std::size_t slice_tasks = 2048;

/// A shorter beginning of a state's word would be found in too many.
constexpr qsizetype state_word_least = 3;

/// Sorts by keys, each of which is made once: a comparison that asked the trace would ask it a million times.
template <class KeyOf>
bool sortBy(const LookAtTrace& look, const TaskQuery& query, std::vector<TaskIndex>& rows,
            const std::function<bool()>& cancelled, KeyOf key_of) {
    using Key = decltype(key_of(std::declval<const Trace&>(), TaskIndex{}));
    std::vector<std::pair<Key, TaskIndex>> keyed;
    keyed.reserve(rows.size());
    while (keyed.size() < rows.size()) {
        look([&](const Trace& trace) {
            const std::size_t end = std::min(rows.size(), keyed.size() + slice_tasks);
            for (std::size_t i = keyed.size(); i < end; ++i) keyed.emplace_back(key_of(trace, rows[i]), rows[i]);
        });
        if (cancelled()) return false;
    }
    if (query.order == Qt::AscendingOrder)
        std::ranges::stable_sort(keyed, [](const auto& a, const auto& b) { return a.first < b.first; });
    else
        std::ranges::stable_sort(keyed, [](const auto& a, const auto& b) { return b.first < a.first; });
    std::ranges::transform(keyed, rows.begin(), [](const auto& pair) { return pair.second; });
    return true;
}

}  // namespace

Nanoseconds taskAge(const Trace& trace, TaskIndex index, EventIndex cursor) {
    const Task& task = trace.tasks()[index];
    return std::min(task.done, trace.time_at(cursor)) - task.created;
}

QueuePlaces queuePlaces(const Trace& trace, EventIndex cursor) {
    QueuePlaces places;
    for (const TaskIndex task : trace.ready_queue_at(cursor)) places.emplace(task, static_cast<int>(places.size()));
    return places;
}

QString taskCell(const Trace& trace, TaskIndex task, EventIndex cursor, TaskColumn column, const QueuePlaces& queue,
                 const PlaceWords& places) {
    switch (column) {
        case TaskColumn::name:
            return taskName(trace, task);
        case TaskColumn::state:
            return stateWord(trace.at(task, cursor).state);
        case TaskColumn::waits_for: {
            const TaskState state = trace.at(task, cursor).state;
            if (state == TaskState::failed) return toQString(trace.symbols().string(trace.tasks()[task].error));
            if (state != TaskState::ready) return waitsForText(trace, task, cursor, places);
            const auto place = queue.find(task);
            return place == queue.end() ? QString() : queuePlaceText(static_cast<std::size_t>(place->second));
        }
        case TaskColumn::at:
            return places.text(trace, trace.place_at(task, cursor));
        case TaskColumn::loop:
            return fullLoopText(trace, trace.tasks()[task].loop);
        case TaskColumn::resumed:
            return formatCount(trace.tally_at(task, cursor).resumed);
        case TaskColumn::running:
            return formatDuration(trace.tally_at(task, cursor).running_ns);
        case TaskColumn::age:
            return formatAtLeast(taskAge(trace, task, cursor), trace.tasks()[task].older);
    }
    return {};
}

bool taskPasses(const Trace& trace, TaskIndex task, const TaskQuery& query) {
    const TaskState state = trace.at(task, query.cursor).state;
    if (!query.ended_shown && is_done(state)) return false;
    return query.text.isEmpty() || taskName(trace, task).contains(query.text, Qt::CaseInsensitive) ||
           coroutineName(trace, task).contains(query.text, Qt::CaseInsensitive) ||
           (trace.loops().size() > 1 &&
            fullLoopText(trace, trace.tasks()[task].loop).contains(query.text, Qt::CaseInsensitive)) ||
           (query.text.size() >= state_word_least && stateWord(state).startsWith(query.text, Qt::CaseInsensitive));
}

std::optional<std::vector<TaskIndex>> taskRows(const LookAtTrace& look, const TaskQuery& query,
                                               const std::function<bool()>& cancelled) {
    std::vector<TaskIndex> rows;
    const bool all = query.text.isEmpty() && query.ended_shown;
    for (TaskIndex from = 0; from < query.count && !cancelled();) {
        const auto to = static_cast<TaskIndex>(std::min<std::size_t>(query.count, from + slice_tasks));
        look([&](const Trace& trace) {
            for (; from < to; ++from)
                if (all || taskPasses(trace, from, query)) rows.push_back(from);
        });
    }
    if (cancelled()) return std::nullopt;
    if (!query.sorted_by) return rows;
    const EventIndex cursor = query.cursor;
    const auto sorted = [&](auto key_of) { return sortBy(look, query, rows, cancelled, key_of); };
    bool done = false;
    switch (*query.sorted_by) {
        case TaskColumn::state:
            done = sorted([&](const Trace& trace, TaskIndex t) { return trace.at(t, cursor).state; });
            break;
        case TaskColumn::resumed:
            done = sorted([&](const Trace& trace, TaskIndex t) { return trace.tally_at(t, cursor).resumed; });
            break;
        case TaskColumn::running:
            done = sorted([&](const Trace& trace, TaskIndex t) { return trace.tally_at(t, cursor).running_ns; });
            break;
        case TaskColumn::age:
            done = sorted([&](const Trace& trace, TaskIndex t) { return taskAge(trace, t, cursor); });
            break;
        default: {
            QueuePlaces queue;
            look([&](const Trace& trace) { queue = queuePlaces(trace, cursor); });
            done = sorted([&](const Trace& trace, TaskIndex t) {
                return taskCell(trace, t, cursor, *query.sorted_by, queue, query.places);
            });
            break;
        }
    }
    return done ? std::optional(std::move(rows)) : std::nullopt;
}

}  // namespace awaitscope::ui
