// SPDX-License-Identifier: MIT
#include "instrumentation/python/core/primitives.hpp"

#include <cstring>

#include "instrumentation/python/core/steps.hpp"

namespace awaitscope::python {
namespace {

/// The primitive's id; told of when it is met for the first time.
awaitscope_id announced(PyObject* primitive, awaitscope_sync kind) {
    if (const Thing* const known = find_thing(primitive)) return known->id;
    const awaitscope_id id = thing_of(primitive).id;
    awaitscope_sync_created(emitter(), loop_number(), me(), id, kind, "");
    return id;
}

using Tell = void (*)(awaitscope_emitter*, awaitscope_loop, awaitscope_id, awaitscope_id, awaitscope_sync);
void tell(Tell event, PyObject* primitive, awaitscope_sync kind) {
    const awaitscope_id id = announced(primitive, kind);
    event(emitter(), loop_number(), me(), id, kind);
}

awaitscope_sync semaphore_kind(PyObject* semaphore) {
    return is_a(semaphore, asyncio.bounded_semaphore_type) ? AWAITSCOPE_BOUNDED_SEMAPHORE : AWAITSCOPE_SEMAPHORE;
}

void tell_change(PyObject* primitive, awaitscope_sync kind, PyObject* before, PyObject* after) {
    if (!before || !this_loop()) return;  // it is only being made, or no loop runs here
    if (kind == AWAITSCOPE_SEMAPHORE) {
        const long old_value = PyLong_AsLong(before);
        const long new_value = PyLong_AsLong(after);
        if (PyErr_Occurred()) throw PythonError{};
        if (new_value > old_value) {
            tell(awaitscope_sync_released, primitive, semaphore_kind(primitive));
        } else if (new_value < old_value && !here.hands_over) {  // else: to a waiter, which tells of it when it runs
            tell(awaitscope_sync_acquired, primitive, semaphore_kind(primitive));
        }
        return;
    }
    const bool was = PyObject_IsTrue(before) == 1;
    const bool is = PyObject_IsTrue(after) == 1;
    if (was == is) return;
    if (kind == AWAITSCOPE_EVENT) {
        if (is) tell(awaitscope_sync_released, primitive, kind);
    } else {
        tell(is ? awaitscope_sync_acquired : awaitscope_sync_released, primitive, kind);
    }
}

// ── Watched ──

struct Watched {
    PyObject_HEAD PyObject* name;
    awaitscope_sync kind;
};

PyTypeObject* watched_type = nullptr;

Watched* watched(PyObject* self) {
    return reinterpret_cast<Watched*>(self);
}

PyObject* watched_new(PyTypeObject* type, PyObject* args, PyObject*) {
    PyObject* name = nullptr;
    int kind = 0;
    if (!PyArg_ParseTuple(args, "Ui", &name, &kind)) return nullptr;
    const auto allocate = reinterpret_cast<allocfunc>(PyType_GetSlot(type, Py_tp_alloc));
    PyObject* const self = allocate(type, 0);
    if (!self) return nullptr;
    Py_INCREF(name);
    watched(self)->name = name;
    watched(self)->kind = static_cast<awaitscope_sync>(kind);
    return self;
}

void watched_dealloc(PyObject* self) {
    PyTypeObject* const type = Py_TYPE(self);
    Py_CLEAR(watched(self)->name);
    reinterpret_cast<freefunc>(PyType_GetSlot(type, Py_tp_free))(self);
    Py_DECREF(type);
}

PyObject* watched_get(PyObject* self, PyObject* object, PyObject*) {
    if (!object) {
        Py_INCREF(self);
        return self;
    }
    const Ref fields(PyObject_GetAttr(object, names::__dict__));
    if (!fields) return nullptr;
    PyObject* const value = PyDict_GetItemWithError(fields.get(), watched(self)->name);
    Py_XINCREF(value);
    if (!value && !PyErr_Occurred()) PyErr_SetObject(PyExc_AttributeError, watched(self)->name);
    return value;
}

int watched_set(PyObject* self, PyObject* object, PyObject* value) {
    const Ref fields(PyObject_GetAttr(object, names::__dict__));
    if (!fields) return -1;
    PyObject* const name = watched(self)->name;
    if (!value) return PyDict_DelItem(fields.get(), name);
    const Ref before = Ref::share(PyDict_GetItemWithError(fields.get(), name));
    if (PyErr_Occurred() || PyDict_SetItem(fields.get(), name, value) != 0) return -1;
    quietly([&] { tell_change(object, watched(self)->kind, before.get(), value); });
    return 0;
}

/// Something was put into it or taken from it, after which it has so many items.
void tell_level(PyObject* queue, bool put, long size, long maxsize) {
    const awaitscope_id id = announced(queue, AWAITSCOPE_QUEUE);
    const auto tell_it = put ? awaitscope_queue_put : awaitscope_queue_get;
    tell_it(emitter(), loop_number(), me(), id, static_cast<std::uint32_t>(size),
            maxsize > 0 ? static_cast<std::uint32_t>(maxsize) : 0);
}

void tell_queue(const Arguments& args, bool put) {
    if (!this_loop()) return;
    PyObject* const queue = args[0];
    const Ref size = need(PyObject_CallMethodObjArgs(queue, names::qsize, nullptr));
    const Ref maxsize = attribute(queue, names::maxsize);
    const long bound = PyLong_AsLong(maxsize.get());
    PyErr_Clear();  // a bound of another type is none
    tell_level(queue, put, PyLong_AsLong(size.get()), bound);
}

}  // namespace

awaitscope_id wait_for_primitive(Task& task, PyObject* primitive, awaitscope_wait on, awaitscope_sync kind) {
    if (kind == AWAITSCOPE_SEMAPHORE) kind = semaphore_kind(primitive);
    const awaitscope_id id = announced(primitive, kind);
    if (on == AWAITSCOPE_WAIT_BARRIER) {
        // It waits in the barrier's own condition, which is not another thing.
        const Ref condition = attribute(primitive, names::_cond);
        Thing& inner = thing_of(condition.get());
        inner.id = id;
        inner.waits = AWAITSCOPE_WAIT_BARRIER;
    }
    awaitscope_sync_wait(emitter(), task.loop->number, task.id, id, kind);
    const bool by_itself = on == AWAITSCOPE_WAIT_LOCK || kind == AWAITSCOPE_QUEUE ||
                           (on == AWAITSCOPE_WAIT_SEMAPHORE && !asyncio.semaphores_hand_over);
    task.acquires = by_itself ? 0 : id;
    task.acquires_kind = kind;
    return id;
}

void tell_held(const Task& task, PyObject* entered) {
    PyObject* const type = reinterpret_cast<PyObject*>(Py_TYPE(entered));
    for (PyObject* const field : {names::_locked, names::_value}) {
        const Ref one = attribute_or_none(type, field);
        if (!one || Py_TYPE(one.get()) != watched_type) continue;
        awaitscope_sync kind = watched(one.get())->kind;
        if (kind == AWAITSCOPE_SEMAPHORE) kind = semaphore_kind(entered);
        awaitscope_sync_acquired(emitter(), task.loop->number, task.id, announced(entered, kind), kind);
        return;
    }
    const Ref lock = attribute_or_none(entered, names::_lock);  // a condition's
    if (lock && lock.get() != Py_None && lock.get() != entered) tell_held(task, lock.get());
}

void tell_found_queue(PyObject* queue, long size, long maxsize) {
    if (!find_thing(queue)) tell_level(queue, size > 0, size, maxsize);
}

PyObject* make_watched_type() {
    static PyType_Slot slots[] = {{Py_tp_new, reinterpret_cast<void*>(watched_new)},
                                  {Py_tp_dealloc, reinterpret_cast<void*>(watched_dealloc)},
                                  {Py_tp_descr_get, reinterpret_cast<void*>(watched_get)},
                                  {Py_tp_descr_set, reinterpret_cast<void*>(watched_set)},
                                  {0, nullptr}};
    static PyType_Spec spec = {"awaitscope._core.Watched", sizeof(Watched), 0, Py_TPFLAGS_DEFAULT, slots};
    PyObject* const type = PyType_FromSpec(&spec);
    watched_type = reinterpret_cast<PyTypeObject*>(type);
    return type;
}

PyObject* queue_put_hook(PyObject* original, const Arguments& args) {
    PyObject* const result = args.call(original);
    if (result) quietly([&] { tell_queue(args, true); });
    return result;
}

PyObject* queue_get_hook(PyObject* original, const Arguments& args) {
    PyObject* const result = args.call(original);
    if (result) quietly([&] { tell_queue(args, false); });
    return result;
}

PyObject* condition_notify_hook(PyObject* original, const Arguments& args) {
    quietly([&] {
        if (!this_loop()) return;
        PyObject* const condition = args[0];
        const Thing* const known = find_thing(condition);
        const bool barrier = known && known->waits == AWAITSCOPE_WAIT_BARRIER;
        tell(awaitscope_sync_released, condition, barrier ? AWAITSCOPE_BARRIER : AWAITSCOPE_CONDITION);
    });
    return args.call(original);
}

PyObject* hand_over_hook(PyObject* original, const Arguments& args) {
    const bool before = std::exchange(here.hands_over, true);
    PyObject* const result = args.call(original);
    here.hands_over = before;
    return result;
}

}  // namespace awaitscope::python
