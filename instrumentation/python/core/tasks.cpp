// SPDX-License-Identifier: MIT
// Hooks on where tasks and futures are made, cancelled and done.
#include "instrumentation/python/core/loops.hpp"
#include "instrumentation/python/core/outside.hpp"
#include "instrumentation/python/core/steps.hpp"

namespace awaitscope::python {
namespace {

/// A task that starts eagerly runs inside its own constructor: nobody has it yet but asyncio, as its current task.
void tell_eager() {
    PyObject* const coroutine = here.eager;
    const Ref task(PyObject_CallObject(asyncio.current_task, nullptr));
    if (!task) return PyErr_Clear();  // no loop runs: it does not start eagerly
    if (task.get() == Py_None || attribute(task.get(), names::_coro).get() != coroutine) return;
    here.eager = nullptr;
    Task& started = meet_task(task.get(), Met::created);
    if (!started.announced) announce(started, task.get(), Met::created);
    begin_step(task.get(), nullptr);
    here.naming = 0;  // what this step makes has names of its own
    here.name = nullptr;
}

void end_eager(PyObject* task, const Here& before) {
    const bool told = here.eager == nullptr;
    here.eager = before.eager;
    if (!told) {
        if (find_task(task)) return;  // it was queued like any other: its loop does not run yet
        meet_task(task, Met::created);
        begin_step(task, nullptr);
    }
    end_step(task, before.task);
    if (before.task != 0) awaitscope_task_running(emitter(), loop_number(), before.task);
}

/// A call that makes a task of `coroutine` and may start it at once.
PyObject* call_eager(PyObject* original, const Arguments& args, PyObject* coroutine) {
    const Here before = here;
    here.eager = here.coroutine = coroutine;
    PyObject* const task = args.call(original);
    if (task) quietly([&] { end_eager(task, before); });
    here.eager = before.eager;
    here.coroutine = before.coroutine;
    here.naming = before.naming;
    here.name = before.name;
    here.task = before.task;
    return task;
}

/// loop.create_task(coroutine, eager_start=True), of 3.14. A factory makes the task itself, and so it tells of it.
bool starts_eagerly(const Arguments& args) {
    PyObject* const eager = args.size() > 1 ? args.keyword("eager_start") : nullptr;
    if (!eager || PyObject_IsTrue(eager) != 1) return false;
    const Ref factory = attribute_or_none(args[0], names::_task_factory);
    return factory && factory.get() == Py_None;
}

/// A future that was told of gets its end, before those who wait for it are woken.
void tell_done(PyObject* future, awaitscope_end end) {
    const Thing* const known = find_thing(future);
    if (!known || !is_pending(future)) return;
    if (known->job != 0) tell_job_done(known->job, known->times.get());
    awaitscope_future_done(emitter(), loop_number(), me(), known->id, end);
    forget_thing(future);
}

}  // namespace

awaitscope_id me() {
    if (here.eager) tell_eager();
    return here.task;
}

PyObject* create_task_hook(PyObject* original, const Arguments& args) {
    if (!sharing) return args.call(original);
    bool eager = false;
    quietly([&] {
        if (here.naming == 0) tell_line();  // else it stands there already
        eager = starts_eagerly(args);
    });
    PyObject* const outer = here.name;
    PyObject* const name = args.keyword("name");
    if (name && PyUnicode_Check(name)) here.name = name;
    ++here.naming;
    PyObject* const task = eager ? call_eager(original, args, args[1]) : args.call(original);
    --here.naming;
    here.name = outer;
    if (task && here.naming == 0)
        quietly([&] {
            Task* const known = find_task(task);
            if (known && !known->announced) announce(*known, task, Met::created);
        });
    return task;
}

PyObject* eager_task_hook(PyObject* original, const Arguments& args) {
    if (!sharing || args.size() < 1) return args.call(original);
    quietly([&] { me(); });
    return call_eager(original, args, args[0]);
}

PyObject* task_cancel_hook(PyObject* original, const Arguments& args) {
    quietly([&] {
        PyObject* const object = args[0];
        if (!is_pending(object)) return;
        const Task& task = meet_task(object, Met::alive);
        awaitscope_task_cancel_requested(emitter(), task.loop->number, task.id, me());
    });
    return args.call(original);
}

PyObject* set_name_hook(PyObject* original, const Arguments& args) {
    PyObject* const result = args.call(original);
    if (!result || here.naming > 0) return result;  // it is being made: its name comes with that
    quietly([&] {
        me();
        const Task* const task = find_task(args[0]);
        if (task && task->announced)
            awaitscope_task_renamed(emitter(), task->loop->number, task->id, name_of(args[0]).c_str());
    });
    return result;
}

PyObject* create_future_hook(PyObject* original, const Arguments& args) {
    PyObject* const future = args.call(original);
    if (!future) return nullptr;
    quietly([&] {
        const awaitscope_id id = thing_of(future).id;
        awaitscope_future_created(emitter(), loop_of(args[0]).number, me(), id);
    });
    return future;
}

PyObject* gathering_hook(PyObject* original, const Arguments& args) {
    PyObject* const result = args.call(original);
    if (!result) return nullptr;
    quietly([&] {
        Thing& gathering = thing_of(args[0]);
        gathering.waits = AWAITSCOPE_WAIT_GATHER;
        awaitscope_future_created(emitter(), loop_number(), me(), gathering.id);
    });
    return result;
}

PyObject* future_result_hook(PyObject* original, const Arguments& args) {
    quietly([&] { tell_done(args[0], AWAITSCOPE_FINISHED); });
    return args.call(original);
}

PyObject* future_exception_hook(PyObject* original, const Arguments& args) {
    quietly([&] { tell_done(args[0], AWAITSCOPE_FAILED); });
    return args.call(original);
}

PyObject* future_cancel_hook(PyObject* original, const Arguments& args) {
    quietly([&] { tell_done(args[0], AWAITSCOPE_CANCELLED); });
    return args.call(original);
}

}  // namespace awaitscope::python
