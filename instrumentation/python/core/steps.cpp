// SPDX-License-Identifier: MIT
#include "instrumentation/python/core/steps.hpp"

#include "instrumentation/python/core/chain.hpp"
#include "instrumentation/python/core/primitives.hpp"

namespace awaitscope::python {
namespace {

bool is_word(PyObject* string, const char* word) {
    return PyUnicode_CompareWithASCIIString(string, word) == 0;
}

std::string type_name(PyTypeObject* type) {
    const Ref name = attribute(reinterpret_cast<PyObject*>(type), names::__name__);
    return text_of(name.get());
}

/// The methods of asyncio's Python task, which a loop may have in place of the C ones.
Role role_of_method(PyObject* callback) {
    Ref self = attribute(callback, names::__self__);
    if (!is_a(self.get(), asyncio.python_task_type)) return {};
    const Ref name = attribute(callback, names::__name__);
    const std::string word = text_of(name.get());
    if (word.ends_with("__step")) return {Role::step, std::move(self)};
    if (word.ends_with("__wakeup")) return {Role::wakeup, std::move(self)};
    return {};
}

awaitscope_wait kind_of_future(PyObject* future, awaitscope_id& object) {
    if (find_task(future) || is_a(future, asyncio.task_type)) {
        object = meet_task(future, Met::alive).id;
        return AWAITSCOPE_WAIT_TASK;
    }
    Thing& thing = thing_of(future);
    if (thing.waits == AWAITSCOPE_WAIT_FUTURE && is_a(future, asyncio.gathering_type))
        thing.waits = AWAITSCOPE_WAIT_GATHER;  // it was made before events were shared
    object = thing.job != 0 ? thing.job : thing.id;
    return thing.waits;
}

void finish(Task& task, PyObject* object) {
    leave_chain(task);
    const awaitscope_end end = end_of_future(object);
    std::string error;
    if (end == AWAITSCOPE_FAILED) error = error_text(attribute(object, names::_exception).get());
    awaitscope_task_done(emitter(), task.loop->number, task.id, end, error.c_str());
    forget_task(object);
}

}  // namespace

std::string name_of(PyObject* task) {
    const Ref name(PyObject_CallMethodObjArgs(task, names::get_name, nullptr));
    if (!name || !PyUnicode_Check(name.get())) {
        PyErr_Clear();  // a task of another library, which has no name
        return {};
    }
    return text_of(name.get());
}

Role role_of(PyObject* callback) {
    // Types and a function that asyncio's C half shows to nobody by name.
    static PyTypeObject* step_type = nullptr;
    static PyTypeObject* wakeup_type = nullptr;  // before 3.10
    static PyTypeObject* no_task_type = nullptr;
    static PyCFunction wakeup_function = nullptr;
    PyTypeObject* const type = Py_TYPE(callback);
    if (type == step_type) return {Role::step, attribute(callback, names::__self__)};
    if (type == types.builtin) {
        const PyCFunction function = PyCFunction_GetFunction(callback);
        if (!wakeup_function && is_word(attribute(callback, names::__name__).get(), "task_wakeup"))
            wakeup_function = function;
        if (!function || function != wakeup_function) return {};
        return {Role::wakeup, Ref::share(PyCFunction_GetSelf(callback))};
    }
    if (type == types.function || type == no_task_type) return {};
    if (type == types.method) return role_of_method(callback);
    if (type == wakeup_type) return {Role::wakeup, attribute(callback, names::__self__)};
    const std::string name = type_name(type);
    if (name == "TaskStepMethWrapper")
        step_type = type;
    else if (name == "TaskWakeupMethWrapper")
        wakeup_type = type;
    else
        no_task_type = type;
    return role_of(callback);
}

bool is_pending(PyObject* future) {
    return is_word(attribute(future, names::_state).get(), "PENDING");
}

awaitscope_end end_of_future(PyObject* future) {
    if (is_word(attribute(future, names::_state).get(), "CANCELLED")) return AWAITSCOPE_CANCELLED;
    return attribute(future, names::_exception).get() == Py_None ? AWAITSCOPE_FINISHED : AWAITSCOPE_FAILED;
}

std::string error_text(PyObject* exception) {
    std::string text = type_name(Py_TYPE(exception));
    const Ref message(PyObject_Str(exception));
    if (!message) {
        PyErr_Clear();
        return text;
    }
    const std::string words = text_of(message.get());
    return words.empty() ? text : text + ": " + words;
}

void announce(Task& task, PyObject* object, Met event) {
    task.announced = true;
    const Ref coroutine = attribute(object, names::_coro);
    const bool gone = coroutine.get() == Py_None && here.coroutine;
    const awaitscope_place definition = definition_of(gone ? here.coroutine : coroutine.get());
    const std::string name = here.name ? text_of(here.name) : name_of(object);
    const auto tell = event == Met::created ? awaitscope_task_created : awaitscope_task_alive;
    tell(emitter(), task.loop->number, task.id, name.c_str(), definition, task.parent);
}

void tell_suspended(Task& task, PyObject* object, PyObject* future) {
    if (!task.coroutine) task.coroutine = attribute(object, names::_coro).get();
    const Stand stand = stand_of(task);
    task.on = stand.on;
    task.object = 0;
    task.where = stand.where;
    task.ready = !future;
    if (!future) {
        task.on = AWAITSCOPE_WAIT_YIELD;
    } else if (stand.primitive) {
        task.object = wait_for_primitive(task, stand.primitive.get(), stand.on, stand.sync);
    } else if (stand.on == AWAITSCOPE_WAIT_SLEEP && here.timer_future == future) {
        task.object = here.timer;
    } else {
        const awaitscope_wait kind = kind_of_future(future, task.object);
        if (task.on == AWAITSCOPE_WAIT_NONE || kind != AWAITSCOPE_WAIT_FUTURE) task.on = kind;
    }
    awaitscope_task_suspended(emitter(), task.loop->number, task.id, task.on, task.object, task.where);
}

void begin_step(PyObject* object, PyObject* future) {
    Task& task = meet_task(object, Met::alive);
    task.running = true;
    task.ready = false;
    here.task = task.id;
    awaitscope_task_running(emitter(), task.loop->number, task.id);
    const awaitscope_id primitive = std::exchange(task.acquires, 0);
    if (primitive != 0 && future && end_of_future(future) == AWAITSCOPE_FINISHED)
        awaitscope_sync_acquired(emitter(), task.loop->number, task.id, primitive, task.acquires_kind);
}

void end_step(PyObject* object, awaitscope_id before) {
    Task& task = meet_task(object, Met::alive);
    task.running = false;
    if (task.loop->unseen.get() == object) task.loop->unseen = Ref();
    const Ref future = attribute(object, names::_fut_waiter);
    if (future.get() != Py_None) {
        tell_suspended(task, object, future.get());
    } else if (is_pending(object)) {
        tell_suspended(task, object, nullptr);
    } else {
        finish(task, object);
    }
    here.task = before;
}

void tell_line() {
    const awaitscope_id task = me();
    if (task == 0) return;
    if (const awaitscope_place line = line_here()) awaitscope_task_at(emitter(), loop_number(), task, line);
}

void tell_queued(const Role& role) {
    me();  // which may be this very task, starting eagerly
    PyObject* const object = role.task.get();
    Task* task = find_task(object);
    if (!task) {
        // A first step is a task's beginning; who is woken without our having seen it was there before us.
        task = &meet_task(object, role.kind == Role::step ? Met::created : Met::alive);
        if (role.kind == Role::step) return;
    }
    if (task->running || task->ready) return;  // it gives way by itself, and stands in line already
    task->ready = true;
    awaitscope_task_ready(emitter(), task->loop->number, task->id, me());
}

}  // namespace awaitscope::python
