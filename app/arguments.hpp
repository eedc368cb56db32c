// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <variant>

#include "app/cli/commands.hpp"

namespace awaitscope {

/// What the arguments came to when there is no command to do: text for stdout (--help, --version), or one line about a
/// mistake for stderr.
struct Answer {
    std::string text;
    int exit_code = 0;  ///< 0 for help, 2 for a mistake
};

/// Understands the command line. Touches nothing outside.
std::variant<cli::Command, Answer> parse_arguments(int argc, const char* const* argv);

}  // namespace awaitscope
