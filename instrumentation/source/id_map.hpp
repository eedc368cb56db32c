// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "instrumentation/event/event.hpp"

namespace awaitscope {

/// Id -> 32-bit number: open addressing, 16 bytes a slot, no allocation an entry. Hashes with a seed of its own, since
/// the ids come from a stranger. Id 0 is never in it.
class IdMap {
  public:
    static constexpr std::uint32_t none = ~std::uint32_t{0};

    IdMap();

    /// The number behind an id, or none.
    std::uint32_t find(Id id) const {
        if (count_ == 0 || id == 0) return none;
        for (std::size_t slot = slot_of(id);; slot = (slot + 1) & mask_) {
            if (slots_[slot].key == id) return slots_[slot].value;
            if (slots_[slot].key == 0) return none;
        }
    }
    /// Fetches into the cache what find(id) will look at.
    void prefetch(Id id) const {
        if (count_ > 0) __builtin_prefetch(&slots_[slot_of(id)]);
    }
    /// Precondition: id is not 0.
    void put(Id id, std::uint32_t value);
    void erase(Id id);
    std::size_t size() const { return count_; }
    std::size_t memory_bytes() const { return slots_.size() * sizeof(Slot); }

  private:
    struct Slot {
        Id key = 0;
        std::uint32_t value = none;
    };

    std::size_t slot_of(Id id) const {
        std::uint64_t x = (id ^ seed_) * 0x9e3779b97f4a7c15u;
        x = (x ^ (x >> 32)) * 0xd6e8feb86659fd93u;
        return static_cast<std::size_t>(x >> 32) & mask_;
    }
    void grow();

    std::vector<Slot> slots_;
    std::size_t mask_ = 0;
    std::size_t count_ = 0;
    std::uint64_t seed_;
};

}  // namespace awaitscope
