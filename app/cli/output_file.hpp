// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fstream>
#include <string>
#include <string_view>

#include "app/cli/standard_output.hpp"

namespace awaitscope::cli {

/// What an option named to be written: a file, or standard output where its name is "-". Each function throws Failure
/// when that cannot be written, which names the option, and on standard output as StandardOutput does.
class OutputFile {
  public:
    /// Empties the file. `option`: "-o", "--html".
    OutputFile(const std::string& path, const std::string& option);
    void write(std::string_view text);
    /// To be called at the end: what is buffered is written.
    void finish();

  private:
    void check() const;

    std::string path_;
    std::string option_;
    StandardOutput standard_;
    std::ofstream file_;
};

}  // namespace awaitscope::cli
