// SPDX-License-Identifier: GPL-3.0-or-later
// The pages for people: what they link to is there.
#include <catch2/catch.hpp>
#include <filesystem>
#include <regex>
#include <string>

#include "tests/layers/source_files.hpp"

using namespace awaitscope::test;

TEST_CASE("every link of the pages to a file of the tree leads somewhere") {
    static const std::regex link(R"re(\]\(([^)#:]+)\)|(?:src|srcset)="([^":]+)")re");
    std::string wrong;
    unsigned seen = 0;
    for (const char* page : {"README.md", "HACKING.md", "CHANGELOG.md"}) {
        const std::string text = read_source(page);
        for (std::sregex_iterator match(text.begin(), text.end(), link), end; match != end; ++match) {
            const std::string target = (*match)[1].matched ? (*match)[1] : (*match)[2];
            ++seen;
            if (!std::filesystem::exists(std::filesystem::path(AWAITSCOPE_SOURCE_DIR) / target))
                wrong += std::string(page) + ": " + target + "\n";
        }
    }
    INFO("not there:\n" << wrong);
    CHECK(wrong.empty());
    CHECK(seen > 30);
}
