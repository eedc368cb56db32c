// SPDX-License-Identifier: MIT
#pragma once

#include "instrumentation/python/core/arguments.hpp"

/// Hooks (hook.hpp) on loops, handles, tasks and futures.
namespace awaitscope::python {

PyObject* loop_init_hook(PyObject* original, const Arguments& args);
PyObject* run_forever_hook(PyObject* original, const Arguments& args);
PyObject* process_events_hook(PyObject* original, const Arguments& args);
PyObject* select_hook(PyObject* original, const Arguments& args);

PyObject* handle_run_hook(PyObject* original, const Arguments& args);
PyObject* handle_cancel_hook(PyObject* original, const Arguments& args);
PyObject* queue_callback_hook(PyObject* original, const Arguments& args);
PyObject* check_thread_hook(PyObject* original, const Arguments& args);
PyObject* call_at_hook(PyObject* original, const Arguments& args);

// For loops with handles of their own: the callback itself is wrapped.
PyObject* foreign_call_soon_hook(PyObject* original, const Arguments& args);
PyObject* foreign_call_later_hook(PyObject* original, const Arguments& args);
PyObject* foreign_signal_hook(PyObject* original, const Arguments& args);

PyObject* create_task_hook(PyObject* original, const Arguments& args);
PyObject* eager_task_hook(PyObject* original, const Arguments& args);
PyObject* task_cancel_hook(PyObject* original, const Arguments& args);
PyObject* set_name_hook(PyObject* original, const Arguments& args);

PyObject* create_future_hook(PyObject* original, const Arguments& args);
PyObject* gathering_hook(PyObject* original, const Arguments& args);
PyObject* future_result_hook(PyObject* original, const Arguments& args);
PyObject* future_exception_hook(PyObject* original, const Arguments& args);
PyObject* future_cancel_hook(PyObject* original, const Arguments& args);

}  // namespace awaitscope::python
