// SPDX-License-Identifier: MIT
#include "instrumentation/python/core/hook.hpp"

#include <cstddef>
#include <cstring>
#include <iterator>

#include "instrumentation/python/core/adapter.hpp"
#include "instrumentation/python/core/callbacks.hpp"
#include "instrumentation/python/core/connections.hpp"
#include "instrumentation/python/core/loops.hpp"
#include "instrumentation/python/core/outside.hpp"
#include "instrumentation/python/core/pipes.hpp"
#include "instrumentation/python/core/primitives.hpp"

namespace awaitscope::python {
namespace {

struct NamedHook {
    const char* name;
    HookFunction function;
};
constexpr NamedHook hooks[] = {
    {"loop_init", loop_init_hook},
    {"run_forever", run_forever_hook},
    {"process_events", process_events_hook},
    {"select", select_hook},
    {"handle_run", handle_run_hook},
    {"handle_cancel", handle_cancel_hook},
    {"queue_callback", queue_callback_hook},
    {"check_thread", check_thread_hook},
    {"call_at", call_at_hook},
    {"foreign_call_soon", foreign_call_soon_hook},
    {"foreign_call_later", foreign_call_later_hook},
    {"foreign_signal", foreign_signal_hook},
    {"create_task", create_task_hook},
    {"eager_task", eager_task_hook},
    {"task_cancel", task_cancel_hook},
    {"set_name", set_name_hook},
    {"create_future", create_future_hook},
    {"gathering", gathering_hook},
    {"future_result", future_result_hook},
    {"future_exception", future_exception_hook},
    {"future_cancel", future_cancel_hook},
    {"run_in_executor", run_in_executor_hook},
    {"queue_put", queue_put_hook},
    {"queue_get", queue_get_hook},
    {"condition_notify", condition_notify_hook},
    {"hand_over", hand_over_hook},
    {"add_reader", add_reader_hook},
    {"add_writer", add_writer_hook},
    {"remove_reader", remove_reader_hook},
    {"remove_writer", remove_writer_hook},
    {"socket_read", socket_read_hook},
    {"socket_read_from", socket_read_from_hook},
    {"socket_write", socket_write_hook},
    {"connection_made", connection_made_hook},
    {"connection_lost", connection_lost_hook},
    {"protocol_factory", protocol_factory_hook},
    {"protocol_made", protocol_made_hook},
    {"protocol_lost", protocol_lost_hook},
    {"protocol_exited", protocol_exited_hook},
    {"protocol_data", protocol_data_hook},
    {"protocol_buffer", protocol_buffer_hook},
    {"transport_write", transport_write_hook},
    {"transport_writelines", transport_writelines_hook},
    {"pipe_made", pipe_made_hook},
    {"pipe_lost", pipe_lost_hook},
    {"pipe_used", pipe_used_hook},
    {"pipe_read", pipe_read_hook},
    {"pipe_write", pipe_write_hook},
    {"process_started", process_started_hook},
    {"process_exited", process_exited_hook},
    {"signal", signal_hook},
    {"exception_handler", exception_handler_hook},
    {"never_awaited", never_awaited_hook},
    {"print", print_hook},
    {"leave", leave_hook},
    {"replace", replace_hook},
};

struct Hook {
    PyObject_HEAD PyObject* original;
    HookFunction function;
    bool asyncios_own;
    PyObject* (*vectorcall)(PyObject*, PyObject* const*, std::size_t, PyObject*);
};

Hook* hook(PyObject* self) {
    return reinterpret_cast<Hook*>(self);
}

PyObject* call_hook(PyObject* self, const Arguments& args) {
    // Kept: what it calls may take the hook away.
    const Ref original = Ref::share(hook(self)->original);
    return hook(self)->function(original.get(), args);
}
PyObject* hook_call(PyObject* self, PyObject* args, PyObject* kwargs) {
    return call_hook(self, Arguments(args, kwargs));
}
PyObject* hook_vectorcall(PyObject* self, PyObject* const* items, std::size_t count, PyObject* names) {
    return call_hook(self, Arguments(items, count, names));
}

PyObject* hook_new(PyTypeObject* type, PyObject* args, PyObject*) {
    PyObject* original = nullptr;
    const char* name = nullptr;
    if (!PyArg_ParseTuple(args, "Os", &original, &name)) return nullptr;
    HookFunction function = nullptr;
    for (const NamedHook& one : hooks)
        if (std::strcmp(one.name, name) == 0) function = one.function;
    if (!function) return PyErr_Format(PyExc_ValueError, "no hook is called '%s'", name);
    const auto allocate = reinterpret_cast<allocfunc>(PyType_GetSlot(type, Py_tp_alloc));
    PyObject* const self = allocate(type, 0);
    if (!self) return nullptr;
    Py_INCREF(original);
    hook(self)->original = original;
    hook(self)->function = function;
    hook(self)->vectorcall = hook_vectorcall;
    hook(self)->asyncios_own = module_is_asyncios(original);
    return self;
}

int hook_traverse(PyObject* self, visitproc visit, void* arg) {
    Py_VISIT(hook(self)->original);
    return 0;
}
int hook_clear(PyObject* self) {
    Py_CLEAR(hook(self)->original);
    return 0;
}
void hook_dealloc(PyObject* self) {
    PyTypeObject* const type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    hook_clear(self);
    reinterpret_cast<freefunc>(PyType_GetSlot(type, Py_tp_free))(self);
    Py_DECREF(type);
}

PyObject* hook_get(PyObject* self, PyObject* object, PyObject*) {
    if (!object) {
        Py_INCREF(self);
        return self;
    }
    return PyObject_CallFunctionObjArgs(reinterpret_cast<PyObject*>(types.method), self, object, nullptr);
}

PyObject* hook_attribute(PyObject* self, PyObject* name) {
    PyObject* const original = hook(self)->original;
    if (PyUnicode_CompareWithASCIIString(name, "__wrapped__") == 0) {
        Py_INCREF(original);
        return original;
    }
    return PyObject_GetAttr(original, name);
}

PyObject* hook_repr(PyObject* self) {
    return PyObject_Repr(hook(self)->original);
}

}  // namespace

bool is_hook(PyObject* object) {
    return Py_TYPE(object) == reinterpret_cast<PyTypeObject*>(asyncio.hook_type);
}

bool hooks_asyncios_own(PyObject* object) {
    return hook(object)->asyncios_own;
}

PyObject* make_hook_type() {
    // PEP 590: the interpreter's own arrays of arguments, without a tuple for each call; from 3.9 on for such types.
    static PyMemberDef members[] = {{"__vectorcalloffset__", T_PYSSIZET, offsetof(Hook, vectorcall), READONLY, nullptr},
                                    {}};
    static PyType_Slot slots[] = {{Py_tp_new, reinterpret_cast<void*>(hook_new)},
                                  {Py_tp_traverse, reinterpret_cast<void*>(hook_traverse)},
                                  {Py_tp_clear, reinterpret_cast<void*>(hook_clear)},
                                  {Py_tp_dealloc, reinterpret_cast<void*>(hook_dealloc)},
                                  {Py_tp_call, reinterpret_cast<void*>(hook_call)},
                                  {Py_tp_descr_get, reinterpret_cast<void*>(hook_get)},
                                  {Py_tp_getattro, reinterpret_cast<void*>(hook_attribute)},
                                  {Py_tp_repr, reinterpret_cast<void*>(hook_repr)},
                                  {0, nullptr},
                                  {0, nullptr}};
    // "Behaves like an unbound method": the interpreter then calls it with self in front, and makes no bound method.
    constexpr unsigned long method_descriptor = 1UL << 17, vectorcall = 1UL << 11;
    unsigned long flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | method_descriptor;
    if (std::strncmp(Py_GetVersion(), "3.8.", 4) != 0) {
        flags |= vectorcall;
        slots[std::size(slots) - 2] = {Py_tp_members, members};
    }
    static PyType_Spec spec = {"awaitscope._core.Hook", sizeof(Hook), 0, static_cast<unsigned>(flags), slots};
    return PyType_FromSpec(&spec);
}

}  // namespace awaitscope::python
