// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace awaitscope {

/// The line that names a function, where a compiler tells the line of its closing brace instead (GCC does, of a
/// coroutine that has not awaited yet): any other line is given back as it is. Lines count from 1.
unsigned definition_line(std::string_view text, std::string_view function, unsigned line);

/// The text of a source file by the name it was recorded under; nullptr where it is not here. Called by any thread.
using SourceReader = std::function<std::shared_ptr<const std::string>(std::string_view file)>;

/// From now on every Symbols looks at the places it is given, by definition_line(). Call it before there are any;
/// without it places stay as they are.
void read_sources_with(SourceReader reader);
/// The place's line, put right.
unsigned line_to_show(std::string_view file, std::string_view function, unsigned line);

}  // namespace awaitscope
