// SPDX-License-Identifier: MIT
#pragma once

#include <awaitscope/awaitscope.h>

#include <string>
#include <unordered_map>

namespace awaitscope::node {

/// The async functions of one loop that have not ended: told as they change, and again to a viewer that attaches.
class TaskList {
  public:
    explicit TaskList(awaitscope_loop loop) : loop_(loop) {}

    void created(awaitscope_emitter* e, awaitscope_id id, std::string name, awaitscope_place definition,
                 awaitscope_id parent) {
        awaitscope_task_created(e, loop_, id, name.c_str(), definition, parent);
        tasks_[id] = {.name = std::move(name), .definition = definition, .parent = parent};
    }
    void running(awaitscope_emitter* e, awaitscope_id id) {
        Task* const task = find(id);
        if (!task) return;
        task->state = State::running;
        awaitscope_task_running(e, loop_, id);
    }
    void suspended(awaitscope_emitter* e, awaitscope_id id, enum awaitscope_wait on, awaitscope_id object,
                   awaitscope_place where) {
        Task* const task = find(id);
        if (!task) return;
        task->state = State::waiting;
        task->on = on;
        task->object = object;
        task->where = where;
        awaitscope_task_suspended(e, loop_, id, on, object, where);
    }
    void ready(awaitscope_emitter* e, awaitscope_id id, awaitscope_id by) {
        Task* const task = find(id);
        if (!task) return;
        task->state = State::ready;
        awaitscope_task_ready(e, loop_, id, by);
    }
    void done(awaitscope_emitter* e, awaitscope_id id, enum awaitscope_end end, const char* error) {
        if (tasks_.erase(id) > 0) awaitscope_task_done(e, loop_, id, end, error);
    }

    void tell_alive(awaitscope_emitter* e) const {
        const auto count = static_cast<std::uint32_t>(tasks_.size());
        awaitscope_snapshot_begin(e, loop_, count);
        for (const auto& [id, task] : tasks_) {
            awaitscope_task_alive(e, loop_, id, task.name.c_str(), task.definition, task.parent);
            switch (task.state) {
                case State::ready:
                    awaitscope_task_ready(e, loop_, id, 0);
                    break;
                case State::running:
                    awaitscope_task_running(e, loop_, id);
                    break;
                case State::waiting:
                    awaitscope_task_suspended(e, loop_, id, task.on, task.object, task.where);
                    break;
            }
        }
        awaitscope_snapshot_end(e, loop_, count);
    }
    std::size_t size() const { return tasks_.size(); }

  private:
    enum class State { ready, running, waiting };
    struct Task {
        std::string name;
        awaitscope_place definition = 0;
        awaitscope_id parent = 0;
        State state = State::ready;
        enum awaitscope_wait on = AWAITSCOPE_WAIT_NONE;
        awaitscope_id object = 0;
        awaitscope_place where = 0;
    };

    Task* find(awaitscope_id id) {
        const auto found = tasks_.find(id);
        return found == tasks_.end() ? nullptr : &found->second;
    }

    const awaitscope_loop loop_;
    std::unordered_map<awaitscope_id, Task> tasks_;
};

}  // namespace awaitscope::node
