// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace awaitscope {

/// Indexes into Symbols; 0 is "none" and the empty string.
using StringId = std::uint32_t;
using PlaceId = std::uint32_t;

/// A line of source. `function` is the coroutine's bare name.
struct Place {
    StringId file = 0;
    StringId function = 0;
    std::uint32_t line = 0;
    friend bool operator==(const Place&, const Place&) = default;
};

/// The strings and places of one trace: append-only, each kept once.
/// One thread (the source's) adds; any thread may look up an id it was given, without a lock, while that goes on.
/// The views stay valid as long as the Symbols live.
class Symbols {
  public:
    Symbols();
    ~Symbols();
    Symbols(const Symbols&) = delete;
    Symbols& operator=(const Symbols&) = delete;

    StringId add_string(std::string_view text);
    PlaceId add_place(std::string_view file, std::string_view function, std::uint32_t line);

    /// An id that was never given out yields the empty string, or the empty place.
    std::string_view string(StringId id) const;
    Place place(PlaceId id) const;

    std::uint32_t string_count() const;
    std::uint32_t place_count() const;
    /// About what they take. For the adding thread.
    std::size_t memory_bytes() const;

  private:
    struct Tables;
    std::unique_ptr<Tables> tables_;
};

}  // namespace awaitscope
