// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace awaitscope::test {

/// A folder of this process's own, named by AWAITSCOPE_DIR while it lives: tests that run side by side never see each
/// other's sessions. Removed at the end, unless the process is killed.
class PrivateFolder {
  public:
    PrivateFolder() : path_((std::filesystem::temp_directory_path() / "awaitscope-test-XXXXXX").string()) {
        if (!mkdtemp(path_.data())) throw std::runtime_error("cannot make a folder like " + path_);
        setenv("AWAITSCOPE_DIR", path_.c_str(), 1);
        unsetenv("AWAITSCOPE");  // a test that wants to be seen says so
    }
    ~PrivateFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    PrivateFolder(const PrivateFolder&) = delete;
    PrivateFolder& operator=(const PrivateFolder&) = delete;

    const std::string& path() const { return path_; }

  private:
    std::string path_;
};

}  // namespace awaitscope::test
