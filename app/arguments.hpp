// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
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

/// Understands command lines, one after the other. Touches nothing outside.
class CommandLine {
  public:
    CommandLine();
    ~CommandLine();
    CommandLine(const CommandLine&) = delete;
    CommandLine& operator=(const CommandLine&) = delete;

    std::variant<cli::Command, Answer> parse(int argc, const char* const* argv);

  private:
    class Grammar;
    std::unique_ptr<Grammar> grammar_;
};

}  // namespace awaitscope
