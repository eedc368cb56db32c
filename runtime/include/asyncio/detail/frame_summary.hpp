// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace asyncio {

/// One coroutine on a task's stack, with the names of Python's traceback.FrameSummary.
struct FrameSummary {
    std::string name;      ///< of its function, "<lambda>" for a lambda
    std::string filename;  ///< as the compiler was given it
    int lineno = 0;        ///< of the co_await where it stands
    enum class Kind : unsigned char { function, coroutine, async_generator };
    Kind kind = Kind::coroutine;
};

namespace detail {
/// Some frames as Python's tracebacks show them, each with its line of source where the file can be read.
std::string format_frames(const std::vector<FrameSummary>& frames);
}  // namespace detail
}  // namespace asyncio
