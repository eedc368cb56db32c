// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tests/support/told_program.hpp"

namespace awaitscope::test {

/// An interpreter of this machine.
struct Python {
    std::string path;
    int minor = 0;  ///< of 3.minor
};

/// All CPythons of 3.8 and later that are here. A case with none warns, and passes.
const std::vector<Python>& pythons();
/// Those older than the adapter goes.
const std::vector<Python>& old_pythons();

/// The adapter's folder in front of PYTHONPATH.
std::pair<std::string, std::string> with_adapter();

/// A file of this folder.
std::string program(const std::string& name);

/// Runs a program of this folder, instrumented.
ToldProgram told_by(const Python& python, const std::string& name, std::vector<std::string> arguments = {});

/// Runs a command through the shell, without anything of ours but `environment` in front of it; what it wrote on both
/// its outputs.
struct ShellRun {
    int exit_code = -1;
    std::string output;
};
ShellRun shell(const std::string& environment, const std::string& command);

}  // namespace awaitscope::test
