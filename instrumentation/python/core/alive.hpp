// SPDX-License-Identifier: MIT
#pragma once

#include "instrumentation/python/core/adapter.hpp"

/// What is the case now: told to a viewer that asks, and once when events begin to be shared while a loop runs already.
namespace awaitscope::python {

/// The tasks of a loop that are alive. Of those of which nothing was told yet also what they hold, and whose children
/// they are. From any thread.
void answer_viewer(Loop& loop, PyObject* object);
/// The same where one has asked. In the loop's thread.
void answer_if_asked(Loop& loop);

/// The step that was going on when the loop was met (`unseen`) has ended by now.
void end_unseen_step(Loop& loop);

}  // namespace awaitscope::python
