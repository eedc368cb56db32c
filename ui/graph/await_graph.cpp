// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/await_graph.hpp"

#include <QCoreApplication>
#include <algorithm>
#include <optional>
#include <unordered_map>

#include "instrumentation/exporter/task_words.hpp"
#include "ui/model/format.hpp"
#include "ui/model/state_words.hpp"

namespace awaitscope::ui {
namespace {

/// The context of this file's words.
struct AwaitGraphWords {
    Q_DECLARE_TR_FUNCTIONS(awaitscope::ui::AwaitGraph)
};

constexpr std::uint64_t thing_bit = std::uint64_t{1} << 63;
constexpr std::uint64_t own_thing_bit = std::uint64_t{1} << 62;
/// Where not everything fits, no node brings in more neighbours than this: the second hundred of a gather's children
/// tells less than the parents of the gather.
constexpr std::size_t neighbours_most = 8;

/// The whole graph, in numbers only.
struct Skeleton {
    struct Knot {
        std::uint64_t key = 0;
        TaskIndex task = no_task;  ///< or the first that waits for the thing
        Id object = 0;
        WaitKind on = WaitKind::none;
        bool thing = false;
    };
    std::vector<Knot> knots;
    std::vector<Arc> arcs;
    std::size_t alive = 0;
};

class SkeletonBuilder {
  public:
    SkeletonBuilder(const Trace& trace, EventIndex cursor, const std::function<bool()>& enough)
        : trace_(trace), cursor_(cursor), enough_(enough) {}

    /// Nothing when it was enough before the end.
    std::optional<Skeleton> build() {
        const TaskIndex count = trace_.task_count_at(cursor_);
        vertex_of_task_.assign(count, none);
        std::vector<Span> waits(count);
        for (TaskIndex task = 0; task < count; ++task) {
            if (isEnough(task)) return std::nullopt;
            const TaskMoment moment = trace_.at(task, cursor_);
            if (!moment.span) continue;
            vertex_of_task_[task] = static_cast<Vertex>(made_.knots.size());
            const bool waiting = moment.state == TaskState::waiting;
            made_.knots.push_back({task, task, 0, waiting ? moment.span->on : WaitKind::none});
            if (waiting) waits[task] = *moment.span;
        }
        made_.alive = made_.knots.size();
        for (Vertex vertex = 0; vertex < made_.alive; ++vertex) {
            if (isEnough(vertex)) return std::nullopt;
            addWait(vertex, waits[made_.knots[vertex].task]);
        }
        return std::move(made_);
    }

  private:
    static constexpr Vertex none = ~Vertex{0};
    static constexpr std::uint32_t asked_every = 2048;

    bool isEnough(std::uint32_t looks) const { return looks % asked_every == 0 && enough_(); }

    void addWait(Vertex waiter, const Span& span) {
        const TaskIndex task = made_.knots[waiter].task;
        if (made_.knots[waiter].on == WaitKind::none) return;
        if (const TaskIndex awaited = trace_.find_task(span.object); awaited != no_task) {
            addArc(waiter, awaited);
            return;
        }
        const std::uint64_t key = span.object != 0 ? thing_bit | span.object : own_thing_bit | task;
        const auto [found, fresh] = things_.try_emplace(key, static_cast<Vertex>(made_.knots.size()));
        const Vertex thing = found->second;
        made_.arcs.push_back({waiter, thing});
        if (!fresh) return;
        made_.knots.push_back({key, task, span.object, span.on, true});
        // Whoever waits for it, the same tasks stand behind it.
        for (const TaskIndex behind : trace_.awaits(task, cursor_)) addArc(thing, behind);
    }

    void addArc(Vertex from, TaskIndex to) {
        if (to < vertex_of_task_.size() && vertex_of_task_[to] != none)
            made_.arcs.push_back({from, vertex_of_task_[to]});
    }

