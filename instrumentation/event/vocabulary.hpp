// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "instrumentation/event/event.hpp"

namespace awaitscope {

/// Where in an Event a field is kept.
enum class Slot : std::uint8_t { a, b, c, bc };

/// What a field means, and so how it is written as text or JSON.
enum class FieldType : std::uint8_t {
    count,         ///< a number
    signed_count,  ///< a 32-bit number that may be negative
    id,            ///< a task or another object; left out of JSON when 0
    task_name,   ///< slot b. In the ring: N of a task named "Task-N", or 0 and the name follows as text. Else: a string
    text,        ///< slot b. In the ring: follows as text. Else: a string
    place,       ///< in JSON `file` and `line`
    definition,  ///< a place whose function is the coroutine: in JSON `coro`, `file` and `line`
    duration,    ///< nanoseconds; seconds in JSON
    timeout,     ///< microseconds, 32 bits; all ones: without end, null in JSON. Seconds in JSON
    moment,  ///< like Event::time: in the ring the loop's clock in nanoseconds, else since the epoch; seconds in JSON
    wait_kind,
    end_state,
    sync_kind,
    io_direction,
    warning_kind,
};

struct Field {
    std::string_view name;
    Slot slot;
    FieldType type;
    std::string_view what;  ///< one clause for the documentation
};

struct KindInfo {
    EventKind kind;
    std::string_view name;
    std::string_view what;  ///< one sentence for the documentation
    std::span<const Field> fields;
};

/// The whole vocabulary, one row a kind that may stand in a recording (so without none and text), in numeric order.
std::span<const KindInfo> vocabulary();

/// The row of a kind, or nullptr when it is not known (a newer writer's).
const KindInfo* find_kind(EventKind kind);
const KindInfo* find_kind(std::string_view name);

/// The fields of a kind that do not hold what they mean, but refer to it: at most one of each, or nullptr.
struct ReferringFields {
    bool known = false;             ///< the kind is in the vocabulary
    const Field* text = nullptr;    ///< FieldType::text or task_name
    const Field* place = nullptr;   ///< FieldType::place or definition
    const Field* moment = nullptr;  ///< FieldType::moment
};
/// Asked for every event that is read: an index into a table.
const ReferringFields& referring_fields(EventKind kind);

/// The field of a kind which holds a string (FieldType::text or task_name), or nullptr: at most one a kind.
const Field* text_field(EventKind kind);
/// The field of a kind which holds a place (FieldType::place or definition), or nullptr: at most one a kind.
const Field* place_field(EventKind kind);

std::uint64_t get(const Event& event, Slot slot);
void set(Event& event, Slot slot, std::uint64_t value);

/// The words of the enumerations; an unknown value gives "?".
std::string_view to_string(WaitKind kind);
std::string_view to_string(EndState state);
std::string_view to_string(SyncKind kind);
std::string_view to_string(IoDirection direction);
std::string_view to_string(WarningKind kind);
/// The word for an enumerated field's value, by the field's type; empty for the types that are no enumeration.
std::string_view enum_word(FieldType type, std::uint64_t value);
/// The value behind a word, or nothing.
std::optional<std::uint64_t> enum_value(FieldType type, std::string_view word);

}  // namespace awaitscope
