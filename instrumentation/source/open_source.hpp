// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "instrumentation/source/event_source.hpp"
#include "instrumentation/source/part_source.hpp"

namespace awaitscope {

/// The process that a user names; nothing where that is a file, though it be called 4711.
std::optional<int> pid_of(const std::string& file_or_pid);

/// The source behind what a user names: a file (a recording, or a session's file), told by its content, or the number
/// of a process; all of it, or a part, for which no more of a recording is read than it takes. Throws SourceError.
std::unique_ptr<EventSource> open_source(const std::string& file_or_pid, const SourcePart& part = {});

}  // namespace awaitscope
