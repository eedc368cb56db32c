// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "instrumentation/ring/clock.hpp"
#include "instrumentation/ring/page_allocator.hpp"
#include "instrumentation/ring/ring_writer.hpp"
#include "instrumentation/ring/session_folder.hpp"
#include "instrumentation/ring/string_table.hpp"

namespace awaitscope::ring {

struct SegmentOptions {
    std::string folder = session_folder();
    std::string name;  ///< empty: the program's
    std::uint64_t ring_records = ring_records_default;
    std::uint64_t launch = 0;     ///< SessionHeader::launch
    bool wants_snapshot = false;  ///< the loops that run already tell their tasks at once
};

/// The process's end of a session: the file, its pages and its lock. Not thread-safe, but for what RingHeader and
/// RingWriter say. Never destroyed by the probe: threads write until the very end.
class Segment {
  public:
    /// Makes the session of this process; nullptr, and `error` says why, where that is impossible.
    static std::unique_ptr<Segment> create(const SegmentOptions& options, std::string& error);
    ~Segment();
    Segment(const Segment&) = delete;
    Segment& operator=(const Segment&) = delete;

    SessionHeader& header() const { return *reinterpret_cast<SessionHeader*>(tables_); }
    RingHeader& ring_header(unsigned index) const;
    const std::string& path() const { return path_; }
    StringTable& strings() { return strings_; }

    /// Takes a ring for the calling thread, its pages allocated and in memory. -1, and `error` says why, when all are
    /// taken or there is no memory.
    int take_ring(RingWriter& writer, std::string& error);
    /// For a later thread; the records stay.
    void give_back(unsigned index);

    /// Betters the estimate of the clock's rate.
    void refine_clock() noexcept;

    /// The process leaves through exit(): says so, and removes the file unless it is kept. The memory stays.
    void end() noexcept;

    /// Before exec(), with true; with false where it has failed.
    void becomes_another_program(bool is_so) noexcept;

    /// In a forked child: what still points at the parent's session writes into memory of the child's own from now on.
    /// Safe between fork() and exec().
    void leave_to_parent() noexcept;

  private:
    Segment(FileDescriptor fd, const struct stat& status, std::string path, char* tables, std::uint64_t records);

    FileDescriptor fd_;
    PageAllocator pages_;
    std::string path_;
    char* tables_;
    std::uint64_t records_;
    ClockPair epoch_;
    StringTable strings_;
    char* rings_[ring_count] = {};
};

}  // namespace awaitscope::ring
