// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>

#include "instrumentation/event/event.hpp"

namespace awaitscope {

/// A run of events that will not change, as columns: of each column the least value, and how far each event's is above
/// it in as many bytes (0, 1, 2, 4 or 8) as the greatest difference asks for. Half the room of the events themselves,
/// and any field of any event is one addition away (frame of reference: Goldstein, Ramakrishnan, Shaft 1998).
class EventBlock {
  public:
    EventBlock() = default;
    explicit EventBlock(std::span<const Event> events);

    /// Precondition: i < the number of events it was made of.
    Event operator[](std::size_t i) const {
        Event event;
        event.head = value(kind_and_loop, i) | value(task, i) << 24;
        event.time = value(time_, i);
        event.a = value(a, i);
        event.b = static_cast<std::uint32_t>(value(b, i));
        event.c = static_cast<std::uint32_t>(value(c, i));
        return event;
    }
    std::uint64_t time(std::size_t i) const { return value(time_, i); }
    EventKind kind(std::size_t i) const { return static_cast<EventKind>(value(kind_and_loop, i) & 0xff); }
    std::size_t memory_bytes() const { return bytes_; }

    /// Kinds as bits, of which several kinds may share one: whether the block may hold an event of any of them.
    static constexpr std::uint64_t bit_of(unsigned kind) { return std::uint64_t{1} << (kind & 63); }
    bool may_hold(std::uint64_t kinds) const { return (kinds_ & kinds) != 0; }

  private:
    enum Column : unsigned { kind_and_loop, task, time_, a, b, c, column_count };
    struct Layout {
        std::uint64_t least = 0;
        std::uint64_t mask = 0;  ///< of the bytes that belong to a value
        std::uint32_t begin = 0;
        std::uint32_t width = 0;  ///< bytes a value
    };

    std::uint64_t value(Column column, std::size_t i) const {
        const Layout& layout = columns_[column];
        std::uint64_t difference;  // always eight bytes, of which those of the next values are cut off: no branch
        std::memcpy(&difference, data_.get() + layout.begin + i * layout.width, sizeof difference);
        return layout.least + (difference & layout.mask);
    }

    std::array<Layout, column_count> columns_{};
    std::unique_ptr<std::byte[]> data_;
    std::uint64_t kinds_ = 0;  ///< bit_of() each event's kind
    std::uint32_t bytes_ = 0;
};

}  // namespace awaitscope
