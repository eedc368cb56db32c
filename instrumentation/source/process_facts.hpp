// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

namespace awaitscope {

/// What /proc tells of a process, without its help. Of another user's it tells less.

/// The user as whom it runs; nothing when there is no such process.
std::optional<unsigned> process_owner(int pid);

/// The file it runs; empty when that is not ours to know.
std::string process_program(int pid);

/// The words of its command, as a session has them; empty where there is no such process.
std::string process_command(int pid);

/// Where it puts its session, by the environment that it was started with: its AWAITSCOPE_DIR, or the folder that
/// stands for none.
std::string process_session_folder(int pid);

/// The interpreter's file of a process of our user that runs Python 3; empty otherwise.
std::string python_interpreter(int pid);

}  // namespace awaitscope
