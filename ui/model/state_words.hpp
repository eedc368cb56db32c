// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "instrumentation/trace/trace.hpp"
#include "ui/model/place_words.hpp"

namespace awaitscope::ui {

// What tasks do and wait for, in the user's language. What asyncio itself calls so stays: gather, sleep, yield.

/// "running", "ready", "cancelled".
QString stateWord(TaskState state);

/// "sleep", "queue get", "task group", "I/O"; "not known" for none.
QString waitWord(WaitKind on);

/// "gather of 3": one that waits for so many.
QString waitWord(WaitKind on, std::size_t children);

/// waits_for_text(): "sleep 1.000 s", "lock printer", "task Task B"; empty when the task does not wait.
QString waitsForText(const Trace& trace, TaskIndex task, EventIndex cursor, const PlaceWords& places = {});

/// "1st in the queue", "2nd in the queue", ... by the place in the ready queue, from 0.
QString queuePlaceText(std::size_t place);

/// "lock", "bounded semaphore".
QString primitiveKind(SyncKind kind);

}  // namespace awaitscope::ui
