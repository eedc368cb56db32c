// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/selection_summary.hpp"

#include <QCoreApplication>
#include <algorithm>

#include "ui/model/format.hpp"
#include "ui/model/state_words.hpp"

namespace awaitscope::ui {
namespace {

/// The context of this file's words.
struct SelectionWords {
    Q_DECLARE_TR_FUNCTIONS(awaitscope::ui::SelectionSummary)
};

std::vector<TimeShare> timeShares(const TaskTally& tally, Nanoseconds life) {
    std::vector<TimeShare> shares;
    const auto add = [&](const QString& label, Nanoseconds time, TaskState state, WaitKind on) {
        shares.push_back({label, time, formatDuration(time), formatPercent(time, life), state, on});
    };
    add(SelectionWords::tr("running"), tally.running_ns, TaskState::running, WaitKind::none);
    add(SelectionWords::tr("ready, not run"), tally.ready_ns, TaskState::ready, WaitKind::none);
    for (unsigned kind = 0; kind < wait_kind_count; ++kind) {
        const Nanoseconds time = tally.waiting_by_kind_ns[kind];
        if (time == 0) continue;
        const auto on = static_cast<WaitKind>(kind);
        add(SelectionWords::tr("waiting: %1").arg(waitWord(on)), time, TaskState::waiting, on);
    }
    std::stable_sort(shares.begin() + 2, shares.end(),
                     [](const TimeShare& a, const TimeShare& b) { return a.time > b.time; });
    return shares;
}

}  // namespace

SelectionSummary summarize(const Trace& trace, TaskIndex index, EventIndex cursor, const PlaceWords& places) {
    SelectionSummary summary;
    if (index >= trace.tasks().size()) return summary;
    const Task& task = trace.tasks()[index];
    const TaskMoment moment = trace.at(index, cursor);
    summary.name = taskName(trace, index);
    summary.task_state = moment.state;
    if (moment.state == TaskState::unborn) return summary;
    summary.exists = true;
    const QString coroutine = places.function(trace, task.definition);
    summary.place = trace.place_at(index, cursor);
    const QString place = places.text(trace, summary.place);
    summary.subtitle = coroutine.isEmpty() ? place : coroutine + "()" + (place.isEmpty() ? QString() : " · " + place);
    summary.state = stateWord(moment.state);
    summary.waits_for = waitsForText(trace, index, cursor, places);
    summary.chain = awaitChain(trace, index, cursor, places);
    const Nanoseconds now = std::min(task.done, trace.time_at(cursor));
    const TaskTally tally = trace.tally_at(index, cursor);
    summary.times = timeShares(tally, now - task.created);
    summary.parent = task.parent;
    summary.older = task.older;
    if (!task.older) {
        summary.created_by = task.parent == no_task ? SelectionWords::tr("the loop") : taskName(trace, task.parent);
        summary.created = SelectionWords::tr("at %1").arg(formatTime(task.created));
    }
    summary.resumed = formatTimes(tally.resumed);
    summary.age = formatDuration(now - task.created);
    if (is_done(moment.state)) {
        summary.ended = SelectionWords::tr("at %1").arg(formatTime(task.done));
        summary.error = toQString(trace.symbols().string(task.error));
    }
    return summary;
}

}  // namespace awaitscope::ui
