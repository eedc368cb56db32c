// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/trace/io_tracks.hpp"

#include <algorithm>

#include "instrumentation/event/descriptor.hpp"

namespace awaitscope {

const CompactArray<std::uint32_t>* IoTracks::tracks_of(std::uint16_t loop, int fd) const {
    const std::uint32_t number = descriptors_.find(descriptor_of(loop, static_cast<std::uint32_t>(fd)));
    return number == IdMap::none ? nullptr : &of_descriptor_[number];
}

IoTrack& IoTracks::open(std::uint16_t loop, int fd, EventIndex index) {
    std::uint32_t number = descriptors_.find(descriptor_of(loop, static_cast<std::uint32_t>(fd)));
    if (number == IdMap::none) {
        number = static_cast<std::uint32_t>(of_descriptor_.size());
        descriptors_.put(descriptor_of(loop, static_cast<std::uint32_t>(fd)), number);
        of_descriptor_.emplace_back();
    } else {
        IoTrack& previous = tracks_[of_descriptor_[number].back()];
        previous.closed = std::min(previous.closed, events_.time(index));
    }
    of_descriptor_[number].push_back(static_cast<std::uint32_t>(tracks_.size()));
    IoTrack& track = tracks_.emplace_back();
    track.loop = loop;
    track.fd = fd;
    track.opened = events_.time(index);
    return track;
}

IoTrack& IoTracks::track_of(std::uint16_t loop, int fd, EventIndex index) {
    const CompactArray<std::uint32_t>* tracks = tracks_of(loop, fd);
    return tracks && tracks_[tracks->back()].closed == open_end ? tracks_[tracks->back()] : open(loop, fd, index);
}

const IoTrack* IoTracks::at(std::uint16_t loop, int fd, EventIndex cursor) const {
    const CompactArray<std::uint32_t>* tracks = tracks_of(loop, fd);
    if (cursor == no_event || !tracks) return nullptr;
    const auto after = std::ranges::upper_bound(*tracks, cursor, {},
                                                [&](std::uint32_t number) { return tracks_[number].events.front(); });
    return after == tracks->begin() ? nullptr : &tracks_[*std::prev(after)];
}

void IoTracks::apply(const Event& event, EventIndex index) {
    switch (event.kind()) {
        case EventKind::io_read:
        case EventKind::io_write: {
            IoTrack& track = track_of(event.loop(), static_cast<int>(event.b), index);
            track.push_back(event, index);
            break;
        }
        case EventKind::connection_made: {
            IoTrack& track = open(event.loop(), static_cast<int>(event.c), index);
            track.peer = event.b;
            track.push_back(event, index);
            break;
        }
        case EventKind::connection_lost: {
            const int fd = static_cast<int>(event.c);
            IoTrack& track = track_of(event.loop(), fd, index);
            track.closed = events_.time(index);
            track.push_back(event, index);
            break;
        }
        default:
            break;
    }
}

void IoTracks::take_sums(const IoTracks& before) {
    for (IoTrack& track : tracks_) {
        const CompactArray<std::uint32_t>* same = before.tracks_of(track.loop, track.fd);
        if (!same) continue;
        const IoTrack& whole = before.tracks_[same->back()];
        track.opened = whole.opened;
        for (std::size_t i = 0; i < track.moved.size(); ++i) {
            track.moved[i].read += whole.bytes_read - track.bytes_read;
            track.moved[i].written += whole.bytes_written - track.bytes_written;
        }
        track.bytes_read = whole.bytes_read;
        track.bytes_written = whole.bytes_written;
    }
}

std::size_t IoTracks::memory_bytes() const {
    std::size_t bytes = tracks_.capacity() * sizeof(IoTrack) + descriptors_.memory_bytes();
    for (const auto& tracks : of_descriptor_) bytes += sizeof tracks + tracks.memory_bytes();
    for (const IoTrack& track : tracks_)
        bytes += track.events.memory_bytes() + track.sizes.memory_bytes() + track.outline.memory_bytes() +
                 track.moved.memory_bytes();
    return bytes;
}

}  // namespace awaitscope
