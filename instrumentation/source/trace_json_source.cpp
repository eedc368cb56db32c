// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/trace_json_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "instrumentation/event/vocabulary.hpp"
#include "instrumentation/source/notes.hpp"
#include "instrumentation/source/trace_json_parser.hpp"
#include "instrumentation/source/utf8.hpp"

namespace awaitscope {
namespace {

constexpr std::size_t loops_max = 0xffff;

struct Slice {
    std::int64_t begin = 0;
    std::int64_t end = 0;
    StringId name = 0;
    PlaceId place = 0;  ///< of our own categories
    enum class Sort : std::uint8_t { foreign, ready, running, waiting } sort = Sort::foreign;
    bool open = false;
};

struct Mark {
    std::int64_t time = 0;
    StringId text = 0;
};

/// What was said of one process and thread, in the order of the text.
struct Track {
    std::string name;
    std::uint16_t loop = 0;
    std::vector<Slice> slices;
    std::vector<Slice> begun;  ///< "B" without their "E" so far
    std::vector<Mark> marks;
};

struct Process {
    std::uint16_t loop = 0;
    std::string name;
};

/// Nanoseconds of a time in microseconds; nothing where no clock would say so.
std::optional<std::int64_t> nanoseconds(std::optional<double> us) {
    constexpr double most = 4e15;  // 126 years
    if (!us || !(std::abs(*us) < most)) return std::nullopt;
    return std::llround(*us * 1000);
}

/// "file.cpp:12", as our export writes it.
PlaceId place_of(std::string_view text, Symbols& symbols) {
    const std::size_t colon = text.rfind(':');
    std::uint32_t line = 0;
    if (colon == std::string_view::npos) return 0;
    std::from_chars(text.data() + colon + 1, text.data() + text.size(), line);
    return symbols.add_place(valid_utf8(text.substr(0, colon)), "", line);
}

Slice::Sort sort_of(std::string_view category) {
    if (category == "running") return Slice::Sort::running;
    if (category == "ready") return Slice::Sort::ready;
    if (category == "waiting") return Slice::Sort::waiting;
    return Slice::Sort::foreign;
}

/// Gathers the tracks.
class Gatherer {
  public:
    explicit Gatherer(Symbols& symbols) : symbols_(symbols) {}

    std::vector<Track> tracks;
    std::vector<Process> processes;
    std::uint64_t left_out = 0;
    std::uint64_t broken = 0;
    std::int64_t earliest = std::numeric_limits<std::int64_t>::max();

    void take(const TraceJsonEvent& event) {
        if (event.phase == "M") return name(event);
        const bool known = event.phase == "X" || event.phase == "B" || event.phase == "E" || event.phase == "i" ||
                           event.phase == "I" || event.phase == "n";
        if (!known) return void(++left_out);
        const auto begin = nanoseconds(event.time_us);
        const auto length = nanoseconds(event.length_us.value_or(0));
        if (!begin || !length || *length < 0 || kept_ == TraceJsonSource::slices_max) return void(++broken);
        earliest = std::min(earliest, *begin);
        Track& track = track_of(event);
        if (event.phase == "E") return end(track, *begin);
        ++kept_;
        const StringId text = symbols_.add_string(valid_utf8(event.name));
        if (event.phase != "X" && event.phase != "B") return track.marks.push_back({*begin, text});
        const Slice slice{
            *begin,         *begin + *length, text, place_of(event.args_at, symbols_), sort_of(event.category),
            event.args_open};
        (event.phase == "X" ? track.slices : track.begun).push_back(slice);
    }

    /// What was begun and never ended ends with the last thing known of its track.
    void close() {
        for (Track& track : tracks) {
            std::int64_t last = 0;
            for (const Slice& slice : track.slices) last = std::max(last, slice.end);
            for (const Slice& slice : track.begun) last = std::max(last, slice.begin);
            while (!track.begun.empty()) end(track, last);
        }
    }

