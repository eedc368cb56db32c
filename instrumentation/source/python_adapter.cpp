// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/python_adapter.hpp"

#include <cstdlib>
#include <filesystem>

namespace awaitscope {

std::string python_adapter_folder() {
    namespace fs = std::filesystem;
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error).parent_path();
    // From bin/ to lib/awaitscope/python, as installed; from the build's app/ to its python/.
    for (const fs::path& candidate : {program / AWAITSCOPE_PYTHON_FROM_BIN, program / ".." / "python"})
        if (fs::exists(candidate / "awaitscope" / "_core.abi3.so", error))
            return fs::weakly_canonical(candidate, error).string();
    return {};
}

std::string python_path_with_adapter() {
    const std::string folder = python_adapter_folder();
    const char* const given = std::getenv("PYTHONPATH");
    const std::string path = given ? given : "";
    if (folder.empty() || path == folder || path.starts_with(folder + ":")) return folder.empty() ? folder : path;
    return path.empty() ? folder : folder + ":" + path;
}

}  // namespace awaitscope
