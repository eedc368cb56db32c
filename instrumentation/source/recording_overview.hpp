// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "instrumentation/source/part_source.hpp"

namespace awaitscope {

/// How a recording's events lie along its time, of whatever size it is: told by the headers of its chunks alone, in
/// bounded memory. Nothing is unpacked, so it takes milliseconds where reading takes minutes.
struct RecordingOverview {
    /// Events that stand together in the file.
    struct Stretch {
        std::int64_t begin = 0;  ///< times of the first and of the last of them, since the epoch
        std::int64_t end = 0;
        std::uint64_t events = 0;
    };
    std::vector<Stretch> stretches;  ///< ascending
    std::uint64_t events = 0;

    std::int64_t begin() const { return stretches.empty() ? 0 : stretches.front().begin; }
    std::int64_t end() const { return stretches.empty() ? 0 : stretches.back().end; }
    /// Events in the stretches that a part overlaps: about so many does it have.
    std::uint64_t events_in(const SourcePart& part) const;

    // Parts that hold at most so many events, in whole stretches; one stretch at least, however many that holds.
    /// What lies from one time to another, or its beginning.
    SourcePart part_within(std::int64_t from, std::int64_t to, std::uint64_t events_most) const;
    /// What lies up to a time, as far back as there is room.
    SourcePart part_up_to(std::int64_t to, std::uint64_t events_most) const;
    /// A time, and about as much before as behind it, where there is as much.
    SourcePart part_around(std::int64_t time, std::uint64_t events_most) const;
};

/// In no more stretches than so many. Throws SourceError when the file cannot be read or is no recording of this
/// version.
RecordingOverview read_overview(const std::string& path, std::size_t stretches_max = 1 << 14);

}  // namespace awaitscope
