// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "instrumentation/event/event.hpp"
#include "instrumentation/source/recording_bytes.hpp"
#include "instrumentation/source/recording_format.hpp"
#include "instrumentation/source/symbols.hpp"

/// The body of a chunk of events:
///
///     strings    bytes: varint, text                          numbered from 1
///     places     file: varint  function: varint  line: varint   numbered from 1; file and function are strings'
///     numbers columns    size in bytes: varint, then for each event
///       kind     u8
///       loop     zigzag difference from the event before
///       time     difference from the event before; the first's from the chunk's base time
///       task     zigzag difference from the event before
///       a, b, c  zigzag difference from the last event of its kind in the chunk
namespace awaitscope::recording {

/// A chunk's events on their way into it.
class ColumnWriter {
  public:
    /// Precondition: !full(), and the time is not below that of the event before, nor below base_time.
    void add(const Event& event, const Symbols& symbols);

    std::uint32_t events() const { return count_; }
    /// Nothing more may be added: write it out.
    bool full() const { return count_ == chunk_events_max || symbol_bytes() >= chunk_symbol_bytes_max; }

    /// Appends the body to `raw`, counts events, strings and places in the header, and begins anew from `base_time`.
    void finish(ByteWriter& raw, ChunkHeader& header, std::uint64_t base_time);
    /// For an empty one.
    void set_base_time(std::uint64_t base_time) { before_.time = base_time; }
    std::uint64_t last_time() const { return before_.time; }

    /// Ids of other Symbols come from now on.
    void forget_symbols();

  private:
    std::size_t symbol_bytes() const { return strings_.bytes().size() + places_.bytes().size(); }
    std::uint32_t local_string(StringId id, const Symbols& symbols);
    std::uint32_t local_place(PlaceId id, const Symbols& symbols);

    std::uint32_t count_ = 0;
    Event before_;
    std::vector<Event> last_of_kind_ = std::vector<Event>(256);
    ByteWriter strings_, places_, kinds_, loops_, times_, tasks_, as_, bs_, cs_;
    /// The chunk's own numbers by id, 0 for what is not in it, and which ids are.
    std::vector<std::uint32_t> local_strings_, local_places_;
    std::vector<std::uint32_t> strings_used_, places_used_;
};

/// A chunk's events, unpacked. Their texts and places are the chunk's own numbers, all of them good.
struct ColumnBody {
    struct ChunkPlace {
        std::uint32_t file = 0, function = 0, line = 0;
    };
    std::vector<std::string_view> strings;  ///< [0] is none; they point into the raw bytes
    std::vector<ChunkPlace> places;         ///< [0] is none
    std::vector<Event> events;              ///< of kinds this build knows
    std::uint64_t unknown = 0;              ///< events of other kinds
};

/// False when it is damaged: then the body is empty.
bool read_columns(std::string_view raw, const ChunkHeader& header, std::uint64_t base_time, ColumnBody& body);

/// Puts ids of Symbols in place of a chunk's own numbers.
class SymbolTranslator {
  public:
    /// For another chunk, or other symbols.
    void begin(const ColumnBody& body);
    /// `events` are the body's.
    void translate(std::span<Event> events, const ColumnBody& body, Symbols& symbols);

  private:
    StringId string(std::uint64_t number, const ColumnBody& body, Symbols& symbols);
    PlaceId place(std::uint64_t number, const ColumnBody& body, Symbols& symbols);
    static constexpr std::uint32_t unasked = ~std::uint32_t{0};
    std::vector<StringId> strings_;
    std::vector<PlaceId> places_;
};

}  // namespace awaitscope::recording
