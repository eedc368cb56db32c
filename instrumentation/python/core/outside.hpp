// SPDX-License-Identifier: MIT
#pragma once

#include "instrumentation/python/core/adapter.hpp"

/// Hooks (hook.hpp) on what reaches beyond the loop: descriptors, sockets, threads, processes, signals, warnings,
/// output.
namespace awaitscope::python {

PyObject* run_in_executor_hook(PyObject* original, const Arguments& args);
PyObject* add_reader_hook(PyObject* original, const Arguments& args);
PyObject* add_writer_hook(PyObject* original, const Arguments& args);
PyObject* remove_reader_hook(PyObject* original, const Arguments& args);
PyObject* remove_writer_hook(PyObject* original, const Arguments& args);
PyObject* socket_read_hook(PyObject* original, const Arguments& args);
PyObject* socket_read_from_hook(PyObject* original, const Arguments& args);
PyObject* socket_write_hook(PyObject* original, const Arguments& args);
PyObject* process_started_hook(PyObject* original, const Arguments& args);
PyObject* process_exited_hook(PyObject* original, const Arguments& args);
PyObject* signal_hook(PyObject* original, const Arguments& args);
PyObject* exception_handler_hook(PyObject* original, const Arguments& args);
PyObject* never_awaited_hook(PyObject* original, const Arguments& args);
PyObject* print_hook(PyObject* original, const Arguments& args);
PyObject* leave_hook(PyObject* original, const Arguments& args);
PyObject* replace_hook(PyObject* original, const Arguments& args);

/// A job that was given to a thread has its result; `times` as in Thing.
void tell_job_done(awaitscope_id job, const JobTimes* times);

/// A record of the logger "asyncio": its warnings are events, too.
PyObject* tell_log_record(PyObject* module, PyObject* args);

/// The file that print() writes to while its words are listened to.
PyObject* make_tee_type();

}  // namespace awaitscope::python
