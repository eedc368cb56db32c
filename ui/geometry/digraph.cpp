// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/geometry/digraph.hpp"

#include <algorithm>
#include <limits>

namespace awaitscope::ui {

Neighbours::Neighbours(std::size_t count, std::span<const Arc> arcs, Along along) : first_(count + 1, 0) {
    const auto each = [&](auto&& take) {
        for (const Arc& arc : arcs) {
            if (along != Along::against) take(arc.from, arc.to);
            if (along != Along::arcs) take(arc.to, arc.from);
        }
    };
    each([&](Vertex from, Vertex) { ++first_[from + 1]; });
    for (std::size_t i = 1; i <= count; ++i) first_[i] += first_[i - 1];
    all_.resize(first_[count]);
    std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
    each([&](Vertex from, Vertex to) { all_[next[from]++] = to; });
}

// Tarjan's, with a stack of its own: a chain of 100,000 waits must not need the thread's.
VertexGroups strongComponents(std::size_t count, std::span<const Arc> arcs) {
    constexpr auto unseen = std::numeric_limits<std::uint32_t>::max();
    const Neighbours next(count, arcs, Neighbours::Along::arcs);
    VertexGroups groups{std::vector<std::uint32_t>(count, unseen), {}};
    std::vector<std::uint32_t> order(count, unseen), lowest(count, 0);
    std::vector<Vertex> open;
    struct Visit {
        Vertex vertex;
        std::size_t neighbour;
    };
    std::vector<Visit> visits;
    std::uint32_t counter = 0;
    const auto enter = [&](Vertex vertex) {
        order[vertex] = lowest[vertex] = counter++;
        open.push_back(vertex);
        visits.push_back({vertex, 0});
    };
    for (Vertex root = 0; root < count; ++root) {
        if (order[root] != unseen) continue;
        enter(root);
        while (!visits.empty()) {
            Visit& visit = visits.back();
            const Vertex vertex = visit.vertex;
            const auto neighbours = next.of(vertex);
            if (visit.neighbour < neighbours.size()) {
                const Vertex other = neighbours[visit.neighbour++];
                if (order[other] == unseen)
                    enter(other);
                else if (groups.of[other] == unseen)
                    lowest[vertex] = std::min(lowest[vertex], order[other]);
                continue;
            }
            visits.pop_back();
            if (!visits.empty()) {
                const Vertex below = visits.back().vertex;
                lowest[below] = std::min(lowest[below], lowest[vertex]);
            }
            if (lowest[vertex] != order[vertex]) continue;
            const auto group = static_cast<std::uint32_t>(groups.sizes.size());
            groups.sizes.push_back(0);
            for (Vertex member = open.back();; member = open.back()) {
                open.pop_back();
                groups.of[member] = group;
                ++groups.sizes[group];
                if (member == vertex) break;
            }
        }
    }
    return groups;
}

VertexGroups connectedComponents(std::size_t count, std::span<const Arc> arcs) {
    std::vector<Vertex> up(count);
    for (Vertex i = 0; i < count; ++i) up[i] = i;
    const auto root = [&](Vertex vertex) {
        while (up[vertex] != vertex) vertex = up[vertex] = up[up[vertex]];
        return vertex;
    };
    for (const Arc& arc : arcs) {
        const Vertex a = root(arc.from), b = root(arc.to);
        up[std::max(a, b)] = std::min(a, b);
    }
    // A root is the smallest of its group, so it is numbered before its members ask.
    VertexGroups groups{std::vector<std::uint32_t>(count), {}};
    for (Vertex i = 0; i < count; ++i) {
        const Vertex top = root(i);
        if (top == i) {
            groups.of[i] = static_cast<std::uint32_t>(groups.sizes.size());
            groups.sizes.push_back(0);
        }
        groups.of[i] = groups.of[top];
        ++groups.sizes[groups.of[i]];
    }
    return groups;
}

}  // namespace awaitscope::ui
