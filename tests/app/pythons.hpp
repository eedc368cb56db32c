// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

namespace awaitscope::test {

/// A CPython of this machine.
struct Interpreter {
    std::string path;
    int minor = 0;  ///< of 3.minor
};

/// The newest CPython in PATH or below pyenv, if it is 3.`minor` or newer.
std::optional<Interpreter> newest_python(int minor);

}  // namespace awaitscope::test
