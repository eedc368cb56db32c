// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "instrumentation/python/core/adapter.hpp"

namespace awaitscope::python {

/// Where a suspended task stands.
struct Stand {
    awaitscope_wait on = AWAITSCOPE_WAIT_NONE;  ///< none: its innermost coroutine is no waiting one of asyncio's
    awaitscope_sync sync = AWAITSCOPE_LOCK;     ///< of which primitive, where it waits for one
    Ref primitive;                              ///< that primitive, or queue
    awaitscope_place where = 0;                 ///< the program's line: what asyncio does inside is its own
};

/// Says of a code object of asyncio's what a task waits for in it; `sync`, or -1, the primitive whose method it is;
/// `whole`: it says so for what it awaits, too.
void know_waiting_code(PyObject* code, awaitscope_wait on, int sync, bool whole);

/// Walks from a task's coroutine, which is known, to the innermost that it awaits, and tells of those that were entered
/// and left since the last time (`task.chain`).
Stand stand_of(Task& task);

/// What a suspended coroutine, and those that it awaits, have entered by `async with` and not left: one entry each
/// time.
std::vector<Ref> entered_by(PyObject* coroutine);

/// Tells of the coroutines that a task, which has ended, has left.
void leave_chain(Task& task);

/// The coroutine that an object (a coroutine, a generator, or what else a task may run) is an instance of.
awaitscope_place definition_of(PyObject* coroutine);

/// The line of the program that this thread runs just now, asyncio's own left aside; 0: none.
awaitscope_place line_here();

/// The function and the line of a Python frame; nothing where it is the loop's own, around a callback.
std::optional<awaitscope_place> place_of_frame(PyObject* frame);

/// Places are one session's: a forked child has another.
void forget_places();

}  // namespace awaitscope::python
