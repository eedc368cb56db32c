// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "instrumentation/trace/trace.hpp"
#include "ui/scenario/story.hpp"

namespace awaitscope::test {

/// What the Source panel marks at each step of a story, in the twin and in the program: a line each, with its number
/// ("!": the story speaks of it; "*": the current task stands there; "^": it is inside what is called there), its code,
/// and who is there. Of a run that meets the outside, only the lines of the current task.
std::string marked_lines(const ui::Story& story, const Trace& all, const std::string& cpp, const std::string& python);

}  // namespace awaitscope::test
