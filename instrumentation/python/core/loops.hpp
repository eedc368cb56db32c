// SPDX-License-Identifier: MIT
#pragma once

#include "instrumentation/python/core/python.hpp"

/// Hooks (hook.hpp) on loops, handles, tasks and futures.
namespace awaitscope::python {

PyObject* loop_init_hook(PyObject* original, PyObject* args, PyObject* kwargs);
PyObject* run_forever_hook(PyObject* original, PyObject* args, PyObject* kwargs);
PyObject* process_events_hook(PyObject* original, PyObject* args, PyObject* kwargs);
PyObject* select_hook(PyObject* original, PyObject* args, PyObject* kwargs);

PyObject* handle_run_hook(PyObject* original, PyObject* args, PyObject* kwargs);
PyObject* handle_cancel_hook(PyObject* original, PyObject* args, PyObject* kwargs);
PyObject* queue_callback_hook(PyObject* original, PyObject* args, PyObject* kwargs);
PyObject* check_thread_hook(PyObject* original, PyObject* args, PyObject* kwargs);
PyObject* call_at_hook(PyObject* original, PyObject* args, PyObject* kwargs);

// For loops with handles of their own: the callback itself is wrapped.
PyObject* foreign_call_soon_hook(PyObject* original, PyObject* args, PyObject* kwargs);
PyObject* foreign_call_later_hook(PyObject* original, PyObject* args, PyObject* kwargs);

PyObject* create_task_hook(PyObject* original, PyObject* args, PyObject* kwargs);
PyObject* eager_task_hook(PyObject* original, PyObject* args, PyObject* kwargs);
PyObject* task_cancel_hook(PyObject* original, PyObject* args, PyObject* kwargs);

PyObject* create_future_hook(PyObject* original, PyObject* args, PyObject* kwargs);
PyObject* gathering_hook(PyObject* original, PyObject* args, PyObject* kwargs);
PyObject* future_result_hook(PyObject* original, PyObject* args, PyObject* kwargs);
PyObject* future_exception_hook(PyObject* original, PyObject* args, PyObject* kwargs);
PyObject* future_cancel_hook(PyObject* original, PyObject* args, PyObject* kwargs);

}  // namespace awaitscope::python
