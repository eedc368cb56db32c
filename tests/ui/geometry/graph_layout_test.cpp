// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/geometry/graph_layout.hpp"

#include <catch2/catch.hpp>

using namespace awaitscope::ui;

namespace {

std::vector<GraphBox> boxes(std::size_t count, std::uint64_t first_key = 0) {
    std::vector<GraphBox> made;
    for (std::size_t i = 0; i < count; ++i) made.push_back({first_key + i, 80 + static_cast<double>(i % 3) * 20, 30});
    return made;
}

bool overlap(const std::vector<GraphBox>& boxes, const GraphLayout& layout) {
    for (std::size_t i = 0; i < boxes.size(); ++i)
        for (std::size_t k = i + 1; k < boxes.size(); ++k)
            if (layout.boxes[i].x < layout.boxes[k].x + boxes[k].width &&
                layout.boxes[k].x < layout.boxes[i].x + boxes[i].width &&
                layout.boxes[i].y < layout.boxes[k].y + boxes[k].height &&
                layout.boxes[k].y < layout.boxes[i].y + boxes[i].height)
                return true;
    return false;
}

/// A waits for a gather of three; each waits for something of its own.
const std::vector<Arc> tree = {{0, 1}, {1, 2}, {1, 3}, {1, 4}, {2, 5}, {3, 6}, {4, 7}};

}  // namespace

TEST_CASE("a tree grows to the right, its parts in order and its root in the middle") {
    const auto all = boxes(8);
    const GraphLayout layout = layOutGraph(all, tree);
    CHECK(layout.layers == std::vector<unsigned>{0, 1, 2, 2, 2, 3, 3, 3});
    CHECK(layout.boxes[2].y < layout.boxes[3].y);
    CHECK(layout.boxes[3].y < layout.boxes[4].y);
    CHECK(layout.boxes[0].y == Approx(layout.boxes[3].y).margin(0.5));
    CHECK(layout.boxes[5].y == Approx(layout.boxes[2].y).margin(0.5));
    CHECK_FALSE(overlap(all, layout));
    for (const GraphPoint& box : layout.boxes) CHECK(box.y >= 0);
}

TEST_CASE("arcs begin and end at the sides of their boxes") {
    const auto all = boxes(8);
    const GraphLayout layout = layOutGraph(all, tree);
    for (std::size_t i = 0; i < tree.size(); ++i) {
        const auto& route = layout.routes[i];
        REQUIRE(route.size() >= 2);
        CHECK(route.front().x == Approx(layout.boxes[tree[i].from].x + all[tree[i].from].width));
        CHECK(route.front().y == Approx(layout.boxes[tree[i].from].y + 15));
        CHECK(route.back().x == Approx(layout.boxes[tree[i].to].x));
        CHECK(route.back().y == Approx(layout.boxes[tree[i].to].y + 15));
    }
}

TEST_CASE("a cycle is laid out as a chain with one arc back") {
    const std::vector<Arc> ring = {{0, 1}, {1, 2}, {2, 3}, {3, 0}};
    const auto all = boxes(4);
    const GraphLayout layout = layOutGraph(all, ring);
    CHECK(layout.layers == std::vector<unsigned>{0, 1, 2, 3});
    const auto& back = layout.routes[3];
    CHECK(back.front().x == Approx(layout.boxes[3].x));
    CHECK(back.back().x == Approx(layout.boxes[0].x + all[0].width));
    CHECK(back.size() == 6);
    CHECK_FALSE(overlap(all, layout));
}

TEST_CASE("a long arc passes between the boxes of the layers it crosses") {
    const std::vector<Arc> arcs = {{0, 1}, {1, 2}, {2, 3}, {0, 3}};
    const auto all = boxes(4);
    const GraphLayout layout = layOutGraph(all, arcs);
    REQUIRE(layout.routes[3].size() == 6);
    for (const Vertex passed : {1u, 2u}) {
        const double y = layout.routes[3][passed * 2].y;
        CHECK((y < layout.boxes[passed].y || y > layout.boxes[passed].y + all[passed].height));
    }
}

TEST_CASE("lines that need not cross do not") {
    // In order of their numbers all of these would cross.
    const std::vector<Arc> arcs = {{0, 5}, {1, 4}, {2, 3}};
    const GraphLayout layout = layOutGraph(boxes(6), arcs);
    for (const Arc& arc : arcs) CHECK(layout.boxes[arc.from].y == Approx(layout.boxes[arc.to].y).margin(0.5));
}

TEST_CASE("what stays from one step to the next stays where it is") {
    const auto all = boxes(8);
    const GraphLayout first = layOutGraph(all, tree);
    // The second child's wait has ended, and the third waits for the first.
    auto fewer = all;
    fewer.erase(fewer.begin() + 6);
    const std::vector<Arc> arcs = {{0, 1}, {1, 2}, {1, 3}, {1, 4}, {2, 5}, {4, 6}};
    const GraphLayout next = layOutGraph(fewer, arcs, remember(all, first));
    for (const std::size_t i : {0, 1, 2, 3, 4, 5}) {
        CHECK(next.boxes[i].y == Approx(first.boxes[i].y).margin(0.01));
        CHECK(next.layers[i] == first.layers[i]);
    }
    CHECK_FALSE(overlap(fewer, next));
}

TEST_CASE("a newcomer stands beside what it belongs to and pushes others as little as need be") {
    const auto all = boxes(5);
    const std::vector<Arc> arcs = {{0, 1}, {0, 2}, {0, 3}, {0, 4}};
    const GraphLayout first = layOutGraph(all, arcs);
    auto more = all;
    more.push_back({100, 80, 30});
    auto arcs_now = arcs;
    arcs_now.push_back({1, 5});
    const GraphLayout next = layOutGraph(more, arcs_now, remember(all, first));
    CHECK(next.boxes[5].y == Approx(next.boxes[1].y).margin(1));
    for (std::size_t i = 0; i < all.size(); ++i) CHECK(next.boxes[i].y == Approx(first.boxes[i].y).margin(0.01));
}

TEST_CASE("a page that has become mostly empty is laid out anew") {
    const auto many = boxes(40);
    const GraphMemory memory = remember(many, layOutGraph(many, {}));
    const std::vector<GraphBox> left = {many[38], many[39]};
    const GraphLayout layout = layOutGraph(left, {}, memory);
    CHECK(layout.height < 100);
    CHECK(layout.boxes[0].y == Approx(0));
}

TEST_CASE("a layout does not hang on chance, and takes what is odd") {
    CHECK(layOutGraph({}, {}).boxes.empty());
    const auto one = boxes(1);
    const std::vector<Arc> itself = {{0, 0}};
    const GraphLayout alone = layOutGraph(one, itself);
    CHECK(alone.routes[0].empty());
    CHECK(alone.height == Approx(30));
    const std::vector<Arc> twice = {{0, 1}, {0, 1}, {1, 0}};
    const auto two = boxes(2);
    const GraphLayout a = layOutGraph(two, twice), b = layOutGraph(two, twice);
    CHECK_FALSE(overlap(two, a));
    for (std::size_t i = 0; i < 2; ++i) CHECK(a.boxes[i].y == b.boxes[i].y);
}
