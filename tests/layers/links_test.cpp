// SPDX-License-Identifier: GPL-3.0-or-later
// The pages for people: what they link to is there.
#include <catch2/catch.hpp>
#include <filesystem>
#include <regex>
#include <string>
#include <vector>

#include "tests/layers/source_files.hpp"

using namespace awaitscope::test;

TEST_CASE("every link of the pages to a file of the tree leads somewhere") {
    static const std::regex link(R"re(\]\(([^)#:]+)[)#]|(?:src|srcset)="([^":]+)")re");
    static const std::regex code(R"re(```[^`]*```|`[^`]*`)re");  // [](int) {} is a lambda
    namespace fs = std::filesystem;
    const fs::path root = AWAITSCOPE_SOURCE_DIR;
    std::vector<std::string> pages = {"README.md", "HACKING.md", "CHANGELOG.md"};
    for (const auto& entry : fs::recursive_directory_iterator(root / "resources/manual"))
        if (entry.path().extension() == ".md") pages.push_back(entry.path().lexically_relative(root));
    std::string wrong;
    unsigned seen = 0;
    for (const std::string& page : pages) {
        const std::string text = std::regex_replace(read_source(page), code, "");
        for (std::sregex_iterator match(text.begin(), text.end(), link), end; match != end; ++match) {
            const std::string target = (*match)[1].matched ? (*match)[1] : (*match)[2];
            ++seen;
            if (!fs::exists((root / page).parent_path() / target)) wrong += page + ": " + target + "\n";
        }
    }
    INFO("not there:\n" << wrong);
    CHECK(wrong.empty());
    CHECK(seen > 30);
}
