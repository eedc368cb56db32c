// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <string_view>

#include "instrumentation/ring/clock.hpp"
#include "instrumentation/ring/cut_guard.hpp"
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
/// RingWriter say. Never destroyed by the probe: threads write until the very end. Nothing that it needs is read back
/// from the file, in which any program of the user may write; when one cuts it short, what was mapped becomes memory of
/// the process's own, after one line on stderr.
class Segment final : private CutMemory {
  public:
    /// Makes the session of this process; nullptr, and `error` says why, where that is impossible.
    static std::unique_ptr<Segment> create(const SegmentOptions& options, std::string& error);
    ~Segment();
    Segment(const Segment&) = delete;
    Segment& operator=(const Segment&) = delete;

    SessionHeader& header() const { return *reinterpret_cast<SessionHeader*>(tables_); }
    RingHeader& ring_header(unsigned index) const;
    const std::string& path() const { return path_; }
    ClockKind clock() const { return clock_; }
    const ClockPair& epoch() const { return epoch_; }
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
    Segment(FileDescriptor fd, const struct stat& status, std::string path, char* tables,
            const SegmentOptions& options);
    bool replace_at(const void* address) noexcept override;
    bool replace_if_cut() noexcept override;
    /// Puts memory of the process's own in place of all that is mapped; false: not all of it could be.
    bool replace_all() noexcept;
    /// Once: that nobody sees the process any more.
    void tell_cut() noexcept;

    FileDescriptor fd_;
    PageAllocator pages_;
    std::string path_;
    char* tables_;
    std::uint64_t records_;
    std::uint64_t launch_;
    ClockKind clock_;
    ClockPair epoch_;
    StringTable strings_;
    std::atomic<char*> rings_[ring_count] = {};  ///< nullptr: not mapped yet
    bool taken_[ring_count] = {};
    std::string cut_line_;
    std::atomic<bool> cut_{false};
};

}  // namespace awaitscope::ring