    const Trace& trace_;
    const EventIndex cursor_;
    const std::function<bool()>& enough_;
    Skeleton made_;
    std::vector<Vertex> vertex_of_task_;
    std::unordered_map<std::uint64_t, Vertex> things_;
};

/// Which knots to show.
class Choice {
  public:
    Choice(const Skeleton& skeleton, std::size_t most)
        : most_(std::min(most, skeleton.knots.size())),
          all_(skeleton.knots.size() <= most),
          beside_(skeleton.knots.size(), skeleton.arcs, Neighbours::Along::both),
          shown_(skeleton.knots.size(), false) {}

    bool full() const { return count_ >= most_; }
    bool isShown(Vertex vertex) const { return shown_[vertex]; }
    void add(Vertex vertex) {
        if (full() || shown_[vertex]) return;
        shown_[vertex] = true;
        ++count_;
    }
    /// Shows a vertex and what is near it, the nearest first.
    void grow(Vertex seed) {
        add(seed);
        std::vector<Vertex> way{seed};
        std::vector<bool> passed(shown_.size(), false);
        passed[seed] = true;
        for (std::size_t at = 0; at < way.size() && !full(); ++at) {
            std::size_t brought = 0;
            for (const Vertex other : beside_.of(way[at])) {
                if (passed[other]) continue;
                if (!all_ && !shown_[other] && ++brought > neighbours_most) break;
                passed[other] = true;
                add(other);
                if (shown_[other]) way.push_back(other);
            }
        }
    }
    std::size_t hiddenBeside(Vertex vertex) const {
        const auto others = beside_.of(vertex);
        return static_cast<std::size_t>(std::ranges::count_if(others, [&](Vertex other) { return !shown_[other]; }));
    }

