// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "instrumentation/trace/trace.hpp"

namespace awaitscope {

/// The pid of a loop's process, where the trace is of several; 0 elsewhere, or while it is not known.
inline std::uint32_t process_of(const Trace& trace, const Loop& loop) {
    return loop.started == no_event ? 0 : static_cast<std::uint32_t>(trace.event(loop.started).a);
}

/// How much of a loop's name is its process's, where the trace is of several: "web 4711" of "web 4711: main"; else 0.
inline std::size_t process_part(std::string_view loop_name, std::uint32_t pid) {
    const std::string number = ' ' + std::to_string(pid);
    const std::size_t at = pid == 0 ? std::string_view::npos : loop_name.find(number);
    return at == std::string_view::npos ? 0 : at + number.size();
}

/// The process's own name in such a name: "web".
inline std::string_view process_name(std::string_view loop_name, std::uint32_t pid) {
    return loop_name.substr(0, loop_name.find(' ' + std::to_string(pid)));
}

/// What is left of such a name: "main", or nothing.
inline std::string_view own_part(std::string_view loop_name, std::uint32_t pid) {
    loop_name.remove_prefix(process_part(loop_name, pid));
    if (pid != 0 && loop_name.starts_with(": ")) loop_name.remove_prefix(2);
    return loop_name;
}

}  // namespace awaitscope