  private:
    void name(const TraceJsonEvent& event) {
        if (event.name == "process_name") processes[process_of(event.pid)].name = event.args_name;
        if (event.name == "thread_name") track_of(event).name = event.args_name;
    }
    void end(Track& track, std::int64_t time) {
        if (track.begun.empty()) return void(++broken);
        track.begun.back().end = std::max(time, track.begun.back().begin);
        track.slices.push_back(track.begun.back());
        track.begun.pop_back();
    }
    std::size_t process_of(const std::string& pid) {
        const auto [found, is_new] = by_pid_.try_emplace(pid, processes.size());
        if (is_new)
            processes.push_back({static_cast<std::uint16_t>(std::min(processes.size() + 1, loops_max)),
                                 fmt::format("process {}", valid_utf8(pid))});
        return found->second;
    }
    Track& track_of(const TraceJsonEvent& event) {
        const auto [found, is_new] = by_thread_.try_emplace(event.pid + '/' + event.tid, tracks.size());
        if (is_new) {
            Track& track = tracks.emplace_back();
            track.name = fmt::format("track {}", event.tid);
            track.loop = processes[process_of(event.pid)].loop;
        }
        return tracks[found->second];
    }

    Symbols& symbols_;
    std::unordered_map<std::string, std::size_t> by_pid_;
    std::unordered_map<std::string, std::size_t> by_thread_;
    std::size_t kept_ = 0;
};

/// Makes the events of one track: its task's, in order of time.
class TrackEvents {
  public:
    TrackEvents(Track& track, Id task, std::int64_t epoch, Symbols& symbols, std::vector<Event>& out)
        : track_(track), task_(task), epoch_(epoch), symbols_(symbols), out_(out) {}

    void make() {
        const auto begin = out_.size();
        // Whoever begins first, and of these who lasts longest, holds the others.
        std::ranges::stable_sort(track_.slices, [](const Slice& one, const Slice& other) {
            return one.begin != other.begin ? one.begin < other.begin : one.end > other.end;
        });
        create();
        for (const Slice& slice : track_.slices) one(slice);
        leave_until(std::numeric_limits<std::int64_t>::max());
        if (!track_.slices.empty() && !open_) add(EventKind::task_done, last_);
        for (const Mark& mark : track_.marks) add(EventKind::mark, mark.time).b = mark.text;
        std::stable_sort(out_.begin() + static_cast<std::ptrdiff_t>(begin), out_.end(),
                         [](const Event& a, const Event& b) { return a.time < b.time; });
    }

  private:
    Event& add(EventKind kind, std::int64_t time) {
        Event event;
        event.head = Event::pack(kind, track_.loop, task_);
        event.time = static_cast<std::uint64_t>(time - epoch_);
        return out_.emplace_back(event);
    }
    void create() {
        std::int64_t first = std::numeric_limits<std::int64_t>::max();
        if (!track_.slices.empty()) first = track_.slices.front().begin;
        for (const Mark& mark : track_.marks) first = std::min(first, mark.time);
        if (first == std::numeric_limits<std::int64_t>::max()) first = epoch_;
        const std::string name = valid_utf8(track_.name);
        Event& event = add(EventKind::task_created, first);
        event.b = symbols_.add_string(name);
        event.c = symbols_.add_place("", name, 0);
    }
    void one(const Slice& slice) {
        leave_until(slice.begin);
        open_ = slice.open;
        switch (slice.sort) {
            case Slice::Sort::ready:
                add(EventKind::task_ready, slice.begin);
                last_ = slice.end;
                return;
            case Slice::Sort::running:
                add(EventKind::task_running, slice.begin);
                last_ = slice.end;
                return;
            case Slice::Sort::waiting: {
                const auto on = enum_value(FieldType::wait_kind, symbols_.string(slice.name));
                Event& event = add(EventKind::task_suspended, slice.begin);
                event.b = slice.place;
                event.c = static_cast<std::uint32_t>(on.value_or(0));
                last_ = slice.end;
                return;
            }
            case Slice::Sort::foreign:
                enter(slice);
        }
    }
    void enter(const Slice& slice) {
        if (ends_.empty()) add(EventKind::task_running, slice.begin);
        Event& event = add(EventKind::coroutine_entered, slice.begin);
        event.b = symbols_.add_place("", symbols_.string(slice.name), 0);
        event.c = static_cast<std::uint32_t>(ends_.size());
        // A slice that outlasts the one it lies in is cut there.
        ends_.push_back(ends_.empty() ? slice.end : std::min(slice.end, ends_.back()));
    }
    /// Ends the slices that are over by then.
    void leave_until(std::int64_t time) {
        while (!ends_.empty() && ends_.back() <= time) {
            last_ = ends_.back();
            ends_.pop_back();
            Event& event = add(EventKind::coroutine_left, last_);
            event.c = static_cast<std::uint32_t>(ends_.size());
            if (ends_.empty()) add(EventKind::task_suspended, last_);
        }
    }

