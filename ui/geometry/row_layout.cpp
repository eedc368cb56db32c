// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/geometry/row_layout.hpp"

#include <algorithm>

#include "instrumentation/trace/loop_process.hpp"

namespace awaitscope::ui {
namespace {

constexpr int comfortable_least = 42, comfortable_most = 84;
constexpr int compact_least = 24, compact_most = 34;
constexpr int printing_least = 28;  // compact: a bar, and printed words below it
constexpr int packed_least = 8, packed_most = 14;
constexpr int heading_height = 28;

RowDensity densityFor(std::size_t rows, int available) {
    const auto count = static_cast<int>(std::min<std::size_t>(rows, 1'000'000));
    if (count * comfortable_least <= available || count <= 4) return RowDensity::comfortable;
    // Up to a few screens are scrolled through more easily than they are read small.
    return count * compact_least <= 3 * available || count <= 40 ? RowDensity::compact : RowDensity::packed;
}

}  // namespace

int rowHeight(RowDensity density, std::size_t rows, int available, bool prints) {
    const auto share = available / static_cast<int>(std::clamp<std::size_t>(rows, 1, 1'000'000));
    switch (density) {
        case RowDensity::automatic:
            return rowHeight(densityFor(rows, available), rows, available, prints);
        case RowDensity::comfortable:
            return std::clamp(share, comfortable_least, comfortable_most);
        case RowDensity::compact:
            return std::clamp(share, prints ? printing_least : compact_least, compact_most);
        case RowDensity::packed:
            return std::clamp(share, packed_least, packed_most);
    }
    return compact_least;
}

void RowLayout::rebuild(const Trace& trace, const RowChoices& choices, int available) {
    rows_.clear();
    prints_ = !trace.outputs().empty();
    addTasks(trace, choices);
    putFirst(choices.first);
    addConnections(trace, choices);
    setHeights(choices.density, available);
}

/// Who created whom. A task's parent is older than the task, so one pass backwards counts and links whole trees.
struct RowLayout::Forest {
    /// Trees that were over before this moment are left out.
    Forest(const Trace& trace, Nanoseconds ended_before);

