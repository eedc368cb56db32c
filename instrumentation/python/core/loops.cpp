// SPDX-License-Identifier: MIT
#include "instrumentation/python/core/loops.hpp"

#include <time.h>

#include <algorithm>
#include <cmath>

#include "instrumentation/python/core/alive.hpp"
#include "instrumentation/python/core/callbacks.hpp"
#include "instrumentation/python/core/libuv.hpp"
#include "instrumentation/python/core/steps.hpp"
#include "instrumentation/python/core/watch.hpp"

namespace awaitscope::python {
namespace {

/// While events are shared, an idle loop looks this often whether a viewer wants to know its tasks.
constexpr double viewer_interval_s = 0.1;

Ref object_of(const Loop& loop) {
    return Ref::share(loop.weak ? PyWeakref_GetObject(loop.weak) : Py_None);
}

Py_ssize_t size_of(PyObject* list) {
    const Py_ssize_t size = list ? PyObject_Size(list) : 0;
    if (size < 0) throw PythonError{};
    return size;
}

void tell_fired(const Loop& loop, PyObject* handle) {
    KnownHandle* const known = find_handle(handle);
    if (!known || known->fired) return;
    known->fired = true;
    awaitscope_timer_fired(emitter(), loop.number, known->id);
}

/// The timers that became due in this turn stand at the end of the ready queue, where the loop has just put them.
void tell_timers(const Loop& loop, PyObject* ready, Py_ssize_t size, PyObject* first) {
    if (is_a(first, asyncio.timer_handle_type)) tell_fired(loop, first);
    std::vector<Ref> fired;
    for (Py_ssize_t back = 1; back <= size; ++back) {
        Ref handle = need(PySequence_GetItem(ready, size - back));
        if (!is_a(handle.get(), asyncio.timer_handle_type)) break;
        fired.push_back(std::move(handle));
    }
    for (auto handle = fired.rbegin(); handle != fired.rend(); ++handle) tell_fired(loop, handle->get());
}

/// A turn begins: before its first callback (`first`, already taken from the queue), or without any.
void tell_turn(Loop& loop, PyObject* first) {
    if (!loop.turn_pending) return;
    loop.turn_pending = false;
    const Ref object = object_of(loop);
    if (object.get() == Py_None) return;
    Py_ssize_t ready = 0;
    if (first) {
        const Ref queue = attribute_or_none(object.get(), names::_ready);
        const Py_ssize_t behind = size_of(queue.get());
        tell_timers(loop, queue.get(), behind, first);
        ready = behind + 1;
    }
    answer_if_asked(loop);
    const Ref timers = attribute_or_none(object.get(), names::_scheduled);
    awaitscope_iteration(emitter(), loop.number, ++loop.turns, static_cast<std::uint32_t>(ready),
                         static_cast<std::uint32_t>(size_of(timers.get())), loop.tasks_alive);
}

void hook_selector(Loop& loop, PyObject* object) {
    if (std::exchange(loop.selects, true)) return;
    const Ref selector = attribute_or_none(object, names::_selector);
    if (!selector || selector.get() == Py_None) return;
    const Ref original = attribute_or_none(selector.get(), names::select);
    if (!original) return;
    const Ref hook = need(PyObject_CallFunction(asyncio.hook_type, "Os", original.get(), "select"));
    if (PyObject_SetAttr(selector.get(), names::select, hook.get()) != 0) PyErr_Clear();  // it has slots: no polls then
}

void start_running(PyObject* object) {
    Loop& loop = loop_of(object);
    here.loop = &loop;
    here.task = 0;
    loop.told = true;
    know_wakeup(loop, object);
    hook_selector(loop, object);
    watch_loop(loop, PyThread_get_thread_ident());
    awaitscope_loop_started(emitter(), loop.number, asyncio.name.c_str());
    LibuvWatch::begin(loop, object);
}

/// One of the standard library's selectors: waiting in pieces is the same to it.
bool is_standard(PyObject* bound_select) {
    const Ref selector = attribute_or_none(bound_select, names::__self__);
    if (!selector) return false;
    const Ref module = attribute_or_none(reinterpret_cast<PyObject*>(Py_TYPE(selector.get())), names::__module__);
    return module && PyUnicode_Check(module.get()) && PyUnicode_CompareWithASCIIString(module.get(), "selectors") == 0;
}

/// The timeout in seconds; negative: without end. NaN: something this does not understand.
double timeout_of(const Arguments& args) {
    if (args.has_keywords()) return std::nan("");
    if (args.size() == 0 || args[0] == Py_None) return -1;
    const double seconds = PyFloat_AsDouble(args[0]);
    if (PyErr_Occurred()) throw PythonError{};
    return std::max(seconds, 0.0);
}

Py_ssize_t found(PyObject* ready) {
    const Py_ssize_t size = PyObject_Size(ready);
    if (size < 0) PyErr_Clear();
    return size;
}

/// select(timeout), in pieces between which a viewer gets its answer.
PyObject* select_in_pieces(Loop& loop, PyObject* original, double timeout) {
    const std::int64_t begin = now_ns();
    for (;;) {
        const double waited = static_cast<double>(now_ns() - begin) / 1e9;
        const double left = timeout < 0 ? HUGE_VAL : std::max(timeout - waited, 0.0);
        PyObject* const result = PyObject_CallFunction(original, "d", std::min(left, viewer_interval_s));
        if (!result || left <= viewer_interval_s || found(result) != 0 || !sharing) return result;
        Py_DECREF(result);
        quietly([&] { answer_if_asked(loop); });
    }
}

}  // namespace

std::int64_t now_ns() {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

PyObject* loop_init_hook(PyObject* original, const Arguments& args) {
    PyObject* const result = args.call(original);
    if (!result) return nullptr;
    start_if_armed();
    quietly([&] { loop_of(args[0]); });
    return result;
}

PyObject* run_forever_hook(PyObject* original, const Arguments& args) {
    start_if_armed();
    if (!sharing) return args.call(original);
    const Here before = here;
    quietly([&] { start_running(args[0]); });
    Loop* const loop = here.loop;
    PyObject* const result = args.call(original);
    if (loop) LibuvWatch::end(*loop);  // whatever has become of us: libuv would find handles that nobody closes
    const auto tell_stop = [] {
        if (!here.loop) return;
        tell_turn(*here.loop, nullptr);
        awaitscope_loop_stopped(emitter(), here.loop->number);
        leave_loop(*here.loop);
        here.loop->told = false;
    };
    quietly(tell_stop, !result);
    here = before;
    return result;
}

PyObject* process_events_hook(PyObject* original, const Arguments& args) {
    bool nothing = false;
    quietly([&] {
        PyObject* const object = args[0];
        Loop& loop = here.loop ? *here.loop : loop_of(object);
        if (!loop.told) start_running(object);  // events are shared since it runs
        if (loop.unseen) end_unseen_step(loop);
        PyObject* const ready = args[1];
        const Py_ssize_t count = ready && PyList_Check(ready) ? PyList_Size(ready) : 0;
        for (Py_ssize_t i = 0; i < count; ++i) {
            PyObject* const pair = PyList_GetItem(ready, i);
            const Ref fd = need(PyObject_GetAttrString(PyTuple_GetItem(pair, 0), "fd"));
            const int number = static_cast<int>(PyLong_AsLong(fd.get()));
            const long mask = PyLong_AsLong(PyTuple_GetItem(pair, 1));
            if (number == loop.wakeup_fd) continue;
            if (mask & 1) awaitscope_io_ready(emitter(), loop.number, number, AWAITSCOPE_READ);
            if (mask & 2) awaitscope_io_ready(emitter(), loop.number, number, AWAITSCOPE_WRITE);
        }
        loop.turn_pending = true;
        nothing = ready && PyList_Check(ready) && count == 0;
    });
    // A `for` over an empty list, most of the time: not worth a Python frame.
    if (nothing) Py_RETURN_NONE;
    return args.call(original);
}

PyObject* select_hook(PyObject* original, const Arguments& args) {
    if (!sharing || !here.loop) return args.call(original);
    Loop& loop = *here.loop;
    double timeout = std::nan("");
    bool in_pieces = false;
    quietly([&] {
        if (loop.unseen) end_unseen_step(loop);
        tell_turn(loop, nullptr);
        timeout = timeout_of(args);
        in_pieces = timeout != 0 && !std::isnan(timeout) && is_standard(original);
    });
    const std::int64_t begin = timeout == 0 ? 0 : now_ns();
    PyObject* const result = in_pieces ? select_in_pieces(loop, original, timeout) : args.call(original);
    if (!result) return nullptr;
    quietly([&] {
        const Py_ssize_t count = found(result);
        if (timeout == 0 && count == 0) return;  // only looked in passing
        const auto took = timeout == 0 ? 0 : static_cast<std::uint64_t>(now_ns() - begin);
        const bool endless = timeout < 0 || std::isnan(timeout);
        awaitscope_poll(emitter(), loop.number, endless ? -1 : static_cast<std::int64_t>(timeout * 1e6), took,
                        static_cast<std::uint32_t>(std::max<Py_ssize_t>(count, 0)));
    });
    return result;
}

PyObject* handle_run_hook(PyObject* original, const Arguments& args) {
    if (!sharing) return args.call(original);
    CallbackRun run;
    quietly([&] {
        PyObject* const handle = args[0];
        if (!here.loop) here.loop = &loop_of(attribute(handle, names::_loop).get());
        tell_turn(*here.loop, handle);
        const Ref callback = attribute(handle, names::_callback);
        const KnownHandle known = take_handle(handle);
        Role role = role_of(callback.get());
        Ref future;
        if (role.kind == Role::wakeup) {
            const Ref arguments = attribute(handle, names::_args);
            if (PyTuple_Check(arguments.get()) && PyTuple_Size(arguments.get()) > 0)
                future = Ref::share(PyTuple_GetItem(arguments.get(), 0));
        }
        run.begin(std::move(role), future.get(), known);
    });
    PyObject* const result = args.call(original);
    quietly([&] { run.end(); }, !result);
    return result;
}

PyObject* handle_cancel_hook(PyObject* original, const Arguments& args) {
    quietly([&] {
        const KnownHandle known = take_handle(args[0]);
        if (known.id == 0 || (known.own && !known.timer)) return;
        const auto tell = known.timer ? awaitscope_timer_cancelled : awaitscope_callback_cancelled;
        tell(emitter(), loop_number(), me(), known.id);
    });
    return args.call(original);
}

PyObject* queue_callback_hook(PyObject* original, const Arguments& args) {
    PyObject* const handle = args.call(original);
    if (!handle) return nullptr;
    quietly([&] {
        PyObject* const callback = args[1];
        const Role role = role_of(callback);
        if (role.kind != Role::other) return tell_queued(role);
        if (is_asyncios_own(callback)) return;
        const awaitscope_id id = awaitscope_new_id();
        remember_handle(handle, {.id = id});
        awaitscope_callback_scheduled(emitter(), loop_of(args[0]).number, me(), id);
    });
    return handle;
}

PyObject* check_thread_hook(PyObject* original, const Arguments& args) {
    PyObject* const result = args.call(original);
    const auto warn = [&] {
        awaitscope_warning(emitter(), loop_of(args[0]).number, 0, AWAITSCOPE_WRONG_THREAD,
                           "Non-thread-safe operation invoked on an event loop other than the current one");
    };
    if (!result) quietly(warn, true);
    return result;
}

PyObject* call_at_hook(PyObject* original, const Arguments& args) {
    PyObject* const handle = args.call(original);
    if (!handle) return nullptr;
    quietly([&] {
        const double when = PyFloat_AsDouble(args.at(1, "when"));
        if (PyErr_Occurred()) return PyErr_Clear();  // a time of another kind, in a loop of another kind
        const KnownHandle known = {
            .id = awaitscope_new_id(), .timer = true, .own = is_asyncios_own(args.at(2, "callback"))};
        remember_handle(handle, known);
        note_timer(args, 3, known.id);
        awaitscope_timer_set(emitter(), loop_of(args[0]).number, me(), known.id, static_cast<std::int64_t>(when * 1e9));
    });
    return handle;
}

}  // namespace awaitscope::python