    Track& track_;
    Id task_;
    std::int64_t epoch_;
    Symbols& symbols_;
    std::vector<Event>& out_;
    std::vector<std::int64_t> ends_;  ///< of the slices that are open, the innermost last
    std::int64_t last_ = 0;
    bool open_ = false;
};

}  // namespace

TraceJsonSource::TraceJsonSource(std::unique_ptr<std::istream> stream, std::string name) : stream_(std::move(stream)) {
    info_.name = std::move(name);
}

TraceJsonSource::~TraceJsonSource() = default;

SourceState TraceJsonSource::read(Symbols& symbols, std::vector<Event>& out, std::size_t limit) {
    if (stream_) read_all(symbols);
    const std::size_t count = std::min(limit, events_.size() - handed_out_);
    const auto from = events_.begin() + static_cast<std::ptrdiff_t>(handed_out_);
    out.insert(out.end(), from, from + static_cast<std::ptrdiff_t>(count));
    handed_out_ += count;
    if (handed_out_ < events_.size()) return SourceState::more;
    events_ = {};
    handed_out_ = 0;
    return SourceState::ended;
}

void TraceJsonSource::read_all(Symbols& symbols) {
    Gatherer gatherer(symbols);
    const TraceJsonEnd end = parse_trace_json(*stream_, [&](TraceJsonEvent& event) { gatherer.take(event); });
    stream_.reset();
    gatherer.close();
    const std::int64_t epoch = gatherer.tracks.empty() ? 0 : gatherer.earliest;
    for (const Process& process : gatherer.processes) {
        Event& event = events_.emplace_back();
        event.head = Event::pack(EventKind::loop_started, process.loop, 0);
        event.b = symbols.add_string(valid_utf8(process.name));
    }
    Id task = 0;
    for (Track& track : gatherer.tracks) {
        if (track.slices.empty() && track.marks.empty()) continue;
        TrackEvents(track, ++task, epoch, symbols, events_).make();
        track = {};  // its slices are events now
    }
    std::ranges::stable_sort(events_, {}, &Event::time);
    left_out_ = gatherer.left_out;
    if (!end.trouble.empty())
        note_ = notes::note(notes::broken_json, {info_.name, end.trouble});
    else if (!end.list)
        note_ = notes::note(notes::no_list, {info_.name});
    else if (gatherer.broken > 0)
        note_ = notes::note(notes::broken_events, {info_.name, std::to_string(gatherer.broken)});
}

bool looks_like_trace_json(std::string_view beginning) {
    constexpr std::string_view white = " \t\r\n";
    beginning.remove_prefix(std::min(beginning.find_first_not_of(white), beginning.size()));
    if (beginning.starts_with('{')) return beginning.find("\"traceEvents\"") != std::string_view::npos;
    return beginning.starts_with('[') && beginning.find("\"ph\"") != std::string_view::npos;
}

}  // namespace awaitscope
