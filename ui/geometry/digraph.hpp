// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace awaitscope::ui {

/// A node of a graph, from 0.
using Vertex = std::uint32_t;

/// An edge with a direction.
struct Arc {
    Vertex from = 0;
    Vertex to = 0;
    friend bool operator==(const Arc&, const Arc&) = default;
};

/// The neighbours of each vertex, in the order of the arcs.
class Neighbours {
  public:
    enum class Along : std::uint8_t { arcs, against, both };
    /// Precondition: all arcs are between vertices below `count`.
    Neighbours(std::size_t count, std::span<const Arc> arcs, Along along);
    std::span<const Vertex> of(Vertex vertex) const {
        return std::span(all_).subspan(first_[vertex], first_[vertex + 1] - first_[vertex]);
    }

  private:
    std::vector<std::uint32_t> first_;
    std::vector<Vertex> all_;
};

/// Vertices sorted into groups.
struct VertexGroups {
    std::vector<std::uint32_t> of;     ///< the group of each vertex
    std::vector<std::uint32_t> sizes;  ///< of each group
};

/// Vertices that can be reached from each other lie in one group; a vertex on no cycle is a group of its own.
VertexGroups strongComponents(std::size_t count, std::span<const Arc> arcs);
/// Vertices that hang together, whichever way the arcs point.
VertexGroups connectedComponents(std::size_t count, std::span<const Arc> arcs);

}  // namespace awaitscope::ui
