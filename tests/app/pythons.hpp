// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace awaitscope::test {

/// A CPython of this machine.
struct Interpreter {
    std::string path;
    int minor = 0;  ///< of 3.minor
};

/// One CPython of each version from 3.`minor` on that is in PATH or below pyenv.
std::vector<Interpreter> pythons_since(int minor);

}  // namespace awaitscope::test
