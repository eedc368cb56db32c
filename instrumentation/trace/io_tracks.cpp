// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/trace/io_tracks.hpp"

#include <algorithm>

namespace awaitscope {
namespace {

Id key_of(int fd) {
    return std::uint64_t{static_cast<std::uint32_t>(fd)} + 1;
}

}  // namespace

IoTrack& IoTracks::open(int fd, EventIndex index) {
    const std::uint32_t previous = latest_.find(key_of(fd));
    if (previous != IdMap::none) tracks_[previous].closed = std::min(tracks_[previous].closed, events_.time(index));
    latest_.put(key_of(fd), static_cast<std::uint32_t>(tracks_.size()));
    IoTrack& track = tracks_.emplace_back();
    track.fd = fd;
    track.previous = previous;
    track.opened = events_.time(index);
    return track;
}

IoTrack& IoTracks::track_of(int fd, EventIndex index) {
    const std::uint32_t number = latest_.find(key_of(fd));
    return number != IdMap::none && tracks_[number].closed == open_end ? tracks_[number] : open(fd, index);
}

const IoTrack* IoTracks::at(int fd, EventIndex cursor) const {
    if (cursor == no_event) return nullptr;
    std::uint32_t number = latest_.find(key_of(fd));
    while (number != IdMap::none && tracks_[number].events.front() > cursor) number = tracks_[number].previous;
    return number == IdMap::none ? nullptr : &tracks_[number];
}

void IoTracks::apply(const Event& event, EventIndex index) {
    switch (event.kind()) {
        case EventKind::io_read:
        case EventKind::io_write: {
            IoTrack& track = track_of(static_cast<int>(event.b), index);
            (event.kind() == EventKind::io_read ? track.bytes_read : track.bytes_written) += event.a;
            track.push_back(event, index);
            break;
        }
        case EventKind::connection_made: {
            IoTrack& track = open(static_cast<int>(event.c), index);
            track.peer = event.b;
            track.push_back(event, index);
            break;
        }
        case EventKind::connection_lost: {
            const int fd = static_cast<int>(event.c);
            IoTrack& track = track_of(fd, index);
            track.closed = events_.time(index);
            track.push_back(event, index);
            break;
        }
        default:
            break;
    }
}

std::size_t IoTracks::memory_bytes() const {
    std::size_t bytes = tracks_.capacity() * sizeof(IoTrack) + latest_.memory_bytes();
    for (const IoTrack& track : tracks_) bytes += track.events.memory_bytes() + track.sizes.memory_bytes();
    return bytes;
}

}  // namespace awaitscope
