// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "instrumentation/source/event_source.hpp"

namespace awaitscope {

/// A recording as a source. It is read chunk by chunk, with bounded memory, and trusted in nothing: where the file ends
/// or stops making sense the source ends, with what was good before and a note that says where.
class RecordingReader : public EventSource {
  public:
    /// Throws SourceError when the file cannot be read or is no recording of this version.
    explicit RecordingReader(const std::string& path);
    ~RecordingReader() override;

    SourceState read(Symbols& symbols, std::vector<Event>& out, std::size_t limit) override;
    const SourceInfo& info() const override;
    std::string note() const override;
    std::uint64_t unknown_events() const override;

    /// How far the reading is, for a progress bar.
    std::uint64_t bytes_read() const;
    std::uint64_t bytes_total() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace awaitscope
