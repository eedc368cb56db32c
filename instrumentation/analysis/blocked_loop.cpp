// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>

#include "instrumentation/analysis/detector.hpp"
#include "instrumentation/analysis/words.hpp"
#include "instrumentation/exporter/event_text.hpp"

namespace awaitscope {
namespace {

/// The lines between which a step blocked: what is known of where it was just before the longest silence in it, and
/// where it was next.
struct Culprit {
    PlaceId from = 0;
    PlaceId to = 0;         ///< 0: not known
    bool returned = false;  ///< instead of `to`: the coroutine had ended
};

/// A step says more than its begin and end: what it entered, wrote and woke stands between. Precondition: the events
/// are in the trace.
Culprit culprit_of(const Trace& trace, TaskIndex task, EventIndex begin, EventIndex end, PlaceId resumed_at) {
    constexpr EventIndex look_at_most = 1 << 16;
    Culprit found{resumed_at};
    const std::uint16_t loop = trace.event(begin).loop();
    const Id id = trace.tasks()[task].id;
    PlaceId now_at = resumed_at;
    bool to_come = false;  // what the task did next after the longest silence
    Nanoseconds longest = -1, before = trace.time_at(begin);
    std::vector<PlaceId> outer;
    for (EventIndex i = begin + 1; i <= std::min(end, begin + look_at_most); ++i) {
        const Event event = trace.event(i);
        if (event.loop() != loop) continue;
        const bool of_task = event.task() == id;
        const auto time = static_cast<Nanoseconds>(event.time);
        const bool is_end = i == end;
        if (time - before > longest) {
            longest = time - before;
            found = {now_at};
            to_come = true;
        }
        if (to_come && (of_task || is_end)) {
            const EventKind kind = event.kind();
            found.returned = kind == EventKind::coroutine_left || kind == EventKind::task_done;
            if (is_end && kind == EventKind::task_suspended) found.to = event.b;
            to_come = !found.returned && !is_end && kind != EventKind::coroutine_entered;
        }
        before = time;
        if (of_task && event.kind() == EventKind::coroutine_entered && event.b != 0) {
            outer.push_back(now_at);
            now_at = event.b;
        } else if (of_task && event.kind() == EventKind::coroutine_left && !outer.empty()) {
            now_at = outer.back();
            outer.pop_back();
        }
    }
    return found;
}

class BlockedLoop final : public Detector {
  public:
    explicit BlockedLoop(const FindingOptions& options) : threshold_(options.blocked_loop) {}

    std::span<const EventKind> wants() const override {
        static constexpr EventKind kinds[] = {EventKind::task_running, EventKind::task_suspended, EventKind::task_ready,
                                              EventKind::task_done, EventKind::callback_run};
        return kinds;
    }

    void see(const Trace& trace, const Scene& scene, const Seen& seen) override {
        if (seen.event.kind() == EventKind::callback_run) {
            const auto took = static_cast<Nanoseconds>(std::min<std::uint64_t>(seen.event.bc(), seen.event.time));
            if (took >= threshold_) callback(trace, seen, took);
            return;
        }
        if (seen.step_event == no_event || seen.time - seen.step_begin < threshold_) return;
        // The place at which the step began is in the state before, as long as the event is the task's own.
        const PlaceId resumed_at = seen.task == seen.stepped ? seen.before.place : scene.task(seen.stepped).place;
        const Culprit culprit = culprit_of(trace, seen.stepped, seen.step_event, seen.index, resumed_at);
        places_[culprit.from].add(trace, seen.step_event, seen.index, seen.time - seen.step_begin, seen.stepped);
        remember_end(culprit);
    }

