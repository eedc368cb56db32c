// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "instrumentation/analysis/detector.hpp"
#include "instrumentation/analysis/words.hpp"
#include "instrumentation/exporter/event_text.hpp"

namespace awaitscope {
namespace {

/// Whether such a wait can be part of a cycle.
bool may_close(WaitKind on) {
    return on == WaitKind::lock || on == WaitKind::task || on == WaitKind::gather || on == WaitKind::group ||
           on == WaitKind::future || on == WaitKind::timeout;
}

/// A cycle of waits, each for a task, a lock another holds, or all of a gather's children. Once closed it stays until
/// somebody cancels one of its tasks: so it is enough to look before a cancellation, and when findings are asked for.
class Deadlock final : public Detector {
  public:
    std::span<const EventKind> wants() const override {
        static constexpr EventKind kinds[] = {EventKind::task_suspended, EventKind::task_cancel_requested,
                                              EventKind::task_running,   EventKind::task_done,
                                              EventKind::loop_stopped,   EventKind::lost};
        return kinds;
    }

    void see(const Trace& trace, const Scene& scene, const Seen& seen) override {
        switch (seen.event.kind()) {
            case EventKind::task_suspended:
                if (seen.task != no_task && may_close(static_cast<WaitKind>(seen.event.c)))
                    began_to_wait(scene, seen.task);
                break;
            case EventKind::task_cancel_requested:
            case EventKind::loop_stopped:
                if (seen.index > 0) check(trace, scene, seen.index - 1);
                break;
            case EventKind::lost:
                unchecked_.clear();  // who holds what is not known any more
                break;
            default:
                if (!open_.empty() && seen.task != no_task) end(seen);
                break;
        }
    }

    void report(const Moment& now, std::vector<Finding>& out) override {
        if (now.last == no_event) return;
        check(now.trace, now.scene, now.last);
        out.insert(out.end(), cycles_.begin(), cycles_.end());
    }

  private:
    static constexpr std::size_t cycles_max = 256;

    /// Of very many that came since the last look, those that wait still are kept, once each.
    void began_to_wait(const Scene& scene, TaskIndex task) {
        unchecked_.push_back(task);
        if (unchecked_.size() < compact_at_) return;
        std::erase_if(unchecked_, [&](TaskIndex each) { return scene.task(each).state != TaskState::waiting; });
        std::ranges::sort(unchecked_);
        const auto twice = std::ranges::unique(unchecked_);
        unchecked_.erase(twice.begin(), twice.end());
        compact_at_ = std::max<std::size_t>(1 << 16, 2 * unchecked_.size());
    }

    /// Looks at every task that began to wait since the last look: a new cycle has one of them in it.
    void check(const Trace& trace, const Scene& scene, EventIndex at) {
        std::unordered_map<TaskIndex, bool> on_path;  // false: looked at, and in no cycle
        for (const TaskIndex task : unchecked_)
            if (scene.task(task).state == TaskState::waiting && !on_path.contains(task)) walk(trace, task, at, on_path);
        unchecked_.clear();
    }

    /// Depth first along all that each waits for.
    void walk(const Trace& trace, TaskIndex first, EventIndex at, std::unordered_map<TaskIndex, bool>& on_path) {
        struct Visit {
            TaskIndex task;
            std::vector<TaskIndex> next;
        };
        std::vector<Visit> path;
        const auto enter = [&](TaskIndex task) {
            on_path[task] = true;
            path.push_back({task, trace.awaits(task, at)});
        };
        enter(first);
        while (!path.empty()) {
            if (path.back().next.empty()) {
                on_path[path.back().task] = false;
                path.pop_back();
                continue;
            }
            const TaskIndex next = path.back().next.back();
            path.back().next.pop_back();
            const auto known = on_path.find(next);
            if (known == on_path.end()) {
                enter(next);
            } else if (known->second) {
                std::vector<TaskIndex> cycle;
                for (const Visit& visit : path) cycle.push_back(visit.task);
                cycle.erase(cycle.begin(), std::ranges::find(cycle, next));
                add(trace, std::move(cycle), at);
            }
        }
    }

