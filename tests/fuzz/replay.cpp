// SPDX-License-Identifier: GPL-3.0-or-later
// The main of the targets where there is no libFuzzer: runs each file of the folders named, once. So what the fuzzers
// have found stays found with any compiler.
#include <sys/resource.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/fuzz/fuzz.hpp"

namespace {

/// As much as `./dev fuzz` lets an input take in all: beyond that there is none to be had, and the process ends. Where
/// a sanitizer has the memory, its shadow takes terabytes of addresses.
void bound_memory() {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    constexpr rlim_t bytes = 512 << 20;
    const rlimit limit{bytes, bytes};
    if (setrlimit(RLIMIT_AS, &limit) != 0) std::abort();
#endif
}

}  // namespace

int main(int count, char** arguments) {
    bound_memory();
    int files = 0;
    for (int i = 1; i < count; ++i)
        for (const auto& entry : std::filesystem::recursive_directory_iterator(arguments[i])) {
            if (!entry.is_regular_file()) continue;
            std::ifstream file(entry.path(), std::ios::binary);
            const std::string bytes{std::istreambuf_iterator<char>(file), {}};
            std::fprintf(stderr, "%s\n", entry.path().c_str());  // the last line names what crashed
            LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
            ++files;
        }
    if (files > 0) return 0;
    std::fprintf(stderr, "no file to run in what was named\n");
    return 1;
}