    void report(const Moment& now, std::vector<Finding>& out) override {
        for (const auto& [place, sighting] : places_.all()) {
            Finding finding = sighting.finding(FindingKind::blocked_loop);
            finding.place = static_cast<PlaceId>(place);
            const std::string who = task_words(now.trace, sighting.worst_task);
            const Sentence until = end_of(now.trace, finding.place);
            finding.what =
                sighting.count == 1
                    ? Sentence::of(phrase("Finding", "%1 kept the loop for %2 without an await%3."), who,
                                   length_words(sighting.worst), until)
                    : Sentence::of(phrase("Finding", "%1 kept the loop %2 without an await, at worst (%3) for %4%5."),
                                   function_words(now.trace, finding.place, sighting.worst_task),
                                   times_words(sighting.count), who, length_words(sighting.worst), until);
            out.push_back(std::move(finding));
        }
        for (const auto& [maker, sighting] : callbacks_.all()) {
            Finding finding = sighting.finding(FindingKind::blocked_loop);
            finding.place = static_cast<PlaceId>(maker);
            finding.what =
                Sentence::of(phrase("Finding", "A callback kept the loop %1, at worst for %2%3."),
                             times_words(sighting.count), length_words(sighting.worst),
                             sighting.worst_task == no_task ? Sentence()
                                                            : Sentence::of(phrase("Finding", "; %1 had scheduled it"),
                                                                           task_words(now.trace, sighting.worst_task)));
            out.push_back(std::move(finding));
        }
        for (const LoopNow& loop : now.scene.loops()) {
            const Nanoseconds length = now.time - loop.step_begin;
            if (loop.running == no_task || loop.stopped || length < threshold_) continue;
            Sighting sighting;
            sighting.add(now.trace, loop.step_event, now.last, length, loop.running);
            Finding finding = sighting.finding(FindingKind::blocked_loop);
            finding.end_event = no_event;
            finding.end = open_end;
            finding.place =
                culprit_of(now.trace, loop.running, loop.step_event, now.last, now.scene.task(loop.running).place).from;
            finding.what =
                Sentence::of(phrase("Finding", "%1 has kept the loop for %2 without an await, and still does."),
                             task_words(now.trace, loop.running), length_words(length));
            out.push_back(std::move(finding));
        }
    }

  private:
    /// Who scheduled it is looked for only now, among the events before it: it is rare.
    void callback(const Trace& trace, const Seen& seen, Nanoseconds took) {
        constexpr EventIndex look_at_most = 1 << 16;
        const EventIndex first = seen.index > look_at_most ? seen.index - look_at_most : 0;
        TaskIndex maker = no_task;
        for (EventIndex i = seen.index; i > first && maker == no_task; --i) {
            const Event event = trace.event(i - 1);
            const bool sets = event.kind() == EventKind::callback_scheduled || event.kind() == EventKind::timer_set;
            if (!sets || event.a != seen.event.a) continue;
            if (event.task() == 0) break;
            maker = trace.find_task(event.task());
        }
        const PlaceId place = maker == no_task ? 0 : trace.place_at(maker, seen.index);
        EventIndex begin = trace.first_at_or_after(seen.time - took);
        callbacks_[place].add(trace, std::min(begin, seen.index), seen.index, took, maker);
    }

    void remember_end(const Culprit& culprit) {
        if (std::ranges::find(ends_, culprit.from, &Culprit::from) == ends_.end()) ends_.push_back(culprit);
    }

    Sentence end_of(const Trace& trace, PlaceId from) const {
        const auto found = std::ranges::find(ends_, from, &Culprit::from);
        if (found == ends_.end()) return {};
        if (found->returned) return Sentence::of(phrase("Finding", ", before it returned"));
        if (found->to == 0 || found->to == from) return {};
        return Sentence::of(phrase("Finding", ", before it came to %1"), place_text(trace.symbols(), found->to));
    }

    Nanoseconds threshold_;
    Sightings places_;
    Sightings callbacks_;
    std::vector<Culprit> ends_;
};

}  // namespace

std::unique_ptr<Detector> make_blocked_loop(const FindingOptions& options) {
    return std::make_unique<BlockedLoop>(options);
}

}  // namespace awaitscope
