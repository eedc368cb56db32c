// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/trace/id_map.hpp"

#include <random>
#include <utility>

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
    if ((count_ + 1) * 3 > keys_.size() * 2) grow();
    std::size_t slot = slot_of(id);
    while (keys_[slot] != 0 && keys_[slot] != id) slot = (slot + 1) & mask_;
    if (keys_[slot] == 0) ++count_;
    keys_[slot] = id;
    values_[slot] = value;
}

void IdMap::erase(Id id) {
    if (count_ == 0 || id == 0) return;
    std::size_t slot = slot_of(id);
    while (keys_[slot] != id) {
        if (keys_[slot] == 0) return;
        slot = (slot + 1) & mask_;
    }
    // What was pushed past the hole moves back into it, so that a search never stops short.
    std::size_t hole = slot;
    for (std::size_t next = (hole + 1) & mask_; keys_[next] != 0; next = (next + 1) & mask_) {
        if (((next - slot_of(keys_[next])) & mask_) < ((next - hole) & mask_)) continue;
        keys_[hole] = keys_[next];
        values_[hole] = values_[next];
        hole = next;
    }
    keys_[hole] = 0;
    --count_;
}

void IdMap::grow() {
    const std::size_t capacity = keys_.empty() ? 16 : keys_.size() * 2;
    std::vector<Id> keys(capacity, 0);
    std::vector<std::uint32_t> values(capacity, none);
    keys.swap(keys_);
    values.swap(values_);
    mask_ = capacity - 1;
    count_ = 0;
    for (std::size_t i = 0; i < keys.size(); ++i)
        if (keys[i] != 0) put(keys[i], values[i]);
}

}  // namespace awaitscope
