// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/live_source.hpp"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "instrumentation/source/afterlife.hpp"
#include "instrumentation/source/notes.hpp"
#include "instrumentation/source/program_name.hpp"
#include "instrumentation/source/source_error.hpp"
#include "instrumentation/source/utf8.hpp"

namespace awaitscope {
namespace {

/// A thread may be interrupted between its stamp and its store, or be read before another that wrote earlier: events of
/// several rings are held back this long, and what comes later still takes the time of the event before it.
constexpr std::int64_t reorder_horizon_ns = 2'000'000;
/// Read at once from a ring: bounds the memory, and is enough for 10 million events a second.
constexpr std::size_t records_at_once = 1 << 16;
/// A child's status comes a moment after its lock is gone.
constexpr std::int64_t status_patience_ns = 500'000'000;

}  // namespace

struct LiveSource::Ring {
    Ring(ring::FileRing bytes, std::uint64_t next, unsigned ring_index) : reader(bytes, next), index(ring_index) {}
    ring::RingReader<ring::FileRing> reader;
    RingDecoder decoder;
    unsigned index;
    bool caught_up = true;
};

LiveSource::LiveSource(const std::string& session_path, LiveStart start) : start_(start) {
    std::string error;
    file_ = ring::SegmentFile::open(session_path, error);
    if (!file_) throw SourceError(error.empty() ? session_path + " is still being made; try again" : error);
    const auto& facts = file_->facts();
    info_.command = valid_utf8(facts.command);
    info_.name = program_name(valid_utf8(facts.name), info_.command);
    info_.pid = facts.pid;
    info_.live = true;
    info_.virtual_clock = facts.virtual_clock;
    info_.epoch_unix_ns = static_cast<std::int64_t>(facts.epoch_unix_ns);
    if (facts.same_boot) info_.epoch_monotonic_ns = static_cast<std::int64_t>(facts.epoch.monotonic_ns);
    clock_.calibrate(facts);
    rings_.resize(ring::ring_count);
    if (start_ == LiveStart::now && file_->alive()) file_->request_snapshot();
}

LiveSource::~LiveSource() = default;

SourceState LiveSource::read(Symbols& symbols, std::vector<Event>& out, std::size_t limit) {
    if (!info_.live) return SourceState::ended;
    // Asked before the rings are read: what a process wrote before it went is then all there to be read.
    const bool gone = process_is_gone();
    const std::int64_t read_began = begin_read(symbols);
    for (auto& ring : rings_)
        if (ring && !broken_) fill(*ring, symbols, std::max(limit, std::size_t{1}));
    const bool last = gone || broken_;
    const std::size_t before = out.size();
    merge(out, limit, settled_until(last ? std::numeric_limits<std::int64_t>::max() : read_began));

    const bool drained = std::ranges::all_of(
        rings_, [](const auto& ring) { return !ring || (ring->caught_up && ring->decoder.events().empty()); });
    if (broken_ && std::ranges::all_of(rings_, [](const auto& r) { return !r || r->decoder.events().empty(); })) {
        note_ = notes::note(notes::cut_short, {file_->path()});
        info_.live = false;
        return SourceState::ended;
    }
    if (gone && drained) {
        info_.live = false;
        return SourceState::ended;
    }
    const bool full = out.size() - before >= limit;
    const bool behind = std::ranges::any_of(rings_, [](const auto& ring) { return ring && !ring->caught_up; });
    return full || behind || last ? SourceState::more : SourceState::idle;
}

void LiveSource::finish(Symbols& symbols, std::vector<Event>& out) {
    if (!info_.live) return;
    process_is_gone();  // for the note
    begin_read(symbols);
    constexpr std::size_t all = std::numeric_limits<std::size_t>::max() / 2;
    for (auto& ring : rings_) {
        if (!ring) continue;
        // Up to where the ring was a moment ago: one that never pauses always has more.
        do {
            if (!broken_) fill(*ring, symbols, all);
        } while (!broken_ && !ring->caught_up && ring->reader.next() < facts_[ring->index].head);
    }
    merge(out, all, std::numeric_limits<std::int64_t>::max());
}

std::int64_t LiveSource::begin_read(Symbols& symbols) {
    take_symbols(symbols);
    if (!broken_) refresh();
    clock_.calibrate(file_->facts());
    const std::int64_t now = clock_.now();
    if (!broken_) find_rings();
    return now;
}

void LiveSource::refresh() {
    if (!file_->refresh()) broken_ = true;
    info_.virtual_clock = file_->facts().virtual_clock;
}

void LiveSource::take_symbols(Symbols& symbols) {
    const Symbols* before = std::exchange(symbols_, &symbols);
    if (!before || before == &symbols) return;
    places_ = {};
    for (auto& ring : rings_)
        if (ring) ring->decoder.move_symbols(*before, symbols);
}

void LiveSource::find_rings() {
    if (!file_->read_rings(facts_)) {
        broken_ = true;
        return;
    }
    for (unsigned i = 0; i < ring::ring_count; ++i) {
        if (rings_[i] || facts_[i].head == 0) continue;
        const bool first_look = start_ == LiveStart::now;
        const std::uint64_t next = first_look ? ring::oldest_whole(facts_[i].head, file_->facts().ring_records) : 0;
        rings_[i] = std::make_unique<Ring>(ring::FileRing{*file_, i}, next, i);
    }
    // A ring that appears later is read from its first record: it is known to have begun after us.
    start_ = LiveStart::beginning;
}

void LiveSource::fill(Ring& ring, Symbols& symbols, std::size_t limit) {
    if (ring.decoder.events().size() >= limit) {
        ring.caught_up = false;
        return;
    }
    // Nothing was written since the last time: most rings, most of the time, and no system call for each.
    if (facts_[ring.index].head <= ring.reader.next()) {
        ring.caught_up = true;
        return;
    }
    scratch_.clear();
    const ring::RingRead got = ring.reader.read(scratch_, std::min(records_at_once, std::max<std::size_t>(limit, 256)));
    ring.caught_up = got.caught_up;
    if (got.broken) broken_ = true;
    if (scratch_.empty() && got.lost == 0) return;
    // Places are in the table before their events are in the ring: after the copy, the header tells them all.
    refresh();
    const DecodeContext context{*file_, clock_, places_, symbols, unknown_events_};
    ring.decoder.take(scratch_, got.lost, got.caught_up, facts_[ring.index].loop, context);
}

std::int64_t LiveSource::settled_until(std::int64_t read_began) const {
    constexpr std::int64_t all = std::numeric_limits<std::int64_t>::max();
    std::int64_t until = all;
    const auto rings = std::ranges::count_if(rings_, [](const auto& ring) { return ring != nullptr; });
    // Virtual time says nothing about when an event was written.
    if (rings > 1 && read_began != all && !info_.virtual_clock) until = read_began - reorder_horizon_ns;
    for (const auto& ring : rings_)
        if (ring && rings > 1 && !ring->caught_up) until = std::min(until, ring->decoder.last_time());
    return until;
}

void LiveSource::merge(std::vector<Event>& out, std::size_t limit, std::int64_t until) {
    constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();
    const auto time_of = [](const Event& event) { return static_cast<std::int64_t>(event.time); };
    const auto front = [&](Ring* ring) { return time_of(ring->decoder.events().front()); };
    const std::size_t end = out.size() + limit;
    while (out.size() < end) {
        Ring* first = nullptr;
        std::int64_t others = never;  // the earliest event of all other rings
        for (auto& ring : rings_) {
            if (!ring || ring->decoder.events().empty()) continue;
            if (!first || front(ring.get()) < front(first)) {
                if (first) others = front(first);
                first = ring.get();
            } else {
                others = std::min(others, front(ring.get()));
            }
        }
        const std::int64_t run_until = std::min(until, others);
        if (!first || front(first) > run_until) return;
        EventQueue& events = first->decoder.events();
        // Its times ascend, so what is due stands at its front: one event where rings take turns, all where one is
        // alone.
        const std::span<Event> all = events.all().first(std::min(events.size(), end - out.size()));
        std::size_t due = 1;
        while (due < all.size() && time_of(all[due]) <= run_until) due *= 2;
        const auto doubtful = all.subspan(due / 2, std::min(due, all.size()) - due / 2);
        due = due / 2 +
              static_cast<std::size_t>(std::ranges::upper_bound(doubtful, run_until, {}, time_of) - doubtful.begin());
        const std::size_t at = out.size();
        out.insert(out.end(), all.begin(), all.begin() + static_cast<std::ptrdiff_t>(due));
        events.pop(due);
        for (std::size_t i = at; i < out.size() && time_of(out[i]) < last_time_; ++i)
            out[i].time = static_cast<std::uint64_t>(last_time_);
        last_time_ = time_of(out.back());
    }
}

bool LiveSource::process_is_gone() {
    if (!note_.empty()) return true;
    if (file_->alive()) return false;
    const std::string pid = std::to_string(info_.pid);
    const bool ended = file_->refresh() && file_->facts().ended();
    const bool replaced = (ended && file_->facts().state == ring::SessionState::replacing) ||
                          (!ended && became_another_program(file_->facts()));
    if (replaced) {
        note_ = notes::note(notes::replaced, {pid});
        return true;
    }
    const Afterlife now = afterlife_of(file_->facts());
    const bool reused = now.number == Afterlife::Number::anothers;
    siginfo_t status{};
    if (!reused && waitid(P_PID, static_cast<id_t>(info_.pid), &status, WEXITED | WNOHANG | WNOWAIT) == 0) {
        if (status.si_pid == 0) {  // our child, and not a zombie yet; or it became another program
            const std::int64_t moment = static_cast<std::int64_t>(ring::monotonic_ns());
            if (gone_since_ == 0) gone_since_ = moment;
            if (moment - gone_since_ < status_patience_ns) return false;
            note_ = notes::note(notes::silent, {pid});
        } else if (status.si_code != CLD_EXITED) {
            note_ = notes::note(notes::killed, {pid, std::to_string(status.si_status), strsignal(status.si_status)});
        } else if (!ended) {
            note_ = notes::note(notes::left, {pid, std::to_string(status.si_status)});
        } else if (status.si_status != 0) {
            note_ = notes::note(notes::exited_with, {pid, std::to_string(status.si_status)});
        }
    }
    if (note_.empty()) note_ = notes::note(ended ? notes::exited : notes::crashed, {pid});
    if (reused) note_ = notes::note(notes::number_reused, {note_, now.command});
    return true;
}

}  // namespace awaitscope