    void add(const Trace& trace, std::vector<TaskIndex> cycle, EventIndex at) {
        if (cycles_.size() >= cycles_max) return;
        for (const std::size_t open : open_)
            if (std::ranges::find(cycles_[open].tasks, cycle.front()) != cycles_[open].tasks.end()) return;
        // It begins with the task that closed it.
        const auto since = [&](TaskIndex task) { return trace.at(task, at).span->event; };
        std::ranges::rotate(cycle, std::ranges::max_element(cycle, {}, since));
        Finding finding;
        finding.kind = cycle.size() == 1 ? FindingKind::self_deadlock : FindingKind::deadlock;
        finding.severity = info_of(finding.kind).severity;
        finding.begin_event = finding.event = since(cycle.front());
        finding.begin = trace.time_at(finding.begin_event);
        finding.events = {finding.event};
        finding.place = trace.at(cycle.front(), at).span->place;
        finding.tasks = cycle;
        finding.task_count = cycle.size();
        for (const TaskIndex task : cycle)
            if (const Span span = *trace.at(task, at).span; span.on == WaitKind::lock)
                finding.objects.push_back(span.object);
        finding.what = words_of(trace, cycle, at);
        if (finding.tasks.size() > Finding::tasks_max) finding.tasks.resize(Finding::tasks_max);
        // Who holds a lock is what the events told last: some of them may be missing.
        EventIndex first = at;
        for (const TaskIndex task : cycle) first = std::min(first, trace.tasks()[task].created_event);
        finding.uncertain = trace.losses().count_until(at) > trace.losses().count_before(first);
        open_.push_back(cycles_.size());
        cycles_.push_back(std::move(finding));
    }

    static Sentence words_of(const Trace& trace, const std::vector<TaskIndex>& cycle, EventIndex at) {
        constexpr std::size_t told = 6;
        const std::size_t size = std::min(cycle.size(), told);
        // What the task at `i` waits for.
        const auto wanted = [&](std::size_t i) {
            const Span span = *trace.at(cycle[i], at).span;
            Sentence next = cycle.size() == 1 ? Sentence::of(phrase("Finding", "itself"))
                                              : task_words(trace, cycle[(i + 1) % cycle.size()]);
            if (span.on != WaitKind::lock) return next;
            return Sentence::of(phrase("Finding", "%1, held by %2"), primitive_words(trace, span.object, at), next);
        };
        const auto line = [&](std::size_t i) {
            const Sentence place = line_words(trace, trace.at(cycle[i], at).span->place);
            return place.empty() ? Sentence() : Sentence::of(phrase("Finding", " at %1"), place);
        };
        Sentence rest;
        if (cycle.size() > told)
            rest = Sentence::of(phrase("Finding", ", and so on round %1 tasks"), number_words(cycle.size()));
        for (std::size_t i = size - 1; i > 0; --i)
            rest = Sentence::of(phrase("Finding", ", which waits%1 for %2%3"), line(i), wanted(i), rest);
        return Sentence::of(phrase("Finding", "%1 waits%2 for %3%4."), task_words(trace, cycle.front()), line(0),
                            wanted(0), rest);
    }

    /// One of its tasks runs again: it is over.
    void end(const Seen& seen) {
        std::erase_if(open_, [&](std::size_t open) {
            Finding& cycle = cycles_[open];
            if (std::ranges::find(cycle.tasks, seen.task) == cycle.tasks.end()) return false;
            cycle.end_event = seen.index;
            cycle.end = seen.time;
            return true;
        });
    }

    std::vector<TaskIndex> unchecked_;
    std::size_t compact_at_ = 1 << 16;
    std::vector<Finding> cycles_;
    std::vector<std::size_t> open_;  ///< of cycles_, those that last
};

}  // namespace

std::unique_ptr<Detector> make_deadlock(const FindingOptions&) {
    return std::make_unique<Deadlock>();
}

}  // namespace awaitscope
