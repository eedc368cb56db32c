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

/// One field of a run of events, however they are kept.
class EventColumn {
  public:
    /// Values of `mask`'s bits above `least`, each in the eight bytes at `data` + i * `stride`, from bit `shift` on.
    EventColumn(std::uint64_t least, std::uint64_t mask, const void* data, std::size_t stride, unsigned shift = 0)
        : least_(least), mask_(mask), data_(static_cast<const std::byte*>(data)), stride_(stride), shift_(shift) {}

    std::uint64_t operator[](std::size_t i) const {
        std::uint64_t difference;  // always eight bytes, of which those of the next values are cut off: no branch
        std::memcpy(&difference, data_ + i * stride_, sizeof difference);
        return least_ + (difference >> shift_ & mask_);
    }
    /// No value lies outside of these.
    std::uint64_t least() const { return least_; }
    std::uint64_t most() const { return mask_ > ~std::uint64_t{0} - least_ ? ~std::uint64_t{0} : least_ + mask_; }

  private:
    std::uint64_t least_, mask_;
    const std::byte* data_;
    std::size_t stride_;
    unsigned shift_;
};

/// A run of events as columns, for those who look at very many.
struct EventColumns {
    EventColumn kind_and_loop, task, a, b, c;
    std::uint64_t kinds;  ///< EventBlock::bit_of() each event's kind, and perhaps more

    /// Of events that stand one after the other, as they came.
    static EventColumns of(const Event* events) {
        constexpr std::uint64_t all = ~std::uint64_t{0};
        constexpr std::size_t stride = sizeof(Event);
        return {EventColumn(0, 0xff'ffff, events, stride),   EventColumn(0, all, events, stride, 24),
                EventColumn(0, all, &events->a, stride),     EventColumn(0, 0xffff'ffff, &events->b, stride),
                EventColumn(0, all, &events->b, stride, 32), all};
    }
    static EventKind kind_of(std::uint64_t kind_and_loop) { return static_cast<EventKind>(kind_and_loop & 0xff); }
};

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
    /// They hold as long as the block.
    EventColumns columns() const {
        return {column(kind_and_loop), column(task), column(a), column(b), column(c), kinds_};
    }

    /// Kinds as bits, of which several kinds may share one: whether the block may hold an event of any of them.
    static constexpr std::uint64_t bit_of(unsigned kind) { return std::uint64_t{1} << (kind & 63); }

  private:
    enum ColumnNumber : unsigned { kind_and_loop, task, time_, a, b, c, column_count };
    struct Layout {
        std::uint64_t least = 0;
        std::uint64_t mask = 0;  ///< of the bytes that belong to a value
        std::uint32_t begin = 0;
        std::uint32_t width = 0;  ///< bytes a value
    };

    EventColumn column(ColumnNumber number) const {
        const Layout& layout = columns_[number];
        return {layout.least, layout.mask, data_.get() + layout.begin, layout.width};
    }
    std::uint64_t value(ColumnNumber number, std::size_t i) const { return column(number)[i]; }

    std::array<Layout, column_count> columns_{};
    std::unique_ptr<std::byte[]> data_;
    std::uint64_t kinds_ = 0;  ///< bit_of() each event's kind
    std::uint32_t bytes_ = 0;
};

}  // namespace awaitscope
