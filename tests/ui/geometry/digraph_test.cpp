// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/geometry/digraph.hpp"

#include <catch2/catch.hpp>

using namespace awaitscope::ui;

namespace {

/// The groups as "0 1 0": the number of each vertex, counted in order of first use.
std::vector<int> numbered(const VertexGroups& groups) {
    std::vector<int> names(groups.sizes.size(), -1), out;
    int next = 0;
    for (const std::uint32_t group : groups.of) {
        if (names[group] < 0) names[group] = next++;
        out.push_back(names[group]);
    }
    return out;
}

}  // namespace

TEST_CASE("neighbours are found along the arcs, against them, and both ways") {
    const std::vector<Arc> arcs = {{0, 1}, {0, 2}, {2, 1}};
    using N = Neighbours;
    const auto list = [&](N::Along along, Vertex vertex) {
        const N neighbours(3, arcs, along);
        const auto found = neighbours.of(vertex);
        return std::vector<Vertex>(found.begin(), found.end());
    };
    CHECK(list(N::Along::arcs, 0) == std::vector<Vertex>{1, 2});
    CHECK(list(N::Along::arcs, 1).empty());
    CHECK(list(N::Along::against, 1) == std::vector<Vertex>{0, 2});
    CHECK(list(N::Along::both, 2) == std::vector<Vertex>{0, 1});
}

TEST_CASE("vertices on a common cycle are one strong component, others alone") {
    struct Row {
        std::size_t count;
        std::vector<Arc> arcs;
        std::vector<int> groups;
    };
    const auto row = GENERATE(values<Row>({
        {0, {}, {}},
        {2, {}, {0, 1}},
        {3, {{0, 1}, {1, 2}}, {0, 1, 2}},
        {3, {{0, 1}, {1, 2}, {2, 0}}, {0, 0, 0}},
        {4, {{0, 1}, {1, 2}, {2, 1}, {2, 3}}, {0, 1, 1, 2}},
        {5, {{0, 1}, {1, 0}, {2, 3}, {3, 2}, {1, 2}}, {0, 0, 1, 1, 2}},
        {1, {{0, 0}}, {0}},
        {6, {{0, 1}, {1, 2}, {2, 0}, {3, 1}, {2, 4}, {4, 5}, {5, 2}}, {0, 0, 0, 1, 0, 0}},
    }));
    CHECK(numbered(strongComponents(row.count, row.arcs)) == row.groups);
}

TEST_CASE("what hangs together is one group, whichever way the arcs point") {
    const std::vector<Arc> arcs = {{3, 0}, {2, 3}, {4, 5}};
    const VertexGroups groups = connectedComponents(6, arcs);
    CHECK(numbered(groups) == std::vector<int>{0, 1, 0, 0, 2, 2});
    CHECK(groups.sizes == std::vector<std::uint32_t>{3, 1, 2});
}

TEST_CASE("a chain of 300,000 needs no stack") {
    std::vector<Arc> arcs;
    constexpr Vertex count = 300'000;
    for (Vertex i = 1; i < count; ++i) arcs.push_back({i - 1, i});
    CHECK(strongComponents(count, arcs).sizes.size() == count);
    arcs.push_back({count - 1, 0});
    CHECK(strongComponents(count, arcs).sizes.size() == 1);
    CHECK(connectedComponents(count, arcs).sizes.size() == 1);
}
