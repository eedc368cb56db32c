// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <iterator>
#include <set>
#include <unordered_set>

#include "instrumentation/analysis/detector.hpp"
#include "instrumentation/analysis/words.hpp"
#include "instrumentation/event/awaited.hpp"

namespace awaitscope {
namespace {

/// Whether such a wait ends by somebody's doing, and not by time, input, a thread or a process.
bool needs_a_task(WaitKind on) {
    switch (on) {
        case WaitKind::future:
        case WaitKind::task:
        case WaitKind::gather:
        case WaitKind::group:
            return true;
        default:
            return awaited_primitive(on).has_value();
    }
}

/// Locks that were taken before the recording began, so that no event tells by whom, and that nobody gives back while
/// tasks wait. Python's locks know no owner: who took one by hand cannot be asked for afterwards. A suspicion at once
/// where no task of the loop can go on by itself, and after a longer wait where some can: one of these may yet give it
/// back. What somebody ends by cancelling stays told, with its end.
class PossibleDeadlock final : public Detector {
  public:
    explicit PossibleDeadlock(const FindingOptions& options) : options_(options) {}

    std::span<const EventKind> wants() const override {
        static constexpr EventKind kinds[] = {EventKind::sync_wait, EventKind::sync_acquired, EventKind::sync_released,
                                              EventKind::task_cancel_requested, EventKind::loop_stopped};
        return kinds;
    }

    void see(const Trace& trace, const Scene& scene, const Seen& seen) override {
        const EventKind kind = seen.event.kind();
        if (kind == EventKind::task_cancel_requested || kind == EventKind::loop_stopped) {
            if (!untold_.empty() && seen.time >= looks_again_) look_before_end({trace, scene, seen.time, seen.index});
            return;
        }
        if (seen.event.c != static_cast<std::uint32_t>(SyncKind::lock)) return;
        const Id lock = seen.event.a;
        if (kind != EventKind::sync_wait) {
            told_.insert(lock);
            untold_.erase(lock);
        } else if (!told_.contains(lock)) {
            untold_.insert(lock);
        }
    }

    void report(const Moment& now, std::vector<Finding>& out) override {
        std::vector<Finding> found = look(now);
        for (const Finding& each : ended_)
            if (std::ranges::find(found, each.begin_event, &Finding::begin_event) == found.end()) out.push_back(each);
        std::ranges::move(found, std::back_inserter(out));
    }

  private:
    /// A lock that tasks wait for.
    struct Held {
        Id lock = 0;
        TaskIndex first = no_task;  ///< that waits for it
        std::size_t waiters = 0;    ///< in all
    };
    /// The tasks of a loop.
    struct Crowd {
        std::uint64_t alive = 0;
        bool stands_still = true;
        Nanoseconds since = 0;  ///< when the last of them began what it does
    };
    static constexpr std::size_t ended_max = 256;

    /// Somebody cancels, or the loop stops: who waited may go on now.
    void look_before_end(const Moment& now) {
        looks_again_ = now.time + options_.standstill / 10;  // of many cancellations the first says enough
        for (Finding& each : look(now)) {
            each.end_event = now.last;
            each.end = now.time;
            const bool known = std::ranges::find(ended_, each.begin_event, &Finding::begin_event) != ended_.end();
            if (!known && ended_.size() < ended_max) ended_.push_back(std::move(each));
        }
    }

    std::vector<Finding> look(const Moment& now) const {
        std::vector<Finding> found;
        if (untold_.empty()) return found;
        std::vector<std::vector<Held>> of_loops(now.scene.loops().size());
        for (const Id lock : untold_)
            if (const Held held = held_now(now, lock); held.waiters > 0)
                of_loops[now.scene.task(held.first).loop].push_back(held);
        for (std::size_t loop = 0; loop < of_loops.size(); ++loop)
            if (!of_loops[loop].empty()) look_at(now, loop, std::move(of_loops[loop]), found);
        return found;
    }

    static Held held_now(const Moment& now, Id lock) {
        const auto primitive = now.trace.primitive_at(lock, now.last);
        if (!primitive || primitive->owner || primitive->waiters.empty()) return {};
        const TaskIndex first = primitive->waiters.front();
        const TaskNow& task = now.scene.task(first);
        // Who has just been woken waits no more, though it has not yet run.
        if (task.state != TaskState::waiting || task.object != lock) return {};
        return {lock, first, primitive->waiters.size()};
    }

    static Crowd crowd_of(const Scene& scene, std::size_t loop) {
        Crowd crowd;
        for (const TaskIndex index : scene.alive()) {
            const TaskNow& task = scene.task(index);
            if (task.loop != loop || is_done(task.state)) continue;
            ++crowd.alive;
            crowd.stands_still &= task.state == TaskState::waiting && needs_a_task(task.on);
            crowd.since = std::max(crowd.since, task.since);
        }
        return crowd;
    }

