// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <vector>

#include "instrumentation/trace/trace.hpp"
#include "ui/model/place_words.hpp"

namespace awaitscope::ui {

/// "printer"; "12 (dead.py:7)" for one without a name: its number, and the line at which a task first waited for it.
QString primitiveName(const Trace& trace, const PrimitiveMoment& primitive, const PlaceWords& places);
/// What is the case with it: "held by Bob", "free", "value 2", "3 of 10", "full, 10 of 10"; empty where events cannot
/// tell.
QString primitiveState(const Trace& trace, const PrimitiveMoment& primitive);
/// What a task waits for that waits for a primitive: WaitKind::lock for a lock, queue_get for a queue.
WaitKind waitKindOf(SyncKind kind);

/// The last of the events of a kind that happened to a primitive, or no_event. Only the last few thousand are looked
/// at.
EventIndex lastOfPrimitive(const Trace& trace, Id id, EventKind kind, EventIndex cursor);

/// The greatest level of a queue in each of `columns` stretches of equal length from the recording's begin to the
/// cursor; fewer where time has not enough nanoseconds for all. Empty before the first event.
std::vector<std::uint32_t> levelHistory(const Trace& trace, Id queue, EventIndex cursor, int columns);

}  // namespace awaitscope::ui
