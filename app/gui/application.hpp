// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/cli/commands.hpp"

namespace awaitscope::gui {

// The window, until it is closed; each gives the exit code. What is to be shown is opened first: throws cli::Failure
// when that fails, or when there is no display.

int show_welcome();
/// `speed`: the pace at which it plays; nothing: as the last time.
int show_scenario(const std::string& name, bool real_clock, std::optional<double> speed);
/// `record`: a file to record into meanwhile; empty: none.
int show_process(int pid, const std::string& record);
int show_command(const std::vector<std::string>& command);
int show_recording(const std::string& path);

/// Paints a picture of a recording into a file. Needs no display. Throws cli::Failure.
void render(const cli::RenderOptions& options);

}  // namespace awaitscope::gui
