// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/utf8.hpp"

#include <catch2/catch.hpp>

using awaitscope::valid_utf8;

TEST_CASE("text stays as it is") {
    const auto text =
        GENERATE(as<std::string>{}, "", "plain", "tab\tand\nline", "é€🧵", "\U0010ffff", "\ud7ff\ue000");
    CHECK(valid_utf8(text) == text);
}

TEST_CASE("what is no text is replaced, byte by byte") {
    const std::string bad = "\ufffd";
    CHECK(valid_utf8("a\x80z") == "a" + bad + "z");
    CHECK(valid_utf8("\xff") == bad);
    CHECK(valid_utf8("\xc0\xaf") == bad + bad);                      // overlong
    CHECK(valid_utf8("\xe0\x80\x80") == bad + bad + bad);            // overlong
    CHECK(valid_utf8("\xed\xa0\x80") == bad + bad + bad);            // a surrogate
    CHECK(valid_utf8("\xf4\x90\x80\x80") == bad + bad + bad + bad);  // beyond Unicode
    CHECK(valid_utf8("\xe2\x82") == bad + bad);                      // cut
    CHECK(valid_utf8("\xe2\x82z") == bad + bad + "z");
    CHECK(valid_utf8(std::string(1, '\0')) == bad);
}
