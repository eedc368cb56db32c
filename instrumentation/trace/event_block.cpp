// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/trace/event_block.hpp"

#include <algorithm>
#include <bit>

namespace awaitscope {
namespace {

static_assert(std::endian::native == std::endian::little, "the low bytes of a value come first");

template <class Narrow, class Get>
void write_column(std::byte* out, std::span<const Event> events, std::uint64_t least, Get get) {
    for (std::size_t i = 0; i < events.size(); ++i) {
        const auto difference = static_cast<Narrow>(get(events[i]) - least);
        std::memcpy(out + i * sizeof difference, &difference, sizeof difference);
    }
}

/// Calls with what reads each column from an event, in the order of the columns.
template <class Use>
void for_each_column(Use&& use) {
    use([](const Event& e) { return e.head & 0xff'ffff; });
    use([](const Event& e) { return e.head >> 24; });
    use([](const Event& e) { return e.time; });
    use([](const Event& e) { return e.a; });
    use([](const Event& e) { return std::uint64_t{e.b}; });
    use([](const Event& e) { return std::uint64_t{e.c}; });
}

}  // namespace

EventBlock::EventBlock(std::span<const Event> events) {
    std::size_t column = 0;
    std::uint32_t size = 0;
    for_each_column([&](auto get) {
        std::uint64_t least = ~std::uint64_t{0}, most = 0;
        for (const Event& event : events) {
            const std::uint64_t value = get(event);
            least = std::min(least, value);
            most = std::max(most, value);
        }
        const unsigned bits = events.empty() ? 0 : static_cast<unsigned>(std::bit_width(most - least));
        const std::uint32_t width = bits == 0 ? 0 : std::bit_ceil((bits + 7) / 8);
        const std::uint64_t mask = width == 8 ? ~std::uint64_t{0} : (std::uint64_t{1} << (8 * width)) - 1;
        columns_[column++] = {least, mask, size, width};
        size += width * static_cast<std::uint32_t>(events.size());
    });
    for (const Event& event : events) kinds_ |= bit_of(static_cast<unsigned>(event.kind()));
    bytes_ = size + sizeof(std::uint64_t);  // the last value, too, is read as eight bytes
    data_ = std::make_unique_for_overwrite<std::byte[]>(bytes_);
    std::memset(data_.get() + size, 0, sizeof(std::uint64_t));
    column = 0;
    for_each_column([&](auto get) {
        const Layout& layout = columns_[column++];
        std::byte* out = data_.get() + layout.begin;
        if (layout.width == 1) write_column<std::uint8_t>(out, events, layout.least, get);
        if (layout.width == 2) write_column<std::uint16_t>(out, events, layout.least, get);
        if (layout.width == 4) write_column<std::uint32_t>(out, events, layout.least, get);
        if (layout.width == 8) write_column<std::uint64_t>(out, events, layout.least, get);
    });
}

}  // namespace awaitscope
