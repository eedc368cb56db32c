// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "instrumentation/source/part_source.hpp"
#include "instrumentation/source/recording_writer.hpp"
#include "instrumentation/source/session_group.hpp"
#include "ui/window/window_services.hpp"

namespace awaitscope::gui {

// What the window asks of the program around it. None of these needs a display, or throws: what fails is in `error`.

ui::OpenedSource open_scenario(const std::string& name, bool real_clock);
/// One or more, and what they start.
ui::OpenedSource open_processes(const SessionGroup& group);
/// All of a recording, or a part.
ui::OpenedSource open_recording(const std::string& path, const SourcePart& part = {});
/// Starts a command instrumented. Its window asks before it lets go of it.
ui::OpenedSource open_command(const std::vector<std::string>& command);

/// Records processes in a thread of its own until what it returns is dropped. Null, and why in `error`.
std::shared_ptr<void> start_recording(const SessionGroup& group, const std::string& path,
                                      const RecordingOptions& recording, std::string& error);

ui::WindowServices window_services(bool real_clock);

}  // namespace awaitscope::gui
