// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/recording_overview.hpp"

#include <algorithm>

#include "instrumentation/source/recording_file.hpp"

namespace awaitscope {
namespace {

using Stretch = RecordingOverview::Stretch;

/// Puts each stretch together with the next.
void coarsen(std::vector<Stretch>& stretches) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < stretches.size(); i += 2) {
        Stretch both = stretches[i];
        if (i + 1 < stretches.size()) {
            both.end = stretches[i + 1].end;
            both.events += stretches[i + 1].events;
        }
        stretches[kept++] = both;
    }
    stretches.resize(kept);
}

SourcePart part_of(const Stretch& first, const Stretch& last) {
    SourcePart part;
    part.from = first.begin;
    part.to = last.end;
    return part;
}

}  // namespace

std::uint64_t RecordingOverview::events_in(const SourcePart& part) const {
    const std::int64_t from = part.from.value_or(begin()), to = part.to.value_or(end());
    // Of a stretch that only ends where the part begins, or begins where it ends, next to nothing is in it.
    const auto is_in = [&](const Stretch& stretch) {
        return stretch.end >= from && stretch.begin <= to && (stretch.end > from || stretch.begin == from) &&
               (stretch.begin < to || stretch.end == to);
    };
    std::uint64_t count = 0;
    for (const Stretch& stretch : stretches)
        if (is_in(stretch)) count += stretch.events;
    return count;
}

SourcePart RecordingOverview::part_within(std::int64_t from, std::int64_t to, std::uint64_t events_most) const {
    if (stretches.empty()) return {};
    auto first = std::ranges::lower_bound(stretches, from, {}, &Stretch::end);
    if (first == stretches.end()) --first;
    std::uint64_t count = first->events;
    auto last = first;
    while (last + 1 != stretches.end() && last[1].begin <= to && count + last[1].events <= events_most)
        count += (++last)->events;
    return part_of(*first, *last);
}

SourcePart RecordingOverview::part_up_to(std::int64_t to, std::uint64_t events_most) const {
    if (stretches.empty()) return {};
    auto last = std::ranges::upper_bound(stretches, to, {}, &Stretch::begin);
    if (last != stretches.begin()) --last;
    std::uint64_t count = last->events;
    auto first = last;
    while (first != stretches.begin() && count + first[-1].events <= events_most) count += (--first)->events;
    return part_of(*first, *last);
}

SourcePart RecordingOverview::part_around(std::int64_t time, std::uint64_t events_most) const {
    const SourcePart before = part_up_to(time, events_most / 2);
    const SourcePart part = part_within(before.from.value_or(time), end(), events_most);
    return part.to == end() ? part_up_to(end(), events_most) : part;
}

RecordingOverview read_overview(const std::string& path, std::size_t stretches_max) {
    using recording::ChunkHeader;
    const recording::RecordingFile file(path);
    RecordingOverview overview;
    auto& stretches = overview.stretches;
    std::uint64_t events_each = 1;  // a stretch is closed when it has so many
    std::uint64_t next_event = 0;
    for (std::uint64_t offset = file.first_chunk();;) {
        ChunkHeader header;
        const auto found = file.read_header(offset, header);
        if (found == recording::RecordingFile::Found::nothing) break;
        if (found == recording::RecordingFile::Found::nonsense) {
            const auto next = file.find_header(offset + 1);
            if (!next) break;
            offset = *next;
            continue;
        }
        offset = recording::behind(offset, header);
        // As the reader: what goes back in time or number is no recorder's doing, and what is cut short is not read.
        const bool good = header.kind == recording::ChunkKind::events && header.events > 0 &&
                          header.first_event >= next_event && offset <= file.size() &&
                          (stretches.empty() || header.first_time >= stretches.back().end);
        if (!good) continue;
        next_event = header.first_event + header.events;
        overview.events += header.events;
        if (stretches.empty() || stretches.back().events >= events_each) {
            if (stretches.size() == stretches_max) {
                coarsen(stretches);
                events_each = 2 * overview.events / stretches_max;
            }
            stretches.push_back({header.first_time, header.last_time, header.events});
        } else {
            stretches.back().end = header.last_time;
            stretches.back().events += header.events;
        }
    }
    return overview;
}

}  // namespace awaitscope
