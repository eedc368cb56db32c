// SPDX-License-Identifier: GPL-3.0-or-later
// The arrows between the folders, as they are, against the table of those allowed.
#include <catch2/catch.hpp>
#include <filesystem>
#include <string>

#include "tests/layers/include_table.hpp"
#include "tests/layers/source_files.hpp"

using namespace awaitscope::test;

TEST_CASE("every include follows an allowed arrow") {
    const auto table = IncludeTable::parse(read_source("tests/layers/allowed_includes.txt"));
    std::string wrong;
    unsigned seen = 0;
    for (const auto& file : source_files()) {
        if (!file.is_code()) continue;
        for (const auto& include : include_lines(file.text)) {
            ++seen;
            if (const auto objection = table.objection(file.path, destination(include)))
                wrong += file.path + ":" + std::to_string(include.line) + ": includes " + include.target + ": " +
                         *objection + "\n";
        }
    }
    INFO("tests/layers/allowed_includes.txt forbids:\n" << wrong);
    CHECK(wrong.empty());
    CHECK(seen > 20);
}

TEST_CASE("every row of the table names a folder that exists") {
    const auto table = IncludeTable::parse(read_source("tests/layers/allowed_includes.txt"));
    for (const auto& [folder, names] : table.rows()) {
        INFO(folder);
        CHECK(std::filesystem::is_directory(std::filesystem::path(AWAITSCOPE_SOURCE_DIR) / folder));
    }
}
