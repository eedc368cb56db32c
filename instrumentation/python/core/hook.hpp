// SPDX-License-Identifier: MIT
#pragma once

#include "instrumentation/python/core/arguments.hpp"

namespace awaitscope::python {

/// What stands in place of a function of asyncio's: calls it, and tells before and after. `args` begins with self for
/// a method.
using HookFunction = PyObject* (*)(PyObject* original, const Arguments& args);

/// The type Hook(original, name): callable, binds like a function, has no Python frame, and answers for every attribute
/// as the original would, so that tracebacks, repr() and inspect see no difference. `name` is one of hooks.cpp's table.
PyObject* make_hook_type();

bool is_hook(PyObject* object);
/// Whether what a hook stands for is a function of asyncio's Python half. Precondition: is_hook().
bool hooks_asyncios_own(PyObject* hook);

}  // namespace awaitscope::python
