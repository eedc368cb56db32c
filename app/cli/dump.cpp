// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.hpp"
#include "app/cli/interrupt.hpp"
#include "app/cli/recording.hpp"
#include "app/cli/standard_output.hpp"
#include "app/tell.hpp"
#include "instrumentation/exporter/event_text.hpp"
#include "instrumentation/exporter/json_lines.hpp"

namespace awaitscope::cli {
namespace {

/// Writes events as they come.
class EventPrinter {
  public:
    EventPrinter(std::shared_ptr<Symbols> symbols, bool json) : symbols_(symbols), trace_(symbols), json_(json) {}

    void print(std::span<const Event> events, StandardOutput& out) {
        any_ |= !events.empty();
        text_.clear();
        if (json_) {
            for (const Event& event : events) append_json_line(text_, *symbols_, event);
        } else {
            // The text names tasks: it is the trace that knows them.
            trace_.append(events);
            for (; printed_ < trace_.event_count(); ++printed_) append_text_line(text_, trace_, printed_);
        }
        out.write(text_);
    }
    bool any() const { return any_; }  ///< whether there was an event

  private:
    std::shared_ptr<Symbols> symbols_;
    Trace trace_;
    EventIndex printed_ = 0;
    bool json_;
    bool any_ = false;
    std::string text_;
};

}  // namespace

int execute(const DumpOptions& options) {
    constexpr std::chrono::milliseconds pause{20};
    constexpr std::size_t batch = 1 << 14;
    const auto source = open_targets(options.targets, part_of(options.range, options.task));
    const auto symbols = std::make_shared<Symbols>();
    const Interrupts interrupts;
    EventPrinter printer(symbols, options.json);
    StandardOutput out;
    std::vector<Event> events;
    for (SourceState state = SourceState::more; state != SourceState::ended;) {
        events.clear();
        if (interrupts.count() == 0) {
            state = source->read(*symbols, events, batch);
        } else {
            source->finish(*symbols, events);
            state = SourceState::ended;
        }
        printer.print(events, out);
        if (state == SourceState::more) continue;
        out.flush();
        if (state == SourceState::idle) interrupts.wait(pause);
    }
    if (options.task != 0 && !printer.any())
        tell("note: task {} has no event here; awaitscope tasks shows which tasks there are\n", options.task);
    tell_notes(*source);
    return 0;
}

}  // namespace awaitscope::cli
