// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <unordered_map>

#include "instrumentation/analysis/detector.hpp"
#include "instrumentation/analysis/words.hpp"

namespace awaitscope {
namespace {

/// A task that was asked to end, ran on, and ended as if nothing had been, or went back to what it did before. A
/// timeout and a task group ask their own task, and take it back: those requests do not count.
class SwallowedCancel final : public Detector {
  public:
    explicit SwallowedCancel(const FindingOptions& options) : alive_(options.swallowed) {}

    std::span<const EventKind> wants() const override {
        static constexpr EventKind kinds[] = {EventKind::task_cancel_requested,
                                              EventKind::task_running,
                                              EventKind::task_suspended,
                                              EventKind::task_done,
                                              EventKind::timer_set,
                                              EventKind::timer_fired,
                                              EventKind::timer_cancelled,
                                              EventKind::callback_scheduled,
                                              EventKind::callback_run,
                                              EventKind::iteration,
                                              EventKind::loop_stopped,
                                              EventKind::lost};
        return kinds;
    }

    void see(const Trace& trace, const Scene&, const Seen& seen) override {
        const Event& event = seen.event;
        switch (event.kind()) {
            case EventKind::task_cancel_requested:
                if (seen.task != no_task && !is_done(seen.before.state)) requested(trace, seen);
                break;
            case EventKind::task_running:
                if (seen.task != no_task) failed_child_.erase(seen.task);
                break;
            case EventKind::task_suspended:
                if (!asked_.empty()) suspended(seen);
                break;
            case EventKind::task_done:
                if (seen.task != no_task) done(trace, seen);
                break;
            case EventKind::timer_set:
                if (seen.task != no_task) makers_[event.a] = seen.task;
                break;
            case EventKind::callback_scheduled:
                if (seen.task != no_task) queued_.push_back({event.a, seen.task, event.loop()});
                break;
            case EventKind::timer_fired:
                if (const auto maker = makers_.find(event.a); maker != makers_.end()) {
                    queued_.push_back({event.a, maker->second, event.loop()});
                    makers_.erase(maker);
                }
                break;
            case EventKind::iteration: {
                // What was queued runs in this turn, and by its end all of it has run.
                const auto of_loop = [&](const Callback& callback) { return callback.loop == event.loop(); };
                std::erase_if(due_, of_loop);
                std::ranges::copy_if(queued_, std::back_inserter(due_), of_loop);
                std::erase_if(queued_, of_loop);
                break;
            }
            case EventKind::callback_run:
                std::erase_if(due_, [&](const Callback& callback) { return callback.handle == event.a; });
                break;
            case EventKind::timer_cancelled:
                makers_.erase(event.a);
                break;
            case EventKind::loop_stopped:
                due_.clear();
                queued_.clear();
                break;
            default:
                asked_.clear();
                makers_.clear();
                due_.clear();
                queued_.clear();
                failed_child_.clear();
                break;
        }
    }

    void report(const Moment& now, std::vector<Finding>& out) override {
        for (const auto& [place, sighting] : places_.all()) {
            Finding finding = sighting.finding(FindingKind::swallowed_cancel);
            finding.place = static_cast<PlaceId>(place);
            finding.what = Sentence::of(
                phrase("Finding", "%1 was asked to end%2, ran on for %3 and ended as if it had not been."),
                task_words(now.trace, sighting.worst_task),
                sighting.count > 1
                    ? Sentence::of(phrase("Finding", " (as others, %1 in all)"), number_words(sighting.count))
                    : Sentence(),
                length_words(sighting.worst));
            out.push_back(std::move(finding));
        }
        for (const auto& [task, asked] : asked_) {
            // Whoever cleans up may take long, but does not come back to the line at which it was asked.
            if (!asked.back || asked.steps < 2 || now.time - asked.time < alive_) continue;
            const TaskState end = now.trace.tasks()[task].end_state;
            if (is_done(end)) continue;  // among lost events
            Sighting sighting;
            sighting.add(now.trace, asked.event, asked.event, 0, task);
            Finding finding = sighting.finding(FindingKind::swallowed_cancel);
            finding.end_event = no_event;
            finding.end = open_end;
            finding.place = asked.place;
            finding.what = Sentence::of(phrase("Finding", "%1 was asked to end %2 ago, has run %3 since, and goes on."),
                                        task_words(now.trace, task), length_words(now.time - asked.time),
                                        times_words(asked.steps));
            out.push_back(std::move(finding));
        }
    }

  private:
    struct Callback {
        Id handle;
        TaskIndex maker;
        std::uint16_t loop;
    };
    struct Asked {
        EventIndex event;
        Nanoseconds time;
        PlaceId place;  ///< where it stood
        std::uint32_t steps = 0;
        bool back = false;  ///< it has waited there again
    };

    void requested(const Trace& trace, const Seen& seen) {
        if (seen.event.a == 0) {
            // By a callback. The task's own, set or scheduled by itself: a timeout, which takes it back.
            const bool own = std::ranges::find(due_, seen.task, &Callback::maker) != due_.end();
            // A child of it has failed: a task group, which takes it back too.
            if (own || failed_child_.contains(seen.task)) return;
        }
        if (trace.find_task(seen.event.a) == seen.task) return;  // by itself
        asked_.try_emplace(seen.task, Asked{seen.index, seen.time, seen.before.place});
    }

    void suspended(const Seen& seen) {
        const auto asked = asked_.find(seen.task);
        if (asked == asked_.end() || seen.stepped != seen.task) return;
        ++asked->second.steps;
        const PlaceId at = seen.event.b != 0 ? seen.event.b : seen.before.place;
        asked->second.back = asked->second.back || at == asked->second.place;
    }

    void done(const Trace& trace, const Seen& seen) {
        const auto end = static_cast<EndState>(seen.event.c);
        const TaskIndex parent = trace.tasks()[seen.task].parent;
        if (end == EndState::failed && parent != no_task) failed_child_[parent] = seen.index;
        failed_child_.erase(seen.task);
        const auto asked = asked_.find(seen.task);
        if (asked == asked_.end()) return;
        // One that cleaned up and returned in the step in which it was told has ended, as it was asked to.
        if (end == EndState::finished && asked->second.steps > 0)
            places_[asked->second.place].add(trace, asked->second.event, seen.index, seen.time - asked->second.time,
                                             seen.task);
        asked_.erase(asked);
    }

    Nanoseconds alive_;
    std::unordered_map<TaskIndex, Asked> asked_;
    std::unordered_map<TaskIndex, EventIndex> failed_child_;  ///< parents of which a child failed since their last step
    std::unordered_map<Id, TaskIndex> makers_;                ///< of timers that are set
    std::vector<Callback> queued_;                            ///< for the next turn of their loop
    std::vector<Callback> due_;                               ///< in this turn
    Sightings places_;
};

}  // namespace

std::unique_ptr<Detector> make_swallowed_cancel(const FindingOptions& options) {
    return std::make_unique<SwallowedCancel>(options);
}

}  // namespace awaitscope
