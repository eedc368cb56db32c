// SPDX-License-Identifier: MIT
#pragma once

#include <awaitscope/awaitscope.h>

#include <atomic>
#include <cstdint>
#include <exception>
#include <memory>
#include <vector>

#include "instrumentation/python/core/arguments.hpp"

/// What the adapter knows of asyncio's objects, and how it speaks to the probe. All of it is used with the GIL held.
namespace awaitscope::python {

/// Events are shared, and nothing has gone wrong.
extern bool sharing;

/// Stops sharing for good, with one line on stderr that says why. The host runs on.
void give_up(const char* why) noexcept;
/// The same with the Python exception that is set, which is cleared. Ctrl-C that came in our code is handed on.
void give_up_on_exception() noexcept;

/// Runs a part of the adapter inside a hook: the host's exception, if one is set, stays; what goes wrong in `body` ends
/// the sharing and nothing else. `failing`: one may be set, since what was hooked gave nothing.
template <class Body>
void quietly(Body body, bool failing = false) noexcept {
    if (!sharing) return;
    PyObject *type = nullptr, *value = nullptr, *trace = nullptr;
    if (failing) PyErr_Fetch(&type, &value, &trace);
    try {
        body();
    } catch (const MissingArgument&) {
    } catch (const PythonError&) {
        give_up_on_exception();
    } catch (const std::exception& failure) {
        give_up(failure.what());
    }
    if (failing)
        PyErr_Restore(type, value, trace);
    else if (PyErr_Occurred())
        PyErr_Clear();
}

class LibuvWatch;

/// An event loop. Never freed: threads point at it.
struct Loop {
    PyObject* weak = nullptr;  ///< a weak reference to it
    awaitscope_loop number = 0;
    std::uint64_t turns = 0;
    std::uint64_t tasks_alive = 0;
    bool told = false;            ///< that it runs
    bool turn_pending = false;    ///< it has polled, and its turn was not told yet
    int wakeup_fd = -1;           ///< its own pipe, whose ends are no descriptors of the program's: where it reads
    int waker_fd = -1;            ///< and where it is woken
    bool selects = false;         ///< its selector's select() is hooked
    LibuvWatch* libuv = nullptr;  ///< while it runs, where it is uvloop's
    Ref unseen;                   ///< a task whose step was going on when it was first met, and has not ended since

