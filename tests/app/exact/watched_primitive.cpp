// SPDX-License-Identifier: GPL-3.0-or-later
// The runtime's own primitives, but that the one that something is told of is known, as in watched_hooks.cpp.
#include "asyncio/detail/primitive.hpp"
#include "instrumentation/probe/emit.hpp"
#include "runtime/src/probe_hooks.hpp"
#include "tests/app/exact/runtime_state.hpp"

#define sync_event(loop, ...) sync_event((awaitscope::test::about_to_tell_of(*this, kind), loop), __VA_ARGS__)
#define queue_event(loop, ...) \
    queue_event((awaitscope::test::about_to_tell_of(*this, SyncKind::queue), loop), __VA_ARGS__)
#include "runtime/src/sync/primitive.cpp"
