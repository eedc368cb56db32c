// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <istream>
#include <memory>
#include <string>
#include <string_view>

#include "instrumentation/source/event_source.hpp"

namespace awaitscope {

/// Reads what `awaitscope dump --json` writes: an event a line, as a JSON object. Lines that are none are left out and
/// counted; note() tells how many, and what was wrong with the first. Times that run back count as the time before.
class JsonLinesSource : public EventSource {
  public:
    /// Takes over the stream, which it reads from where it stands.
    JsonLinesSource(std::unique_ptr<std::istream> stream, std::string name);

    SourceState read(Symbols& symbols, std::vector<Event>& out, std::size_t limit) override;
    const SourceInfo& info() const override { return info_; }
    std::string note() const override;
    std::uint64_t unknown_events() const override { return unknown_; }

    /// A longer line is no event of ours.
    static constexpr std::size_t line_bytes_max = 1 << 20;

  private:
    /// The next line into line_, at most line_bytes_max of it. False at the end.
    bool next_line(bool& too_long);
    void skip(std::string why);

    std::unique_ptr<std::istream> stream_;
    SourceInfo info_;
    std::string line_;
    std::uint64_t line_number_ = 0;
    std::uint64_t time_ = 0;
    std::uint64_t unknown_ = 0;
    std::uint64_t broken_ = 0;
    std::string first_trouble_;
};

/// Whether a file that begins with these bytes (a hundred are enough) may be JSON lines of events.
bool looks_like_json_lines(std::string_view beginning);

}  // namespace awaitscope
