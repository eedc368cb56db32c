// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/notes.hpp"

#include <catch2/catch.hpp>

using namespace awaitscope;

TEST_CASE("What a source says of its end is found again in the text, with what stood in its gaps") {
    const std::vector<std::string> gaps{"4711", "9", "Killed"};
    for (const char* pattern : {notes::exited,
                                notes::exited_with,
                                notes::killed,
                                notes::left,
                                notes::crashed,
                                notes::replaced,
                                notes::silent,
                                notes::own_clock,
                                notes::not_the_firsts_clock,
                                notes::more_before,
                                notes::too_many,
                                notes::cut_short,
                                notes::damaged,
                                notes::damaged_to_the_end,
                                notes::mid_chunk,
                                notes::not_ended,
                                notes::cut_off,
                                notes::broken_line,
                                notes::broken_lines,
                                notes::broken_json,
                                notes::no_list,
                                notes::broken_events}) {
        const std::string text = notes::note(pattern, gaps);
        INFO(text);
        CHECK(text.find('%') == std::string::npos);
        const auto said = notes::read(text);
        REQUIRE(said);
        CHECK(said->pattern == std::string_view(pattern));
        CHECK(std::equal(said->gaps.begin(), said->gaps.end(), gaps.begin()));
    }
}

TEST_CASE("A note about a note holds it whole") {
    const std::string exited = notes::note(notes::exited, {"12"});
    CHECK(exited == "process 12 has exited");
    const auto said = notes::read(notes::note(notes::number_reused, {exited, "sleep 5"}));
    REQUIRE(said);
    CHECK(said->pattern == std::string_view(notes::number_reused));
    CHECK(said->gaps == std::vector<std::string>{exited, "sleep 5"});
}

TEST_CASE("Of a text that no source says, nothing is made") {
    for (const char* text : {"", "that was all", "process has exited", "process 4711 has exited, somehow"})
        CHECK_FALSE(notes::read(text));
}
