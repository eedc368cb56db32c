// SPDX-License-Identifier: MIT
#pragma once

#include "instrumentation/python/core/steps.hpp"

namespace awaitscope::python {

/// CLOCK_MONOTONIC, nanoseconds: the clock of asyncio's loops.
std::int64_t now_ns();

/// Begins to share, where the environment asks for it, with the process's first loop.
void start_if_armed() noexcept;

/// Finds the ends of a loop's own pipe, which are no descriptors of the program's.
void know_wakeup(Loop& loop, PyObject* object);

/// Around a callback's run: a task's step, or another function.
class CallbackRun {
  public:
    void begin(Role role, PyObject* future, const KnownHandle& handle);
    void end();

  private:
    Role role_;
    KnownHandle handle_;
    std::int64_t begin_ns_ = 0;
    awaitscope_id before_ = 0;
    Loop* loop_ = nullptr;
};

/// A callback of asyncio's own making, which is no event: what it does is.
bool is_asyncios_own(PyObject* callback);
/// A function's `__module__` is one of asyncio's. Costs much where it has none: an exception is made and dropped.
bool module_is_asyncios(PyObject* function);

/// The arguments of call_later() from `first` on: a timer that wakes a future is what sleep() waits for.
void note_timer(const Arguments& args, Py_ssize_t first, awaitscope_id timer);

/// The type Callback(original), called in the original's place: the callback of a loop that has handles of its own, the
/// function of a thread's job, or what makes a protocol.
PyObject* make_callback_type();

/// What a thread calls in place of a function, to note when it begins.
Ref make_job(PyObject* function, std::shared_ptr<JobTimes> times);

/// What a foreign loop calls in place of `original`: the methods are hooked by which it calls the protocols it gives.
Ref make_protocol_factory(PyObject* original);

}  // namespace awaitscope::python
