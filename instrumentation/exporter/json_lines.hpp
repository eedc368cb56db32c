// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "instrumentation/event/event.hpp"
#include "instrumentation/source/symbols.hpp"

namespace awaitscope {

/// Appends an event as one JSON object and a newline: "t" in seconds with nine decimals, then "loop", "event", "task"
/// and the kind's fields as the vocabulary has them. Ids that are 0, empty strings and unknown places are left out.
/// Of an event unknown to the vocabulary, nothing is appended.
void append_json_line(std::string& out, const Symbols& symbols, const Event& event);

/// JSON, which lets some characters stand that a terminal obeys (DEL and C1), with these escaped. They stand in strings
/// only.
std::string harmless_json(std::string json);

/// Appends a string in quotes, escaped for JSON, and for terminals; bytes that are not UTF-8 become U+FFFD.
void append_json_string(std::string& out, std::string_view text);

}  // namespace awaitscope
