// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/analysis/histogram.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

using namespace awaitscope;

namespace {

constexpr Nanoseconds s = 1'000'000'000;

Histogram of(const std::vector<Nanoseconds>& lengths) {
    Histogram histogram;
    for (const Nanoseconds length : lengths) histogram.add(length);
    return histogram;
}

}  // namespace

TEST_CASE("equal lengths and few of them are exact") {
    CHECK(of({2 * s, 2 * s, 2 * s}).percentile(0.5) == 2 * s);
    const Histogram few = of({3, 17'001, 1'999'999'999, 2'000'000'001 + s, 90 * 60 * s});
    CHECK(few.percentile(0.2) == 3);
    CHECK(few.percentile(0.4) == 17'001);
    CHECK(few.percentile(0.6) == 1'999'999'999);
    CHECK(few.percentile(0.8) == 2'000'000'001 + s);
    CHECK(few.percentile(1) == 90 * 60 * s);
}

TEST_CASE("a percentile is a length that was measured, and at most a thousandth above the exact one") {
    std::mt19937_64 random(7);
    std::vector<Nanoseconds> lengths(20'000);
    // Over nine powers of ten, as waits are.
    for (Nanoseconds& length : lengths)
        length = static_cast<Nanoseconds>(std::exp(std::uniform_real_distribution<>(0, 21)(random)));
    const Histogram histogram = of(lengths);
    std::ranges::sort(lengths);
    bool measured = true, near = true;
    for (std::size_t rank = 1; rank <= lengths.size(); rank += 7) {
        const Nanoseconds told = histogram.at_rank(rank), exact = lengths[rank - 1];
        measured = measured && std::ranges::binary_search(lengths, told);
        near = near && told >= exact && told - exact <= exact / 1000;
    }
    CHECK(measured);
    CHECK(near);
    CHECK(histogram.at_rank(lengths.size()) == lengths.back());
}

TEST_CASE("histograms add up, each length is there once, and the shortest comes first") {
    Histogram sum = of({5, 70, 1 * s});
    sum.add(of({6, 70, 2 * s}));
    sum.add(Histogram());
    std::vector<std::pair<Nanoseconds, std::uint64_t>> all;
    sum.each([&](Nanoseconds length, std::uint64_t times) { all.emplace_back(length, times); });
    CHECK(all == std::vector<std::pair<Nanoseconds, std::uint64_t>>{{5, 1}, {6, 1}, {70, 2}, {1 * s, 1}, {2 * s, 1}});
    CHECK(sum.count() == 6);
    CHECK(sum.sum() == 3 * s + 151);
    CHECK(sum.least() == 5);
    CHECK(sum.greatest() == 2 * s);
}

TEST_CASE("an empty histogram has a percentile of 0, and a length below 0 counts as 0") {
    CHECK(Histogram().percentile(0.5) == 0);
    CHECK(of({-5}).percentile(0.5) == 0);
    CHECK(of({open_end}).percentile(0.5) == open_end);
}

TEST_CASE("the range of a percentile narrows with the number of measurements, and knows when they are too few") {
    const auto range = [](int count) {
        Histogram histogram;
        for (int i = 1; i <= count; ++i) histogram.add(i * 1'000'000);
        return histogram.percentile_range(0.5);
    };
    CHECK(range(3).low == 0);
    CHECK(range(3).high == open_end);
    CHECK(range(100).low >= 38'000'000);
    CHECK(range(100).high <= 63'000'000);
    Histogram few;
    for (int i = 1; i <= 100; ++i) few.add(i);
    CHECK(few.percentile_range(0.99).high == open_end);
}
