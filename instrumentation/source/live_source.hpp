// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "instrumentation/source/event_source.hpp"
#include "instrumentation/source/ring_decoder.hpp"

namespace awaitscope {

/// Where a LiveSource begins.
enum class LiveStart {
    now,        ///< with what the rings still hold; asks the process for a snapshot of its tasks
    beginning,  ///< with the first event: what was overwritten before counts as lost. For processes we started
};

/// The events of a process's session, while it runs and after: a session whose process crashed is its flight recorder.
/// Any number of them may read one session. It changes nothing there but the word that asks for a snapshot.
class LiveSource : public EventSource {
  public:
    /// Throws SourceError when there is no session that can be read.
    explicit LiveSource(const std::string& session_path, LiveStart start = LiveStart::now);
    ~LiveSource() override;

    /// Other symbols may be given than in the call before, as long as those still live: the ids are of those given.
    SourceState read(Symbols& symbols, std::vector<Event>& out, std::size_t limit) override;
    void finish(Symbols& symbols, std::vector<Event>& out) override;
    const SourceInfo& info() const override { return info_; }
    std::string note() const override { return note_; }
    std::uint64_t unknown_events() const override { return unknown_events_; }

    const std::string& path() const { return file_->path(); }

  private:
    struct Ring;

    /// Looks anew at what the file says of itself. The time of this, on the session's axis.
    std::int64_t begin_read(Symbols& symbols);
    /// A clock that has become virtual is known before its first event is told.
    void refresh();
    void take_symbols(Symbols& symbols);
    void find_rings();
    void fill(Ring& ring, Symbols& symbols, std::size_t limit);
    /// Up to which time all rings have told what they have.
    std::int64_t settled_until(std::int64_t read_began) const;
    void merge(std::vector<Event>& out, std::size_t limit, std::int64_t until);
    bool process_is_gone();

    std::unique_ptr<ring::SegmentFile> file_;
    LiveStart start_;
    SourceInfo info_;
    SessionClock clock_;
    PlaceMap places_;
    const Symbols* symbols_ = nullptr;  ///< of the call before
    std::vector<ring::RingFacts> facts_;
    std::vector<std::unique_ptr<Ring>> rings_;
    std::vector<Event> scratch_;
    std::int64_t last_time_ = 0;
    std::uint64_t unknown_events_ = 0;
    std::int64_t gone_since_ = 0;
    bool broken_ = false;
    std::string note_;
};

}  // namespace awaitscope
