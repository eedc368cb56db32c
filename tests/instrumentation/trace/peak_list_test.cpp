// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/trace/peak_list.hpp"

#include <catch2/catch.hpp>
#include <vector>

using namespace awaitscope;

TEST_CASE("the greatest of any stretch of a list of peaks is at hand") {
    PeakList peaks;
    CHECK(peaks.greatest(0, 10) == 0);
    for (std::uint32_t i = 0; i < 20'000; ++i) peaks.push_back(i == 9'321 ? 99 : i % 7);
    CHECK(peaks.size() == 20'000);
    CHECK(peaks.greatest(0, 20'000) == 99);
    CHECK(peaks.greatest(0, 9'321) == 6);
    CHECK(peaks.greatest(9'321, 9'322) == 99);
    CHECK(peaks.greatest(9'322, 50'000) == 6);
    CHECK(peaks.greatest(5, 5) == 0);
    CHECK(peaks.greatest(9'999, 10) == 0);
    CHECK(peaks.greatest(14, 16) == 1);
}

TEST_CASE("a list of peaks finds what a walk finds") {
    PeakList peaks;
    std::vector<std::uint32_t> numbers;
    std::uint32_t state = 7;
    for (int i = 0; i < 9'000; ++i) {
        state = state * 1'664'525 + 1'013'904'223;
        numbers.push_back(state >> 12);
        peaks.push_back(numbers.back());
    }
    for (std::size_t first = 0; first < numbers.size(); first += 611)
        for (std::size_t last = first; last < numbers.size(); last += 977) {
            std::uint32_t most = 0;
            for (std::size_t i = first; i < last; ++i) most = std::max(most, numbers[i]);
            REQUIRE(peaks.greatest(first, last) == most);
        }
}
