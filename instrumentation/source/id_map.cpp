// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/id_map.hpp"

#include <random>

namespace awaitscope {
namespace {

std::uint64_t process_seed() {
    static const std::uint64_t seed = [] {
        std::random_device device;
        return std::uint64_t{device()} << 32 | device();
    }();
    return seed;
}

}  // namespace

IdMap::IdMap() : seed_(process_seed()) {}

void IdMap::put(Id id, std::uint32_t value) {
    if ((count_ + 1) * 3 > slots_.size() * 2) grow();
    std::size_t slot = slot_of(id);
    while (slots_[slot].key != 0 && slots_[slot].key != id) slot = (slot + 1) & mask_;
    if (slots_[slot].key == 0) ++count_;
    slots_[slot] = {id, value};
}

void IdMap::erase(Id id) {
    if (count_ == 0 || id == 0) return;
    std::size_t slot = slot_of(id);
    while (slots_[slot].key != id) {
        if (slots_[slot].key == 0) return;
        slot = (slot + 1) & mask_;
    }
    // What was pushed past the hole moves back into it, so that a search never stops short.
    std::size_t hole = slot;
    for (std::size_t next = (hole + 1) & mask_; slots_[next].key != 0; next = (next + 1) & mask_) {
        if (((next - slot_of(slots_[next].key)) & mask_) < ((next - hole) & mask_)) continue;
        slots_[hole] = slots_[next];
        hole = next;
    }
    slots_[hole].key = 0;
    --count_;
}

void IdMap::grow() {
    std::vector<Slot> slots(slots_.empty() ? 16 : slots_.size() * 2);
    slots.swap(slots_);
    mask_ = slots_.size() - 1;
    count_ = 0;
    for (const Slot& slot : slots)
        if (slot.key != 0) put(slot.key, slot.value);
}

}  // namespace awaitscope
