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

/// The tasks of a loop that are alive, for a viewer that asks. From any thread.
void answer_viewer(Loop& loop, PyObject* object);
/// The same where one has asked. In the loop's thread.
void answer_if_asked(Loop& loop);
/// The step that was going on when the loop was met (`unseen`) has ended by now.
void end_unseen_step(Loop& loop);

/// Empty where it has none.
std::string name_of(PyObject* task);
awaitscope_end end_of_future(PyObject* future);
/// A future's `_state` is PENDING.
bool is_pending(PyObject* future);
/// "ValueError: no", as the runtime tells an error.
std::string error_text(PyObject* exception);

}  // namespace awaitscope::python
