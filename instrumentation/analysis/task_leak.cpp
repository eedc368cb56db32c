// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>

#include "instrumentation/analysis/detector.hpp"
#include "instrumentation/analysis/words.hpp"
#include "instrumentation/exporter/duration_text.hpp"

namespace awaitscope {
namespace {

/// Tasks of one coroutine of which there are ever more and none ends; and single ones that wait on and on where their
/// like ended long ago. One that waits for a descriptor or a timer is not lost: somebody may send, time will pass.
class TaskLeak final : public Detector {
  public:
    explicit TaskLeak(const FindingOptions& options) : options_(options) {}

    std::span<const EventKind> wants() const override {
        static constexpr EventKind kinds[] = {EventKind::task_created, EventKind::task_done};
        return kinds;
    }

    void see(const Trace& trace, const Scene&, const Seen& seen) override {
        if (seen.task == no_task) return;
        const Task& task = trace.tasks()[seen.task];
        Kind& kind = kind_of(task.definition);
        if (seen.event.kind() == EventKind::task_created) {
            ++kind.alive;
            if (kind.alive == kind.level * 2) {
                kind.before = kind.now;
                kind.now = {seen.index, seen.time};
                kind.level *= 2;
            }
        } else {
            if (kind.alive > 0) --kind.alive;
            kind.level = 1;  // one has ended: it counts anew from what is alive
            while (kind.level * 2 <= kind.alive) kind.level *= 2;
            kind.now = kind.before = {seen.index, seen.time};
            ++kind.ended;
            if (!task.older) kind.longest = std::max(kind.longest, seen.time - task.created);
        }
    }

    void report(const Moment& now, std::vector<Finding>& out) override {
        struct Lost {
            Sighting lonely, grown;
            PlaceId place = 0;
        };
        std::vector<Lost> lost(kinds_.size());
        const bool any_growth = std::ranges::any_of(kinds_, [&](const Kind& kind) { return grows(kind); });
        const bool any_age = std::ranges::any_of(kinds_, [](const Kind& kind) { return kind.ended >= ended_enough; }) &&
                             now.time - now.trace.begin() >= options_.leak_age;
        if (!any_growth && !any_age) return;
        for (const TaskIndex index : now.scene.alive()) {
            const TaskNow& task = now.scene.task(index);
            const Task& known = now.trace.tasks()[index];
            const std::uint32_t number = numbers_.find(std::uint64_t{known.definition} + 1);
            if (number == IdMap::none || task.state != TaskState::waiting || is_done(known.end_state)) continue;
            if (task.on == WaitKind::io || task.on == WaitKind::sleep || task.on == WaitKind::none) continue;
            const Kind& kind = kinds_[number];
            const Nanoseconds waits = now.time - task.since;
            const bool lonely = kind.ended >= ended_enough && waits >= options_.leak_age &&
                                waits / options_.leak_lives >= std::max<Nanoseconds>(kind.longest, 1);
            const bool grown = grows(kind) && task.since <= kind.now.time;
            if (lonely) lost[number].lonely.add(now.trace, task.event, now.last, waits, index);
            if (grown) lost[number].grown.add(now.trace, task.event, now.last, waits, index);
            if (lonely || grown) lost[number].place = task.place;
        }
        for (std::size_t i = 0; i < kinds_.size(); ++i) {
            const bool grown = grows(kinds_[i]) && lost[i].grown.count * 10 >= kinds_[i].level * 9;
            if (grown)
                out.push_back(growth(now, kinds_[i], lost[i].grown, lost[i].place));
            else if (lost[i].lonely.count > 0)
                out.push_back(lonely(now, kinds_[i], lost[i].lonely, lost[i].place));
        }
    }

  private:
    static constexpr std::uint64_t ended_enough = 8;
    struct Reached {
        EventIndex event = 0;
        Nanoseconds time = 0;
    };
    struct Kind {
        PlaceId definition = 0;
        std::uint64_t alive = 0;
        std::uint64_t ended = 0;
        std::uint64_t level = 1;  ///< the last power of two that `alive` has reached since one ended
        Reached now, before;      ///< when it reached that, and half of that
        Nanoseconds longest = 0;  ///< life of those that ended
    };

    bool grows(const Kind& kind) const {
        return kind.level >= options_.leak_alive && kind.now.time - kind.before.time >= options_.leak_growth;
    }

    Kind& kind_of(PlaceId definition) {
        const std::uint64_t key = std::uint64_t{definition} + 1;
        if (const std::uint32_t number = numbers_.find(key); number != IdMap::none) return kinds_[number];
        numbers_.put(key, static_cast<std::uint32_t>(kinds_.size()));
        kinds_.emplace_back().definition = definition;
        return kinds_.back();
    }

    static Finding made(const Sighting& sighting, PlaceId place) {
        Finding finding = sighting.finding(FindingKind::task_leak);
        finding.place = place;
        finding.end_event = no_event;
        finding.end = open_end;
        finding.count = 1;
        return finding;
    }

    Finding growth(const Moment& now, const Kind& kind, const Sighting& sighting, PlaceId place) const {
        Finding finding = made(sighting, place);
        finding.what =
            fmt::format("{} are alive: {} more than {} ago, and none has ended meanwhile.",
                        count_words(kind.alive, "task", "tasks of " + function_words(now.trace, kind.definition)),
                        kind.alive - kind.level / 2, duration_text(now.time - kind.before.time));
        return finding;
    }

    Finding lonely(const Moment& now, const Kind& kind, const Sighting& sighting, PlaceId place) const {
        Finding finding = made(sighting, place);
        finding.what =
            fmt::format("{} waited for {} and longer, where the {} that ended lived for {} at most.",
                        count_words(sighting.count, "task of " + function_words(now.trace, kind.definition) + " has",
                                    "tasks of " + function_words(now.trace, kind.definition) + " have"),
                        duration_text(options_.leak_age), kind.ended, duration_text(kind.longest));
        return finding;
    }

    FindingOptions options_;
    IdMap numbers_;
    std::vector<Kind> kinds_;
};

}  // namespace

std::unique_ptr<Detector> make_task_leak(const FindingOptions& options) {
    return std::make_unique<TaskLeak>(options);
}

}  // namespace awaitscope
