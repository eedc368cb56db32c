// SPDX-License-Identifier: MIT
#pragma once

#include "instrumentation/python/core/adapter.hpp"

/// Hooks (hook.hpp) on asyncio's pipe transports: those of child processes, of connect_read_pipe() and of
/// connect_write_pipe(). They read and write by os.read() and os.write(), which are hooked for their sake, and tell
/// nothing of what anybody else does with these.
namespace awaitscope::python {

PyObject* pipe_made_hook(PyObject* original, const Arguments& args);
PyObject* pipe_lost_hook(PyObject* original, const Arguments& args);
PyObject* pipe_used_hook(PyObject* original, const Arguments& args);
PyObject* pipe_read_hook(PyObject* original, const Arguments& args);
PyObject* pipe_write_hook(PyObject* original, const Arguments& args);

}  // namespace awaitscope::python
