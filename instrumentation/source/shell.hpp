// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace awaitscope {

struct ShellRun {
    int exit_code = -1;  ///< -1: ended by a signal
    std::string output;  ///< what it wrote, on both its outputs
};

/// Runs a shell's command to its end, with nothing on its standard input. Throws SourceError when there is no shell.
ShellRun run_in_shell(const std::string& command);

/// A text as one word of a shell's command.
std::string shell_word(const std::string& text);

/// The last line of what was written.
std::string last_line(const std::string& text);

}  // namespace awaitscope
