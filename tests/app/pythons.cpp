// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/pythons.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "tests/app/child.hpp"

namespace awaitscope::test {
namespace {

std::vector<std::string> candidates() {
    std::vector<std::string> paths = {"/usr/bin/python3", "python3",    "python3.15",
                                      "python3.14",       "python3.13", "python3.12"};
    const char* const root = std::getenv("PYENV_ROOT");
    const char* const home = std::getenv("HOME");
    const std::string versions = (root ? std::string(root) : std::string(home ? home : "") + "/.pyenv") + "/versions";
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(versions, none))
        paths.push_back(entry.path().string() + "/bin/python3");
    return paths;
}

}  // namespace

std::vector<Interpreter> pythons_since(int minor) {
    std::vector<Interpreter> found;
    for (const std::string& path : candidates()) {
        const Finished asked = run({"sh", "-c", path + " -c 'import sys; print(sys.version_info[1])' 2>&1"});
        const int is = asked.exit_code == 0 ? std::atoi(asked.out.c_str()) : 0;
        if (is >= minor && std::ranges::find(found, is, &Interpreter::minor) == found.end())
            found.push_back({path, is});
    }
    return found;
}

}  // namespace awaitscope::test
