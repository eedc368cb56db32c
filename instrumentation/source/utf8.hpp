// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace awaitscope {

/// The text with each byte that is not UTF-8 replaced by U+FFFD: what a stranger wrote may go to any widget, file or
/// terminal as text. Zero bytes are replaced as well.
std::string valid_utf8(std::string_view text);

}  // namespace awaitscope
