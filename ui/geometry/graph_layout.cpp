// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/geometry/graph_layout.hpp"

#include <algorithm>
#include <optional>

namespace awaitscope::ui {
namespace {

constexpr double layer_gap = 44;
constexpr double box_gap = 12;
constexpr double bend_height = 6;
constexpr int order_sweeps = 8;
constexpr int place_sweeps = 6;
/// How much more a box clings to where it was than to its neighbours.
constexpr double memory_weight = 100;

/// A box, or the bend of an arc in a layer that it passes.
struct Item {
    unsigned layer = 0;
    double height = bend_height;
    double middle = 0;
    std::optional<double> known;  ///< where it was
};

/// A graph on its way to a layout: its items from 0, the boxes first, and arcs between neighbouring layers only.
class Layers {
  public:
    Layers(std::span<const GraphBox> boxes, std::span<const Arc> arcs);
    void recall(std::span<const GraphBox> boxes, const GraphMemory& before);
    void order();
    void place();
    double emptyShare() const;
    GraphLayout result(std::span<const GraphBox> boxes, std::span<const Arc> arcs) const;

  private:
    void breakCycles(std::span<const Arc> arcs);
    void assignLayers(std::size_t count);
    void addBends();
    std::vector<double> guesses() const;
    std::size_t crossings() const;
    void sortByNeighbours(std::vector<Vertex>& layer, const Neighbours& neighbours);
    void settle(const std::vector<Vertex>& layer);
    void number();

