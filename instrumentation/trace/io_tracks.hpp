// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "instrumentation/source/id_map.hpp"
#include "instrumentation/trace/trace.hpp"

namespace awaitscope {

/// The tracks of descriptors. A track opens with connection_made, or with the first traffic of a descriptor that has
/// none; it closes with connection_lost, or when the same number is connected anew.
class IoTracks {
  public:
    explicit IoTracks(const EventStore& events) : events_(events) {}

    /// Takes io_read, io_write, connection_made, connection_lost; pays no heed to others.
    void apply(const Event& event, EventIndex index);
    std::span<const IoTrack> all() const { return tracks_; }
    const IoTrack* at(std::uint16_t loop, int fd, EventIndex cursor) const;
    /// The open tracks go on from what those of the same descriptors have moved.
    void take_sums(const IoTracks& before);
    std::size_t memory_bytes() const;

  private:
    IoTrack& open(std::uint16_t loop, int fd, EventIndex index);
    IoTrack& track_of(std::uint16_t loop, int fd, EventIndex index);
    const CompactArray<std::uint32_t>* tracks_of(std::uint16_t loop, int fd) const;

    const EventStore& events_;
    std::vector<IoTrack> tracks_;
    /// By loop and descriptor, its tracks: the newest last, open or closed.
    std::vector<CompactArray<std::uint32_t>> of_descriptor_;
    IdMap descriptors_;
};

}  // namespace awaitscope
