// SPDX-License-Identifier: GPL-3.0-or-later
// Other programs' traces in Chrome's JSON: any bytes are slices, or left out and told.
#include <sstream>

#include "instrumentation/event/vocabulary.hpp"
#include "instrumentation/source/trace_json_source.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace awaitscope;
using namespace awaitscope::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(bytes), size);
    static_cast<void>(looks_like_trace_json(text));
    TraceJsonSource source(std::make_unique<std::istringstream>(text), "fuzzed");
    Symbols symbols;
    std::vector<Event> events;
    while (source.read(symbols, events, 100) == SourceState::more) {
    }
    // A slice takes more than twenty characters, and makes six events at most.
    expect(events.size() <= size, "no more events than the text has room for");
    expect_ascending(events);
    for (const Event& event : events) {
        expect(find_kind(event.kind()) != nullptr, "known kinds only");
        if (const Field* field = text_field(event.kind()))
            expect(get(event, field->slot) < symbols.string_count(), "texts are there");
        if (const Field* field = place_field(event.kind()))
            expect(get(event, field->slot) < symbols.place_count(), "places are there");
    }
    expect(source.note().size() < 1000, "a note is short");
    return 0;
}
