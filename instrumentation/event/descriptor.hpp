// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace awaitscope {

/// A descriptor as one number, never 0: it is its loop's, since several processes may have the same.
constexpr std::uint64_t descriptor_of(std::uint16_t loop, std::uint32_t fd) {
    return (std::uint64_t{loop} << 32 | fd) + 1;
}

}  // namespace awaitscope
