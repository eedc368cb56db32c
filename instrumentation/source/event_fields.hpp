// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "instrumentation/event/event.hpp"
#include "instrumentation/source/symbols.hpp"

namespace awaitscope {

/// An event as names and values, the way JSON lines and other texts have it. Numbers stay as they were written, since
/// a double does not hold every time.
struct NamedValue {
    enum class Type { text, number, null };
    std::string name;
    std::string value;
    Type type = Type::text;
};

/// A decimal number of seconds as nanoseconds, exact to the digit; nothing when it is none, or too large.
/// An exponent is taken too ("1e-3"), as other programs write it.
std::optional<std::int64_t> parse_seconds(std::string_view text);

enum class DecodeResult { event, unknown_kind, broken };

/// Makes an event of "t", "event", "loop", "task" and the kind's own fields, by the vocabulary. Fields that are not
/// the kind's are passed over, missing ones are 0, words unknown to an enumeration read back as "?". On `broken`,
/// `error` says in a clause what is wrong.
DecodeResult decode_event(const std::vector<NamedValue>& values, Symbols& symbols, Event& event, std::string& error);

}  // namespace awaitscope
