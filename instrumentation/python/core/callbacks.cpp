// SPDX-License-Identifier: MIT
#include "instrumentation/python/core/callbacks.hpp"

#include "instrumentation/python/core/alive.hpp"
#include "instrumentation/python/core/hook.hpp"
#include "instrumentation/python/core/libuv.hpp"
#include "instrumentation/python/core/loops.hpp"
#include "instrumentation/python/core/watch.hpp"

namespace awaitscope::python {
namespace {

struct Callback {
    PyObject_HEAD PyObject* original;
    KnownHandle handle;
    std::shared_ptr<JobTimes>* job;  ///< or nullptr: a loop's callback
    bool makes_protocols;            ///< nor that: what a foreign loop calls for a new connection's protocol
};

PyTypeObject* callback_type = nullptr;

Callback* callback(PyObject* self) {
    return reinterpret_cast<Callback*>(self);
}

Ref make_callback(PyObject* original, const KnownHandle& handle) {
    const auto allocate = reinterpret_cast<allocfunc>(PyType_GetSlot(callback_type, Py_tp_alloc));
    Ref made = need(allocate(callback_type, 0));
    Py_INCREF(original);
    callback(made.get())->original = original;
    callback(made.get())->handle = handle;
    return made;
}

PyObject* callback_call(PyObject* self, PyObject* args, PyObject* kwargs) {
    const Ref original = Ref::share(callback(self)->original);
    if (const auto* const job = callback(self)->job) {
        (*job)->begun = now_ns();
        return PyObject_Call(original.get(), args, kwargs);
    }
    if (callback(self)->makes_protocols) {
        PyObject* const made = PyObject_Call(original.get(), args, kwargs);
        if (made) quietly([&] { need(PyObject_CallFunctionObjArgs(asyncio.watch_protocol, Py_TYPE(made), nullptr)); });
        return made;
    }
    CallbackRun run;
    quietly([&] {
        if (Loop* const loop = this_loop()) {
            if (loop->libuv) loop->libuv->poll_ended();
            answer_if_asked(*loop);
        }
        Role role = role_of(original.get());
        PyObject* const future =
            role.kind == Role::wakeup && PyTuple_Size(args) > 0 ? PyTuple_GetItem(args, 0) : nullptr;
        KnownHandle& handle = callback(self)->handle;
        if (handle.timer) awaitscope_timer_fired(emitter(), loop_number(), handle.id);
        if (handle.signal != 0) awaitscope_signal(emitter(), loop_number(), handle.signal);
        run.begin(std::move(role), future, handle);
    });
    PyObject* const result = PyObject_Call(original.get(), args, kwargs);
    quietly([&] { run.end(); }, !result);
    return result;
}

int callback_traverse(PyObject* self, visitproc visit, void* arg) {
    Py_VISIT(callback(self)->original);
    return 0;
}
int callback_clear(PyObject* self) {
    Py_CLEAR(callback(self)->original);
    return 0;
}
void callback_dealloc(PyObject* self) {
    PyTypeObject* const type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    callback_clear(self);
    delete callback(self)->job;
    reinterpret_cast<freefunc>(PyType_GetSlot(type, Py_tp_free))(self);
    Py_DECREF(type);
}
PyObject* callback_attribute(PyObject* self, PyObject* name) {
    return PyObject_GetAttr(callback(self)->original, name);
}
PyObject* callback_repr(PyObject* self) {
    return PyObject_Repr(callback(self)->original);
}

/// args[index] is a callback: calls `original` with one of ours in its place.
template <class Tell>
PyObject* call_wrapped(PyObject* original, const Arguments& args, Py_ssize_t index, KnownHandle known, Tell tell) {
    start_if_armed();
    if (here.loop && here.loop->libuv) here.loop->libuv->poll_ended();  // what I/O wakes, it wakes in the poll
    Ref wrapped;
    Role role;
    quietly([&] {
        PyObject* const given = args[index];
        if (!PyCallable_Check(given) || Py_TYPE(given) == callback_type) return;
        role = role_of(given);
        known.own = role.kind != Role::other || is_asyncios_own(given);
        if (known.signal == 0 && (known.timer || !known.own)) known.id = awaitscope_new_id();
        wrapped = make_callback(given, known);
    });
    PyObject* const result = wrapped ? args.call_with(original, index, wrapped.get()) : args.call(original);
    if (result && wrapped) quietly([&] { tell(loop_of(args[0]), role, known); });
    return result;
}

}  // namespace

Ref make_job(PyObject* function, std::shared_ptr<JobTimes> times) {
    Ref made = make_callback(function, {});
    callback(made.get())->job = new std::shared_ptr<JobTimes>(std::move(times));
    return made;
}

Ref make_protocol_factory(PyObject* original) {
    Ref made = make_callback(original, {});
    callback(made.get())->makes_protocols = true;
    return made;
}

void CallbackRun::begin(Role role, PyObject* future, const KnownHandle& handle) {
    role_ = std::move(role);
    handle_ = handle;
    loop_ = this_loop();
    if (!watching) start_watch();
    if (loop_) {
        if (loop_->unseen) end_unseen_step(*loop_);
        note_begin(*loop_);
    }
    before_ = here.task;
    if (role_.kind != Role::other)
        begin_step(role_.task.get(), future);
    else if (handle_.id != 0 && !handle_.own)
        begin_ns_ = now_ns();
}

void CallbackRun::end() {
    if (loop_) note_end(*loop_);
    if (role_.kind != Role::other)
        end_step(role_.task.get(), before_);
    else if (begin_ns_ != 0)
        awaitscope_callback_run(emitter(), loop_number(), handle_.id, static_cast<std::uint64_t>(now_ns() - begin_ns_));
}

bool is_asyncios_own(PyObject* callback) {
    PyTypeObject* const type = Py_TYPE(callback);
    if (type != types.function && type != types.method) return false;
    if (type == types.method) {
        static PyObject* const name = PyUnicode_InternFromString("__func__");
        const Ref function = attribute(callback, name);
        if (is_hook(function.get())) return hooks_asyncios_own(function.get());
    }
    return module_is_asyncios(callback);
}

bool module_is_asyncios(PyObject* function) {
    static PyObject* const prefix = PyUnicode_InternFromString("asyncio.");
    const Ref module = attribute_or_none(function, names::__module__);
    return module && PyUnicode_Check(module.get()) &&
           PyUnicode_Tailmatch(module.get(), prefix, 0, PY_SSIZE_T_MAX, -1) == 1;
}

void note_timer(const Arguments& args, Py_ssize_t first, awaitscope_id timer) {
    here.timer_future = args.size() > first ? args[first] : nullptr;
    here.timer = timer;
}

PyObject* foreign_call_soon_hook(PyObject* original, const Arguments& args) {
    return call_wrapped(original, args, 1, {}, [](const Loop& loop, const Role& role, const KnownHandle& known) {
        if (role.kind != Role::other) return tell_queued(role);
        if (!known.own) awaitscope_callback_scheduled(emitter(), loop.number, me(), known.id);
    });
}

PyObject* foreign_call_later_hook(PyObject* original, const Arguments& args) {
    return call_wrapped(original, args, 2, {.timer = true},
                        [&args](const Loop& loop, const Role&, const KnownHandle& known) {
                            const double delay = PyFloat_AsDouble(args[1]);
                            if (PyErr_Occurred()) return PyErr_Clear();
                            note_timer(args, 3, known.id);
                            awaitscope_timer_set(emitter(), loop.number, me(), known.id,
                                                 now_ns() + static_cast<std::int64_t>(delay * 1e9));
                        });
}

PyObject* foreign_signal_hook(PyObject* original, const Arguments& args) {
    KnownHandle known;
    quietly([&] { known.signal = static_cast<int>(PyLong_AsLong(args[1])); });
    return call_wrapped(original, args, 2, known, [](const Loop&, const Role&, const KnownHandle&) {});
}

PyObject* make_callback_type() {
    static PyType_Slot slots[] = {{Py_tp_traverse, reinterpret_cast<void*>(callback_traverse)},
                                  {Py_tp_clear, reinterpret_cast<void*>(callback_clear)},
                                  {Py_tp_dealloc, reinterpret_cast<void*>(callback_dealloc)},
                                  {Py_tp_call, reinterpret_cast<void*>(callback_call)},
                                  {Py_tp_getattro, reinterpret_cast<void*>(callback_attribute)},
                                  {Py_tp_repr, reinterpret_cast<void*>(callback_repr)},
                                  {0, nullptr}};
    static PyType_Spec spec = {"awaitscope._core.Callback", sizeof(Callback), 0,
                               static_cast<unsigned>(Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC), slots};
    PyObject* const type = PyType_FromSpec(&spec);
    callback_type = reinterpret_cast<PyTypeObject*>(type);
    return type;
}

}  // namespace awaitscope::python
