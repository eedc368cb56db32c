// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace awaitscope {

/// What an interpreter (Python, Node) was told to run, by the words of its command: a script
/// ("src/app.py"), or a module ("http.server"). Empty where it was given neither, and of a program that is no
/// interpreter.
std::string script_of(std::string_view command);

/// What a person calls a program: its name, but "app.py (python3.11)" where that is only its interpreter's.
std::string program_name(std::string_view name, std::string_view command);

}  // namespace awaitscope
