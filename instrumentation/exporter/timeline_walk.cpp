// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/exporter/timeline_walk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "instrumentation/event/vocabulary.hpp"
#include "instrumentation/exporter/event_text.hpp"
#include "instrumentation/trace/loop_process.hpp"

namespace awaitscope {
namespace {

/// Where each sort of track begins to be numbered.
constexpr TrackNumber loops_from = 1;
constexpr TrackNumber counters_from = TrackNumber{1} << 20;
constexpr TrackNumber queues_from = TrackNumber{1} << 24;
constexpr TrackNumber tasks_from = TrackNumber{1} << 32;
constexpr TrackNumber processes_from = TrackNumber{1} << 34;

class Walk {
  public:
    Walk(const Trace& trace, const SourceInfo& info, TimelineVisitor& visitor)
        : trace_(trace), symbols_(trace.symbols()), info_(info), visitor_(visitor) {}

    /// Of several, the source knows the first; the others are known by their loops.
    void processes() {
        std::vector<TrackNumber> told;
        for (const Loop& loop : trace_.loops()) {
            const std::uint32_t pid = process_of(trace_, loop);
            const TrackNumber track = process_track(pid);
            if (pid == 0 || std::ranges::find(told, track) != told.end()) continue;
            told.push_back(track);
            SourceInfo process = track == 0 ? info_ : SourceInfo();
            process.pid = static_cast<int>(pid);
            process.name = process_name(symbols_.string(loop.name), pid);
            visitor_.process(track, process);
        }
        if (std::ranges::find(told, TrackNumber{0}) == told.end()) visitor_.process(0, info_);
    }

    void loops() {
        for (const Loop& loop : trace_.loops()) {
            const std::uint32_t pid = process_of(trace_, loop);
            const std::string_view name = own_part(symbols_.string(loop.name), pid);
            visitor_.track(track_of(loop.number), process_track(pid),
                           name.empty() ? fmt::format("loop {}", loop.number) : fmt::format("loop {}", name));
            visitor_.counter_track(ready_of(loop.number), track_of(loop.number), "ready handles");
            visitor_.counter_track(timers_of(loop.number), track_of(loop.number), "timers");
        }
    }

    void tasks() {
        const TaskList all = trace_.tasks();
        // All tracks first: a flow may begin on the track of a later task.
        for (std::size_t i = 0; i < all.size(); ++i)
            visitor_.track(tasks_from + i, loop_track(all[i].loop), task_name(trace_, static_cast<TaskIndex>(i)));
        for (std::size_t i = 0; i < all.size(); ++i)
            for (const Span span : all[i].spans) one_span(static_cast<TaskIndex>(i), span);
    }

    void events() {
        for (const Loop& loop : trace_.loops())
            for (std::size_t i = 0; i < loop.iterations.size(); ++i) {
                const Event event = trace_.event(loop.iterations[i]);
                visitor_.count(ready_of(loop.number), time_of(event), event.b);
                visitor_.count(timers_of(loop.number), time_of(event), event.c);
            }
        for (EventIndex i = 0; i < trace_.event_count(); ++i) queue_level(trace_.event(i));
        texts(trace_.outputs(), "output");
        texts(trace_.marks(), "mark");
        texts(trace_.warnings(), "warning");
        for (std::size_t i = 0; i < trace_.losses().size(); ++i) {
            const Event event = trace_.event(trace_.losses()[i]);
            visitor_.instant(
                {loop_track(event.loop()), time_of(event), fmt::format("{} events lost", event.a), "lost"});
        }
    }

  private:
    static TrackNumber track_of(std::uint16_t loop) { return loops_from + loop; }
    static TrackNumber ready_of(std::uint16_t loop) { return counters_from + 2u * loop; }
    static TrackNumber timers_of(std::uint16_t loop) { return counters_from + 2u * loop + 1; }
    TrackNumber process_track(std::uint32_t pid) const {
        return pid == 0 || pid == static_cast<std::uint32_t>(info_.pid) ? 0 : processes_from + pid;
    }
    static Nanoseconds time_of(const Event& event) { return static_cast<Nanoseconds>(event.time); }
    /// The process's own where the loop is not known.
    TrackNumber loop_track(std::uint16_t loop) const {
        return std::ranges::find(trace_.loops(), loop, &Loop::number) != trace_.loops().end() ? track_of(loop) : 0;
    }

    void one_span(TaskIndex task, const Span& span) {
        TimelineSlice slice;
        slice.track = tasks_from + task;
        slice.begin = span.begin;
        slice.open = span.end == open_end;
        slice.end = slice.open ? std::max(span.begin, trace_.end()) : span.end;
        slice.category = to_string(span.state);
        slice.name = slice.category;
        if (span.state == TaskState::waiting) {
            slice.name = span.on == WaitKind::none ? "not known" : to_string(span.on);
            slice.object = span.object;
            const Place place = symbols_.place(span.place);
            slice.file = symbols_.string(place.file);
            slice.line = place.line;
        }
        const TaskIndex waker = span.state == TaskState::ready ? trace_.find_task(span.object) : no_task;
        if (waker != no_task && waker != task) {
            slice.flow = span.event + 1;
            const std::string name = "wakes " + task_name(trace_, task);
            visitor_.instant({tasks_from + waker, span.begin, name, "wake", slice.flow});
        }
        visitor_.slice(slice);
    }

    void queue_level(const Event& event) {
        if (event.kind() != EventKind::queue_put && event.kind() != EventKind::queue_get) return;
        const auto [queue, is_new] = queues_.try_emplace(event.a, queues_from + queues_.size());
        if (is_new) {
            const auto known = trace_.primitive_at(event.a, trace_.event_count() - 1);
            const std::string_view name = known ? symbols_.string(known->name) : std::string_view();
            visitor_.counter_track(queue->second, loop_track(event.loop()),
                                   name.empty() ? fmt::format("queue {}", event.a) : fmt::format("queue {}", name));
        }
        visitor_.count(queue->second, time_of(event), event.b);
    }

    void texts(const IndexList& indexes, std::string_view category) {
        for (std::size_t i = 0; i < indexes.size(); ++i) {
            const Event event = trace_.event(indexes[i]);
            const Field* field = text_field(event.kind());
            const TaskIndex task = trace_.find_task(event.task());
            visitor_.instant({task == no_task ? loop_track(event.loop()) : tasks_from + task, time_of(event),
                              symbols_.string(static_cast<StringId>(get(event, field->slot))), category});
        }
    }

    const Trace& trace_;
    const Symbols& symbols_;
    const SourceInfo& info_;
    TimelineVisitor& visitor_;
    std::unordered_map<Id, TrackNumber> queues_;
};

}  // namespace

void walk_timeline(const Trace& trace, const SourceInfo& info, TimelineVisitor& visitor) {
    Walk walk(trace, info, visitor);
    walk.processes();
    walk.loops();
    walk.tasks();
    walk.events();
}

}  // namespace awaitscope
