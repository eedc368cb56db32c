// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "instrumentation/event/event.hpp"
#include "instrumentation/source/symbols.hpp"

namespace awaitscope {

/// Gives events ids of other symbols, to which it adds what they lack; each string and place is looked up once. For the
/// thread that adds to `to`; both must outlive it.
class SymbolMover {
  public:
    SymbolMover(const Symbols& from, Symbols& to) : from_(&from), to_(&to) {}

    void move(Event& event);
    StringId string(StringId id);
    PlaceId place(PlaceId id);

    std::size_t memory_bytes() const { return (strings_.capacity() + places_.capacity()) * sizeof(std::uint32_t); }

  private:
    const Symbols* from_;
    Symbols* to_;
    // The new id behind each old one; 0: not looked up yet, or the empty one, which costs as little.
    std::vector<StringId> strings_;
    std::vector<PlaceId> places_;
};

}  // namespace awaitscope
