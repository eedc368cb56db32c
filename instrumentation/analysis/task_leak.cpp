// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>

#include "instrumentation/analysis/detector.hpp"
#include "instrumentation/analysis/words.hpp"

namespace awaitscope {
namespace {

/// Tasks of one coroutine of which there are ever more and none ends; and single ones, or many at once, that wait on
/// and on where their like ended long ago. One that waits for a descriptor or a timer is not lost: somebody may send,
/// time will pass.
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
            kind.latest = seen.time;
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
            Sighting lonely, crowd, grown;
            Nanoseconds least_lonely = open_end, least_crowd = open_end;  ///< how long they have waited
            PlaceId place = 0;
        };
        std::vector<Lost> lost(kinds_.size());
        const bool any_growth = std::ranges::any_of(kinds_, [&](const Kind& kind) { return grows(kind, now); });
        const bool any_age = std::ranges::any_of(kinds_, [](const Kind& kind) { return kind.ended >= ended_enough; }) &&
                             now.time - now.trace.begin() >= options_.leak_crowd_age;
        if (!any_growth && !any_age) return;
        for (const TaskIndex index : now.scene.alive()) {
            const TaskNow& task = now.scene.task(index);
            const Task& known = now.trace.tasks()[index];
            const std::uint32_t number = numbers_.find(std::uint64_t{known.definition} + 1);
            if (number == IdMap::none || task.state != TaskState::waiting || is_done(known.end_state)) continue;
            if (task.on == WaitKind::io || task.on == WaitKind::sleep || task.on == WaitKind::none) continue;
            const Kind& kind = kinds_[number];
            const Nanoseconds waits = now.time - task.since;
            const bool outlived =
                kind.ended >= ended_enough && waits / options_.leak_lives >= std::max<Nanoseconds>(kind.longest, 1);
            const bool lost_alone =
                outlived && waits >= options_.leak_crowd_age && needs_somebody(task.on) && !waited_there_before(known);
            const bool lonely = lost_alone && waits >= options_.leak_age;
            const bool grown = grows(kind, now) && task.since <= kind.now.time;
            if (lonely) lost[number].lonely.add(now.trace, task.event, now.last, waits, index);
            if (lonely) lost[number].least_lonely = std::min(lost[number].least_lonely, waits);
            if (lost_alone) lost[number].crowd.add(now.trace, task.event, now.last, waits, index);
            if (lost_alone) lost[number].least_crowd = std::min(lost[number].least_crowd, waits);
            if (grown) lost[number].grown.add(now.trace, task.event, now.last, waits, index);
            if (lost_alone || grown) lost[number].place = task.place;
        }
        for (std::size_t i = 0; i < kinds_.size(); ++i) {
            const bool grown = grows(kinds_[i], now) && lost[i].grown.count * 10 >= kinds_[i].level * 9;
            if (grown)
                out.push_back(growth(now, kinds_[i], lost[i].grown, lost[i].place));
            else if (lost[i].lonely.count > 0)
                out.push_back(lonely(now, kinds_[i], lost[i].lonely, lost[i].least_lonely, lost[i].place));
            else if (lost[i].crowd.count >= options_.leak_crowd)
                out.push_back(lonely(now, kinds_[i], lost[i].crowd, lost[i].least_crowd, lost[i].place));
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
        Nanoseconds latest = 0;   ///< creation
        Nanoseconds longest = 0;  ///< life of those that ended
    };

    /// They doubled, over some time, and there are still more to come: as many clients as there are do connect, and
    /// stay.
    bool grows(const Kind& kind, const Moment& now) const {
        const Nanoseconds doubled_in = kind.now.time - kind.before.time;
        return kind.level >= options_.leak_alive && doubled_in >= options_.leak_growth &&
               now.time - kind.latest <= doubled_in;
    }

    Kind& kind_of(PlaceId definition) {
        const std::uint64_t key = std::uint64_t{definition} + 1;
        if (const std::uint32_t number = numbers_.find(key); number != IdMap::none) return kinds_[number];
        numbers_.put(key, static_cast<std::uint32_t>(kinds_.size()));
        kinds_.emplace_back().definition = definition;
        return kinds_.back();
    }

    /// A wait that ends only when somebody does his part, and soon: others (for an item, an event, a child) may well
    /// last for as long as a connection does.
    static bool needs_somebody(WaitKind on) {
        return on == WaitKind::future || on == WaitKind::lock || on == WaitKind::semaphore;
    }

    /// A loop that waits for the next thing again and again, as a connection's task does between requests.
    static bool waited_there_before(const Task& task) {
        constexpr std::size_t look_at_most = 64;
        const std::size_t last = task.spans.size() - 1;
        const PlaceId place = task.spans[last].place;
        for (std::size_t i = last; i > 0 && last - i < look_at_most; --i)
            if (task.spans.state_of(i - 1) == TaskState::waiting && task.spans[i - 1].place == place) return true;
        return false;
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
        finding.what = Sentence::of(
            phrase("Finding", "%1 tasks of %2 are alive: %3 more than %4 ago, and none has ended meanwhile."),
            number_words(kind.alive), function_words(now.trace, kind.definition),
            number_words(kind.alive - kind.level / 2), length_words(now.time - kind.before.time));
        return finding;
    }

    Finding lonely(const Moment& now, const Kind& kind, const Sighting& sighting, Nanoseconds least,
                   PlaceId place) const {
        Finding finding = made(sighting, place);
        finding.what = Sentence::counted(
            sighting.count,
            "%Ln task of %1 has waited for %2 and longer, where the %3 that ended lived for %4 at most.",
            phrase_n("Finding",
                     "%Ln tasks of %1 have waited for %2 and longer, where the %3 that ended lived for %4 at most."),
            function_words(now.trace, kind.definition), length_words(least), number_words(kind.ended),
            length_words(kind.longest));
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
