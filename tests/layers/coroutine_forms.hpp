// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace awaitscope::test {

/// A use of co_await which GCC 12 compiles wrongly, or might.
struct BadForm {
    unsigned line = 0;
    std::string rule;
};

/// The forms HACKING.md forbids ("Coroutines on GCC 12") that can be told from the text. Comments and strings are
/// passed over.
std::vector<BadForm> bad_coroutine_forms(std::string_view source);

}  // namespace awaitscope::test
