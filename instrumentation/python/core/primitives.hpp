// SPDX-License-Identifier: MIT
#pragma once

#include "instrumentation/python/core/adapter.hpp"

namespace awaitscope::python {

/// A task begins to wait for a primitive or a queue: tells it. Gives the primitive's id.
awaitscope_id wait_for_primitive(Task& task, PyObject* primitive, awaitscope_wait on, awaitscope_sync kind);

/// A task that was there before its events were shared holds a primitive, which it has entered by `async with`: tells
/// so. Anything else is passed over.
void tell_held(const Task& task, PyObject* entered);

/// A queue has been used before events were shared, and has so many items now.
void tell_found_queue(PyObject* queue, long size, long maxsize);

/// The type whose instances stand in a primitive's class in place of a field (`_locked`, `_value`), and tell of each
/// change: Watched(name, kind). The value stays where it was, in the primitive's __dict__.
PyObject* make_watched_type();

// Hooks (hook.hpp).
PyObject* queue_put_hook(PyObject* original, const Arguments& args);
PyObject* queue_get_hook(PyObject* original, const Arguments& args);
PyObject* condition_notify_hook(PyObject* original, const Arguments& args);
PyObject* hand_over_hook(PyObject* original, const Arguments& args);

}  // namespace awaitscope::python
