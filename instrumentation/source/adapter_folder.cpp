// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/adapter_folder.hpp"

#include <filesystem>

namespace awaitscope {

std::string adapter_folder(std::string_view name, std::string_view file) {
    namespace fs = std::filesystem;
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error).parent_path();
    for (const fs::path& all : {program / AWAITSCOPE_ADAPTERS_FROM_BIN, program / ".."})
        if (const fs::path one = all / name; fs::exists(one / file, error))
            return fs::weakly_canonical(one, error).string();
    return {};
}

}  // namespace awaitscope
