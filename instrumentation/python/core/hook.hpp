// SPDX-License-Identifier: MIT
#pragma once

#include "instrumentation/python/core/python.hpp"

namespace awaitscope::python {

/// What stands in place of a function of asyncio's: calls it, and tells before and after. `args` begins with self for
/// a method.
using HookFunction = PyObject* (*)(PyObject* original, PyObject* args, PyObject* kwargs);

/// The type Hook(original, name): callable, binds like a function, has no Python frame, and answers for every attribute
/// as the original would, so that tracebacks, repr() and inspect see no difference. `name` is one of hooks.cpp's table.
PyObject* make_hook_type();

}  // namespace awaitscope::python