  private:
    std::size_t most_;
    bool all_;
    Neighbours beside_;
    std::vector<bool> shown_;
    std::size_t count_ = 0;
};

/// A vertex of each tree, those of the largest first: one that nobody waits for, where there is one.
std::vector<Vertex> roots(const Skeleton& skeleton, std::size_t most) {
    const std::size_t count = skeleton.knots.size();
    const VertexGroups trees = connectedComponents(count, skeleton.arcs);
    std::vector<bool> awaited(count, false);
    for (const Arc& arc : skeleton.arcs) awaited[arc.to] = true;
    std::vector<Vertex> root(trees.sizes.size(), ~Vertex{0});
    for (Vertex i = 0; i < count; ++i) {
        Vertex& best = root[trees.of[i]];
        if (best == ~Vertex{0} || (awaited[best] && !awaited[i])) best = i;
    }
    const std::size_t wanted = std::min(most, root.size());
    std::ranges::partial_sort(root, root.begin() + static_cast<std::ptrdiff_t>(wanted), {}, [&](Vertex vertex) {
        return std::pair(-static_cast<std::int64_t>(trees.sizes[trees.of[vertex]]), vertex);
    });
    root.resize(wanted);
    return root;
}

QString thingName(const Trace& trace, const Skeleton::Knot& knot, EventIndex cursor, const PlaceWords& places) {
    // What is got and what is put wait for the same queue.
    if (knot.on == WaitKind::queue_get || knot.on == WaitKind::queue_put)
        if (const auto waited = waited_for(trace, knot.task, cursor))
            return primitiveKind(SyncKind::queue) + ' ' +
                   numberedText(trace, QString::fromStdString(waited->name), waited->line, places);
    return waitsForText(trace, knot.task, cursor, places);
}

QString thingDetail(const Trace& trace, const Skeleton::Knot& knot, std::size_t waiters, std::size_t behind,
                    EventIndex cursor) {
    const QString waiting =
        withThousands(AwaitGraphWords::tr("%n waiting", "tasks", static_cast<int>(waiters)), waiters);
    switch (knot.on) {
        case WaitKind::gather: {
            const std::size_t all = trace.gathered(knot.task, cursor).size();
            return all < behind || all == 0
                       ? QString()
                       : AwaitGraphWords::tr("%1 of %2 done").arg(formatCount(all - behind), formatCount(all));
        }
        case WaitKind::group:
            return withThousands(AwaitGraphWords::tr("%n to come", "tasks", static_cast<int>(behind)), behind);
        case WaitKind::queue_get:
        case WaitKind::queue_put: {
            const auto queue = trace.primitive_at(knot.object, cursor);
            if (!queue) return waiting;
            return (queue->maxsize == 0
                        ? AwaitGraphWords::tr("%1 in it").arg(formatCount(queue->size))
                        : AwaitGraphWords::tr("%1 of %2").arg(formatCount(queue->size), formatCount(queue->maxsize))) +
                   QStringLiteral(" · ") + waiting;
        }
        case WaitKind::lock:
        case WaitKind::event:
        case WaitKind::condition:
        case WaitKind::semaphore:
        case WaitKind::barrier:
            return waiting;
        default:
            return {};
    }
}

QString taskDetail(const Trace& trace, TaskIndex task, EventIndex cursor, const PlaceWords& places) {
    const TaskMoment moment = trace.at(task, cursor);
    const QString place = places.text(trace, trace.place_at(task, cursor));
    const QString word = moment.state == TaskState::waiting ? formatAtLeast(trace.time_at(cursor) - moment.span->begin,
                                                                            trace.began_before(task, cursor))
                                                            : stateWord(moment.state);
    return place.isEmpty() ? word : word + QStringLiteral(" · ") + place;
}

/// A way round within a strong component, from one of its tasks.
QString cycleWords(const AwaitGraph& graph, const std::vector<std::uint32_t>& group_of, Vertex start) {
    const Neighbours next(graph.nodes.size(), graph.arcs, Neighbours::Along::arcs);
    std::vector<Vertex> way{start};
    for (;;) {
        const auto onward = next.of(way.back());
        const auto within = std::ranges::find_if(onward, [&](Vertex v) { return group_of[v] == group_of[start]; });
        if (within == onward.end()) return {};
        const auto again = std::ranges::find(way, *within);
        const bool closed = again != way.end();
        if (closed) way.erase(way.begin(), again);
        way.push_back(*within);
        if (!closed) continue;
        QStringList names;
        for (const Vertex vertex : way) names << graph.nodes[vertex].name;
        return names.join(QStringLiteral(" → "));
    }
}

}  // namespace

AwaitGraph awaitGraph(const Trace& trace, EventIndex cursor, TaskIndex selected, std::size_t most,
                      const std::function<bool()>& enough, const PlaceWords& places) {
    AwaitGraph graph;
    if (cursor == no_event) return graph;
    const std::optional<Skeleton> built = SkeletonBuilder(trace, cursor, enough).build();
    if (!built) return graph;
    const Skeleton& skeleton = *built;
    graph.alive = skeleton.alive;
    graph.any_before = trace.task_count_at(cursor) > 0;
    const std::size_t count = skeleton.knots.size();
    const VertexGroups strong = strongComponents(count, skeleton.arcs);
    std::vector<bool> cyclic(count, false);
    for (Vertex i = 0; i < count; ++i) cyclic[i] = strong.sizes[strong.of[i]] > 1;
    for (const Arc& arc : skeleton.arcs)
        if (arc.from == arc.to) cyclic[arc.from] = true;

    Choice choice(skeleton, most);
    for (Vertex i = 0; i < skeleton.alive; ++i)
        if (skeleton.knots[i].task == selected) choice.grow(i);
    for (Vertex i = 0; i < count && !choice.full(); ++i)
        if (cyclic[i]) choice.add(i);
    for (const Vertex root : roots(skeleton, most)) {
        if (choice.full()) break;
        choice.grow(root);
    }

    // From the top: trees with a cycle, the selected task's, the others.
    const VertexGroups trees = connectedComponents(count, skeleton.arcs);
    std::vector<int> rank(trees.sizes.size(), 2);
    for (Vertex i = 0; i < count; ++i) {
        if (cyclic[i]) rank[trees.of[i]] = 0;
        if (!skeleton.knots[i].thing && skeleton.knots[i].task == selected)
            rank[trees.of[i]] = std::min(rank[trees.of[i]], 1);
    }
    std::vector<Vertex> shown;
    for (Vertex i = 0; i < count; ++i)
        if (choice.isShown(i)) shown.push_back(i);
    std::ranges::stable_sort(shown, {}, [&](Vertex i) { return rank[trees.of[i]]; });

    std::vector<Vertex> number(count, 0);
    std::vector<std::size_t> waiters(count, 0), behind(count, 0);
    for (const Arc& arc : skeleton.arcs) {
        ++waiters[arc.to];
        ++behind[arc.from];
    }
    std::vector<std::uint32_t> group_of;
    for (const Vertex i : shown) {
        number[i] = static_cast<Vertex>(graph.nodes.size());
        const Skeleton::Knot& knot = skeleton.knots[i];
        AwaitNode& node = graph.nodes.emplace_back();
        node.key = knot.key;
        node.on = knot.on;
        node.hidden = choice.hiddenBeside(i);
        node.in_cycle = cyclic[i];
        if (knot.thing) {
            node.object = knot.object;
            node.name = thingName(trace, knot, cursor, places);
            node.detail = thingDetail(trace, knot, waiters[i], behind[i], cursor);
        } else {
            node.task = knot.task;
            node.state = trace.at(knot.task, cursor).state;
            node.name = taskName(trace, knot.task);
            node.detail = taskDetail(trace, knot.task, cursor, places);
            ++graph.shown;
        }
        group_of.push_back(strong.of[i]);
    }
    for (const Arc& arc : skeleton.arcs) {
        if (!choice.isShown(arc.from) || !choice.isShown(arc.to)) continue;
        graph.arcs.push_back({number[arc.from], number[arc.to]});
        graph.arc_in_cycle.push_back(cyclic[arc.from] && strong.of[arc.from] == strong.of[arc.to]);
    }
    std::vector<bool> told(strong.sizes.size(), false);
    for (Vertex i = 0; i < graph.nodes.size(); ++i) {
        if (!graph.nodes[i].in_cycle || !graph.nodes[i].isTask() || told[group_of[i]]) continue;
        told[group_of[i]] = true;
        if (const QString words = cycleWords(graph, group_of, i); !words.isEmpty()) graph.cycles << words;
    }
    return graph;
}

QStringList AwaitGraph::sentences() const {
    QStringList lines;
    for (const QString& cycle : cycles) lines << AwaitGraphWords::tr("Cycle: %1.").arg(cycle);
    const Neighbours next(nodes.size(), arcs, Neighbours::Along::arcs);
    for (Vertex i = 0; i < nodes.size(); ++i) {
        const AwaitNode& node = nodes[i];
        QStringList behind;
        for (const Vertex other : next.of(i)) behind << nodes[other].name;
        if (behind.isEmpty() && !node.isTask()) continue;
        if (behind.isEmpty())
            lines << AwaitGraphWords::tr("%1: %2.").arg(
                node.name, node.state == TaskState::waiting ? AwaitGraphWords::tr("waits") : stateWord(node.state));
        else
            lines << (node.on == WaitKind::lock && !node.isTask() ? AwaitGraphWords::tr("%1 is held by %2.")
                                                                  : AwaitGraphWords::tr("%1 waits for %2."))
                         .arg(node.name, behind.join(QStringLiteral(", ")));
    }
    if (shown < alive)
        lines << AwaitGraphWords::tr("%1 of %2 tasks are told.").arg(formatCount(shown), formatCount(alive));
    return lines;
}

}  // namespace awaitscope::ui
