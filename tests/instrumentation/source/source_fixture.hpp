// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "instrumentation/event/vocabulary.hpp"
#include "instrumentation/ring/clock.hpp"
#include "instrumentation/ring/segment.hpp"
#include "instrumentation/source/event_source.hpp"
#include "instrumentation/source/source_error.hpp"
#include "tests/support/session_files.hpp"

namespace awaitscope::test {

/// A session of this process with its rings at hand: what the probe does, without being one a process.
class WrittenSession {
  public:
    explicit WrittenSession(std::uint64_t records = 4096, std::uint64_t launch = 0) {
        std::string error;
        segment_ = ring::Segment::create({.name = "written", .ring_records = records, .launch = launch}, error);
        if (!segment_) throw std::runtime_error(error);
    }

    ring::Segment& segment() { return *segment_; }
    const std::string& path() const { return segment_->path(); }

    /// Takes a ring, as a thread would.
    ring::RingWriter& ring() {
        std::string error;
        auto& writer = *rings_.emplace_back(std::make_unique<ring::RingWriter>());
        if (segment_->take_ring(writer, error) < 0) throw std::runtime_error(error);
        return writer;
    }
    std::uint64_t now() const { return ring::ticks(segment_->header().clock); }

    /// The process dies: nothing holds the session any more.
    std::string crash() {
        const std::string left = path();
        segment_.reset();
        return left;
    }

  private:
    std::unique_ptr<ring::Segment> segment_;
    std::vector<std::unique_ptr<ring::RingWriter>> rings_;
};

/// Events given one read() after the other.
class ListSource : public EventSource {
  public:
    explicit ListSource(std::vector<Event> events) : events_(std::move(events)) { info_.name = "list"; }
    SourceState read(Symbols&, std::vector<Event>& out, std::size_t limit) override {
        for (; limit > 0 && next_ < events_.size(); --limit) out.push_back(events_[next_++]);
        if (next_ < events_.size()) return SourceState::more;
        return endless ? SourceState::idle : SourceState::ended;
    }
    const SourceInfo& info() const override { return info_; }
    std::string note() const override { return "the list is over"; }
    std::uint64_t unknown_events() const override { return 3; }

    void append(const Event& event) { events_.push_back(event); }

    bool endless = false;
    SourceInfo info_;

  private:
    std::vector<Event> events_;
    std::size_t next_ = 0;
};

/// Reads until the source is idle or over.
inline SourceState read_available(EventSource& source, Symbols& symbols, std::vector<Event>& out,
                                  std::size_t limit = 1 << 16) {
    SourceState state = SourceState::more;
    while (state == SourceState::more) state = source.read(symbols, out, limit);
    return state;
}

/// Reads until `enough` events are there, or the source is over; throws after ten seconds.
inline SourceState read_until(EventSource& source, Symbols& symbols, std::vector<Event>& out, std::size_t enough) {
    const auto began = std::chrono::steady_clock::now();
    SourceState state = SourceState::more;
    while (out.size() < enough && state != SourceState::ended) {
        state = source.read(symbols, out, 1 << 16);
        if (state == SourceState::idle) usleep(200);
        if (std::chrono::steady_clock::now() - began > std::chrono::seconds(10))
            throw std::runtime_error("only " + std::to_string(out.size()) + " events came");
    }
    return state;
}

/// Reads to the end; throws after ten seconds.
inline std::vector<Event> read_to_end(EventSource& source, Symbols& symbols) {
    std::vector<Event> events;
    read_until(source, symbols, events, ~std::size_t{0});
    return events;
}

inline std::string text_of(const Event& event, const Symbols& symbols) {
    const Field* field = text_field(event.kind());
    return field ? std::string{symbols.string(static_cast<StringId>(get(event, field->slot)))} : std::string{};
}

inline Place place_of(const Event& event, const Symbols& symbols) {
    const Field* field = place_field(event.kind());
    return field ? symbols.place(static_cast<PlaceId>(get(event, field->slot))) : Place{};
}

inline bool times_ascend(std::span<const Event> events) {
    for (std::size_t i = 1; i < events.size(); ++i)
        if (events[i].time < events[i - 1].time) return false;
    return true;
}

/// The standard input of launched commands, for as long as it lives: a pipe that ends when it is told to.
class HeldInput {
  public:
    HeldInput() : before_(dup(STDIN_FILENO)) {
        int ends[2];
        if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("cannot make a pipe");
        dup2(ends[0], STDIN_FILENO);
        close(ends[0]);
        write_end_ = ends[1];
    }
    ~HeldInput() {
        end();
        dup2(before_, STDIN_FILENO);
        close(before_);
    }
    void end() {
        if (write_end_ >= 0) close(write_end_);
        write_end_ = -1;
    }

  private:
    int before_;
    int write_end_ = -1;
};

/// What a SourceError says; empty when there is none.
template <class Action>
std::string error_of(Action action) {
    try {
        action();
    } catch (const SourceError& error) {
        return error.what();
    }
    return {};
}

}  // namespace awaitscope::test
