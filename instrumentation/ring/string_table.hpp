// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "instrumentation/ring/layout.hpp"
#include "instrumentation/ring/page_allocator.hpp"

namespace awaitscope::ring {

/// The bare name in what a compiler calls a function: "asyncio::Coroutine<int> app::fetch(int) [with T = int]" gives
/// "fetch", a lambda "<lambda>". A view into `signature`, or of a constant.
std::string_view bare_function_name(std::string_view signature) noexcept;

/// The process's end of the table of places: append-only, each line of source kept once. Whatever another program
/// writes into the bytes costs names, no more. Not thread-safe: the probe calls it under its lock.
class StringTable {
  public:
    /// The bytes at `base` are the session's from its beginning to rings_offset. Both must outlive the table.
    StringTable(char* base, const PageAllocator& pages);

    /// The place's id; 0 when the table, or the memory, is full.
    std::uint32_t add(std::string_view file, std::uint32_t line, std::string_view function);

  private:
    /// The string's offset; 0 when there is no room.
    std::uint32_t add_string(std::string_view text);
    /// Makes sure that pages are there up to `end`; they may reach `limit`.
    bool allocate(std::size_t end, std::size_t limit, std::size_t& allocated_end);
    std::string_view string_at(std::uint32_t offset) const;
    PlaceEntry* places() const;

    char* base_;
    const PageAllocator* pages_;
    std::size_t places_end_;  ///< pages are there up to these offsets of the file
    std::size_t strings_end_;
    std::vector<std::uint32_t> string_slots_;  ///< open hash tables; 0 is an empty slot
    std::vector<std::uint32_t> place_slots_;
    std::uint32_t strings_ = 0;
    std::uint32_t places_count_ = 1;
    std::uint32_t string_bytes_ = 2;  ///< offset 0: the empty string
};

}  // namespace awaitscope::ring
