// SPDX-License-Identifier: MIT
// The module awaitscope._core: what the Python half calls. That half knows which of asyncio's names to hook.
#include <memory>

#include "instrumentation/python/core/callbacks.hpp"
#include "instrumentation/python/core/chain.hpp"
#include "instrumentation/python/core/hook.hpp"
#include "instrumentation/python/core/outside.hpp"
#include "instrumentation/python/core/primitives.hpp"
#include "instrumentation/python/core/steps.hpp"
#include "instrumentation/python/core/watch.hpp"

namespace awaitscope::python {
namespace {

/// A bytes-like text argument, as UTF-8; false, with an exception set, when it is none.
bool text_argument(PyObject* args, std::string& text) {
    PyObject* given = nullptr;
    if (!PyArg_ParseTuple(args, "U", &given)) return false;
    try {
        text = text_of(given);
    } catch (const PythonError&) {
        return false;
    }
    return true;
}

PyObject* enable(PyObject*, PyObject* args) {
    std::string name;
    if (!text_argument(args, name)) return nullptr;
    if (!sharing) forget_states();
    sharing = awaitscope_enable(name.empty() ? nullptr : name.c_str()) == 1;
    renew_watch();
    return PyBool_FromLong(sharing);
}

PyObject* disable(PyObject*, PyObject*) {
    sharing = false;
    asyncio.armed = false;
    awaitscope_disable();
    stop_watch();
    Py_RETURN_NONE;
}

PyObject* enabled(PyObject*, PyObject*) {
    return PyBool_FromLong(sharing);
}

PyObject* arm(PyObject*, PyObject*) {
    asyncio.armed = true;
    Py_RETURN_NONE;
}

PyObject* after_fork(PyObject*, PyObject*) {
    sharing = false;
    forget_watch();
    forget_all();
    Py_RETURN_NONE;
}

template <void (*Do)()>
PyObject* call(PyObject*, PyObject*) {
    Do();
    Py_RETURN_NONE;
}

PyObject* meet_queue(PyObject*, PyObject* args) {
    PyObject* queue = nullptr;
    long size = 0, maxsize = 0;
    if (!PyArg_ParseTuple(args, "Oll", &queue, &size, &maxsize)) return nullptr;
    quietly([&] { tell_found_queue(queue, size, maxsize); });
    Py_RETURN_NONE;
}

PyObject* meet_loop(PyObject*, PyObject* args) {
    PyObject* loop = nullptr;
    unsigned long thread = 0;
    int in_step = 0;
    if (!PyArg_ParseTuple(args, "Okp", &loop, &thread, &in_step)) return nullptr;
    quietly([&] { meet_running_loop(loop, thread, in_step != 0); });
    Py_RETURN_NONE;
}

template <void (*Tell)(awaitscope_emitter*, const char*)>
PyObject* say(PyObject*, PyObject* args) {
    std::string text;
    if (!text_argument(args, text)) return nullptr;
    quietly([&] {
        tell_line();
        Tell(emitter(), text.c_str());
    });
    Py_RETURN_NONE;
}

PyObject* waiting_code(PyObject*, PyObject* args) {
    PyObject* code = nullptr;
    int on = 0;
    int sync = -1;
    int whole = 0;
    if (!PyArg_ParseTuple(args, "Oiip", &code, &on, &sync, &whole)) return nullptr;
    try {
        know_waiting_code(code, static_cast<awaitscope_wait>(on), sync, whole != 0);
    } catch (const PythonError&) {
        return nullptr;
    }
    Py_RETURN_NONE;
}

PyObject* type_modified(PyObject*, PyObject* type) {
    PyType_Modified(reinterpret_cast<PyTypeObject*>(type));
    Py_RETURN_NONE;
}

PyObject* setup(PyObject*, PyObject* args, PyObject* kwargs) {
    static const char* const keys[] = {
        "task",      "python_task",  "timer_handle", "bounded_semaphore", "gathering",       "task_group",
        "all_tasks", "current_task", "running_loop", "watch_protocol",    "watch_transport", "semaphores_hand_over",
        "folder",    "name",         nullptr};
    PyObject *folder = nullptr, *name = nullptr;
    int hand_over = 0;
    PyObject *task, *python_task, *timer_handle, *bounded_semaphore, *gathering, *task_group, *all_tasks, *current_task,
        *running_loop, *watch_protocol, *watch_transport;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "OOOOOOOOOOOpUU", const_cast<char**>(keys), &task, &python_task,
                                     &timer_handle, &bounded_semaphore, &gathering, &task_group, &all_tasks,
                                     &current_task, &running_loop, &watch_protocol, &watch_transport, &hand_over,
                                     &folder, &name))
        return nullptr;
    for (PyObject* kept : {task, python_task, timer_handle, bounded_semaphore, gathering, task_group, all_tasks,
                           current_task, running_loop, watch_protocol, watch_transport})
        Py_INCREF(kept);
    asyncio.task_type = task;
    asyncio.python_task_type = python_task;
    asyncio.timer_handle_type = timer_handle;
    asyncio.bounded_semaphore_type = bounded_semaphore;
    asyncio.gathering_type = gathering == Py_None ? nullptr : gathering;
    asyncio.task_group_type = task_group == Py_None ? nullptr : task_group;
    asyncio.all_tasks = all_tasks;
    asyncio.current_task = current_task;
    asyncio.running_loop = running_loop;
    asyncio.watch_protocol = watch_protocol;
    asyncio.watch_transport = watch_transport;
    asyncio.semaphores_hand_over = hand_over != 0;
    try {
        asyncio.folder = text_of(folder);
        asyncio.standard = asyncio.folder.substr(0, asyncio.folder.rfind('/', asyncio.folder.size() - 2) + 1);
        asyncio.name = text_of(name);
    } catch (const PythonError&) {
        return nullptr;
    }
    Py_RETURN_NONE;
}

