// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <vector>

#include "instrumentation/trace/trace.hpp"
#include "ui/model/source_twin.hpp"
#include "ui/panels/source_view.hpp"
#include "ui/panels/task_lines.hpp"

namespace awaitscope::ui {

/// Where a line of taskLines() stands in a text; 0: not in this one.
using LineInText = std::function<int(const TaskLine& line)>;

/// The marks for one text, the current task's first; and that of the line `told` of, 0: of none.
std::vector<SourceMark> sourceMarks(const Trace& trace, const std::vector<TaskLine>& lines, const LineInText& line_in,
                                    int told = 0);

/// For the text of a recorded file.
LineInText linesOf(const Trace& trace, StringId file);
/// For the twin of a program, whose file has this name.
LineInText linesOfTwin(const Trace& trace, const SourceTwin& twin, const QString& program);

/// The first line of a text that is this piece of code, else the first that has it in it, from 1; 0: there is none.
int lineWith(const QString& text, const QString& code);

}  // namespace awaitscope::ui
