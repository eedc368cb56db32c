// SPDX-License-Identifier: MIT
#include "instrumentation/python/core/outside.hpp"

#include <optional>

#include "instrumentation/python/core/callbacks.hpp"
#include "instrumentation/python/core/steps.hpp"

namespace awaitscope::python {
namespace {

/// The descriptor that a loop is asked to watch, or no more; nothing for its own wake-up's.
std::optional<int> watched_fd(const Arguments& args, Loop& loop) {
    if (loop.wakeup_fd < 0) know_wakeup(loop, args[0]);
    PyObject* const file = args[1];
    const Ref number =
        PyLong_Check(file) ? Ref::share(file) : Ref(PyObject_CallMethodObjArgs(file, names::fileno, nullptr));
    const int fd = number ? static_cast<int>(PyLong_AsLong(number.get())) : -1;
    PyErr_Clear();
    if (fd < 0 || fd == loop.wakeup_fd) return std::nullopt;
    return fd;
}

PyObject* watch(PyObject* original, const Arguments& args, awaitscope_direction what) {
    PyObject* const result = args.call(original);
    if (result)
        quietly([&] {
            Loop& loop = loop_of(args[0]);
            if (const auto fd = watched_fd(args, loop)) awaitscope_io_wait(emitter(), loop.number, me(), *fd, what);
        });
    return result;
}

PyObject* unwatch(PyObject* original, const Arguments& args, awaitscope_direction what) {
    PyObject* const result = args.call(original);
    if (result == Py_True)
        quietly([&] {
            Loop& loop = loop_of(args[0]);
            if (const auto fd = watched_fd(args, loop)) awaitscope_io_unwatched(emitter(), loop.number, *fd, what);
        });
    return result;
}

/// Bytes went through a socket, in a thread that runs a loop: not through the loop's own pipe.
void tell_bytes(const Arguments& args, Py_ssize_t bytes, bool read) {
    if (!here.loop || bytes < 0) return;
    const Ref number = need(PyObject_CallMethodObjArgs(args[0], names::fileno, nullptr));
    const int fd = static_cast<int>(PyLong_AsLong(number.get()));
    if (fd == here.loop->wakeup_fd || fd == here.loop->waker_fd) return;
    const auto tell = read ? awaitscope_io_read : awaitscope_io_write;
    tell(emitter(), here.loop->number, me(), fd, static_cast<std::uint64_t>(bytes));
}

/// How many bytes a read or write gave: a number, or the bytes themselves.
Py_ssize_t bytes_of(PyObject* result) {
    if (PyLong_Check(result)) return PyLong_AsSsize_t(result);
    return PyBytes_Check(result) ? PyBytes_Size(result) : -1;
}

/// `owner._name.name`'s number; -1 where there is none.
long inner_number(PyObject* owner, const char* inner, const char* name) {
    const Ref object(PyObject_GetAttrString(owner, inner));
    const Ref value(object && object.get() != Py_None ? PyObject_GetAttrString(object.get(), name) : nullptr);
    const long number = value && PyLong_Check(value.get()) ? PyLong_AsLong(value.get()) : -1;
    PyErr_Clear();
    return number;
}

awaitscope_warning_kind kind_of_report(const std::string& message) {
    if (message.ends_with("exception was never retrieved")) return AWAITSCOPE_NEVER_RETRIEVED;
    if (message.starts_with("Task was destroyed")) return AWAITSCOPE_DESTROYED_PENDING;
    if (message.starts_with("Exception in callback")) return AWAITSCOPE_CALLBACK_FAILED;
    return AWAITSCOPE_OTHER_WARNING;
}

// ── Tee ──

struct Tee {
    PyObject_HEAD PyObject* file;
    std::string* text;
};
Tee* tee(PyObject* self) {
    return reinterpret_cast<Tee*>(self);
}

PyObject* tee_write(PyObject* self, PyObject* args) {
    PyObject* text = nullptr;
    if (!PyArg_ParseTuple(args, "O", &text)) return nullptr;
    PyObject* const result = PyObject_CallMethod(tee(self)->file, "write", "O", text);
    if (result && PyUnicode_Check(text)) quietly([&] { *tee(self)->text += text_of(text); });
    return result;
}
void tee_dealloc(PyObject* self) {
    PyTypeObject* const type = Py_TYPE(self);
    Py_CLEAR(tee(self)->file);
    delete tee(self)->text;
    reinterpret_cast<freefunc>(PyType_GetSlot(type, Py_tp_free))(self);
    Py_DECREF(type);
}
PyObject* tee_attribute(PyObject* self, PyObject* name) {
    if (PyUnicode_CompareWithASCIIString(name, "write") == 0) return PyObject_GenericGetAttr(self, name);
    return PyObject_GetAttr(tee(self)->file, name);
}

Ref make_tee(PyObject* file) {
    auto* const type = reinterpret_cast<PyTypeObject*>(asyncio.tee_type);
    const auto allocate = reinterpret_cast<allocfunc>(PyType_GetSlot(type, Py_tp_alloc));
    Ref made = need(allocate(type, 0));
    Py_INCREF(file);
    tee(made.get())->file = file;
    tee(made.get())->text = new std::string;
    return made;
}

/// What listens to a print(); none where it prints elsewhere than to the standard output.
Ref tee_for(const Arguments& args) {
    PyObject* const standard = PySys_GetObject("stdout");
    PyObject* const file = args.keyword("file");
    if (!standard || standard == Py_None || (file && file != Py_None && file != standard)) return Ref();
    return make_tee(standard);
}

/// Whether a job for an executor (None: the loop's own) is run by a thread of this process, and not by something to
/// which it is sent, pickled.
bool runs_in_threads(PyObject* loop, PyObject* executor) {
    const Ref given = executor == Py_None ? attribute_or_none(loop, names::_default_executor) : Ref::share(executor);
    if (!given) return false;
    if (given.get() == Py_None) return true;
    // Not imported for that: where nobody has, it is none.
    const Ref module_name = need(PyUnicode_FromString("concurrent.futures.thread"));
    const Ref module(PyImport_GetModule(module_name.get()));
    const Ref pool(module ? PyObject_GetAttrString(module.get(), "ThreadPoolExecutor") : nullptr);
    return pool && PyObject_IsInstance(given.get(), pool.get()) == 1;
}

PyObject* call_and_tell_bytes(PyObject* original, const Arguments& args, bool read) {
    PyObject* const result = args.call(original);
    if (result && here.loop) quietly([&] { tell_bytes(args, bytes_of(result), read); });
    return result;
}

}  // namespace

PyObject* run_in_executor_hook(PyObject* original, const Arguments& args) {
    Ref job;
    std::shared_ptr<JobTimes> times;
    quietly([&] {
        if (!runs_in_threads(args[0], args[1])) return;
        times = std::make_shared<JobTimes>();
        times->submitted = now_ns();
        job = make_job(args[2], times);
    });
    PyObject* const future = job ? args.call_with(original, 2, job.get()) : args.call(original);
    if (!future) return nullptr;
    quietly([&] {
        const awaitscope_id job = awaitscope_new_id();
        awaitscope_thread_submitted(emitter(), loop_of(args[0]).number, me(), job);
        // Since 3.14 the result of a job that is over by now is there by now.
        if (!is_pending(future)) return tell_job_done(job, times.get());
        Thing& thing = thing_of(future);
        thing.job = job;
        thing.times = times;
        thing.waits = AWAITSCOPE_WAIT_THREAD;
    });
    return future;
}

void tell_job_done(awaitscope_id job, const JobTimes* times) {
    const bool begun = times && times->begun != 0;
    const auto waited = begun ? static_cast<std::uint64_t>(times->begun - times->submitted) : 0;
    awaitscope_thread_done(emitter(), loop_number(), job, waited);
}

PyObject* add_reader_hook(PyObject* original, const Arguments& args) {
    return watch(original, args, AWAITSCOPE_READ);
}

PyObject* add_writer_hook(PyObject* original, const Arguments& args) {
    return watch(original, args, AWAITSCOPE_WRITE);
}

PyObject* remove_reader_hook(PyObject* original, const Arguments& args) {
    return unwatch(original, args, AWAITSCOPE_READ);
}

PyObject* remove_writer_hook(PyObject* original, const Arguments& args) {
    return unwatch(original, args, AWAITSCOPE_WRITE);
}

PyObject* socket_read_hook(PyObject* original, const Arguments& args) {
    return call_and_tell_bytes(original, args, true);
}

PyObject* socket_read_from_hook(PyObject* original, const Arguments& args) {
    PyObject* const result = args.call(original);
    if (result && here.loop)
        quietly([&] {
            if (PyTuple_Check(result)) tell_bytes(args, bytes_of(PyTuple_GetItem(result, 0)), true);
        });
    return result;
}

PyObject* socket_write_hook(PyObject* original, const Arguments& args) {
    return call_and_tell_bytes(original, args, false);
}

PyObject* process_started_hook(PyObject* original, const Arguments& args) {
    PyObject* const result = args.call(original);
    if (!result) return nullptr;
    quietly([&] {
        const long pid = inner_number(args[0], "_proc", "pid");
        awaitscope_process_started(emitter(), loop_number(), me(), static_cast<int>(pid));
    });
    return result;
}

PyObject* process_exited_hook(PyObject* original, const Arguments& args) {
    quietly([&] {
        const long pid = inner_number(args[0], "_proc", "pid");
        const long code = PyLong_AsLong(args[1]);
        awaitscope_process_exited(emitter(), loop_number(), static_cast<int>(pid), static_cast<int>(code));
    });
    return args.call(original);
}

PyObject* signal_hook(PyObject* original, const Arguments& args) {
    quietly([&] { awaitscope_signal(emitter(), loop_number(), static_cast<int>(PyLong_AsLong(args[1]))); });
    return args.call(original);
}

PyObject* exception_handler_hook(PyObject* original, const Arguments& args) {
    quietly([&] {
        PyObject* const context = args.size() > 1 ? args[1] : nullptr;
        if (!context || !PyDict_Check(context)) return;
        PyObject* const message = PyDict_GetItemString(context, "message");
        PyObject* const exception = PyDict_GetItemString(context, "exception");
        std::string text = message && PyUnicode_Check(message) ? text_of(message) : "Unhandled exception in event loop";
        const awaitscope_warning_kind kind = kind_of_report(text);
        if (exception && exception != Py_None) text += ": " + error_text(exception);
        awaitscope_warning(emitter(), loop_of(args[0]).number, me(), kind, text.c_str());
    });
    return args.call(original);
}

PyObject* never_awaited_hook(PyObject* original, const Arguments& args) {
    quietly([&] {
        if (!here.loop) return;
        const Ref name = need(PyObject_GetAttrString(args[0], "__qualname__"));
        const std::string text = "coroutine '" + text_of(name.get()) + "' was never awaited";
        awaitscope_warning(emitter(), here.loop->number, me(), AWAITSCOPE_NEVER_AWAITED, text.c_str());
    });
    return args.call(original);
}

PyObject* print_hook(PyObject* original, const Arguments& args) {
    Ref listening;
    quietly([&] { listening = tee_for(args); });
    PyObject* const result = listening ? args.call_with(original, "file", listening.get()) : args.call(original);
    const auto tell = [&] {
        tell_line();
        std::string& text = *tee(listening.get())->text;
        if (text.ends_with('\n')) text.pop_back();
        awaitscope_output(emitter(), text.c_str());
    };
    if (listening) quietly(tell, !result);
    return result;
}

PyObject* leave_hook(PyObject* original, const Arguments& args) {
    // os._exit(0) is how children of multiprocessing leave; with another number it is taken for the crash that it
    // tells.
    quietly([&] {
        PyObject* const status = args.at(0, "status");
        if (PyLong_Check(status) && PyLong_AsLong(status) == 0) awaitscope_end_session();
    });
    return args.call(original);
}

PyObject* replace_hook(PyObject* original, const Arguments& args) {
    quietly([] { awaitscope_before_exec(); });
    PyObject* const failed = args.call(original);
    quietly([] { awaitscope_exec_failed(); }, true);
    return failed;
}

PyObject* tell_log_record(PyObject*, PyObject* args) {
    PyObject* text = nullptr;
    if (!PyArg_ParseTuple(args, "U", &text)) return nullptr;
    quietly([&] {
        const std::string words = text_of(text);
        const auto kind = words.starts_with("Executing ") ? AWAITSCOPE_SLOW_CALLBACK : AWAITSCOPE_OTHER_WARNING;
        awaitscope_warning(emitter(), loop_number(), me(), kind, words.c_str());
    });
    Py_RETURN_NONE;
}

PyObject* make_tee_type() {
    static PyMethodDef methods[] = {{"write", tee_write, METH_VARARGS, nullptr}, {nullptr, nullptr, 0, nullptr}};
    static PyType_Slot slots[] = {{Py_tp_dealloc, reinterpret_cast<void*>(tee_dealloc)},
                                  {Py_tp_getattro, reinterpret_cast<void*>(tee_attribute)},
                                  {Py_tp_methods, methods},
                                  {0, nullptr}};
    static PyType_Spec spec = {"awaitscope._core.Tee", sizeof(Tee), 0, Py_TPFLAGS_DEFAULT, slots};
    return PyType_FromSpec(&spec);
}

}  // namespace awaitscope::python
