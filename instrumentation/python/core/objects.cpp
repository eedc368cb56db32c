// SPDX-License-Identifier: MIT
// What is known of loops, tasks, futures, primitives and handles: by address, with a weak reference that tells whether
// it is still the same object.
#include <unistd.h>

#include <memory>
#include <unordered_map>

#include "instrumentation/python/core/callbacks.hpp"
#include "instrumentation/python/core/chain.hpp"
#include "instrumentation/python/core/connections.hpp"

namespace awaitscope::python {

bool sharing = false;
thread_local constinit Here here;
Asyncio asyncio;
Builtin types;

namespace names {
#define X(name) PyObject* name = nullptr;
AWAITSCOPE_NAMES(X)
#undef X
}  // namespace names

namespace {

constexpr std::size_t sweep_first = 4096;

template <class Record>
using Map = std::unordered_map<PyObject*, Record>;

/// Whether `weak` still means `object`. Where there is no weak reference, it is believed.
bool still(PyObject* weak, PyObject* object) {
    return !weak || PyWeakref_GetObject(weak) == object;
}

PyObject* weak_reference(PyObject* object) {
    PyObject* const weak = PyWeakref_NewRef(object, nullptr);
    if (!weak) PyErr_Clear();
    return weak;
}

/// A table of records, each with a `weak` field. The dead are swept when it has doubled.
template <class Record>
class Table {
  public:
    Record* find(PyObject* object) {
        const auto found = map_.find(object);
        if (found == map_.end()) return nullptr;
        if (still(found->second.weak, object)) return &found->second;
        erase(found);
        return nullptr;
    }
    Record& add(PyObject* object) {
        if (map_.size() >= sweep_at_) sweep();
        Record& record = map_[object];
        record.weak = weak_reference(object);
        return record;
    }
    void erase(PyObject* object) {
        if (const auto found = map_.find(object); found != map_.end()) erase(found);
    }
    void clear() {
        while (!map_.empty()) erase(map_.begin());
    }
    template <class Do>
    void for_each(Do apply) {
        for (auto& [object, record] : map_) apply(record);
    }

  private:
    void erase(typename Map<Record>::iterator at) {
        if constexpr (requires(Record r) { r.loop; })
            if (at->second.loop && at->second.loop->tasks_alive > 0) --at->second.loop->tasks_alive;
        const Ref weak(at->second.weak);
        map_.erase(at);
    }
    void sweep() {
        for (auto at = map_.begin(); at != map_.end();) {
            const auto next = std::next(at);
            if (at->second.weak && PyWeakref_GetObject(at->second.weak) == Py_None) erase(at);
            at = next;
        }
        sweep_at_ = std::max(sweep_first, 2 * map_.size());
    }

