// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <mutex>
#include <string_view>

#include "instrumentation/probe/emit.hpp"
#include "instrumentation/ring/segment.hpp"

namespace awaitscope::probe {

/// What the process shares, and the emitters of its threads. There is at most one at a time, made by start() and never
/// destroyed: threads and static destructors emit until the very end. All but the emitters is under mutex().
class Session {
  public:
    /// Guards the start, the taking of rings and the table of places; held across fork().
    static std::mutex& mutex() noexcept;

    /// The session, made now where there is none. nullptr, after one line on stderr, where that fails; it is not tried
    /// again then.
    static Session* start(std::string_view name, bool wants_snapshot);

    explicit Session(std::unique_ptr<ring::Segment> segment) : segment_(std::move(segment)) {}

    /// An emitter with a ring; nullptr, after one line on stderr (once a process), when there is none. Under mutex().
    Emitter* take_emitter();
    void give_back(Emitter& emitter);
    std::uint32_t add_place(const char* file, unsigned line, const char* function);
    /// In a forked child: the session is the parent's. It is kept, unseen, for who still points at an emitter of it.
    void leave_to_parent() noexcept;
    ring::Segment& segment() { return *segment_; }

  private:
    std::unique_ptr<ring::Segment> segment_;
    bool told_no_ring_ = false;
    Session* next_left_ = nullptr;
    Emitter emitters_[ring::ring_count];
};

/// One line on stderr, with the program's mark in front.
void complain(std::string_view line) noexcept;

/// Forgets, in a forked child, the emitter of the thread that forked.
void forget_this_thread() noexcept;

}  // namespace awaitscope::probe