PyMethodDef methods[] = {
    {"enable", enable, METH_VARARGS, nullptr},
    {"disable", disable, METH_NOARGS, nullptr},
    {"enabled", enabled, METH_NOARGS, nullptr},
    {"arm", arm, METH_NOARGS, "Share events with the first loop, where the environment asks for it."},
    {"after_fork", after_fork, METH_NOARGS, "In the child: all that was known is the parent's."},
    {"stop_watch", call<stop_watch>, METH_NOARGS, "Ends the thread that watches loops, until a loop goes on."},
    {"end_watch", call<end_watch>, METH_NOARGS, "The same for ever: the interpreter ends."},
    {"meet_loop", meet_loop, METH_VARARGS,
     "A loop that ran before events were shared: its thread, and whether in a step."},
    {"meet_queue", meet_queue, METH_VARARGS,
     "A queue that was used before events were shared: its size now, and its bound."},
    {"mark", say<awaitscope_mark>, METH_VARARGS, nullptr},
    {"output", say<awaitscope_output>, METH_VARARGS, nullptr},
    {"log", tell_log_record, METH_VARARGS, "A warning of the logger 'asyncio'."},
    {"waiting_code", waiting_code, METH_VARARGS, "What a task waits for in a code object of asyncio's."},
    {"type_modified", type_modified, METH_O, "The dictionary of a type was changed."},
    {"setup", reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(setup)), METH_VARARGS | METH_KEYWORDS,
     "Asyncio's types and functions."},
    {nullptr, nullptr, 0, nullptr}};

bool make_names() {
#define X(name) \
    if (!(names::name = PyUnicode_InternFromString(#name))) return false;
    AWAITSCOPE_NAMES(X)
#undef X
    return true;
}

/// The types of objects that show them to whoever asks.
bool find_types() {
    const Ref module(PyImport_ImportModule("types"));
    if (!module) return false;
    const auto type = [&](const char* name) {
        return reinterpret_cast<PyTypeObject*>(PyObject_GetAttrString(module.get(), name));
    };
    types.function = type("FunctionType");
    types.method = type("MethodType");
    types.builtin = type("BuiltinFunctionType");
    types.coroutine = type("CoroutineType");
    types.generator = type("GeneratorType");
    types.async_generator = type("AsyncGeneratorType");
    const Ref collector(PyImport_ImportModule("gc"));
    asyncio.get_referents = collector ? PyObject_GetAttrString(collector.get(), "get_referents") : nullptr;
    if (!asyncio.get_referents || !types.async_generator) return false;
    return types.function && types.method && types.builtin && types.coroutine && types.generator;
}

bool add_type(PyObject* module, const char* name, PyObject* type, PyObject** kept = nullptr) {
    if (!type) return false;
    if (kept) {
        Py_INCREF(type);
        *kept = type;
    }
    return PyModule_AddObject(module, name, type) == 0;
}

PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_core", nullptr, -1, methods, nullptr, nullptr, nullptr, nullptr};

}  // namespace
}  // namespace awaitscope::python

PyMODINIT_FUNC PyInit__core() {
    using namespace awaitscope::python;
    Ref module(PyModule_Create(&definition));
    if (!module || !make_names() || !find_types() ||
        !add_type(module.get(), "Hook", make_hook_type(), &asyncio.hook_type) ||
        !add_type(module.get(), "Watched", make_watched_type()) ||
        !add_type(module.get(), "Callback", make_callback_type()) ||
        !add_type(module.get(), "Tee", make_tee_type(), &asyncio.tee_type))
        return nullptr;
    return module.release();
}
