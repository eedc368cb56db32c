// SPDX-License-Identifier: MIT
#include "instrumentation/ring/string_table.hpp"

#include <algorithm>
#include <cstring>
#include <functional>

#include "instrumentation/ring/ring_writer.hpp"

namespace awaitscope::ring {
namespace {

constexpr std::size_t allocation_step = 64 << 10;
constexpr std::size_t string_length_max = 4096;
/// Twice what fits, so that a chain is short; 512 KiB, touched only where used.
constexpr std::size_t place_slot_count = 2 * place_entries_max;
constexpr std::size_t string_slot_count = place_slot_count;

std::size_t mix(std::size_t hash, std::size_t value) {
    return (hash ^ value) * 0x9e3779b97f4a7c15u ^ (hash >> 29);
}

bool is_name(char one) {
    return (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z') || (one >= '0' && one <= '9') || one == '_' ||
           one == '$' || static_cast<unsigned char>(one) >= 0x80;
}

/// What of a signature stands outside of all brackets.
struct Outline {
    std::size_t parameters = std::string_view::npos;  ///< where the last list that follows a name begins
    std::size_t end = std::string_view::npos;         ///< where "[with T = int]" begins
    bool lambda = false;
};

Outline outline(std::string_view signature) {
    Outline found;
    int depth = 0;
    for (std::size_t i = 0; i < signature.size(); ++i) {
        const char one = signature[i];
        if (depth == 0) {
            const std::string_view rest = signature.substr(i);
            if (rest.starts_with(" [")) {
                found.end = i;
                break;
            }
            if (rest.starts_with("<lambda") || rest.starts_with("operator()")) found.lambda = true;
            const char before = i > 0 ? signature[i - 1] : ' ';
            if (one == '(' && (is_name(before) || before == '>' || before == ']')) found.parameters = i;
        }
        if (one == '(' || one == '<' || one == '{') ++depth;
        if ((one == ')' || one == '>' || one == '}') && depth > 0) --depth;
    }
    return found;
}

/// Without the template arguments at its end: "make<int>".
std::string_view without_arguments(std::string_view name) {
    int depth = 0;
    for (std::size_t i = name.size(); i > 0; --i) {
        if (name[i - 1] == '>') ++depth;
        if (depth == 0) return name.substr(0, i);
        if (name[i - 1] == '<') --depth;
    }
    return name;
}

}  // namespace

std::string_view bare_function_name(std::string_view signature) noexcept {
    const Outline found = outline(signature);
    if (found.lambda) return "<lambda>";
    const std::string_view name = without_arguments(signature.substr(0, std::min(found.parameters, found.end)));
    if (const std::size_t at = name.rfind("operator"); at != std::string_view::npos && name.ends_with(']'))
        return name.substr(at);
    std::size_t begin = name.size();
    while (begin > 0 && is_name(name[begin - 1])) --begin;
    if (begin > 0 && name[begin - 1] == '~') --begin;
    return begin == name.size() ? signature : name.substr(begin);
}

StringTable::StringTable(char* base, const PageAllocator& pages)
    : base_(base),
      pages_(&pages),
      places_end_(places_offset),
      strings_end_(strings_offset),
      string_slots_(string_slot_count),
      place_slots_(place_slot_count) {
    auto& header = *reinterpret_cast<SessionHeader*>(base_);
    header.place_count.store(1, std::memory_order_release);
    header.string_bytes.store(string_bytes_, std::memory_order_release);
}

std::uint32_t StringTable::add(std::string_view file, std::uint32_t line, std::string_view function) {
    file = file.substr(0, utf8_cut(file, string_length_max));
    function = bare_function_name(function);
    function = function.substr(0, utf8_cut(function, string_length_max));
    const std::hash<std::string_view> hash;
    std::size_t slot = mix(mix(hash(file), hash(function)), line) % place_slot_count;
    for (; place_slots_[slot] != 0; slot = (slot + 1) % place_slot_count) {
        const PlaceEntry& entry = places()[place_slots_[slot]];
        if (entry.line == line && string_at(entry.file) == file && string_at(entry.function) == function)
            return place_slots_[slot];
    }
    const std::uint32_t id = places_count_;
    if (id >= place_entries_max) return 0;
    const std::uint32_t file_at = add_string(file);
    const std::uint32_t function_at = add_string(function);
    if ((file_at == 0 && !file.empty()) || (function_at == 0 && !function.empty())) return 0;
    if (!allocate(places_offset + (id + 1) * sizeof(PlaceEntry), strings_offset, places_end_)) return 0;
    places()[id] = {file_at, function_at, line};
    reinterpret_cast<SessionHeader*>(base_)->place_count.store(id + 1, std::memory_order_release);
    place_slots_[slot] = id;
    ++places_count_;
    return id;
}

std::uint32_t StringTable::add_string(std::string_view text) {
    if (text.empty()) return 0;
    std::size_t slot = std::hash<std::string_view>{}(text) % string_slot_count;
    for (; string_slots_[slot] != 0; slot = (slot + 1) % string_slot_count)
        if (string_at(string_slots_[slot]) == text) return string_slots_[slot];
    const std::uint32_t offset = string_bytes_;
    const std::size_t end = offset + 2 + text.size();
    if (end > string_bytes_max || strings_ + 1 >= string_slot_count / 2) return 0;
    if (!allocate(strings_offset + end, rings_offset, strings_end_)) return 0;
    char* at = base_ + strings_offset + offset;
    const auto size = static_cast<std::uint16_t>(text.size());
    std::memcpy(at, &size, sizeof size);
    std::memcpy(at + sizeof size, text.data(), text.size());
    string_bytes_ = static_cast<std::uint32_t>(end);
    reinterpret_cast<SessionHeader*>(base_)->string_bytes.store(string_bytes_, std::memory_order_release);
    string_slots_[slot] = offset;
    ++strings_;
    return offset;
}

bool StringTable::allocate(std::size_t end, std::size_t limit, std::size_t& allocated_end) {
    if (end <= allocated_end) return true;
    const std::size_t target = std::min(limit, (end + allocation_step - 1) / allocation_step * allocation_step);
    if (pages_->allocate(allocated_end, target - allocated_end) != 0) return false;
    allocated_end = target;
    return true;
}

std::string_view StringTable::string_at(std::uint32_t offset) const {
    const char* at = base_ + strings_offset + offset;
    std::uint16_t size = 0;
    if (offset == 0 || offset > string_bytes_ - sizeof size) return {};
    std::memcpy(&size, at, sizeof size);
    return {at + sizeof size, std::min<std::size_t>(size, string_bytes_ - offset - sizeof size)};
}

PlaceEntry* StringTable::places() const {
    return reinterpret_cast<PlaceEntry*>(base_ + places_offset);
}

}  // namespace awaitscope::ring
