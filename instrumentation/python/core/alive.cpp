// SPDX-License-Identifier: MIT
#include "instrumentation/python/core/alive.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "instrumentation/python/core/chain.hpp"
#include "instrumentation/python/core/primitives.hpp"
#include "instrumentation/python/core/steps.hpp"

namespace awaitscope::python {
namespace {

/// The tasks of a loop that are told together. Private names of asyncio's that a version does not have say nothing.
class Telling {
  public:
    Telling(Loop& loop, PyObject* current, PyObject* all) : loop_(loop), current_(current) {
        std::vector<std::pair<std::string, PyObject*>> strangers;
        for (Py_ssize_t i = 0; i < PyList_Size(all); ++i) {
            PyObject* const one = PyList_GetItem(all, i);
            if (!is_pending(one)) continue;  // it has ended while we asked, from another thread
            tasks_.push_back(one);
            if (!find_task(one)) strangers.emplace_back(name_of(one), one);
        }
        // In the order in which they were made, which asyncio does not keep: but it counts them in the names it gives.
        const auto count = [](const auto& named) {
            return std::pair(named.first.size(), std::string_view(named.first));
        };
        std::ranges::sort(strangers, {}, count);
        for (const auto& [name, one] : strangers) know_task(one);
        std::ranges::sort(tasks_, {}, [](PyObject* one) { return know_task(one).id; });
        for (PyObject* const one : tasks_) untold_[know_task(one).id] = unplaced_[know_task(one).id] = one;
    }

    void tell() {
        find_families();
        // What is held comes before who waits for it: a semaphore's value is known by that.
        std::vector<PyObject*> line;
        for (PyObject* const one : tasks_) {
            for (awaitscope_id id = know_task(one).id; unplaced_.contains(id); id = know_task(line.back()).parent)
                line.push_back(unplaced_.extract(id).mapped());
            for (; !line.empty(); line.pop_back()) tell_with_gathered(line.back());
        }
        for (const Newcomer& each : newcomers_)
            for (const Ref& held : each.entered) tell_held(know_task(each.task), held.get());
        for (PyObject* const one : stateless_) tell_state(one);
    }

  private:
    struct Newcomer {
        PyObject* task;
        std::vector<Ref> entered;
    };

    /// Of those of which nothing was told yet. A group's tasks are children of the task that is in it; those that are
    /// gathered, of the one that gathers: both are nearly always who has made them.
    void find_families() {
        for (PyObject* const one : tasks_) {
            if (know_task(one).announced) continue;
            adopt_by_group(one);
            if (one != current_) newcomers_.push_back({one, entered_by(attribute(one, names::_coro).get())});
        }
        for (const Newcomer& each : newcomers_)
            for (PyObject* const child : gathered_by(each.task)) {
                Task& record = know_task(child);
                if (!record.announced && record.parent == 0 && child != each.task)
                    record.parent = know_task(each.task).id;
            }
    }

    /// The group calls back when one of its tasks is done.
    static void adopt_by_group(PyObject* task) {
        const Ref callbacks = attribute_or_none(task, names::_callbacks);
        if (!callbacks || !PyList_Check(callbacks.get())) return;
        for (Py_ssize_t i = 0; i < PyList_Size(callbacks.get()); ++i) {
            PyObject* const pair = PyList_GetItem(callbacks.get(), i);
            PyObject* const callback = PyTuple_Check(pair) && PyTuple_Size(pair) > 0 ? PyTuple_GetItem(pair, 0) : pair;
            if (Py_TYPE(callback) != types.method) continue;
            const Ref group = attribute(callback, names::__self__);
            if (!is_a(group.get(), asyncio.task_group_type)) continue;
            const Ref parent = attribute_or_none(group.get(), names::_parent_task);
            if (parent && find_task(parent.get())) know_task(task).parent = find_task(parent.get())->id;
        }
    }

