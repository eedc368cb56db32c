// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainter>
#include <QRectF>
#include <vector>

#include "ui/geometry/graph_layout.hpp"
#include "ui/graph/await_graph.hpp"
#include "ui/panels/panel_style.hpp"

namespace awaitscope::ui {

/// An await graph with a place for each of its nodes.
struct PlacedGraph {
    AwaitGraph graph;
    std::vector<GraphBox> boxes;
    GraphLayout layout;

    QRectF rectOf(std::size_t node) const {
        const GraphPoint& at = layout.boxes[node];
        return {at.x, at.y, boxes[node].width, boxes[node].height};
    }
    QSizeF size() const { return {layout.width, layout.height}; }
};

/// Gives each node its box and its place; what was there before keeps its height on the page. For any thread.
PlacedGraph place(AwaitGraph graph, const QFont& font, const GraphMemory& before);

/// Draws a graph from its left upper corner on. Tasks are plates with an edge in the colour of their state; what they
/// wait for has round ends and an outline; a cycle is red and thick.
class AwaitGraphPainter {
  public:
    AwaitGraphPainter(const PanelStyle& style, const QFont& font) : style_(style), font_(font) {}
    /// `selected` and `current` are numbers of nodes: the one that all views show, the one that keys move.
    void paint(QPainter& painter, const PlacedGraph& placed, int selected, int current) const;

  private:
    void paintArc(QPainter& painter, const std::vector<GraphPoint>& route, bool in_cycle, bool strong) const;
    void paintNode(QPainter& painter, const AwaitNode& node, const QRectF& rect, bool selected, bool current) const;
    const QColor& edgeOf(const AwaitNode& node) const;

    PanelStyle style_;
    QFont font_;
};

}  // namespace awaitscope::ui
