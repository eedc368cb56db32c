// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/layers/source_files.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace awaitscope::test {
namespace {

namespace fs = std::filesystem;
const fs::path root = AWAITSCOPE_SOURCE_DIR;

std::vector<SourceFile> read_tree() {
    std::vector<SourceFile> files;
    const auto add = [&](const fs::path& path) {
        const std::string relative = path.lexically_relative(root).generic_string();
        files.push_back({relative, read_source(relative)});
    };
    for (const char* folder : {"app", "instrumentation", "resources", "runtime", "tests", "ui"}) {
        for (auto at = fs::recursive_directory_iterator(root / folder); at != fs::recursive_directory_iterator();
             ++at) {
            const auto& entry = *at;
            if (entry.path().filename() == "node_modules") at.disable_recursion_pending();  // npm's, not ours
            const auto extension = entry.path().extension();
            const bool is_program = extension == ".cpp" || extension == ".hpp" || extension == ".h" ||
                                    extension == ".c" || extension == ".cmake" || extension == ".py" ||
                                    extension == ".sh" || entry.path().filename() == "CMakeLists.txt";
            if (entry.is_regular_file() && is_program) add(entry.path());
        }
    }
    for (const char* file : {"CMakeLists.txt", "dev", ".ci/run"}) add(root / file);
    std::ranges::sort(files, {}, &SourceFile::path);
    return files;
}

}  // namespace

bool SourceFile::is_code() const {
    return path.ends_with(".cpp") || path.ends_with(".hpp") || path.ends_with(".h") || path.ends_with(".c");
}

bool SourceFile::is_build() const {
    return path.ends_with("CMakeLists.txt") || path.ends_with(".cmake");
}

std::string read_source(const std::string& path) {
    std::ifstream stream(root / path, std::ios::binary);
    if (!stream) throw std::runtime_error("cannot read " + (root / path).string());
    return {std::istreambuf_iterator<char>(stream), {}};
}

const std::vector<SourceFile>& source_files() {
    static const std::vector<SourceFile> files = read_tree();
    return files;
}

}  // namespace awaitscope::test
