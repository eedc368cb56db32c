// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/await_chain.hpp"

#include <QCoreApplication>
#include <algorithm>

#include "ui/model/format.hpp"
#include "ui/model/state_words.hpp"

namespace awaitscope::ui {
namespace {

/// The context of this file's words.
struct ChainWords {
    Q_DECLARE_TR_FUNCTIONS(awaitscope::ui::AwaitChain)
};

/// More would not be read; a chain of waits is seldom longer than five.
constexpr std::size_t waiters_shown_max = 16;

/// Whether what a task waits for gets a chip of its own between it and the task behind.
bool isThing(WaitKind on) {
    switch (on) {
        case WaitKind::none:
        case WaitKind::task:
        case WaitKind::sleep:
        case WaitKind::yield:
            return false;
        default:
            return true;
    }
}

QString standing(const Trace& trace, TaskIndex task, EventIndex cursor, const PlaceWords& places) {
    const TaskState state = trace.at(task, cursor).state;
    if (state == TaskState::waiting) return ChainWords::tr("waits: %1").arg(waitsForText(trace, task, cursor, places));
    const QString word = stateWord(state);
    if (state != TaskState::ready) return word;
    const std::vector<TaskIndex> queue = trace.ready_queue_at(cursor);
    const auto place = std::ranges::find(queue, task);
    if (place == queue.end()) return word;
    return word + ", " + queuePlaceText(static_cast<std::size_t>(place - queue.begin()));
}

/// The first of those who wait for a task, the first of those who wait for that one, ..., outermost first.
std::vector<TaskIndex> waitersOf(const Trace& trace, TaskIndex task, EventIndex cursor) {
    std::vector<TaskIndex> passed{task};
    while (passed.size() <= waiters_shown_max) {
        const std::vector<TaskIndex> waiters = trace.awaited_by(passed.back(), cursor);
        if (waiters.empty() || std::ranges::find(passed, waiters.front()) != passed.end()) break;
        passed.push_back(waiters.front());
    }
    std::ranges::reverse(passed);
    passed.pop_back();
    return passed;
}

}  // namespace

AwaitChain awaitChain(const Trace& trace, TaskIndex task, EventIndex cursor, const PlaceWords& places) {
    AwaitChain chain;
    if (task >= trace.tasks().size() || trace.at(task, cursor).state == TaskState::unborn) return chain;
    const std::vector<AwaitLink> behind = trace.await_chain(task, cursor);
    std::vector<TaskIndex> tasks;
    for (const AwaitLink& link : behind) tasks.push_back(link.task);
    const auto first_twice = [&] {
        return tasks.size() > 1 && std::ranges::find(tasks.begin(), tasks.end() - 1, tasks.back()) != tasks.end() - 1;
    };
    chain.cycle = first_twice();
    // Within a cycle those who wait for the task stand behind it already.
    if (!chain.cycle) {
        const std::vector<TaskIndex> before = waitersOf(trace, task, cursor);
        tasks.insert(tasks.begin(), before.begin(), before.end());
    }
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        const TaskMoment moment = trace.at(tasks[i], cursor);
        ChainItem& item = chain.items.emplace_back();
        item.name = taskName(trace, tasks[i]);
        item.task = tasks[i];
        item.state = moment.state;
        const bool last = i + 1 == tasks.size();
        if (last) {
            item.on = moment.state == TaskState::waiting ? moment.span->on : WaitKind::none;
            item.relation = chain.cycle ? ChainWords::tr("again: a cycle") : standing(trace, tasks[i], cursor, places);
            continue;
        }
        item.relation = ChainWords::tr("waits for");
        const WaitKind on = moment.span ? moment.span->on : WaitKind::none;
        if (!isThing(on)) continue;
        ChainItem& thing = chain.items.emplace_back();
        thing.name = waitsForText(trace, tasks[i], cursor, places);
        thing.relation = on == WaitKind::lock ? ChainWords::tr("held by") : ChainWords::tr("waits for");
        thing.on = on;
    }
    return chain;
}

}  // namespace awaitscope::ui
