// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <istream>
#include <memory>
#include <string>
#include <string_view>

#include "instrumentation/source/event_source.hpp"

namespace awaitscope {

/// Another program's trace, in Chrome's JSON (as Perfetto, Node, clang -ftime-trace and our own export write it): each
/// track becomes a task, each process a loop, a slice a step of its task, slices within slices coroutines of that step.
/// Slices of our own categories (running, ready, waiting) become those states again; instants become marks. What is no
/// slice, name or instant is left out and counted; where the text stops being JSON, what was before is there.
///
/// All is read at the first read(), since slices come in any order; times count from the earliest.
class TraceJsonSource : public EventSource {
  public:
    /// Takes over the stream, which it reads from where it stands.
    TraceJsonSource(std::unique_ptr<std::istream> stream, std::string name);
    ~TraceJsonSource() override;

    SourceState read(Symbols& symbols, std::vector<Event>& out, std::size_t limit) override;
    const SourceInfo& info() const override { return info_; }
    std::string note() const override { return note_; }
    std::uint64_t unknown_events() const override { return left_out_; }

    /// Slices beyond this many are left out: what a window can hold.
    static constexpr std::size_t slices_max = 1 << 24;

  private:
    void read_all(Symbols& symbols);

    std::unique_ptr<std::istream> stream_;  ///< null once it is read
    SourceInfo info_;
    std::vector<Event> events_;
    std::size_t handed_out_ = 0;
    std::uint64_t left_out_ = 0;
    std::string note_;
};

/// Whether a file that begins with these bytes (some 64 KiB) may be such a trace.
bool looks_like_trace_json(std::string_view beginning);

}  // namespace awaitscope
