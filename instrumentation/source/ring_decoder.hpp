// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <vector>

#include "instrumentation/ring/ring_reader.hpp"
#include "instrumentation/ring/segment_file.hpp"
#include "instrumentation/source/session_clock.hpp"
#include "instrumentation/source/symbols.hpp"

namespace awaitscope {

/// The session's table of places, as ids of a Symbols; each is read when it is first met.
class PlaceMap {
  public:
    PlaceId find(std::uint32_t ring_place, const ring::SegmentFile& file, Symbols& symbols) {
        if (ring_place < ids_.size() && ids_[ring_place] != unknown) [[likely]]
            return ids_[ring_place];
        return look_up(ring_place, file, symbols);
    }

  private:
    static constexpr PlaceId unknown = ~PlaceId{0};
    PlaceId look_up(std::uint32_t ring_place, const ring::SegmentFile& file, Symbols& symbols);
    std::vector<PlaceId> ids_;
};

/// A queue that keeps its memory.
class EventQueue {
  public:
    bool empty() const { return front_ == events_.size(); }
    std::size_t size() const { return events_.size() - front_; }
    /// Precondition: not empty.
    const Event& front() const { return events_[front_]; }
    std::span<Event> all() { return std::span{events_}.subspan(front_); }
    /// Takes the first so many away. Precondition: count <= size().
    void pop(std::size_t count) {
        front_ += count;
        if (front_ < events_.size()) return;
        events_.clear();
        front_ = 0;
    }
    void push(const Event& event) {
        if (front_ > 4096 && front_ > events_.size() / 2) {
            events_.erase(events_.begin(), events_.begin() + static_cast<std::ptrdiff_t>(front_));
            front_ = 0;
        }
        events_.push_back(event);
    }

  private:
    std::vector<Event> events_;
    std::size_t front_ = 0;
};

/// What the decoder of every ring of a session shares.
struct DecodeContext {
    ring::SegmentFile& file;
    const SessionClock& clock;
    PlaceMap& places;
    Symbols& symbols;
    std::uint64_t& unknown_events;
};

/// Makes events of one ring's records: joins an event with its text, puts ids of Symbols in place of what the ring
/// refers to, and session time in place of ticks.
class RingDecoder {
  public:
    /// Takes the records of one read, after `lost` missing ones. `whole`: the last record's text is complete.
    void take(std::span<const Event> records, std::uint64_t lost, bool whole, std::uint16_t loop,
              const DecodeContext& context);

    /// What has been decoded, in the ring's order, times ascending. The caller takes from the front.
    EventQueue& events() { return events_; }
    std::int64_t last_time() const { return last_time_; }
    /// What has been decoded gets ids of other symbols.
    void move_symbols(const Symbols& from, Symbols& to);

  private:
    void decode(const Event& record, const DecodeContext& context);
    void finish(const DecodeContext& context);
    std::int64_t time_of(const Event& record, const DecodeContext& context) const;
    void push(Event event);

    EventQueue events_;
    bool open_ = false;  ///< event_ waits for its text
    Event event_;
    std::string text_;
    std::int64_t last_time_ = 0;
    std::uint64_t lost_ = 0;  ///< to tell before the next event
};

}  // namespace awaitscope