    void look_at(const Moment& now, std::size_t loop, std::vector<Held> locks, std::vector<Finding>& out) const {
        const Crowd crowd = crowd_of(now.scene, loop);
        const bool none_can = crowd.stands_still && now.time - crowd.since >= options_.standstill;
        const auto since = [&](const Held& held) { return now.scene.task(held.first).since; };
        if (!none_can) std::erase_if(locks, [&](const Held& held) { return now.time - since(held) < options_.held; });
        if (locks.empty()) return;
        std::ranges::stable_sort(locks, {}, [&](const Held& held) { return now.scene.task(held.first).event; });

        Finding finding;
        finding.kind = FindingKind::possible_deadlock;
        finding.severity = none_can ? Severity::error : Severity::warning;
        const TaskNow& first = now.scene.task(locks.front().first);
        finding.begin_event = finding.event = first.event;
        finding.events = {finding.event};
        finding.begin = first.since;
        finding.place = first.place;
        for (const Held& held : locks) {
            finding.task_count += held.waiters;
            finding.objects.push_back(held.lock);
            if (finding.tasks.size() < Finding::tasks_max) finding.tasks.push_back(held.first);
        }
        // Somebody may have taken a lock in what was lost.
        finding.uncertain = now.trace.losses().count_until(now.last) > 0;
        finding.what = Sentence::of(
            "%1 %2 %3", wait_words(now, locks, finding.task_count), holder_words(locks.size(), finding.uncertain),
            none_can ? standstill_words(crowd.alive)
                     : others_words(now.time - since(locks.front()), crowd.alive, finding.task_count));
        out.push_back(std::move(finding));
    }

    static Sentence wait_words(const Moment& now, const std::vector<Held>& locks, std::uint64_t waiters) {
        constexpr std::size_t told = 6;
        const std::size_t size = std::min(locks.size(), told);
        Sentence rest;
        if (waiters > size)
            rest = Sentence::counted(waiters - size, "; so does %Ln more task",
                                     phrase_n("Finding", "; so do %Ln more tasks"));
        for (std::size_t i = size; i-- > 0;) {
            const Sentence line = line_words(now.trace, now.scene.task(locks[i].first).place);
            rest = Sentence::of(
                i == 0 ? phrase("Finding", "%1 waits%2 for %3%4.") : phrase("Finding", ", %1 waits%2 for %3%4"),
                task_words(now.trace, locks[i].first),
                line.empty() ? Sentence() : Sentence::of(phrase("Finding", " at %1"), line),
                primitive_words(now.trace, locks[i].lock, now.last), rest);
        }
        return rest;
    }

    static Sentence holder_words(std::size_t locks, bool uncertain) {
        const Sentence when =
            Sentence::of(uncertain ? phrase("Finding", "before the recording began, or in what was lost of it")
                                   : phrase("Finding", "before the recording began"));
        return Sentence::counted(locks, "Who took it, %1, is not known.",
                                 phrase_n("Finding", "Who took these %Ln locks, %1, is not known."), when);
    }

    static Sentence standstill_words(std::uint64_t alive) {
        return Sentence::counted(
            alive, "The loop has no other task: it took the lock itself, or whoever did has ended.",
            phrase_n("Finding",
                     "None of the loop's %Ln tasks waits for time, input, a thread or a process: whoever holds what "
                     "they need is one of them, or has ended."));
    }

    static Sentence others_words(Nanoseconds length, std::uint64_t alive, std::uint64_t waiters) {
        if (alive <= waiters)
            return Sentence::of(
                phrase("Finding", "It has been so for %1 or longer: whoever holds it waits, too, or has ended."),
                length_words(length));
        return Sentence::counted(
            alive - waiters,
            "It has been so for %1 or longer: the loop's other task may hold it; if not, they wait for ever.",
            phrase_n("Finding",
                     "It has been so for %1 or longer: one of the loop's %Ln other tasks may hold it; if none does, "
                     "they wait "
                     "for ever."),
            length_words(length));
    }

    FindingOptions options_;
    std::unordered_set<Id> told_;  ///< locks that were taken or given back since the recording began
    std::set<Id> untold_;          ///< others, for which a task has waited
    std::vector<Finding> ended_;
    Nanoseconds looks_again_ = 0;
};

}  // namespace

std::unique_ptr<Detector> make_possible_deadlock(const FindingOptions& options) {
    return std::make_unique<PossibleDeadlock>(options);
}

}  // namespace awaitscope
