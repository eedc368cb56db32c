// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/event_columns.hpp"

#include <algorithm>
#include <array>

#include "instrumentation/event/vocabulary.hpp"
#include "instrumentation/ring/ring_writer.hpp"
#include "instrumentation/source/utf8.hpp"

namespace awaitscope::recording {
namespace {

/// What a kind keeps in the slots that hold strings and places.
struct SymbolSlots {
    const Field* text = nullptr;
    const Field* place = nullptr;
    bool known = false;
    bool any() const { return text || place; }
};

const std::array<SymbolSlots, 256>& symbol_slots() {
    static const std::array<SymbolSlots, 256> slots = [] {
        std::array<SymbolSlots, 256> made;
        for (const KindInfo& info : vocabulary())
            made[static_cast<std::uint8_t>(info.kind)] = {text_field(info.kind), place_field(info.kind), true};
        return made;
    }();
    return slots;
}

/// The number an id has in this chunk; 0 where it has none yet, and then it is entered as used.
std::uint32_t& number_of(std::uint32_t id, std::vector<std::uint32_t>& numbers, std::vector<std::uint32_t>& used) {
    if (id >= numbers.size()) numbers.resize(std::max<std::size_t>(id + 1, numbers.size() * 2));
    if (numbers[id] == 0) used.push_back(id);
    return numbers[id];
}

void forget(std::vector<std::uint32_t>& numbers, std::vector<std::uint32_t>& used) {
    for (std::uint32_t id : used) numbers[id] = 0;
    used.clear();
}

}  // namespace

std::uint32_t ColumnWriter::local_string(StringId id, const Symbols& symbols) {
    if (id == 0) return 0;
    std::uint32_t& number = number_of(id, local_strings_, strings_used_);
    if (number == 0) {
        number = static_cast<std::uint32_t>(strings_used_.size());
        const std::string_view text = symbols.string(id);
        strings_.text(text.substr(0, ring::utf8_cut(text, string_bytes_max)));
    }
    return number;
}

std::uint32_t ColumnWriter::local_place(PlaceId id, const Symbols& symbols) {
    if (id == 0) return 0;
    std::uint32_t& number = number_of(id, local_places_, places_used_);
    if (number == 0) {
        number = static_cast<std::uint32_t>(places_used_.size());
        const Place place = symbols.place(id);
        places_.varint(local_string(place.file, symbols));
        places_.varint(local_string(place.function, symbols));
        places_.varint(place.line);
    }
    return number;
}

void ColumnWriter::add(const Event& given, const Symbols& symbols) {
    Event event = given;
    const auto kind = static_cast<std::uint8_t>(event.kind());
    if (const SymbolSlots& slots = symbol_slots()[kind]; slots.any()) {
        if (slots.text)
            set(event, slots.text->slot, local_string(static_cast<StringId>(get(event, slots.text->slot)), symbols));
        if (slots.place)
            set(event, slots.place->slot, local_place(static_cast<PlaceId>(get(event, slots.place->slot)), symbols));
    }
    Event& same = last_of_kind_[kind];
    kinds_.byte(kind);
    loops_.difference(event.loop(), before_.loop());
    times_.varint(event.time - before_.time);
    tasks_.difference(event.task(), before_.task());
    as_.difference(event.a, same.a);
    bs_.difference(event.b, same.b);
    cs_.difference(event.c, same.c);
    before_ = event;
    same = event;
    ++count_;
}

void ColumnWriter::finish(ByteWriter& raw, ChunkHeader& header, std::uint64_t base_time) {
    header.events = count_;
    header.strings = static_cast<std::uint32_t>(strings_used_.size());
    header.places = static_cast<std::uint32_t>(places_used_.size());
    raw.bytes(strings_.bytes());
    raw.bytes(places_.bytes());
    for (const ByteWriter* column : {&kinds_, &loops_, &times_, &tasks_, &as_, &bs_, &cs_}) raw.text(column->bytes());
    for (ByteWriter* column : {&strings_, &places_, &kinds_, &loops_, &times_, &tasks_, &as_, &bs_, &cs_})
        column->clear();
    forget_symbols();
    std::ranges::fill(last_of_kind_, Event{});
    before_ = {.time = base_time};
    count_ = 0;
}

void ColumnWriter::forget_symbols() {
    forget(local_strings_, strings_used_);
    forget(local_places_, places_used_);
}

namespace {

bool read_symbols(ByteReader& bytes, std::string_view raw, const ChunkHeader& header, ColumnBody& body) {
    // Each takes a byte at least: a count that is a lie ends here, before any memory is spent on it.
    if (header.strings > raw.size() || header.places > raw.size()) return false;
    body.strings.assign(1, {});
    body.places.assign(1, {});
    for (std::uint32_t i = 0; i < header.strings; ++i) {
        body.strings.push_back(bytes.text(string_bytes_max));
        if (bytes.failed()) return false;
    }
    for (std::uint32_t i = 0; i < header.places; ++i) {
        const std::uint64_t file = bytes.varint(), function = bytes.varint(), line = bytes.varint();
        if (bytes.failed() || file > header.strings || function > header.strings || line > 0xffffffffu) return false;
        body.places.push_back(
            {static_cast<std::uint32_t>(file), static_cast<std::uint32_t>(function), static_cast<std::uint32_t>(line)});
    }
    return true;
}

bool read_events(ByteReader& bytes, const ChunkHeader& header, std::uint64_t base_time, ColumnBody& body) {
    const auto column = [&] { return ByteReader{bytes.text(chunk_raw_bytes_max)}; };
    ByteReader kinds = column(), loops = column(), times = column(), tasks = column();
    ByteReader as = column(), bs = column(), cs = column();
    if (bytes.failed() || !bytes.at_end()) return false;

    const std::array<SymbolSlots, 256>& slots = symbol_slots();
    std::array<Event, 256> last_of_kind{};
    Event before{.time = base_time};
    body.events.reserve(header.events);
    for (std::uint32_t i = 0; i < header.events; ++i) {
        const std::uint8_t kind = kinds.byte();
        Event& same = last_of_kind[kind];
        Event event;
        const std::uint64_t loop = loops.difference(before.loop());
        const std::uint64_t task = tasks.difference(before.task());
        event.time = before.time + times.varint();
        event.a = as.difference(same.a);
        const std::uint64_t b = bs.difference(same.b), c = cs.difference(same.c);
        if (loop > 0xffff || task > id_max || b > 0xffffffffu || c > 0xffffffffu || event.time < before.time ||
            event.time > static_cast<std::uint64_t>(header.last_time))
            return false;
        event.head = Event::pack(static_cast<EventKind>(kind), static_cast<std::uint16_t>(loop), task);
        event.b = static_cast<std::uint32_t>(b);
        event.c = static_cast<std::uint32_t>(c);
        before = event;
        same = event;
        const SymbolSlots& slot = slots[kind];
        if (!slot.known) {
            ++body.unknown;
            continue;
        }
        if (slot.text && get(event, slot.text->slot) > header.strings) return false;
        if (slot.place && get(event, slot.place->slot) > header.places) return false;
        body.events.push_back(event);
    }
    for (const ByteReader* one : {&kinds, &loops, &times, &tasks, &as, &bs, &cs})
        if (one->failed() || !one->at_end()) return false;
    return true;
}

}  // namespace

bool read_columns(std::string_view raw, const ChunkHeader& header, std::uint64_t base_time, ColumnBody& body) {
    body = {};
    ByteReader bytes{raw};
    if (header.events <= raw.size() && read_symbols(bytes, raw, header, body) &&
        read_events(bytes, header, base_time, body))
        return true;
    body = {};
    return false;
}

void SymbolTranslator::begin(const ColumnBody& body) {
    strings_.assign(body.strings.size(), unasked);
    places_.assign(body.places.size(), unasked);
}

StringId SymbolTranslator::string(std::uint64_t number, const ColumnBody& body, Symbols& symbols) {
    StringId& id = strings_[number];
    if (id == unasked) id = symbols.add_string(valid_utf8(body.strings[number]));
    return id;
}

PlaceId SymbolTranslator::place(std::uint64_t number, const ColumnBody& body, Symbols& symbols) {
    PlaceId& id = places_[number];
    if (id == unasked) {
        const ColumnBody::ChunkPlace& place = body.places[number];
        id = symbols.add_place(symbols.string(string(place.file, body, symbols)),
                               symbols.string(string(place.function, body, symbols)), place.line);
    }
    return id;
}

void SymbolTranslator::translate(std::span<Event> events, const ColumnBody& body, Symbols& symbols) {
    const std::array<SymbolSlots, 256>& slots = symbol_slots();
    for (Event& event : events) {
        const SymbolSlots& slot = slots[static_cast<std::uint8_t>(event.kind())];
        if (slot.text) set(event, slot.text->slot, string(get(event, slot.text->slot), body, symbols));
        if (slot.place) set(event, slot.place->slot, place(get(event, slot.place->slot), body, symbols));
    }
}

}  // namespace awaitscope::recording
