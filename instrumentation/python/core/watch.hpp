// SPDX-License-Identifier: MIT
#pragma once

#include "instrumentation/python/core/adapter.hpp"

/// A thread of the adapter's own, which looks some times a second whether a loop stands still. Then it tells what the
/// loop's thread is at, and answers a viewer in the loop's place. A step costs two stores for it. It is no thread of
/// Python's: nobody but the system sees it, and it takes the GIL only when there is something to tell. Only while
/// events are shared and a loop has run; never in the midst of a fork, and not any more when the interpreter ends.
namespace awaitscope::python {

/// A loop begins or ends to run, in the thread of this number (threading.get_ident()). GIL held, as for all of these.
void watch_loop(Loop& loop, unsigned long thread);
void leave_loop(Loop& loop);

/// A loop is met that ran before events were shared; `in_step`: it is in the midst of a callback. Its tasks are told
/// before anything that they do from now on.
void meet_running_loop(PyObject* loop, unsigned long thread, bool in_step);

/// What a step does for it.
inline void note_begin(Loop& loop) {
    loop.moves.store((loop.moves.load(std::memory_order_relaxed) + 2) | 1, std::memory_order_relaxed);
}
inline void note_end(Loop& loop) {
    loop.moves.store((loop.moves.load(std::memory_order_relaxed) + 2) & ~1u, std::memory_order_relaxed);
}

/// False while the thread is not there though it should be: at first, and after a fork.
extern bool watching;
void start_watch();
/// Waits, without the GIL, until the thread has ended.
void stop_watch();
/// The same, and the next one answers viewers who have asked by then: events are shared from now on.
void renew_watch();
/// The same as stop_watch() for ever: the interpreter ends.
void end_watch();
/// In a forked child the thread is not there.
void forget_watch();

}  // namespace awaitscope::python
