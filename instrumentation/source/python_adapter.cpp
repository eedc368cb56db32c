// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/python_adapter.hpp"

#include <cstdlib>

#include "instrumentation/source/adapter_folder.hpp"

namespace awaitscope {

std::string python_adapter_folder() {
    return adapter_folder("python", "awaitscope/_core.abi3.so");
}

std::string python_path_with_adapter() {
    const std::string folder = python_adapter_folder();
    const char* const given = std::getenv("PYTHONPATH");
    const std::string path = given ? given : "";
    if (folder.empty() || path == folder || path.starts_with(folder + ":")) return folder.empty() ? folder : path;
    return path.empty() ? folder : folder + ":" + path;
}

}  // namespace awaitscope