    Map<Record> map_;
    std::size_t sweep_at_ = sweep_first;
};

// Never destroyed: hooks are called until the very end of the process.
Map<Loop*>& loops = *new Map<Loop*>;
Table<Task>& tasks = *new Table<Task>;
Table<Thing>& things = *new Table<Thing>;
Map<KnownHandle>& handles = *new Map<KnownHandle>;

int fd_of(PyObject* loop, PyObject* name) {
    const Ref socket = attribute_or_none(loop, name);
    if (!socket || socket.get() == Py_None) return -1;
    const Ref fd(PyObject_CallMethodObjArgs(socket.get(), names::fileno, nullptr));
    const long number = fd ? PyLong_AsLong(fd.get()) : -1;
    PyErr_Clear();
    return static_cast<int>(number);
}

}  // namespace

void give_up(const char* why) noexcept {
    if (!sharing) return;
    sharing = false;
    awaitscope_disable();
    try {
        const std::string line =
            "awaitscope: the adapter for Python shares no more events; the program runs on: " + std::string(why) + "\n";
        [[maybe_unused]] const ssize_t written = write(STDERR_FILENO, line.data(), line.size());
    } catch (const std::exception&) {  // no memory even for this line
    }
}

void give_up_on_exception() noexcept {
    if (PyErr_ExceptionMatches(PyExc_KeyboardInterrupt)) {
        PyErr_Clear();
        PyErr_SetInterrupt();
        return;
    }
    PyObject *type = nullptr, *value = nullptr, *trace = nullptr;
    PyErr_Fetch(&type, &value, &trace);
    PyErr_NormalizeException(&type, &value, &trace);
    const Ref kept_type(type), kept_value(value), kept_trace(trace);
    std::string why = "an unknown error";
    try {
        const Ref text = need(PyObject_Repr(value));
        why = text_of(text.get());
    } catch (const PythonError&) {
        PyErr_Clear();
    } catch (const std::exception&) {
    }
    give_up(why.c_str());
}

Loop& loop_of(PyObject* object) {
    Loop*& loop = loops[object];
    if (loop && still(loop->weak, object)) return *loop;
    loop = new Loop;
    loop->weak = weak_reference(object);
    loop->number = awaitscope_new_loop();
    return *loop;
}

void know_wakeup(Loop& loop, PyObject* object) {
    loop.wakeup_fd = fd_of(object, names::_ssock);
    loop.waker_fd = fd_of(object, names::_csock);
}

void start_if_armed() noexcept {
    if (sharing || !asyncio.armed) return;
    awaitscope_enable_from_environment();
    sharing = awaitscope_enabled();
    asyncio.armed = sharing;  // it is not tried again
}

Loop* this_loop() {
    if (here.loop) return here.loop;
    const Ref running = need(PyObject_CallObject(asyncio.running_loop, nullptr));
    if (running.get() == Py_None) return nullptr;
    here.loop = &loop_of(running.get());
    return here.loop;
}

Task* find_task(PyObject* task) {
    return tasks.find(task);
}

Task& know_task(PyObject* object) {
    if (Task* const known = tasks.find(object)) return *known;
    Task& task = tasks.add(object);
    task.id = awaitscope_new_id();
    const Ref loop = attribute(object, names::_loop);
    task.loop = &loop_of(loop.get());
    ++task.loop->tasks_alive;
    task.ready = false;
    return task;
}

Task& meet_task(PyObject* object, Met event) {
    if (Task* const known = tasks.find(object)) {
        if (!known->announced) announce(*known, object, Met::created);
        return *known;
    }
    me();  // which may be this very task, starting eagerly
    if (Task* const known = tasks.find(object)) return *known;
    Task& task = know_task(object);
    if (event == Met::created) task.parent = me();
    if (event == Met::alive || here.naming == 0) announce(task, object, event);
    task.ready = event == Met::created;
    return task;
}

void forget_task(PyObject* object) {
    tasks.erase(object);
}

Thing* find_thing(PyObject* object) {
    return things.find(object);
}

Thing& thing_of(PyObject* object) {
    if (Thing* const known = things.find(object)) return *known;
    Thing& thing = things.add(object);
    thing.id = awaitscope_new_id();
    return thing;
}

void forget_thing(PyObject* object) {
    things.erase(object);
}

void remember_handle(PyObject* handle, const KnownHandle& known) {
    handles[handle] = known;
}

KnownHandle* find_handle(PyObject* handle) {
    const auto found = handles.find(handle);
    return found == handles.end() ? nullptr : &found->second;
}

KnownHandle take_handle(PyObject* handle) {
    const auto found = handles.find(handle);
    if (found == handles.end()) return {};
    const KnownHandle known = found->second;
    handles.erase(found);
    return known;
}

void forget_states() {
    tasks.for_each([](Task& task) {
        task.running = task.ready = false;
        task.on = AWAITSCOPE_WAIT_NONE;
        task.acquires = 0;
    });
}

void forget_all() {
    here = Here{};
    loops.clear();  // the records stay: other threads' pointers are not ours to know
    tasks.clear();
    things.clear();
    handles.clear();
    forget_connections();
    forget_places();
}

}  // namespace awaitscope::python
