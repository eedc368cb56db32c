// SPDX-License-Identifier: GPL-3.0-or-later
// JSON lines of events: any bytes are events, or lines left out and told.
#include <sstream>

#include "instrumentation/event/vocabulary.hpp"
#include "instrumentation/source/json_lines_source.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace awaitscope;
using namespace awaitscope::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(bytes), size);
    static_cast<void>(looks_like_json_lines(text));
    JsonLinesSource source(std::make_unique<std::istringstream>(text), "fuzzed");
    Symbols symbols;
    std::vector<Event> events;
    const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1;
    while (source.read(symbols, events, 16) == SourceState::more) expect(events.size() <= lines, "an event a line");
    expect_ascending(events);
    for (const Event& event : events) {
        expect(find_kind(event.kind()) != nullptr, "known kinds only");
        if (const Field* field = text_field(event.kind()))
            expect(get(event, field->slot) < symbols.string_count(), "texts are there");
    }
    expect(events.size() + source.unknown_events() <= lines, "an event a line");
    expect(source.note().size() < 1000, "a note is short");
    return 0;
}
