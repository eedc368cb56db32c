// SPDX-License-Identifier: GPL-3.0-or-later
// A whole session read by a viewer while a hostile process writes what it likes where it likes: header, heads, tables,
// records; and while it cuts the file short.
#include "instrumentation/event/vocabulary.hpp"
#include "instrumentation/source/live_source.hpp"
#include "instrumentation/source/source_error.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/session_file.hpp"

using namespace awaitscope;
using namespace awaitscope::fuzz;

namespace {

/// Where an order's write goes: near what is there, or anywhere in its part.
std::size_t place_to_write(unsigned order, Input& input) {
    const std::size_t at = input.number<std::uint16_t>();
    switch (order) {
        case 0:
            return at % sizeof(ring::SessionHeader);
        case 1:
            return ring::ring_headers_offset + at % (ring::ring_count * sizeof(ring::RingHeader));
        case 2:
            return ring::ring_headers_offset + at % 4 * sizeof(ring::RingHeader);  // the head
        case 3:
            return ring::places_offset + at % 4096;
        case 4:
            return ring::strings_offset + at % 4096;
        case 5:
            return ring::ring_offset(0, SpoiledSession::records) + at % (256 * sizeof(Event));
        default:
            return ring::ring_offset(at % 4, SpoiledSession::records) + at / 4 % 256 * sizeof(Event);
    }
}

void read(EventSource& source, Symbols& symbols, std::size_t limit) {
    std::vector<Event> events;
    const std::size_t before = events.size();
    source.read(symbols, events, limit);
    expect(events.size() - before <= limit, "no more than asked for");
    expect_ascending(events);
    for (const Event& event : events) {
        expect(find_kind(event.kind()) != nullptr, "known kinds only");
        if (const Field* text = text_field(event.kind()))
            expect(get(event, text->slot) < symbols.string_count(), "texts are there");
        if (const Field* place = place_field(event.kind()))
            expect(get(event, place->slot) < symbols.place_count(), "places are there");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static SpoiledSession session;
    Input input(bytes, size);
    Symbols symbols;
    try {
        std::unique_ptr<LiveSource> source;
        while (!input.empty()) {
            const unsigned order = input.number<std::uint8_t>() % 10;
            if (order < 7) {
                const std::size_t at = place_to_write(order, input);
                session.write(at, input.text(1 + input.number<std::uint8_t>() % 64));
            } else if (order == 7) {
                session.cut_short(input.number<std::uint32_t>());
            } else {
                const auto start = order == 8 ? LiveStart::now : LiveStart::beginning;
                if (!source) source = std::make_unique<LiveSource>(session.path(), start);
                read(*source, symbols, 1 + input.number<std::uint8_t>());
            }
        }
    } catch (const SourceError& refused) {
        expect(std::string_view(refused.what()).find('\n') == std::string_view::npos, "an error is one line");
    }
    session.mend();
    return 0;
}