    // What the thread that watches loops looks at (watch.hpp).
    unsigned long thread = 0;               ///< in which it runs
    std::atomic<std::uint32_t> moves{0};    ///< another number with each callback's begin and end; odd in between
    std::atomic<std::uint32_t> answers{0};  ///< given to viewers
    bool answered_for = false;              ///< that thread has answered the viewer in the loop's place
};

/// One coroutine of a task's chain, as it was at its last suspension. The pointers are compared, never followed.
struct ChainLink {
    PyObject* coroutine;
    PyObject* code;
    friend bool operator==(const ChainLink&, const ChainLink&) = default;
};

struct Task {
    PyObject* weak = nullptr;
    awaitscope_id id = 0;
    awaitscope_id parent = 0;
    Loop* loop = nullptr;
    bool announced = false;
    bool running = false;
    bool ready = true;                          ///< its next step is queued
    awaitscope_wait on = AWAITSCOPE_WAIT_NONE;  ///< what it was last seen to wait for, and where
    awaitscope_id object = 0;
    awaitscope_place where = 0;
    /// A primitive that it waits for and has got when it runs again; 0: none.
    awaitscope_id acquires = 0;
    awaitscope_sync acquires_kind = AWAITSCOPE_LOCK;
    /// Its coroutine and the code of that, once it was suspended: they are its own until it is done.
    PyObject* coroutine = nullptr;
    PyObject* code = nullptr;
    std::vector<ChainLink> chain;
};

/// A job given to a thread, by now_ns()'s clock. Written with the GIL held.
struct JobTimes {
    std::int64_t submitted = 0;
    std::int64_t begun = 0;  ///< 0: not yet
};

/// Anything else that events name by an id.
struct Thing {
    PyObject* weak = nullptr;
    awaitscope_id id = 0;
    awaitscope_id job = 0;                           ///< a future of a thread's job: the job,
    std::shared_ptr<const JobTimes> times;           ///< and when it was what; none where that cannot be known
    awaitscope_wait waits = AWAITSCOPE_WAIT_FUTURE;  ///< what a task waits for that awaits this future
};

/// What this thread does.
struct Here {
    Loop* loop = nullptr;       ///< the loop that runs in it
    awaitscope_id task = 0;     ///< the task that runs in it
    PyObject* eager = nullptr;  ///< the coroutine of a task that starts eagerly and was not told yet
    unsigned naming = 0;        ///< inside create_task(), some of which name a task when it is made: told at the end
    PyObject* name = nullptr;   ///< the one given to it, if it is, and
    PyObject* coroutine = nullptr;  ///< of a task that starts eagerly: when it is done at once, it has none any more
    const PyObject* timer_future = nullptr;  ///< the last timer that was set for a future, for sleep()
    awaitscope_id timer = 0;
    bool hands_over = false;  ///< inside Semaphore._wake_up_next()
};
extern thread_local constinit Here here;

inline awaitscope_emitter* emitter() {
    return awaitscope_thread_emitter();
}
inline awaitscope_loop loop_number() {
    return here.loop ? here.loop->number : 0;
}
/// The task that runs in this thread; tells first of one that has just started eagerly.
awaitscope_id me();

/// The loop's record; made, and the loop numbered, where there is none.
Loop& loop_of(PyObject* loop);
/// The loop that runs in this thread, by what asyncio knows where we do not.
Loop* this_loop();

Task* find_task(PyObject* task);
/// The task's record, made and told where there is none: `event` as which.
enum class Met { created, alive };
/// The same, but nothing is told yet.
Task& know_task(PyObject* task);
Task& meet_task(PyObject* task, Met event);
void announce(Task& task, PyObject* object, Met event);
void forget_task(PyObject* object);

Thing* find_thing(PyObject* object);
Thing& thing_of(PyObject* object);
void forget_thing(PyObject* object);

// Handles and timers: by address, from the moment they are made until they run or are cancelled.
struct KnownHandle {
    awaitscope_id id = 0;
    bool timer = false;
    bool own = false;    ///< its callback is asyncio's own: only a timer of that kind is told of
    bool fired = false;  ///< told to be due
    int signal = 0;      ///< a foreign loop's callback for this signal
};
void remember_handle(PyObject* handle, const KnownHandle& known);
KnownHandle* find_handle(PyObject* handle);
KnownHandle take_handle(PyObject* handle);

/// Events were not shared for a while: what tasks do is to be found out anew.
void forget_states();
/// In a forked child: all that was known is the parent's.
void forget_all();

/// Interned names, made once.
namespace names {
#define AWAITSCOPE_NAMES(X) \
    X(_args)                \
    X(_callback)            \
    X(_callbacks)           \
    X(_children)            \
    X(_cancelled)           \
    X(_cond)                \
    X(_coro)                \
    X(_default_executor)    \
    X(_exception)           \
    X(_fut_waiter)          \
    X(_lock)                \
    X(_locked)              \
    X(_parent_task)         \
    X(_value)               \
    X(_loop)                \
    X(_ready)               \
    X(_scheduled)           \
    X(_selector)            \
    X(_ssock)               \
    X(_csock)               \
    X(_state)               \
    X(_task_factory)        \
    X(__dict__)             \
    X(__module__)           \
    X(__aexit__)            \
    X(__name__)             \
    X(__self__)             \
    X(co_filename)          \
    X(co_firstlineno)       \
    X(co_name)              \
    X(ag_await)             \
    X(ag_code)              \
    X(ag_frame)             \
    X(cr_await)             \
    X(cr_code)              \
    X(cr_frame)             \
    X(f_back)               \
    X(f_code)               \
    X(f_lasti)              \
    X(f_lineno)             \
    X(f_locals) X(fileno) X(gi_code) X(gi_frame) X(gi_yieldfrom) X(get_name) X(maxsize) X(qsize) X(select) X(self)
#define X(name) extern PyObject* name;  // NOLINT(bugprone-macro-parentheses): a declarator
AWAITSCOPE_NAMES(X)
#undef X
}  // namespace names

/// What the Python half hands over once: asyncio's types and functions.
struct Asyncio {
    PyObject* task_type = nullptr;         ///< asyncio.Task
    PyObject* python_task_type = nullptr;  ///< asyncio.tasks._PyTask
    PyObject* timer_handle_type = nullptr;
    PyObject* bounded_semaphore_type = nullptr;
    PyObject* gathering_type = nullptr;   ///< asyncio.tasks._GatheringFuture, or none
    PyObject* task_group_type = nullptr;  ///< asyncio.TaskGroup, or none
    PyObject* all_tasks = nullptr;
    PyObject* current_task = nullptr;
    PyObject* running_loop = nullptr;     ///< asyncio._get_running_loop
    PyObject* get_referents = nullptr;    ///< gc.get_referents
    PyObject* watch_protocol = nullptr;   ///< ours, of _hooks: hooks the type of a foreign loop's protocol
    PyObject* watch_transport = nullptr;  ///< ours: hooks a foreign transport's type
    PyObject* hook_type = nullptr;        ///< ours: Hook
    PyObject* tee_type = nullptr;         ///< ours: Tee
    bool armed = false;                   ///< the environment asks for events: they begin with the first loop
    std::string name;                     ///< the loops' name
    bool semaphores_hand_over = false;    ///< their place is a waiter's before that runs (3.10.8 and later)
    std::string folder;                   ///< where asyncio's own files lie, with a slash at the end
    std::string standard;                 ///< the same of the standard library
};
extern Asyncio asyncio;

/// The types that the interpreter itself has.
struct Builtin {
    PyTypeObject* function = nullptr;
    PyTypeObject* method = nullptr;
    PyTypeObject* builtin = nullptr;
    PyTypeObject* coroutine = nullptr;
    PyTypeObject* generator = nullptr;
    PyTypeObject* async_generator = nullptr;
};
extern Builtin types;

}  // namespace awaitscope::python
