// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/symbols.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <string>
#include <thread>
#include <vector>

using namespace awaitscope;

TEST_CASE("a string is kept once, and its id gives it back") {
    Symbols symbols;
    const StringId one = symbols.add_string("one"), two = symbols.add_string("two");
    CHECK(one == 1);
    CHECK(two == 2);
    CHECK(symbols.add_string("one") == one);
    CHECK(symbols.string(one) == "one");
    CHECK(symbols.string(two) == "two");
    CHECK(symbols.string_count() == 3);
}

TEST_CASE("none is 0, the empty string and the empty place") {
    Symbols symbols;
    CHECK(symbols.add_string("") == 0);
    CHECK(symbols.add_place("", "", 0) == 0);
    CHECK(symbols.string(0).empty());
    CHECK(symbols.place(0) == Place{});
}

TEST_CASE("an id that was never given out is none") {
    Symbols symbols;
    symbols.add_string("x");
    CHECK(symbols.string(99).empty());
    CHECK(symbols.string(0xffffffff).empty());
    CHECK(symbols.place(0xffffffff) == Place{});
}

TEST_CASE("a place is kept once, with its strings") {
    Symbols symbols;
    const PlaceId one = symbols.add_place("a.cpp", "f", 3);
    CHECK(symbols.add_place("a.cpp", "f", 3) == one);
    CHECK(symbols.add_place("a.cpp", "f", 4) != one);
    CHECK(symbols.add_place("a.cpp", "g", 3) != one);
    CHECK(symbols.add_place("b.cpp", "f", 3) != one);
    CHECK(symbols.place_count() == 5);
    CHECK(symbols.string(symbols.place(one).file) == "a.cpp");
    CHECK(symbols.string(symbols.place(one).function) == "f");
    CHECK(symbols.place(one).line == 3);
}

TEST_CASE("a view of a string stays while many more come, long ones among them") {
    Symbols symbols;
    const std::string_view first = symbols.string(symbols.add_string("the first"));
    std::vector<StringId> ids;
    const auto text = [](int i) {
        return std::string(static_cast<std::size_t>(i % 7 == 0 ? i : i % 50), 'x') + std::to_string(i);
    };
    for (int i = 0; i < 20'000; ++i) ids.push_back(symbols.add_string(text(i)));
    CHECK(first == "the first");
    bool good = true;
    for (int i = 0; i < 20'000; ++i) good = good && symbols.string(ids[static_cast<std::size_t>(i)]) == text(i);
    CHECK(good);
}

TEST_CASE("other threads look ids up while one adds") {
    Symbols symbols;
    constexpr std::uint32_t count = 50'000;
    std::atomic<std::uint32_t> added{0};
    std::atomic<bool> good{true};
    std::vector<std::thread> readers;
    for (int i = 0; i < 2; ++i)
        readers.emplace_back([&] {
            std::uint32_t seen = 0;
            while (seen < count) {
                seen = added.load(std::memory_order_relaxed);  // the id may have come by any way
                if (seen == 0) continue;
                const Place place = symbols.place(seen);
                // A relaxed number may be ahead of the table: then there is nothing yet, never something wrong.
                if (place != Place{} && symbols.string(place.function) != std::to_string(place.line)) good = false;
            }
        });
    for (std::uint32_t i = 1; i <= count; ++i) {
        const PlaceId id = symbols.add_place("a.cpp", std::to_string(i), i);
        added.store(id, std::memory_order_relaxed);
    }
    for (auto& reader : readers) reader.join();
    CHECK(good);
    CHECK(symbols.place(count).line == count);
}
