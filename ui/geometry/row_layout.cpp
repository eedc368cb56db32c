// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/geometry/row_layout.hpp"

#include <algorithm>

namespace awaitscope::ui {
namespace {

constexpr int comfortable_least = 42, comfortable_most = 58;
constexpr int compact_least = 24, compact_most = 34;
constexpr int packed_least = 8, packed_most = 14;
constexpr int heading_height = 28;

RowDensity densityFor(std::size_t rows, int available) {
    const auto count = static_cast<int>(std::min<std::size_t>(rows, 1'000'000));
    if (count * comfortable_least <= available || count <= 4) return RowDensity::comfortable;
    // Up to a few screens are scrolled through more easily than they are read small.
    return count * compact_least <= 3 * available || count <= 40 ? RowDensity::compact : RowDensity::packed;
}

}  // namespace

int rowHeight(RowDensity density, std::size_t rows, int available) {
    const auto share = available / static_cast<int>(std::clamp<std::size_t>(rows, 1, 1'000'000));
    switch (density) {
        case RowDensity::automatic:
            return rowHeight(densityFor(rows, available), rows, available);
        case RowDensity::comfortable:
            return std::clamp(share, comfortable_least, comfortable_most);
        case RowDensity::compact:
            return std::clamp(share, compact_least, compact_most);
        case RowDensity::packed:
            return std::clamp(share, packed_least, packed_most);
    }
    return compact_least;
}

void RowLayout::rebuild(const Trace& trace, const RowChoices& choices, int available) {
    rows_.clear();
    addTasks(trace, choices);
    addConnections(trace, choices);
    setHeights(choices.density, available);
}

void RowLayout::addTasks(const Trace& trace, const RowChoices& choices) {
    const auto tasks = trace.tasks();
    const auto count = static_cast<TaskIndex>(tasks.size());
    row_of_task_.assign(count, 0);

    // A task's parent is older than the task, so one pass backwards counts and links whole trees.
    std::vector<std::uint32_t> descendants(count, 0);
    std::vector<TaskIndex> first_child(count, no_task), next_sibling(count, no_task);
    TaskIndex first_root = no_task;
    for (TaskIndex task = count; task-- > 0;) {
        const TaskIndex parent = tasks[task].parent;
        const bool root = parent == no_task || parent >= task;
        TaskIndex& head = root ? first_root : first_child[parent];
        next_sibling[task] = head;
        head = task;
        if (!root) descendants[parent] += descendants[task] + 1;
    }

    struct Todo {
        TaskIndex task;
        std::uint16_t depth;
    };
    std::vector<Todo> stack;
    if (first_root != no_task) stack.push_back({first_root, 0});
    rows_.reserve(count);
    while (!stack.empty()) {
        const Todo now = stack.back();
        stack.pop_back();
        if (next_sibling[now.task] != no_task) stack.push_back({next_sibling[now.task], now.depth});
        const bool folded = descendants[now.task] > 0 && choices.folded_tasks.contains(now.task);
        const auto row = static_cast<std::uint32_t>(rows_.size());
        row_of_task_[now.task] = row;
        rows_.push_back({RowKind::task, now.task, now.depth, descendants[now.task], folded, 0, 0});
        if (folded) {
            std::vector<TaskIndex> hidden{first_child[now.task]};
            while (!hidden.empty()) {
                const TaskIndex task = hidden.back();
                hidden.pop_back();
                row_of_task_[task] = row;
                if (next_sibling[task] != no_task) hidden.push_back(next_sibling[task]);
                if (first_child[task] != no_task) hidden.push_back(first_child[task]);
            }
        } else if (first_child[now.task] != no_task) {
            stack.push_back({first_child[now.task], static_cast<std::uint16_t>(now.depth + 1)});
        }
    }
}

void RowLayout::addConnections(const Trace& trace, const RowChoices& choices) {
    const auto count = static_cast<std::uint32_t>(trace.io_tracks().size());
    if (count == 0) return;
    rows_.push_back({RowKind::io_group, 0, 0, count, choices.io_folded, 0, 0});
    if (choices.io_folded) return;
    for (std::uint32_t i = 0; i < count; ++i) rows_.push_back({RowKind::io, i, 1, 0, false, 0, 0});
}

void RowLayout::setHeights(RowDensity wanted, int available) {
    density_ = wanted == RowDensity::automatic ? densityFor(rows_.size(), available) : wanted;
    const int height = rowHeight(density_, rows_.size(), available);
    int y = 0;
    for (Row& row : rows_) {
        row.y = y;
        row.height = row.kind == RowKind::io_group ? std::min(heading_height, std::max(height, 18)) : height;
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
    if (task >= row_of_task_.size()) return std::nullopt;
    return row_of_task_[task];
}

}  // namespace awaitscope::ui
