// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

namespace awaitscope::test {

/// An AWAITSCOPE_DIR of one test's own, so that cases which run in one process see no others' sessions.
class FreshFolder {
  public:
    FreshFolder() : path_((std::filesystem::temp_directory_path() / "awaitscope-case-XXXXXX").string()) {
        if (!mkdtemp(path_.data())) throw std::runtime_error("cannot make a folder like " + path_);
        if (const char* before = getenv("AWAITSCOPE_DIR")) before_ = before;
        setenv("AWAITSCOPE_DIR", path_.c_str(), 1);
    }
    ~FreshFolder() {
        setenv("AWAITSCOPE_DIR", before_.c_str(), 1);
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    FreshFolder(const FreshFolder&) = delete;
    FreshFolder& operator=(const FreshFolder&) = delete;

  private:
    std::string path_;
    std::string before_;
};

/// The files in a session folder, sorted.
inline std::vector<std::string> session_paths(const std::string& folder) {
    std::vector<std::string> paths;
    std::error_code missing;
    for (const auto& entry : std::filesystem::directory_iterator(folder, missing)) paths.push_back(entry.path());
    std::ranges::sort(paths);
    return paths;
}

}  // namespace awaitscope::test
