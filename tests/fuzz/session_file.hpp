// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "instrumentation/ring/segment.hpp"
#include "instrumentation/ring/session_folder.hpp"
#include "tests/main/private_folder.hpp"

namespace awaitscope::fuzz {

/// A session of this process with a few events, places and texts in it, which is spoiled and made whole again.
class SpoiledSession {
  public:
    SpoiledSession();
    ~SpoiledSession();
    SpoiledSession(const SpoiledSession&) = delete;
    SpoiledSession& operator=(const SpoiledSession&) = delete;

    const std::string& path() const { return segment_->path(); }
    void write(std::size_t offset, std::string_view bytes);
    void cut_short(std::size_t size);
    /// As it was at first.
    void mend();

    static constexpr std::uint64_t records = ring::ring_records_min;

  private:
    test::PrivateFolder folder_;
    std::unique_ptr<ring::Segment> segment_;
    ring::FileDescriptor file_;
    std::span<char> bytes_;  ///< of the file, mapped: a write costs no system call
    std::string whole_;
    std::vector<std::pair<std::size_t, std::size_t>> spoiled_;  ///< offset and size
    bool short_ = false;
};

}  // namespace awaitscope::fuzz
