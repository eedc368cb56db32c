// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/analysis/sentence.hpp"

#include <catch2/catch.hpp>

using awaitscope::Sentence;

TEST_CASE("a sentence fills its gaps, by their numbers, with sentences") {
    CHECK(Sentence::of("%2 before %1%3.", "b", Sentence::of("(%1)", "a"), Sentence()).english() == "(a) before b.");
    CHECK(Sentence("as it is: %1").english() == "as it is: %1");
    CHECK(Sentence::of("%1", "100 %2 of %1").english() == "100 %2 of %1");
}

TEST_CASE("what a pattern has no gap for is left out, and a lone percent sign stays") {
    CHECK(Sentence::of("80 % of %1, %2.", "it").english() == "80 % of it, .");
    CHECK(Sentence::of("%").english() == "%");
}

TEST_CASE("a counted sentence has a form for one, and groups its digits") {
    const auto items = [](std::uint64_t n) {
        return Sentence::counted(n, "%Ln item of %1", "%Ln items of %1", "q").english();
    };
    CHECK(items(1) == "1 item of q");
    CHECK(items(0) == "0 items of q");
    CHECK(items(1'234'567) == "1,234,567 items of q");
}
