// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/wait.h>

#include <catch2/catch.hpp>
#include <cerrno>
#include <filesystem>
#include <set>
#include <string>

namespace awaitscope::test {

/// The process's descriptors, as "3 -> pipe:[1234]".
inline std::set<std::string> open_descriptors() {
    std::set<std::string> all;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        std::error_code gone;  // the iterator's own
        const auto target = std::filesystem::read_symlink(entry.path(), gone);
        if (!gone && target.string().find("/fd") == std::string::npos)
            all.insert(entry.path().filename().string() + " -> " + target.string());
    }
    return all;
}

/// At the end of a test there are just the descriptors there were, and no child, alive or dead.
class NothingLeft {
  public:
    NothingLeft() : before_(open_descriptors()) {}
    ~NothingLeft() {
        CHECK(open_descriptors() == before_);
        CHECK((waitpid(-1, nullptr, WNOHANG) == -1 && errno == ECHILD));
    }
    NothingLeft(const NothingLeft&) = delete;
    NothingLeft& operator=(const NothingLeft&) = delete;

  private:
    std::set<std::string> before_;
};

}  // namespace awaitscope::test