    std::vector<Item> items_;
    std::vector<Arc> arcs_;                   ///< as given, those that would close a cycle turned round
    std::vector<bool> turned_;                ///< which
    std::vector<std::vector<Vertex>> paths_;  ///< of each arc: its items, from left to right
    std::vector<Arc> links_;                  ///< between neighbouring layers
    std::vector<std::vector<Vertex>> layers_;
    std::vector<std::size_t> place_in_layer_;
};

Layers::Layers(std::span<const GraphBox> boxes, std::span<const Arc> arcs) : items_(boxes.size()) {
    for (std::size_t i = 0; i < boxes.size(); ++i) items_[i].height = boxes[i].height;
    breakCycles(arcs);
    assignLayers(boxes.size());
    addBends();
    unsigned deepest = 0;
    for (const Item& item : items_) deepest = std::max(deepest, item.layer);
    layers_.resize(items_.empty() ? 0 : deepest + 1);
    for (Vertex i = 0; i < items_.size(); ++i) layers_[items_[i].layer].push_back(i);
    number();
}

void Layers::breakCycles(std::span<const Arc> arcs) {
    // Depth first, in order of the vertices: an arc back to one that is still open closes a cycle.
    arcs_.assign(arcs.begin(), arcs.end());
    turned_.assign(arcs.size(), false);
    std::vector<std::vector<std::size_t>> leaving(items_.size());
    for (std::size_t i = 0; i < arcs.size(); ++i) leaving[arcs[i].from].push_back(i);
    enum class Mark : std::uint8_t { fresh, open, closed };
    std::vector<Mark> marks(items_.size(), Mark::fresh);
    std::vector<bool> entered(items_.size(), false);
    for (const Arc& arc : arcs) entered[arc.to] = true;
    std::vector<std::pair<Vertex, std::size_t>> way;
    const auto walk = [&](Vertex root) {
        if (marks[root] != Mark::fresh) return;
        marks[root] = Mark::open;
        way.emplace_back(root, 0);
        while (!way.empty()) {
            auto& [vertex, at] = way.back();
            if (at == leaving[vertex].size()) {
                marks[vertex] = Mark::closed;
                way.pop_back();
                continue;
            }
            const std::size_t i = leaving[vertex][at++];
            const Vertex to = arcs[i].to;
            if (marks[to] == Mark::open) {
                std::swap(arcs_[i].from, arcs_[i].to);
                turned_[i] = true;
            } else if (marks[to] == Mark::fresh) {
                marks[to] = Mark::open;
                way.emplace_back(to, 0);
            }
        }
    };
    for (Vertex i = 0; i < items_.size(); ++i)
        if (!entered[i]) walk(i);
    for (Vertex i = 0; i < items_.size(); ++i) walk(i);
}

void Layers::assignLayers(std::size_t count) {
    std::vector<std::uint32_t> missing(count, 0);
    for (const Arc& arc : arcs_)
        if (arc.from != arc.to) ++missing[arc.to];
    const Neighbours next(count, arcs_, Neighbours::Along::arcs);
    std::vector<Vertex> free;
    for (Vertex i = 0; i < count; ++i)
        if (missing[i] == 0) free.push_back(i);
    for (std::size_t at = 0; at < free.size(); ++at) {
        for (const Vertex other : next.of(free[at])) {
            if (other == free[at]) continue;
            items_[other].layer = std::max(items_[other].layer, items_[free[at]].layer + 1);
            if (--missing[other] == 0) free.push_back(other);
        }
    }
}

void Layers::addBends() {
    paths_.resize(arcs_.size());
    for (std::size_t i = 0; i < arcs_.size(); ++i) {
        const auto [from, to] = arcs_[i];
        if (from == to) continue;
        std::vector<Vertex>& path = paths_[i];
        path.push_back(from);
        for (unsigned layer = items_[from].layer + 1; layer < items_[to].layer; ++layer) {
            path.push_back(static_cast<Vertex>(items_.size()));
            items_.push_back({layer});
        }
        path.push_back(to);
        for (std::size_t k = 1; k < path.size(); ++k) links_.push_back({path[k - 1], path[k]});
    }
}

void Layers::recall(std::span<const GraphBox> boxes, const GraphMemory& before) {
    for (std::size_t i = 0; i < boxes.size(); ++i)
        if (const auto found = before.find(boxes[i].key); found != before.end()) items_[i].known = found->second;
}

void Layers::number() {
    place_in_layer_.resize(items_.size());
    for (const auto& layer : layers_)
        for (std::size_t i = 0; i < layer.size(); ++i) place_in_layer_[layer[i]] = i;
}

/// Where each item might lie, so that those from before are in their order and new ones beside what they belong to;
/// what belongs to nothing comes last.
std::vector<double> Layers::guesses() const {
    const Neighbours beside(items_.size(), links_, Neighbours::Along::both);
    std::vector<std::optional<double>> guess(items_.size());
    double last = 0;
    for (std::size_t i = 0; i < items_.size(); ++i) {
        guess[i] = items_[i].known;
        if (guess[i]) last = std::max(last, *guess[i]);
    }
    for (bool changed = true; changed;) {
        changed = false;
        std::vector<std::optional<double>> next = guess;
        for (Vertex i = 0; i < items_.size(); ++i) {
            if (guess[i]) continue;
            double sum = 0;
            int known = 0;
            for (const Vertex other : beside.of(i))
                if (guess[other]) sum += *guess[other], ++known;
            if (known > 0) next[i] = sum / known, changed = true;
        }
        guess = std::move(next);
    }
    std::vector<double> all(items_.size());
    for (std::size_t i = 0; i < items_.size(); ++i) all[i] = guess[i].value_or(last + 1 + static_cast<double>(i));
    return all;
}

std::size_t Layers::crossings() const {
    std::vector<std::vector<std::pair<std::size_t, std::size_t>>> between(layers_.size());
    for (const Arc& link : links_)
        between[items_[link.from].layer].emplace_back(place_in_layer_[link.from], place_in_layer_[link.to]);
    std::size_t found = 0;
    for (const auto& links : between)
        for (std::size_t i = 0; i < links.size(); ++i)
            for (std::size_t k = i + 1; k < links.size(); ++k)
                if ((links[i].first < links[k].first && links[i].second > links[k].second) ||
                    (links[i].first > links[k].first && links[i].second < links[k].second))
                    ++found;
    return found;
}

void Layers::sortByNeighbours(std::vector<Vertex>& layer, const Neighbours& neighbours) {
    std::vector<std::pair<double, Vertex>> wanted;
    for (const Vertex item : layer) {
        double sum = 0;
        for (const Vertex other : neighbours.of(item)) sum += static_cast<double>(place_in_layer_[other]);
        const auto count = static_cast<double>(neighbours.of(item).size());
        wanted.emplace_back(count > 0 ? sum / count : static_cast<double>(place_in_layer_[item]), item);
    }
    std::ranges::stable_sort(wanted, {}, [](const auto& pair) { return pair.first; });
    for (std::size_t i = 0; i < layer.size(); ++i) layer[i] = wanted[i].second;
    for (std::size_t i = 0; i < layer.size(); ++i) place_in_layer_[layer[i]] = i;
}

void Layers::order() {
    const bool any_known = std::ranges::any_of(items_, [](const Item& item) { return item.known.has_value(); });
    if (any_known) {
        const std::vector<double> guess = guesses();
        for (auto& layer : layers_) std::ranges::stable_sort(layer, {}, [&](Vertex item) { return guess[item]; });
        number();
        return;
    }
    const Neighbours left(items_.size(), links_, Neighbours::Along::against);
    const Neighbours right(items_.size(), links_, Neighbours::Along::arcs);
    auto best = layers_;
    std::size_t fewest = crossings();
    for (int sweep = 0; sweep < order_sweeps && fewest > 0; ++sweep) {
        if (sweep % 2 == 0)
            for (auto& layer : layers_) sortByNeighbours(layer, left);
        else
            for (auto layer = layers_.rbegin(); layer != layers_.rend(); ++layer) sortByNeighbours(*layer, right);
        if (const std::size_t now = crossings(); now < fewest) {
            fewest = now;
            best = layers_;
        }
    }
    layers_ = std::move(best);
    number();
}

/// Moves the items of a layer as little as need be from where they would like to be, so that none overlap: the least
/// squares under the order, by pooling adjacent violators.
void Layers::settle(const std::vector<Vertex>& layer) {
    struct Pool {
        double value;
        double weight;
        std::size_t count;
    };
    std::vector<Pool> pools;
    std::vector<double> offset(layer.size(), 0);
    for (std::size_t i = 0; i < layer.size(); ++i) {
        const Item& item = items_[layer[i]];
        if (i > 0) offset[i] = offset[i - 1] + (items_[layer[i - 1]].height + item.height) / 2 + box_gap;
        pools.push_back({item.middle - offset[i], item.known ? memory_weight : 1, 1});
        while (pools.size() > 1 && pools[pools.size() - 2].value > pools.back().value) {
            const Pool last = pools.back();
            pools.pop_back();
            Pool& pool = pools.back();
            pool.value = (pool.value * pool.weight + last.value * last.weight) / (pool.weight + last.weight);
            pool.weight += last.weight;
            pool.count += last.count;
        }
    }
    std::size_t i = 0;
    for (const Pool& pool : pools)
        for (std::size_t k = 0; k < pool.count; ++k, ++i) items_[layer[i]].middle = pool.value + offset[i];
}

void Layers::place() {
    for (const auto& layer : layers_) {
        double top = 0;
        for (const Vertex item : layer) {
            items_[item].middle = items_[item].known.value_or(top + items_[item].height / 2);
            top += items_[item].height + box_gap;
        }
        settle(layer);
    }
    const Neighbours left(items_.size(), links_, Neighbours::Along::against);
    const Neighbours right(items_.size(), links_, Neighbours::Along::arcs);
    const auto draw = [&](const std::vector<Vertex>& layer, const Neighbours& towards) {
        for (const Vertex item : layer) {
            if (items_[item].known) {
                items_[item].middle = *items_[item].known;
                continue;
            }
            double sum = 0;
            for (const Vertex other : towards.of(item)) sum += items_[other].middle;
            if (!towards.of(item).empty()) items_[item].middle = sum / static_cast<double>(towards.of(item).size());
        }
        settle(layer);
    };
    // The last of them is to the left, so that who waits stands in the middle of what it waits for.
    for (int sweep = 0; sweep < place_sweeps; ++sweep) {
        for (const auto& layer : layers_) draw(layer, left);
        for (auto layer = layers_.rbegin(); layer != layers_.rend(); ++layer) draw(*layer, right);
    }
    double top = 0;
    bool first = true;
    for (const Item& item : items_) {
        const double begin = item.middle - item.height / 2;
        top = first ? begin : std::min(top, begin);
        first = false;
    }
    // What is known stays where it was, unless it would stand above the page.
    const bool any_known = std::ranges::any_of(items_, [](const Item& item) { return item.known.has_value(); });
    if (any_known && top >= 0) return;
    for (Item& item : items_) item.middle -= top;
}

double Layers::emptyShare() const {
    double height = 0, fullest = 0;
    for (const auto& layer : layers_) {
        double used = 0;
        for (const Vertex item : layer) {
            used += items_[item].height + box_gap;
            height = std::max(height, items_[item].middle + items_[item].height / 2);
        }
        fullest = std::max(fullest, used);
    }
    return height > 0 ? 1 - fullest / height : 0;
}

GraphLayout Layers::result(std::span<const GraphBox> boxes, std::span<const Arc> arcs) const {
    GraphLayout layout;
    std::vector<double> left(layers_.size()), wide(layers_.size(), 0);
    for (std::size_t i = 0; i < boxes.size(); ++i)
        wide[items_[i].layer] = std::max(wide[items_[i].layer], boxes[i].width);
    double x = 0;
    for (std::size_t i = 0; i < layers_.size(); ++i) {
        left[i] = x;
        x += wide[i] + layer_gap;
    }
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        const Item& item = items_[i];
        layout.boxes.push_back({left[item.layer], item.middle - item.height / 2});
        layout.layers.push_back(item.layer);
        layout.width = std::max(layout.width, left[item.layer] + boxes[i].width);
        layout.height = std::max(layout.height, item.middle + item.height / 2);
    }
    layout.routes.resize(arcs.size());
    for (std::size_t i = 0; i < arcs.size(); ++i) {
        const std::vector<Vertex>& path = paths_[i];
        if (path.empty()) continue;
        std::vector<GraphPoint>& route = layout.routes[i];
        route.push_back({left[items_[path.front()].layer] + boxes[path.front()].width, items_[path.front()].middle});
        for (std::size_t k = 1; k + 1 < path.size(); ++k) {
            const Item& bend = items_[path[k]];
            route.push_back({left[bend.layer], bend.middle});
            route.push_back({left[bend.layer] + wide[bend.layer], bend.middle});
        }
        route.push_back({left[items_[path.back()].layer], items_[path.back()].middle});
        if (turned_[i]) std::ranges::reverse(route);
        for (const GraphPoint& point : route) layout.height = std::max(layout.height, point.y);
    }
    return layout;
}

}  // namespace

GraphLayout layOutGraph(std::span<const GraphBox> boxes, std::span<const Arc> arcs, const GraphMemory& before) {
    constexpr double mostly = 0.6;
    Layers layers(boxes, arcs);
    layers.recall(boxes, before);
    layers.order();
    layers.place();
    if (layers.emptyShare() > mostly && !before.empty()) return layOutGraph(boxes, arcs);
    return layers.result(boxes, arcs);
}

GraphMemory remember(std::span<const GraphBox> boxes, const GraphLayout& layout) {
    GraphMemory memory;
    for (std::size_t i = 0; i < boxes.size(); ++i) memory[boxes[i].key] = layout.boxes[i].y + boxes[i].height / 2;
    return memory;
}

}  // namespace awaitscope::ui
