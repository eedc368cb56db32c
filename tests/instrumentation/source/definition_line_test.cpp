// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/definition_line.hpp"

#include <catch2/catch.hpp>

#include "instrumentation/source/symbols.hpp"

using namespace awaitscope;

namespace {

constexpr const char* program = R"(#include <asyncio/asyncio.hpp>

asyncio::Coroutine<> work(int many,
                          int more) {
    if (many > more) {
        co_await asyncio::sleep("a } in a string");  // and a }
    }
}

asyncio::Coroutine<> main_() {
    auto twice = [&]() -> asyncio::Coroutine<> {
        co_await work(1, 2);
    };
    co_await twice(); }
)";

}  // namespace

TEST_CASE("a closing brace stands for the line that names its function, other lines for themselves") {
    CHECK(definition_line(program, "work", 8) == 3);
    CHECK(definition_line(program, "<lambda>", 13) == 11);
    CHECK(definition_line(program, "work", 7) == 3);
    CHECK(definition_line(program, "main_", 14) == 14);
    CHECK(definition_line(program, "work", 6) == 6);
    CHECK(definition_line(program, "work", 3) == 3);
}

TEST_CASE("what is no such text leaves the line as it is") {
    CHECK(definition_line("", "work", 8) == 8);
    CHECK(definition_line(program, "work", 0) == 0);
    CHECK(definition_line(program, "work", 1'000'000) == 1'000'000);
    CHECK(definition_line("}\n}\n}\n", "work", 3) == 3);
    CHECK(definition_line("{\n}\n", "", 2) == 1);
}

TEST_CASE("symbols put places right where somebody reads sources") {
    read_sources_with(
        [](std::string_view file) { return file == "a.cpp" ? std::make_shared<const std::string>(program) : nullptr; });
    Symbols symbols;
    const PlaceId place = symbols.add_place("a.cpp", "work", 8);
    CHECK(symbols.place(place).line == 3);
    CHECK(symbols.add_place("a.cpp", "work", 8) == place);
    CHECK(symbols.add_place("a.cpp", "work", 3) == place);
    CHECK(symbols.place(symbols.add_place("b.cpp", "work", 8)).line == 8);
    read_sources_with(nullptr);
    CHECK(Symbols().add_place("a.cpp", "work", 8) == 1);
}
