// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace awaitscope::test {

/// A file of the tree.
struct SourceFile {
    std::string path;  ///< from the root of the tree, with '/'
    std::string text;
    bool is_code() const;   ///< C or C++
    bool is_build() const;  ///< CMake
};

/// Every file of the tree that people write as a program: C++, CMake, Python and shell; no build folder. Read once.
const std::vector<SourceFile>& source_files();

/// A file of the tree. Throws std::runtime_error when it is not there.
std::string read_source(const std::string& path);

}  // namespace awaitscope::test
