// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "instrumentation/source/event_source.hpp"

namespace awaitscope {

/// The source behind what a user names: a file (a recording, or a session's file), told by its content, or the number
/// of a process. Throws SourceError.
std::unique_ptr<EventSource> open_source(const std::string& file_or_pid);

}  // namespace awaitscope
