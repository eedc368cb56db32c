// SPDX-License-Identifier: MIT
#pragma once

#include "instrumentation/python/core/adapter.hpp"

/// Hooks (hook.hpp) on connections. Those of asyncio's own transports go through Python's sockets, which tell the bytes
/// (outside.hpp). Those of a loop of another make (uvloop's) pass no Python but where the loop calls the program's
/// protocol, and the program the transport: there, these methods are hooked.
namespace awaitscope::python {

/// Of asyncio's own transports.
PyObject* connection_made_hook(PyObject* original, const Arguments& args);
PyObject* connection_lost_hook(PyObject* original, const Arguments& args);

/// A foreign loop's method whose first argument makes protocols.
PyObject* protocol_factory_hook(PyObject* original, const Arguments& args);
/// Methods of a protocol, called by any loop: what asyncio's own transports tell themselves is not told again.
PyObject* protocol_made_hook(PyObject* original, const Arguments& args);
PyObject* protocol_lost_hook(PyObject* original, const Arguments& args);
PyObject* protocol_exited_hook(PyObject* original, const Arguments& args);
PyObject* protocol_data_hook(PyObject* original, const Arguments& args);
PyObject* protocol_buffer_hook(PyObject* original, const Arguments& args);
/// Methods of a foreign transport: the bytes count as written when they are handed over.
PyObject* transport_write_hook(PyObject* original, const Arguments& args);
PyObject* transport_writelines_hook(PyObject* original, const Arguments& args);

/// In a forked child: they are the parent's.
void forget_connections();

}  // namespace awaitscope::python
