// SPDX-License-Identifier: GPL-3.0-or-later
// What a program calls itself is printed by us, to a terminal that obeys it.
#include <unistd.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "instrumentation/ring/segment.hpp"
#include "tests/app/child.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

/// Nothing that a terminal obeys but the newline: no C0, no DEL, no C1, which in UTF-8 is C2 80 to C2 9F.
bool is_harmless(const std::string& text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if ((byte < 0x20 && byte != '\n') || byte == 0x7f) return false;
        if (byte == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0) return false;
    }
    return true;
}

}  // namespace

TEST_CASE("no name of a process commands the terminal") {
    std::string error;
    const std::string name =
        "\x1b]0;title\a\x1b[2J\xc2\x9b"
        "31m\nnext line";
    const auto segment = ring::Segment::create({.name = name, .ring_records = ring::ring_records_min}, error);
    REQUIRE(segment);
    ring::RingWriter writer;
    REQUIRE(segment->take_ring(writer, error) >= 0);
    writer.write_text(Event::pack(EventKind::task_created, 1, 1), ring::ticks(segment->header().clock), 0, 0, name);

    const std::string file = private_file("hostile.awaitscope");
    const Child::Arguments commands[] = {{"list"},
                                         {"list", "--json"},
                                         {"record", std::to_string(getpid()), "--for", "50ms", "-o", file},
                                         {"dump", file},
                                         {"dump", file, "--json"},
                                         {"tasks", file},
                                         {"tasks", file, "--json"},
                                         {"report", file},
                                         {"report", file, "--json"},
                                         {"diff", file, file}};
    for (const Child::Arguments& command : commands) {
        INFO(command[0] << " " << command.back());
        const Finished finished = run_awaitscope(command);
        INFO(finished.out << finished.err);
        CHECK(finished.exit_code == 0);
        CHECK(is_harmless(finished.out));
        CHECK(is_harmless(finished.err));
    }
    CHECK(nlohmann::json::parse(run_awaitscope(commands[1]).out)["name"] == name);
}