    /// The tasks that a task waits for by gather(), also by one inside another.
    std::vector<PyObject*> gathered_by(PyObject* task) const {
        std::vector<PyObject*> found;
        std::vector<Ref> futures;
        futures.push_back(attribute_or_none(task, names::_fut_waiter));
        while (!futures.empty()) {
            const Ref future = std::move(futures.back());
            futures.pop_back();
            if (!future || !is_a(future.get(), asyncio.gathering_type)) continue;
            const Ref children = attribute_or_none(future.get(), names::_children);
            if (!children || !PyList_Check(children.get())) continue;
            for (Py_ssize_t i = 0; i < PyList_Size(children.get()); ++i) {
                PyObject* const one = PyList_GetItem(children.get(), i);
                const Task* const known = find_task(one);
                if (!known)
                    futures.push_back(Ref::share(one));
                else if (is_pending(one))
                    found.push_back(one);
            }
        }
        return found;
    }

    void introduce(PyObject* object) {
        Task& task = know_task(object);
        if (untold_.erase(task.id) != 0) announce(task, object, Met::alive);
    }

    /// What a task gathers is told between itself and its wait, as in the step that made them; its other children are
    /// told after that.
    void tell_with_gathered(PyObject* object) {
        introduce(object);
        const Task& task = know_task(object);
        const std::vector<PyObject*> children = gathered_by(object);
        for (PyObject* const child : children)
            if (know_task(child).parent == task.id) introduce(child);
        children.empty() ? stateless_.push_back(object) : tell_state(object);
    }

    void tell_state(PyObject* object) {
        Task& task = know_task(object);
        const Ref future = attribute(object, names::_fut_waiter);
        if (object == current_ && !task.running) {
            task.running = true;
            task.ready = false;
            loop_.unseen = Ref::share(object);
        }
        if (task.running)
            awaitscope_task_running(emitter(), loop_.number, task.id);
        else if (future.get() == Py_None || task.ready)
            awaitscope_task_ready(emitter(), loop_.number, task.id, 0);
        else if (task.on == AWAITSCOPE_WAIT_NONE)
            tell_suspended(task, object, future.get());
        else
            awaitscope_task_suspended(emitter(), loop_.number, task.id, task.on, task.object, task.where);
    }

    Loop& loop_;
    PyObject* const current_;
    std::vector<PyObject*> tasks_;
    std::vector<Newcomer> newcomers_;
    std::unordered_map<awaitscope_id, PyObject*> untold_;    ///< they are alive: not told yet
    std::unordered_map<awaitscope_id, PyObject*> unplaced_;  ///< nor, whatever their parents have said, by themselves
    std::vector<PyObject*> stateless_;                       ///< told, but not what they do
};

}  // namespace

void answer_viewer(Loop& loop, PyObject* object) {
    loop.answers.fetch_add(1, std::memory_order_relaxed);
    const Ref current = need(PyObject_CallFunctionObjArgs(asyncio.current_task, object, nullptr));
    const Ref alive = need(PyObject_CallFunctionObjArgs(asyncio.all_tasks, object, nullptr));
    const Ref list = need(PySequence_List(alive.get()));
    const auto count = static_cast<std::uint32_t>(PyList_Size(list.get()));
    awaitscope_snapshot_begin(emitter(), loop.number, count);
    Telling(loop, current.get(), list.get()).tell();
    awaitscope_snapshot_end(emitter(), loop.number, count);
}

void answer_if_asked(Loop& loop) {
    if (!awaitscope_snapshot_wanted(emitter()) || std::exchange(loop.answered_for, false)) return;
    const Ref object = Ref::share(loop.weak ? PyWeakref_GetObject(loop.weak) : Py_None);
    if (object.get() != Py_None) answer_viewer(loop, object.get());
}

void end_unseen_step(Loop& loop) {
    const Ref task = std::move(loop.unseen);
    end_step(task.get(), 0);
}

}  // namespace awaitscope::python
