// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "instrumentation/analysis/detector.hpp"
#include "instrumentation/analysis/words.hpp"
#include "instrumentation/exporter/event_text.hpp"
#include "instrumentation/trace/own_code.hpp"

namespace awaitscope {
namespace {

/// Where a step blocked. Mostly nobody saw it: then it is told by the lines between which it did, what is known of
/// where it was just before the longest silence in it, and where it was next.
struct Culprit {
    PlaceId from = 0;
    PlaceId to = 0;              ///< 0: not known
    bool returned = false;       ///< instead of `to`: the coroutine had ended
    std::vector<PlaceId> stack;  ///< where it was seen to be, `from` among it; empty: nobody saw it
};

/// Of what was seen, the line that came most often, and the last stack with it. Precondition: not empty.
Culprit seen_culprit(const Symbols& symbols, std::span<const SeenStack> stacks) {
    const auto line = [&](const SeenStack& stack) { return stack.frames[own_frame(symbols, stack.frames)]; };
    Culprit found;
    std::ptrdiff_t most = 0;
    for (const SeenStack& one : stacks) {
        const PlaceId place = line(one);
        const std::ptrdiff_t times = std::ranges::count(stacks, place, line);
        if (times < most) continue;
        most = times;
        found.from = place;
        found.stack = one.frames;
    }
    return found;
}

/// A step says more than its begin and end: what it entered, wrote and woke stands between. Precondition: the events
/// are in the trace.
Culprit culprit_of(const Trace& trace, TaskIndex task, EventIndex begin, EventIndex end, PlaceId resumed_at) {
    constexpr EventIndex look_at_most = 1 << 16;
    Culprit found{.from = resumed_at};
    const std::uint16_t loop = trace.event(begin).loop();
    const Id id = trace.tasks()[task].id;
    PlaceId now_at = resumed_at;
    bool to_come = false;  // what the task did next after the longest silence
    Nanoseconds longest = -1, before = trace.time_at(begin);
    std::vector<PlaceId> outer;
    for (EventIndex i = begin + 1; i <= std::min(end, begin + look_at_most); ++i) {
        const Event event = trace.event(i);
        if (event.loop() != loop || event.kind() == EventKind::stack) continue;
        const bool of_task = event.task() == id;
        const auto time = static_cast<Nanoseconds>(event.time);
        const bool is_end = i == end;
        if (time - before > longest) {
            longest = time - before;
            found = {.from = now_at};
            to_come = true;
        }
        if (to_come && (of_task || is_end)) {
            const EventKind kind = event.kind();
            found.returned = kind == EventKind::coroutine_left || kind == EventKind::task_done;
            if ((is_end && kind == EventKind::task_suspended) || kind == EventKind::task_at) found.to = event.b;
            to_come = !found.returned && !is_end && kind != EventKind::coroutine_entered && found.to == 0;
        }
        before = time;
        if (of_task && event.kind() == EventKind::coroutine_entered && event.b != 0) {
            outer.push_back(now_at);
            now_at = event.b;
        } else if (of_task && event.kind() == EventKind::task_at && event.b != 0) {
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
        if (seen.step_event == no_event) return;
        const LoopNow& loop = scene.loop_of(scene.task(seen.stepped));
        const std::span<const SeenStack> stacks = loop.stacks_since(seen.step_begin);
        const Nanoseconds length = seen.time - begin_of(stacks, seen.step_begin);
        if (length < threshold_) return;
        // The place at which the step began is in the state before, as long as the event is the task's own.
        const PlaceId resumed_at = seen.task == seen.stepped ? seen.before.place : scene.task(seen.stepped).place;
        const Culprit culprit = stacks.empty()
                                    ? culprit_of(trace, seen.stepped, seen.step_event, seen.index, resumed_at)
                                    : seen_culprit(trace.symbols(), stacks);
        places_[culprit.from].add(trace, seen.step_event, seen.index, length, seen.stepped);
        remember(steps_, culprit);
    }

    void report(const Moment& now, std::vector<Finding>& out) override {
        std::vector<Lasting> lasting;
        for (const LoopNow& loop : now.scene.loops())
            if (auto one = lasting_of(now, loop)) lasting.push_back(std::move(*one));
        // What goes on where it has happened before is the same finding, once more: it keeps its row while it grows.
        for (const auto& [place, sighting] : places_.all()) {
            Kept kept = kept_at(static_cast<PlaceId>(place), sighting, steps_, true, now, lasting);
            const Sentence where = show(now.trace, kept.culprit, kept.finding);
            const std::string who = task_words(now.trace, kept.sighting.worst_task);
            const Sentence function = function_words(now.trace, kept.finding.place, kept.sighting.worst_task);
            const Sentence times = times_words(kept.sighting.count), worst = length_words(kept.sighting.worst);
            kept.finding.what =
                kept.lasts
                    ? Sentence::of(phrase("Finding",
                                          "%1 has kept the loop %2 without an await, at worst (%3) for %4%5, and "
                                          "does so now."),
                                   function, times, who, worst, where)
                : kept.sighting.count == 1
                    ? Sentence::of(phrase("Finding", "%1 kept the loop for %2 without an await%3."), who, worst, where)
                    : Sentence::of(phrase("Finding", "%1 kept the loop %2 without an await, at worst (%3) for %4%5."),
                                   function, times, who, worst, where);
            out.push_back(std::move(kept.finding));
        }
        for (const auto& [place, sighting] : callbacks_.all()) {
            Kept kept = kept_at(static_cast<PlaceId>(place), sighting, callback_lines_, false, now, lasting);
            const Sentence where =
                kept.culprit.stack.empty() ? Sentence() : show(now.trace, kept.culprit, kept.finding);
            kept.finding.place = kept.culprit.from;
            const Sentence times = times_words(kept.sighting.count), worst = length_words(kept.sighting.worst);
            const Sentence maker = kept.sighting.worst_task == no_task
                                       ? Sentence()
                                       : Sentence::of(phrase("Finding", "; %1 had scheduled it"),
                                                      task_words(now.trace, kept.sighting.worst_task));
            kept.finding.what =
                kept.lasts
                    ? Sentence::of(
                          phrase("Finding", "A callback has kept the loop %1, at worst for %2%3%4, and does so now."),
                          times, worst, where, maker)
                    : Sentence::of(phrase("Finding", "A callback kept the loop %1, at worst for %2%3%4."), times, worst,
                                   where, maker);
            out.push_back(std::move(kept.finding));
        }
        for (const Lasting& one : lasting)
            if (!one.told) out.push_back(alone(now, one));
    }

  private:
    /// What keeps a loop now.
    struct Lasting {
        Culprit culprit;
        EventIndex first = 0;
        Nanoseconds length = 0;
        TaskIndex task = no_task;  ///< no_task: it is a callback
        bool told = false;         ///< with what happened at the same place before
    };
    struct Kept {
        Sighting sighting;
        Culprit culprit;
        Finding finding;
        bool lasts = false;
    };

    std::optional<Lasting> lasting_of(const Moment& now, const LoopNow& loop) const {
        const bool step = loop.running != no_task;
        const auto stacks = loop.stacks_since(step ? loop.step_begin : loop.moved);
        if (loop.stopped || (!step && stacks.empty())) return std::nullopt;
        const Nanoseconds length = now.time - begin_of(stacks, step ? loop.step_begin : stacks.front().time);
        if (length < threshold_) return std::nullopt;
        Culprit culprit = stacks.empty() ? culprit_of(now.trace, loop.running, loop.step_event, now.last,
                                                      now.scene.task(loop.running).place)
                                         : seen_culprit(now.trace.symbols(), stacks);
        return Lasting{std::move(culprit), step ? loop.step_event : stacks.front().event, length, loop.running};
    }

    /// What happened at a place, with what goes on there now.
    static Kept kept_at(PlaceId place, Sighting sighting, const std::vector<Culprit>& culprits, bool steps,
                        const Moment& now, std::vector<Lasting>& lasting) {
        Kept kept{std::move(sighting), known(culprits, place), {}};
        for (Lasting& one : lasting) {
            if ((one.task != no_task) != steps || one.culprit.from != place) continue;
            kept.sighting.add(now.trace, one.first, now.last, one.length, one.task);
            if (!one.culprit.stack.empty()) kept.culprit = one.culprit;
            kept.lasts = one.told = true;
        }
        kept.finding = kept.sighting.finding(FindingKind::blocked_loop);
        if (kept.lasts) {
            kept.finding.end_event = no_event;
            kept.finding.end = open_end;
        }
        return kept;
    }

    static Finding alone(const Moment& now, const Lasting& one) {
        Sighting sighting;
        sighting.add(now.trace, one.first, now.last, one.length, one.task);
        Finding finding = sighting.finding(FindingKind::blocked_loop);
        finding.end_event = no_event;
        finding.end = open_end;
        const Sentence where = show(now.trace, one.culprit, finding);
        finding.what =
            one.task != no_task
                ? Sentence::of(phrase("Finding", "%1 has kept the loop for %2 without an await%3, and still does."),
                               task_words(now.trace, one.task), length_words(one.length), where)
                : Sentence::of(phrase("Finding", "A callback has kept the loop for %1%2, and still does."),
                               length_words(one.length), where);
        return finding;
    }

    /// Somebody who saw it may know of an earlier begin than the events tell.
    static Nanoseconds begin_of(std::span<const SeenStack> stacks, Nanoseconds told) {
        for (const SeenStack& stack : stacks) told = std::min(told, stack.begin);
        return told;
    }

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
        const auto stacks = seen.loop.stacks_since(seen.time - took);
        const Culprit culprit = stacks.empty()
                                    ? Culprit{.from = maker == no_task ? 0 : trace.place_at(maker, seen.index)}
                                    : seen_culprit(trace.symbols(), stacks);
        EventIndex begin = trace.first_at_or_after(seen.time - took);
        callbacks_[culprit.from].add(trace, std::min(begin, seen.index), seen.index, took, maker);
        remember(callback_lines_, culprit);
    }

    static void remember(std::vector<Culprit>& known, const Culprit& culprit) {
        const auto found = std::ranges::find(known, culprit.from, &Culprit::from);
        if (found == known.end())
            known.push_back(culprit);
        else if (found->stack.empty() && !culprit.stack.empty())
            *found = culprit;
    }

    static Culprit known(const std::vector<Culprit>& all, PlaceId place) {
        const auto found = std::ranges::find(all, place, &Culprit::from);
        return found == all.end() ? Culprit{.from = place} : *found;
    }

    /// Puts the place into the finding, and gives the words for it.
    static Sentence show(const Trace& trace, const Culprit& culprit, Finding& finding) {
        finding.place = culprit.from;
        finding.stack = culprit.stack;
        const Sentence line = line_words(trace, culprit.from);
        if (line.empty()) return {};
        if (!culprit.stack.empty())
            return Sentence::of(phrase("Finding", ", in %1 at %2"), function_words(trace, culprit.from), line);
        finding.after = true;
        if (culprit.returned) return Sentence::of(phrase("Finding", ", after %1 and before it returned"), line);
        if (culprit.to == 0 || culprit.to == culprit.from)
            return Sentence::of(phrase("Finding", ", after %1 and before its next await"), line);
        return Sentence::of(phrase("Finding", ", after %1 and before it came to %2"), line,
                            line_words(trace, culprit.to));
    }

    Nanoseconds threshold_;
    Sightings places_;
    Sightings callbacks_;
    std::vector<Culprit> steps_, callback_lines_;  ///< by `from`, as in these
};

}  // namespace

std::unique_ptr<Detector> make_blocked_loop(const FindingOptions& options) {
    return std::make_unique<BlockedLoop>(options);
}

}  // namespace awaitscope
