// SPDX-License-Identifier: GPL-3.0-or-later
// The string table: its reader over entries, offsets and lengths that lie; and the cleaning of names that no compiler
// would write.
#include <array>

#include "instrumentation/ring/segment_file.hpp"
#include "instrumentation/ring/string_table.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/session_file.hpp"

using namespace awaitscope;
using namespace awaitscope::fuzz;

namespace {

void clean_a_name(Input& input) {
    const std::string_view signature = input.rest();
    const std::string_view name = ring::bare_function_name(signature);
    const bool within =
        signature.data() <= name.data() && name.data() + name.size() <= signature.data() + signature.size();
    expect(within || name == "<lambda>", "a name is a part of its signature");
}

void read_a_table(Input& input) {
    static SpoiledSession session;
    std::string error;
    static const auto file = ring::SegmentFile::open(session.path(), error);
    expect(file != nullptr, "the session is whole at first");
    // Both counts, and entries and strings at the tables' beginnings, and strings at their very end.
    const auto counts = input.number<std::uint64_t>();
    session.write(offsetof(ring::SessionHeader, place_count), {reinterpret_cast<const char*>(&counts), sizeof counts});
    const std::size_t places = input.number<std::uint8_t>() % 8;
    session.write(ring::places_offset + sizeof(ring::PlaceEntry), input.text(places * sizeof(ring::PlaceEntry)));
    const std::string_view strings = input.rest();
    session.write(ring::strings_offset, strings);
    session.write(ring::rings_offset - strings.size(), strings);
    if (file->refresh()) {
        const std::uint32_t count = file->facts().place_count;
        expect(count <= ring::place_entries_max, "no more places than the table holds");
        for (std::uint32_t id = 0; id < std::min(count, 9u); ++id) {
            const auto place = file->read_place(id);
            expect(place.file.size() <= 0xffff && place.function.size() <= 0xffff,
                   "strings are as long as their length");
        }
    }
    session.mend();
    expect(file->refresh(), "a session that is whole again can be read");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    Input input(bytes, size);
    if (input.number<std::uint8_t>() % 2)
        clean_a_name(input);
    else
        read_a_table(input);
    return 0;
}
