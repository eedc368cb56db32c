// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "instrumentation/ring/clock.hpp"
#include "instrumentation/ring/layout.hpp"
#include "instrumentation/ring/session_folder.hpp"

namespace awaitscope::ring {

/// A session's header, checked.
struct SessionFacts {
    int pid = 0;
    int parent = 0;
    ClockKind clock = ClockKind::counter;
    std::uint64_t ring_records = 0;
    ClockPair epoch;
    std::uint64_t epoch_unix_ns = 0;
    std::uint64_t tick_ns_40 = 0;
    bool same_boot = false;  ///< its clocks are this machine's, now
    std::uint64_t launch = 0;
    SessionState state = SessionState::being_made;
    /// Of one whose process does not hold it any more: it has left well.
    bool ended() const { return state == SessionState::ended || state == SessionState::replacing; }
    bool virtual_clock = false;
    std::uint32_t place_count = 0;
    std::uint32_t string_bytes = 0;
    std::string name;
    std::string command;
};

/// A ring's header.
struct RingFacts {
    std::uint64_t head = 0;
    RingState state = RingState::unused;
    std::uint16_t loop = 0;
    std::uint64_t tasks_alive = 0;
    std::uint64_t iterations = 0;
};

/// A viewer's end of a session: read with pread() only. Everything in it is a stranger's word; what does not make sense
/// is refused, or cut to what does. One thread.
class SegmentFile {
  public:
    /// nullptr, and `error` says why, when there is no session that this user may read and this build understands. A
    /// session that is being made this moment gives nullptr and an empty `error`.
    static std::unique_ptr<SegmentFile> open(const std::string& path, std::string& error);

    const std::string& path() const { return path_; }
    const SessionFacts& facts() const { return facts_; }
    /// Reads the header again; false when that is no longer possible.
    bool refresh();
    /// Whether its process still holds it.
    bool alive() const { return session_is_alive(fd_.get()); }

    /// All ring_count of them; false when they cannot be read.
    bool read_rings(std::vector<RingFacts>& rings) const;
    /// `index` < ring_count.
    std::uint64_t read_head(unsigned index) const;
    bool read_records(unsigned index, std::uint64_t first, std::span<Event> to) const;

    /// A place as it stands in the table, its strings cut to what is there. Precondition: id < facts().place_count.
    struct PlaceText {
        std::string file;
        std::string function;
        std::uint32_t line = 0;
    };
    PlaceText read_place(std::uint32_t id) const;

    /// Asks the process's loops to tell their tasks. The only thing a viewer ever writes.
    void request_snapshot();

  private:
    SegmentFile(FileDescriptor fd, std::string path) : fd_(std::move(fd)), path_(std::move(path)) {}
    bool read(std::uint64_t offset, void* to, std::size_t bytes) const;
    std::string read_string(std::uint32_t offset) const;
    /// Empty, or what is wrong.
    std::string take_header(const SessionHeader& header, std::uint64_t file_bytes);

    FileDescriptor fd_;
    std::string path_;
    SessionFacts facts_;
};

/// A ring of a session's file, for RingReader.
class FileRing {
  public:
    FileRing(const SegmentFile& file, unsigned index) : file_(&file), index_(index) {}
    std::uint64_t records() const { return file_->facts().ring_records; }
    std::uint64_t head() const { return file_->read_head(index_); }
    bool copy(std::uint64_t first, std::span<Event> to) const { return file_->read_records(index_, first, to); }

  private:
    const SegmentFile* file_;
    unsigned index_;
};

}  // namespace awaitscope::ring
