// SPDX-License-Identifier: MIT
// Hooks on where tasks and futures are made, cancelled and done.
#include "instrumentation/python/core/loops.hpp"
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

/// A future that was told of gets its end, before those who wait for it are woken.
void tell_done(PyObject* future, awaitscope_end end) {
    const Thing* const known = find_thing(future);
    if (!known || !is_pending(future)) return;
    if (known->job != 0) {
        const bool begun = known->times && known->times->begun != 0;
        const auto waited = begun ? static_cast<std::uint64_t>(known->times->begun - known->times->submitted) : 0;
        awaitscope_thread_done(emitter(), loop_number(), known->job, waited);
    }
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
    quietly([&] { me(); });
    PyObject* const outer = here.name;
    PyObject* const name = args.keyword("name");
    if (name && PyUnicode_Check(name)) here.name = name;
    ++here.naming;
    PyObject* const task = args.call(original);
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
    const Here before = here;
    here.eager = here.coroutine = args[0];
    PyObject* const task = args.call(original);
    if (task) quietly([&] { end_eager(task, before); });
    here.eager = before.eager;
    here.coroutine = before.coroutine;
    here.naming = before.naming;
    here.name = before.name;
    here.task = before.task;
    return task;
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