    std::vector<bool> shown;  ///< it, or something it created, is not left out
    std::vector<std::uint32_t> descendants;
    std::vector<TaskIndex> first_child, next_sibling;
    /// By a loop's place in Trace::loops(); the last is of the tasks that belong to none.
    std::vector<TaskIndex> first_root;
    std::vector<std::uint32_t> tasks;
};

RowLayout::Forest::Forest(const Trace& trace, Nanoseconds ended_before) {
    const auto all = trace.tasks();
    const auto loops = trace.loops();
    const auto count = static_cast<TaskIndex>(all.size());
    descendants.assign(count, 0);
    first_child.assign(count, no_task);
    next_sibling.assign(count, no_task);
    first_root.assign(loops.size() + 1, no_task);
    tasks.assign(loops.size() + 1, 0);
    std::vector<std::uint16_t> place_of(std::size_t{1} << 16, static_cast<std::uint16_t>(loops.size()));
    for (std::size_t i = 0; i < loops.size(); ++i) place_of[loops[i].number] = static_cast<std::uint16_t>(i);
    shown.assign(count, false);
    for (TaskIndex task = count; task-- > 0;) {
        const TaskIndex parent = all[task].parent;
        const bool root = parent == no_task || parent >= task;
        if (all[task].done >= ended_before) shown[task] = true;
        if (!shown[task]) continue;
        if (!root) shown[parent] = true;
        // With one loop, tasks whose loop was not told are its own.
        const std::size_t place = loops.size() <= 1 ? 0 : place_of[all[task].loop];
        TaskIndex& head = root ? first_root[place] : first_child[parent];
        next_sibling[task] = head;
        head = task;
        if (root)
            tasks[place] += descendants[task] + 1;
        else
            descendants[parent] += descendants[task] + 1;
    }
}

void RowLayout::addTasks(const Trace& trace, const RowChoices& choices) {
    const Forest forest(trace, choices.ended_before);
    const auto tasks = trace.tasks();
    row_of_task_.assign(tasks.size(), no_row);
    rows_.reserve(row_of_task_.size());
    struct Process {
        std::uint32_t pid;
        std::uint32_t tasks;
        std::vector<std::size_t> places;
    };
    std::vector<Process> processes;
    const auto loops = trace.loops();
    for (std::size_t place = 0; place < forest.first_root.size(); ++place) {
        if (forest.first_root[place] == no_task) continue;
        const std::uint32_t pid = place < loops.size() ? process_of(trace, loops[place]) : 0;
        auto process = std::ranges::find(processes, pid, &Process::pid);
        if (process == processes.end()) process = processes.insert(process, {pid, 0, {}});
        process->tasks += forest.tasks[place];
        process->places.push_back(place);
    }
    for (const Process& process : processes) {
        std::uint16_t depth = 0;
        std::optional<std::uint32_t> hidden;
        if (processes.size() > 1)
            hidden = addHeading({RowKind::process, process.pid, depth++, process.tasks,
                                 choices.folded_processes.contains(process.pid), 0, 0},
                                hidden);
        for (const std::size_t place : process.places) {
            std::uint16_t below = depth;
            std::optional<std::uint32_t> hidden_here = hidden;
            if (process.places.size() > 1) {
                const std::uint16_t number = place < loops.size() ? loops[place].number : std::uint16_t{0};
                hidden_here = addHeading(
                    {RowKind::loop, number, below++, forest.tasks[place], choices.folded_loops.contains(number), 0, 0},
                    hidden);
            }
            addTrees(forest, forest.first_root[place], below, choices, hidden_here);
        }
    }
    for (TaskIndex task = 0; task < tasks.size(); ++task)
        if (const TaskIndex parent = tasks[task].parent; !forest.shown[task] && parent < task)
            row_of_task_[task] = row_of_task_[parent];
}

std::optional<std::uint32_t> RowLayout::addHeading(Row heading, std::optional<std::uint32_t> hidden_in) {
    if (hidden_in) return hidden_in;
    rows_.push_back(heading);
    return heading.folded ? std::optional(static_cast<std::uint32_t>(rows_.size() - 1)) : std::nullopt;
}

void RowLayout::addTrees(const Forest& forest, TaskIndex first_root, std::uint16_t depth, const RowChoices& choices,
                         std::optional<std::uint32_t> hidden_in) {
    struct Todo {
        TaskIndex task;
        std::uint16_t depth;
        std::optional<std::uint32_t> hidden_in;
    };
    std::vector<Todo> stack{{first_root, depth, hidden_in}};
    while (!stack.empty()) {
        Todo now = stack.back();
        stack.pop_back();
        const TaskIndex task = now.task;
        if (forest.next_sibling[task] != no_task)
            stack.push_back({forest.next_sibling[task], now.depth, now.hidden_in});
        if (!now.hidden_in) {
            const bool folded = forest.descendants[task] > 0 && choices.folded_tasks.contains(task);
            const auto row = static_cast<std::uint32_t>(rows_.size());
            rows_.push_back({RowKind::task, task, now.depth, forest.descendants[task], folded, 0, 0});
            row_of_task_[task] = row;
            if (folded) now.hidden_in = row;
        } else {
            row_of_task_[task] = *now.hidden_in;
        }
        if (forest.first_child[task] != no_task)
            stack.push_back({forest.first_child[task], static_cast<std::uint16_t>(now.depth + 1), now.hidden_in});
    }
}

void RowLayout::putFirst(const std::vector<TaskIndex>& tasks) {
    if (tasks.empty()) return;
    std::vector<bool> moved(rows_.size());
    std::vector<std::uint32_t> now_at(rows_.size());
    std::vector<Row> rows;
    rows.reserve(rows_.size());
    const auto put = [&](std::size_t row) {
        now_at[row] = static_cast<std::uint32_t>(rows.size());
        rows.push_back(rows_[row]);
    };
    for (const TaskIndex task : tasks) {
        const auto row = rowOfTask(task);
        if (!row || rows_[*row].kind != RowKind::task || rows_[*row].index != task || moved[*row])
            continue;  // folded away, or named twice
        moved[*row] = true;
        put(*row);
        rows.back().depth = 0;
        rows.back().descendants = 0;
    }
    for (std::size_t row = 0; row < rows_.size(); ++row)
        if (!moved[row]) put(row);
    for (std::uint32_t& row : row_of_task_)
        if (row != no_row) row = now_at[row];
    rows_ = std::move(rows);
}

void RowLayout::addConnections(const Trace& trace, const RowChoices& choices) {
    const auto tracks = trace.io_tracks();
    const auto shown = [&](const IoTrack& track) { return track.closed >= choices.ended_before; };
    const auto count = static_cast<std::uint32_t>(std::ranges::count_if(tracks, shown));
    if (count == 0) return;
    rows_.push_back({RowKind::io_group, 0, 0, count, choices.io_folded, 0, 0});
    if (choices.io_folded) return;
    for (std::uint32_t i = 0; i < tracks.size(); ++i)
        if (shown(tracks[i])) rows_.push_back({RowKind::io, i, 1, 0, false, 0, 0});
}

void RowLayout::setHeights(RowDensity wanted, int available) {
    density_ = wanted == RowDensity::automatic ? densityFor(rows_.size(), available) : wanted;
    const int height = rowHeight(density_, rows_.size(), available, prints_);
    int y = 0;
    for (Row& row : rows_) {
        row.y = y;
        row.height = isHeading(row.kind) ? std::min(heading_height, std::max(height, 18)) : height;
        y += row.height;
    }
}

std::optional<std::size_t> RowLayout::rowAt(int y) const {
    if (y < 0 || y >= height()) return std::nullopt;
    const auto after = std::ranges::upper_bound(rows_, y, {}, &Row::y);
    return static_cast<std::size_t>(after - rows_.begin()) - 1;
}

std::pair<std::size_t, std::size_t> RowLayout::visible(int top, int bottom) const {
    if (bottom <= top || bottom <= 0 || top >= height()) return {0, 0};
    const std::size_t first = *rowAt(std::max(top, 0));
    const auto last = std::ranges::lower_bound(rows_, bottom, {}, &Row::y);
    return {first, static_cast<std::size_t>(last - rows_.begin())};
}

std::optional<std::size_t> RowLayout::rowOfTask(TaskIndex task) const {
    if (task >= row_of_task_.size() || row_of_task_[task] == no_row) return std::nullopt;
    return row_of_task_[task];
}

}  // namespace awaitscope::ui
