// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/geometry/guided_search.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <vector>

using namespace awaitscope;
using namespace awaitscope::ui;

namespace {

struct Counted {
    const std::vector<EventIndex>* numbers;
    std::size_t* looks;
    EventIndex operator()(std::size_t i) const { return ++*looks, (*numbers)[i]; }
};

}  // namespace

TEST_CASE("a guided search finds what a plain one finds, wherever it was before") {
    std::mt19937_64 random(5);
    for (int round = 0; round < 300; ++round) {
        std::vector<EventIndex> numbers(random() % 60);
        for (EventIndex& number : numbers) number = random() % 100;
        std::ranges::sort(numbers);
        std::size_t looks = 0;
        GuidedSearch search(numbers.size(), Counted{&numbers, &looks});
        std::size_t from = 0;
        EventIndex event = 0;
        while (event < 110) {
            const auto plain = static_cast<std::size_t>(std::ranges::lower_bound(numbers, event) - numbers.begin());
            REQUIRE(search.countBefore(event, from, 1 + static_cast<int>(random() % 3)) == plain);
            from = plain;
            event += random() % 25;
        }
    }
}

TEST_CASE("a guided search looks at few numbers where they lie evenly") {
    std::vector<EventIndex> numbers(1'000'000);
    for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = 10 * i + i % 7;
    std::size_t looks = 0;
    GuidedSearch search(numbers.size(), Counted{&numbers, &looks});
    std::size_t from = search.countBefore(10'000, 0, 1);
    looks = 0;
    for (EventIndex column = 2; column <= 1000; ++column) from = search.countBefore(10'000 * column, from, 1);
    CHECK(from == 1'000'000);
    CHECK(looks < 6 * 1000);
}

TEST_CASE("a guided search with a slack finds no more than there is, and at most so many less") {
    std::vector<EventIndex> numbers(100'000);
    for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = 10 * i + i * i % 9;
    std::size_t looks = 0;
    GuidedSearch search(numbers.size(), Counted{&numbers, &looks});
    std::size_t from = 0;
    for (EventIndex column = 1; column <= 50; ++column) {
        const EventIndex event = column * column * 400;
        const auto plain = static_cast<std::size_t>(std::ranges::lower_bound(numbers, event) - numbers.begin());
        const std::size_t slack = search.unseen();
        const std::size_t found = search.countBefore(event, from, 1, slack);
        REQUIRE(found <= plain);
        REQUIRE(found + slack >= plain);
        from = found;
    }
    CHECK(from > 90'000);
}
