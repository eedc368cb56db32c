// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "instrumentation/source/event_source.hpp"

namespace awaitscope {

/// The time now, in nanoseconds since the recording's epoch, where the source lives and its clock is the world's. With
/// it one knows how long a loop has been silent. Nothing for a recording, or beside a virtual clock.
inline std::optional<std::int64_t> clock_now(const SourceInfo& info) {
    if (!info.live || info.virtual_clock || info.epoch_unix_ns == 0) return std::nullopt;
    const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::nanoseconds>(since_1970).count() - info.epoch_unix_ns;
}

}  // namespace awaitscope
