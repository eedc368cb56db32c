// SPDX-License-Identifier: GPL-3.0-or-later
// The runtime's own hooks into the probe, but that each event is told to this test, too, just before and just after.
// The linker takes these for the library's: the library itself has no such hook, and costs nothing for it.
#include <cstdio>

#include "asyncio/detail/promise.hpp"
#include "asyncio/errors.hpp"
#include "asyncio/event_loop.hpp"
#include "instrumentation/probe/emit.hpp"
#include "runtime/src/loop/loop_impl.hpp"
#include "runtime/src/tasks/stack.hpp"
#include "tests/app/exact/runtime_state.hpp"

#define emit(kind, ...) emit((awaitscope::test::about_to_tell(kind), kind), __VA_ARGS__), awaitscope::test::told()
#define emit_now(kind, ...) \
    emit_now((awaitscope::test::about_to_tell(kind), kind), __VA_ARGS__), awaitscope::test::told()
#define emit_text(kind, ...) \
    emit_text((awaitscope::test::about_to_tell(kind), kind), __VA_ARGS__), awaitscope::test::told()
#define emit_name(kind, ...) \
    emit_name((awaitscope::test::about_to_tell(kind), kind), __VA_ARGS__), awaitscope::test::told()
#include "runtime/src/probe_hooks.cpp"
