// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <unordered_map>
#include <vector>

#include "ui/geometry/digraph.hpp"

namespace awaitscope::ui {

/// A box to be placed.
struct GraphBox {
    std::uint64_t key = 0;  ///< the same for the same thing in the next layout
    double width = 0;
    double height = 0;
};

struct GraphPoint {
    double x = 0;
    double y = 0;
};

/// Where the boxes and arcs of a graph lie, in pixels from its left upper corner.
struct GraphLayout {
    std::vector<GraphPoint> boxes;                ///< the left upper corner of each
    std::vector<unsigned> layers;                 ///< from 0, left to right
    std::vector<std::vector<GraphPoint>> routes;  ///< of each arc: from the edge of a box through points to another's
    double width = 0;
    double height = 0;
};

/// The middles of the boxes of an earlier layout, by key.
using GraphMemory = std::unordered_map<std::uint64_t, double>;

/// Lays a graph out in layers from left to right, as Sugiyama did: every arc leads to the right, but for those that
/// close a cycle; the order within a layer avoids crossings, and boxes stand as straight behind each other as they can.
/// A box known from `before` keeps its height on the page as far as it can, so that what stays the same from one step
/// to the next stays where it was; with nothing known, or when what is known would leave most of the page empty, the
/// layout depends on the graph alone. An arc from a vertex to itself has an empty route.
GraphLayout layOutGraph(std::span<const GraphBox> boxes, std::span<const Arc> arcs, const GraphMemory& before = {});

/// What to hand to the next layout.
GraphMemory remember(std::span<const GraphBox> boxes, const GraphLayout& layout);

}  // namespace awaitscope::ui
