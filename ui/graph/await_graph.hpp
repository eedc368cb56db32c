// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <functional>
#include <vector>

#include "instrumentation/trace/trace.hpp"
#include "ui/geometry/digraph.hpp"
#include "ui/model/place_words.hpp"

namespace awaitscope::ui {

/// A task, or what tasks wait for: a lock, a queue, a gather, a timer ...
struct AwaitNode {
    std::uint64_t key = 0;  ///< the same for the same thing at another moment
    TaskIndex task = no_task;
    Id object = 0;  ///< of a thing that has an id of its own
    TaskState state = TaskState::unborn;
    WaitKind on = WaitKind::none;  ///< what the task waits for, or what the thing is waited for as
    QString name;                  ///< "Task B", "lock printer", "gather of 3"
    QString detail;                ///< "worker.cpp:12", "2 waiting"
    std::size_t hidden = 0;        ///< neighbours that are not shown
    bool in_cycle = false;
    bool isTask() const { return task != no_task; }
};

/// Who waits for whom at a moment: each arc leads from a task to what it waits for, and from there to the tasks behind
/// it: the owner of a lock, the children of a gather.
struct AwaitGraph {
    std::vector<AwaitNode> nodes;
    std::vector<Arc> arcs;
    std::vector<bool> arc_in_cycle;
    QStringList cycles;       ///< each in words: "Task A → lock one → Task B → lock two → Task A"
    std::size_t alive = 0;    ///< tasks alive at the moment
    std::size_t shown = 0;    ///< of them in `nodes`
    bool any_before = false;  ///< some task was created up to the moment, alive or not

    static constexpr std::size_t shown_most = 90;  ///< nodes, where nobody says how many

    /// Everything the picture says, a line each.
    QStringList sentences() const;
};

/// The graph at the cursor, of at most `most` nodes. Where there are more, it is the neighbourhood of the selected
/// task, then the cycles, then the largest trees. Costs a binary search for every task there was, and then what is
/// shown; so for very many tasks it is work for another thread. `enough` is asked every millisecond or so, and the
/// trace may grow meanwhile; when it says so, the graph is left empty.
AwaitGraph awaitGraph(
    const Trace& trace, EventIndex cursor, TaskIndex selected, std::size_t most = AwaitGraph::shown_most,
    const std::function<bool()>& enough = [] { return false; }, const PlaceWords& places = {});

}  // namespace awaitscope::ui
