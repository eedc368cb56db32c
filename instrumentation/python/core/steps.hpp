// SPDX-License-Identifier: MIT
#pragma once

#include "instrumentation/python/core/adapter.hpp"

namespace awaitscope::python {

/// Whose callback a callback is.
struct Role {
    enum Kind { other, step, wakeup } kind = other;
    Ref task;  ///< the task, for a step or a wakeup
};
Role role_of(PyObject* callback);

/// A task's step begins. `future`: what woke it, or nullptr.
void begin_step(PyObject* object, PyObject* future);
/// It has ended: the task is done, or waits. `before` is the task that ran in this thread before (0: the loop).
void end_step(PyObject* object, awaitscope_id before);

/// Says at which line the task is that runs in this thread, if one does: before what is said of it next.
void tell_line();

/// A task's step was queued: the task is new, or ready.
void tell_queued(const Role& role);

/// A task waits for `future`; for nullptr: it gives way. Tells where, and by what of asyncio's.
void tell_suspended(Task& task, PyObject* object, PyObject* future);

/// Empty where it has none.
std::string name_of(PyObject* task);
awaitscope_end end_of_future(PyObject* future);
/// A future's `_state` is PENDING.
bool is_pending(PyObject* future);
/// "ValueError: no", as the runtime tells an error.
std::string error_text(PyObject* exception);

}  // namespace awaitscope::python
