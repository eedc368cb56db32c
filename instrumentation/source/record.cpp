// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/record.hpp"

#include <memory>
#include <thread>
#include <utility>
#include <vector>

namespace awaitscope {
namespace {

constexpr std::size_t events_at_once = 1 << 16;
constexpr auto flush_interval = std::chrono::milliseconds(500);
/// Of a stream, which somebody watches.
constexpr auto stream_flush_interval = std::chrono::milliseconds(50);
/// A tenth of what a ring holds at ten million events a second.
constexpr auto idle_pause = std::chrono::milliseconds(2);

}  // namespace

RecordProgress record(EventSource& source, Symbols& symbols, RecordingWriter& writer,
                      const std::function<bool(const RecordProgress&)>& stop, std::size_t symbol_bytes_max) {
    using Clock = std::chrono::steady_clock;
    const auto began = Clock::now();
    auto flushed = began;
    RecordProgress progress;
    std::vector<Event> events;
    Symbols* current = &symbols;
    std::unique_ptr<Symbols> fresh, old;  // `old` lives until the source has read with others
    SourceState state = SourceState::more;
    writer.set_info(source.info());
    while (state != SourceState::ended) {
        events.clear();
        if (state == SourceState::idle) std::this_thread::sleep_for(idle_pause);
        if (stop(progress)) {
            source.finish(*current, events);
            state = SourceState::ended;
        } else {
            state = source.read(*current, events, events_at_once);
        }
        writer.set_info(source.info());
        writer.append(events);
        for (const Event& event : events)
            if (event.kind() == EventKind::lost) progress.lost += event.a;
        if (source.info().live && current->memory_bytes() > symbol_bytes_max) {
            old = std::exchange(fresh, std::make_unique<Symbols>());
            current = fresh.get();
            writer.take_symbols(*current);
        }
        const auto now = Clock::now();
        if (now - flushed >= (writer.is_stream() ? stream_flush_interval : flush_interval)) {
            writer.flush();
            flushed = now;
        }
        progress.events += events.size();
        progress.bytes = writer.bytes_written();
        progress.elapsed = now - began;
    }
    writer.finish(source.note(), source.unknown_events());
    progress.bytes = writer.bytes_written();
    return progress;
}

}  // namespace awaitscope
