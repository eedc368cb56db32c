// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <type_traits>

#include "instrumentation/event/event_kind.hpp"

namespace awaitscope {

/// A task, a future, a primitive, a handle or a job: one counter numbers them all within a process, so an id names
/// one thing in a recording. 40 bits; 0 is "none".
using Id = std::uint64_t;
inline constexpr Id id_max = (Id{1} << 40) - 1;

/// One thing that happened. The same 32 bytes stand in the ring, in a recording and in the viewer; two fields change
/// their meaning on the way (see instrumentation/source/event_source.hpp): `time`, and the references to strings.
///
///     head  kind:8 | loop:16 | task:40
///     time  in the ring: ticks of the probe's clock; everywhere else: nanoseconds since the recording's epoch
///     a     64 bits, by kind   (vocabulary.hpp says what each kind keeps where)
///     b, c  32 bits each, by kind
struct Event {
    std::uint64_t head = 0;
    std::uint64_t time = 0;
    std::uint64_t a = 0;
    std::uint32_t b = 0;
    std::uint32_t c = 0;

    static constexpr std::uint64_t pack(EventKind kind, std::uint16_t loop, Id task) {
        return static_cast<std::uint64_t>(kind) | std::uint64_t{loop} << 8 | task << 24;
    }
    constexpr EventKind kind() const { return static_cast<EventKind>(head & 0xff); }
    constexpr std::uint16_t loop() const { return static_cast<std::uint16_t>(head >> 8); }
    constexpr Id task() const { return head >> 24; }
    /// b and c as one number: b the low half.
    constexpr std::uint64_t bc() const { return std::uint64_t{b} | std::uint64_t{c} << 32; }
    constexpr void set_bc(std::uint64_t value) {
        b = static_cast<std::uint32_t>(value);
        c = static_cast<std::uint32_t>(value >> 32);
    }
    friend constexpr bool operator==(const Event&, const Event&) = default;
};
static_assert(sizeof(Event) == 32 && std::is_trivially_copyable_v<Event>);

/// Text of an event that is not known beforehand (an output, a peer's address) follows it in the ring in records of
/// this form; a reader that meets one without its event (it was lapped) skips it.
struct TextRecord {
    std::uint8_t kind = static_cast<std::uint8_t>(EventKind::text);
    std::uint8_t size = 0;  ///< bytes used of `bytes`, 1 to 30
    char bytes[30] = {};
    static constexpr unsigned capacity = 30;
};
static_assert(sizeof(TextRecord) == 32 && std::is_trivially_copyable_v<TextRecord>);

/// More text than this is cut, at a character's border, and ends in an ellipsis.
inline constexpr unsigned text_records_max = 64;
inline constexpr unsigned text_bytes_max = text_records_max * TextRecord::capacity;

}  // namespace awaitscope
