// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fmt/format.h>

#include <cstdio>
#include <string>
#include <utility>

namespace awaitscope {

/// Says something on stderr. Where that is closed or full, the words are lost and nothing else: fmt::print() throws
/// then, which would end a recording for the sake of a remark.
template <class... Values>
void tell(fmt::format_string<Values...> words, Values&&... values) {
    const std::string text = fmt::format(words, std::forward<Values>(values)...);
    std::fwrite(text.data(), 1, text.size(), stderr);
}

}  // namespace awaitscope
