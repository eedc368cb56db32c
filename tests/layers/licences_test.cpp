// SPDX-License-Identifier: GPL-3.0-or-later
// The application is GPL because Qt Charts is; what other people link into their programs is MIT.
#include <algorithm>
#include <catch2/catch.hpp>
#include <regex>
#include <string>

#include "tests/layers/source_files.hpp"

using namespace awaitscope::test;

namespace {

bool is_linked_by_others(const std::string& path) {
    static const char* const folders[] = {"runtime/",
                                          "instrumentation/event/",
                                          "instrumentation/ring/",
                                          "instrumentation/probe/",
                                          "instrumentation/capi/",
                                          "instrumentation/python/",
                                          "instrumentation/asio/",
                                          "instrumentation/node/",
                                          "app/examples/"};
    return std::ranges::any_of(folders, [&](const char* folder) { return path.starts_with(folder); });
}

/// The licence a file names in its first lines, or "".
std::string licence_of(const std::string& text) {
    static const std::regex line(R"((//|#|/\*) SPDX-License-Identifier: ([A-Za-z0-9.+-]+)( \*/)?\n)");
    const std::string head = text.substr(0, 200);
    std::smatch match;
    return std::regex_search(head, match, line) ? match[2].str() : std::string();
}

}  // namespace

TEST_CASE("every file names its licence, and the right one") {
    std::string wrong;
    for (const auto& file : source_files()) {
        const std::string licence = licence_of(file.text);
        const std::string expected = is_linked_by_others(file.path) ? "MIT" : "GPL-3.0-or-later";
        const bool right = licence == expected || (file.is_build() && licence == "MIT");
        if (!right) wrong += file.path + ": '" + licence + "' where " + expected + " is expected\n";
    }
    INFO("SPDX-License-Identifier:\n" << wrong);
    CHECK(wrong.empty());
    CHECK(source_files().size() > 30);
}

TEST_CASE("no file has outgrown one concept") {
    constexpr auto lines_max = 420;  // "about 400"
    std::string wrong;
    for (const auto& file : source_files()) {
        const auto lines = std::ranges::count(file.text, '\n');
        if (lines > lines_max) wrong += file.path + ": " + std::to_string(lines) + " lines\n";
    }
    INFO("a file of more than " << lines_max << " lines holds a second concept:\n" << wrong);
    CHECK(wrong.empty());
}
