// SPDX-License-Identifier: GPL-3.0-or-later
// The part of MainWindow which folds the oldest detail of a trace that has taken its memory: all numbers of events and
// tasks change, so the panels are made anew, and what the user has set is set again.
#include <optional>
#include <utility>

#include "ui/timeline/timeline_view.hpp"
#include "ui/window/main_menu.hpp"
#include "ui/window/main_window.hpp"
#include "ui/window/panel_memory.hpp"
#include "ui/window/walk_commands.hpp"
#include "ui/window/workspace.hpp"

namespace awaitscope::ui {

void MainWindow::foldOldest() {
    if (!workspace_ || !workspace_->session().foldDue()) return;
    const std::unique_ptr<Workspace> old(std::exchange(workspace_, nullptr));
    const ViewState& then = old->view();
    const EventIndex cursor = then.cursor();
    const bool following = then.following();
    const std::map<EventIndex, QString> marks = then.marks();
    Sight sight = then.sight();
    const AxisKind axis = old->timeline()->axis();
    const RowDensity density = old->timeline()->rowDensity();
    Id selected = 0;
    std::vector<Id> closed;  // tasks whose children are hidden
    std::vector<std::pair<Id, int>> in_sight;
    {
        const auto trace = old->session().trace();
        const TaskList tasks = trace->tasks();
        if (then.selectedTask() != no_task) selected = tasks[then.selectedTask()].id;
        for (const TaskIndex task : sight.folded_tasks) closed.push_back(tasks[task].id);
        for (const auto& [task, below_top] : old->timeline()->tasksInSight())
            in_sight.emplace_back(tasks[task].id, below_top);
    }
    const PanelMemory panels(*old);
    old->saveLayout();
    old->disconnect(this);
    old->session().disconnect(this);
    menu_->setWorkspace(nullptr);
    walk_->setWorkspace(nullptr);
    const SourceDescription description = old->description();
    std::unique_ptr<TraceSession> session = old->release();
    const GrowingTrace::Renumbering renumbered = session->fold();
    TaskIndex task = no_task;
    std::optional<std::pair<TaskIndex, int>> top;  // the first of those in sight that is still there
    sight.folded_tasks.clear();
    {
        const auto trace = session->trace();
        task = trace->find_task(selected);
        for (const Id id : closed)
            if (const TaskIndex still = trace->find_task(id); still != no_task) sight.folded_tasks.insert(still);
        for (const auto& [id, below_top] : in_sight)
            if (const TaskIndex still = trace->find_task(id); still != no_task && !top) top.emplace(still, below_top);
    }
    showSession(std::move(session), description);
    panels.restore(*workspace_);
    workspace_->timeline()->setAxis(axis);
    workspace_->timeline()->setRowDensity(density);
    ViewState& now = workspace_->view();
    now.setSelectedTask(task);
    now.setCursor(renumbered(cursor));
    now.begin(std::move(sight));
    now.setFollowing(following);
    if (top) workspace_->timeline()->placeTask(top->first, top->second);
    for (const auto& [event, note] : marks)
        if (event >= renumbered.first) now.setMark(renumbered(event), note);
}

}  // namespace awaitscope::ui
