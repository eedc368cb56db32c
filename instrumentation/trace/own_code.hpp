// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>

#include "instrumentation/source/symbols.hpp"

namespace awaitscope {

/// Of a stack, innermost first, the frame to show: the innermost of the program's own code; else of what it has
/// installed; else of the standard library. Told apart by where the files lie. Precondition: not empty.
std::size_t own_frame(const Symbols& symbols, std::span<const PlaceId> stack);

/// A line of the program's own code.
bool is_own_code(const Symbols& symbols, PlaceId place);

}  // namespace awaitscope
