// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/silence_source.hpp"

#include <algorithm>

#include "instrumentation/source/source_time.hpp"

namespace awaitscope {

SourceState SilenceSource::read(Symbols& symbols, std::vector<Event>& out, std::size_t limit) {
    const auto listened_until = clock_now(source_.info());
    const std::size_t begin = out.size();
    const SourceState state = source_.read(symbols, out, limit);
    const auto now = std::chrono::steady_clock::now();
    if (out.size() > begin) {
        put_after_silence(std::span(out).subspan(begin));
        said_ = now;
    } else if (listened_until && state == SourceState::idle && now - said_ >= told_after_) {
        last_time_ = std::max(last_time_, static_cast<std::uint64_t>(std::max<std::int64_t>(*listened_until, 0)));
        out.push_back({.head = Event::pack(EventKind::silence, 0, 0), .time = last_time_});
        said_ = now;
    }
    return state;
}

void SilenceSource::finish(Symbols& symbols, std::vector<Event>& out) {
    const std::size_t begin = out.size();
    source_.finish(symbols, out);
    put_after_silence(std::span(out).subspan(begin));
}

void SilenceSource::put_after_silence(std::span<Event> events) {
    for (Event& event : events) {
        if (event.time >= last_time_) break;
        event.time = last_time_;
    }
    if (!events.empty()) last_time_ = events.back().time;
}

}  // namespace awaitscope
