// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/symbols.hpp"

#include <array>
#include <atomic>
#include <bit>
#include <cstring>
#include <unordered_map>
#include <vector>

#include "instrumentation/source/definition_line.hpp"

namespace awaitscope {
namespace {

/// An append-only list whose elements never move: blocks that double, so that a reader needs the block's pointer and
/// nothing else. One thread appends; an index below size() may be read by any.
template <class T>
class StableList {
  public:
    ~StableList() {
        for (auto& block : blocks_) delete[] block.load(std::memory_order_relaxed);
    }

    std::uint32_t size() const { return size_.load(std::memory_order_acquire); }

    void push(T value) {
        const std::uint32_t index = size_.load(std::memory_order_relaxed);
        const Position at = position(index);
        T* block = blocks_[at.block].load(std::memory_order_relaxed);
        if (!block) {
            block = new T[std::size_t{first_block} << at.block];
            blocks_[at.block].store(block, std::memory_order_release);
        }
        block[at.offset] = value;
        size_.store(index + 1, std::memory_order_release);
    }

    /// Precondition: index < size().
    T operator[](std::uint32_t index) const {
        const Position at = position(index);
        return blocks_[at.block].load(std::memory_order_acquire)[at.offset];
    }

  private:
    static constexpr std::uint32_t first_block = 256;
    struct Position {
        unsigned block;
        std::uint32_t offset;
    };
    static Position position(std::uint32_t index) {
        const std::uint64_t from_one = std::uint64_t{index} + first_block;
        const auto block = static_cast<unsigned>(std::bit_width(from_one / first_block)) - 1;
        return {block, static_cast<std::uint32_t>(from_one - (std::uint64_t{first_block} << block))};
    }

    std::array<std::atomic<T*>, 25> blocks_{};
    std::atomic<std::uint32_t> size_{0};
};

/// Bytes that never move.
class StringArena {
  public:
    std::size_t bytes() const { return bytes_; }
    std::string_view keep(std::string_view text) {
        bytes_ += text.size();
        constexpr std::size_t block_bytes = 64 << 10;
        if (text.size() > block_bytes / 4) return keep_in(blocks_.emplace_back(new char[text.size()]).get(), text);
        if (text.size() > left_) {
            at_ = blocks_.emplace_back(new char[block_bytes]).get();
            left_ = block_bytes;
        }
        char* to = at_;
        at_ += text.size();
        left_ -= text.size();
        return keep_in(to, text);
    }

  private:
    static std::string_view keep_in(char* to, std::string_view text) {
        if (!text.empty()) std::memcpy(to, text.data(), text.size());
        return {to, text.size()};
    }
    std::vector<std::unique_ptr<char[]>> blocks_;
    char* at_ = nullptr;
    std::size_t left_ = 0;
    std::size_t bytes_ = 0;
};

struct PlaceHash {
    std::size_t operator()(const Place& place) const {
        const std::uint64_t mixed = (std::uint64_t{place.file} << 32 | place.line) * 0x9e3779b97f4a7c15u;
        return mixed ^ (mixed >> 31) ^ place.function * 0xff51afd7ed558ccdu;
    }
};

}  // namespace

struct Symbols::Tables {
    // The adding thread's own.
    StringArena arena;
    std::unordered_map<std::string_view, StringId> string_ids;
    std::unordered_map<Place, PlaceId, PlaceHash> place_ids;
    // Read by any thread.
    StableList<std::string_view> strings;
    StableList<Place> places;
};

Symbols::Symbols() : tables_(std::make_unique<Tables>()) {
    tables_->strings.push({});
    tables_->string_ids.emplace(std::string_view{}, 0);
    tables_->places.push({});
    tables_->place_ids.emplace(Place{}, 0);
}

Symbols::~Symbols() = default;

StringId Symbols::add_string(std::string_view text) {
    if (const auto found = tables_->string_ids.find(text); found != tables_->string_ids.end()) return found->second;
    const StringId id = tables_->strings.size();
    const std::string_view kept = tables_->arena.keep(text);
    tables_->strings.push(kept);
    tables_->string_ids.emplace(kept, id);
    return id;
}

PlaceId Symbols::add_place(std::string_view file, std::string_view function, std::uint32_t line) {
    const Place told{add_string(file), add_string(function), line};
    if (const auto known = tables_->place_ids.find(told); known != tables_->place_ids.end()) return known->second;
    const Place place{told.file, told.function, line_to_show(file, function, line)};
    const auto [found, added] = tables_->place_ids.try_emplace(place, tables_->places.size());
    const PlaceId id = found->second;
    if (added) tables_->places.push(place);
    tables_->place_ids.try_emplace(told, id);
    return id;
}

std::string_view Symbols::string(StringId id) const {
    return id < tables_->strings.size() ? tables_->strings[id] : std::string_view{};
}

Place Symbols::place(PlaceId id) const {
    return id < tables_->places.size() ? tables_->places[id] : Place{};
}

std::uint32_t Symbols::string_count() const {
    return tables_->strings.size();
}
std::uint32_t Symbols::place_count() const {
    return tables_->places.size();
}
std::size_t Symbols::memory_bytes() const {
    constexpr std::size_t entry_bytes = 64;  // of a table and a list
    return tables_->arena.bytes() + entry_bytes * (string_count() + place_count());
}

}  // namespace awaitscope
