// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

#include "instrumentation/source/event_source.hpp"
#include "instrumentation/trace/trace.hpp"

namespace awaitscope {

/// A track of an exported timeline; 0: the process itself, the first where there are several.
using TrackNumber = std::uint64_t;

/// A stretch of a track. The views hold during the call only.
struct TimelineSlice {
    TrackNumber track = 0;
    Nanoseconds begin = 0;
    Nanoseconds end = 0;        ///< the trace's last moment where `open`
    bool open = false;          ///< it had not ended by then
    std::string_view name;      ///< "running", "ready", or what is waited for: "sleep", "lock", ...
    std::string_view category;  ///< the state: "running", "ready", "waiting"
    std::string_view file;      ///< where the task stands, where known
    std::uint32_t line = 0;
    Id object = 0;           ///< what is waited for, where known
    std::uint64_t flow = 0;  ///< the flow that ends in its beginning; 0: none
};

/// Something at a moment of a track.
struct TimelineInstant {
    TrackNumber track = 0;
    Nanoseconds time = 0;
    std::string_view name;
    std::string_view category;  ///< "wake", "output", "mark", "warning", "lost"
    std::uint64_t flow = 0;     ///< the flow that begins here; 0: none
};

/// What the formats for timelines (Chrome's, Perfetto's) have in common: tracks in tracks, slices, instants, flows from
/// an instant to a slice, counters. walk_timeline() calls it; a track comes before what is on it and in it, those of
/// processes first; slices of one track come in order, each beginning where the one before ended.
class TimelineVisitor {
  public:
    virtual ~TimelineVisitor() = default;
    virtual void process(TrackNumber track, const SourceInfo& info) = 0;
    virtual void track(TrackNumber track, TrackNumber parent, std::string_view name) = 0;
    virtual void counter_track(TrackNumber track, TrackNumber parent, std::string_view name) = 0;
    virtual void slice(const TimelineSlice& slice) = 0;
    virtual void instant(const TimelineInstant& instant) = 0;
    virtual void count(TrackNumber track, Nanoseconds time, std::uint64_t value) = 0;
};

/// The processes' tracks, in each its loops', in each its tasks' with what they do and who woke them, counters of the
/// ready handles, the timers and the queues, and what was written, marked, warned of and lost.
void walk_timeline(const Trace& trace, const SourceInfo& info, TimelineVisitor& visitor);

}  // namespace awaitscope
