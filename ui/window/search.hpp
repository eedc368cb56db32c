// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "instrumentation/trace/trace.hpp"

namespace awaitscope::ui {

/// The next event after `cursor` in which `text` occurs, without regard to case: in its task's name, in its words (an
/// output, a mark, an error), in its coroutine's or file's name. Goes on at the beginning after the end. no_event when
/// there is none.
EventIndex findNext(const Trace& trace, const QString& text, EventIndex cursor);

}  // namespace awaitscope::ui
