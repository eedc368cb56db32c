// SPDX-License-Identifier: MIT
#pragma once

#include <source_location>
#include <string_view>

/// What a program says to Awaitscope by itself. Without enable(), or AWAITSCOPE=1 in the environment, each of these
/// costs one predictable branch and does nothing.
namespace awaitscope {

/// Shares this process's events from now on, under `name` (empty: the program's). Thread-safe; a second call changes
/// nothing. Gives false, and says why on stderr, where no shared memory can be had: the program runs on, unseen.
bool enable(std::string_view name = {});

/// Stops sharing. A later enable() goes on in the same session, and the loops tell which tasks are alive by then.
/// Thread-safe.
void disable() noexcept;

/// True while events are shared.
bool enabled() noexcept;

/// A mark on the timeline, at this moment, in the running task, which is at the line `where`. Text beyond 1,920 bytes
/// is cut.
void mark(std::string_view text, std::source_location where = std::source_location::current()) noexcept;

/// A line of the program's output, as the viewer shows it. It is not printed: print it yourself as well.
void output(std::string_view text, std::source_location where = std::source_location::current()) noexcept;

}  // namespace awaitscope
