// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <regex>

#include "tests/layers/source_files.hpp"

using namespace awaitscope::test;

// CMake takes a semicolon for the end of a list's item: ctest would run half a name, and find no such case.
TEST_CASE("no test's name has a semicolon") {
    static const std::regex name(R"re(TEST_CASE\w*\((?:\w+, )?"[^"\n]*;[^"\n]*")re");
    std::string wrong;
    for (const auto& file : source_files()) {
        std::smatch match;
        if (file.path.starts_with("tests/") && file.path != "tests/layers/test_names_test.cpp" &&
            std::regex_search(file.text, match, name))
            wrong += file.path + ": " + match[0].str() + "\n";
    }
    CHECK(wrong.empty());
    CHECK(std::regex_search(std::string("TEST_CASE(\"one; other\")"), name));
}
