// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "instrumentation/analysis/detector.hpp"
#include "instrumentation/analysis/words.hpp"

namespace awaitscope {
namespace {

/// Tasks of one coroutine of which there are ever more and none ends; and single ones, or many at once, that wait on
/// and on where their like ended long ago. One that waits for a descriptor or a timer is not lost: somebody may send,
/// time will pass. Most programs cancel what is left as they end: what was so just before that stays told.
class TaskLeak final : public Detector {
  public:
    explicit TaskLeak(const FindingOptions& options) : options_(options) {}

    std::span<const EventKind> wants() const override {
        static constexpr EventKind kinds[] = {EventKind::task_created, EventKind::task_alive,
                                              EventKind::task_cancel_requested, EventKind::task_done};
        return kinds;
    }

    void see(const Trace& trace, const Scene& scene, const Seen& seen) override {
        if (seen.task == no_task) return;
        const Task& task = trace.tasks()[seen.task];
        Kind& kind = kind_of(task.definition);
        switch (seen.event.kind()) {
            case EventKind::task_created:
                ++kind.alive;
                kind.latest = seen.time;
                if (kind.alive == kind.level * 2) {
                    kind.before = kind.now;
                    kind.now = {seen.index, seen.time};
                    kind.level *= 2;
                }
                kind.cancelled.reset();  // it goes on
                [[fallthrough]];
            case EventKind::task_alive:
                if (seen.before.state == TaskState::unborn) kind.tasks.push_back(seen.task);
                ++kind.changes;
                break;
            case EventKind::task_cancel_requested:
                if (kind.cancelled || kind.changes * 4 < kind.tasks.size()) break;
                kind.changes = 0;
                if (auto found = look(kind, {trace, scene, seen.time, seen.index}, seen.index))
                    kind.cancelled = Cancelled{std::move(*found), 0};
                break;
            default:
                ended(kind, task, seen);
                if (kind.tasks.size() > 64 + 2 * kind.alive)
                    std::erase_if(kind.tasks, [&](TaskIndex each) { return is_done(scene.task(each).state); });
                break;
        }
    }

    void report(const Moment& now, std::vector<Finding>& out) override {
        for (const Kind& kind : kinds_) {
            if (auto found = look(kind, now, no_event))
                out.push_back(std::move(*found));
            else if (kind.cancelled && kind.cancelled->ended * 10 >= kind.cancelled->finding.task_count * 9)
                out.push_back(kind.cancelled->finding);
        }
    }

  private:
    static constexpr std::uint64_t ended_enough = 8;
    struct Reached {
        EventIndex event = 0;
        Nanoseconds time = 0;
    };
    /// What was found of tasks just before somebody began to cancel them.
    struct Cancelled {
        Finding finding;
        std::uint64_t ended;  ///< so many have ended since, all cancelled
    };
    struct Kind {
        PlaceId definition = 0;
        std::uint64_t alive = 0;
        std::uint64_t ended = 0;
        std::uint64_t level = 1;       ///< the last power of two that `alive` has reached since one ended
        Reached now, before;           ///< when it reached that, and half of that
        Nanoseconds latest = 0;        ///< creation
        Nanoseconds longest = 0;       ///< life of those that ended
        std::vector<TaskIndex> tasks;  ///< that live, and some that have ended
        std::uint64_t changes = 0;     ///< to these since they were last looked at: very many requests cost one look
        std::optional<Cancelled> cancelled;
    };

    static void ended(Kind& kind, const Task& task, const Seen& seen) {
        if (kind.alive > 0) --kind.alive;
        kind.level = 1;  // one has ended: it counts anew from what is alive
        while (kind.level * 2 <= kind.alive) kind.level *= 2;
        kind.now = kind.before = {seen.index, seen.time};
        ++kind.ended;
        ++kind.changes;
        if (!task.older) kind.longest = std::max(kind.longest, seen.time - task.created);
        if (kind.cancelled && static_cast<EndState>(seen.event.c) == EndState::cancelled)
            ++kind.cancelled->ended;
        else
            kind.cancelled.reset();  // they do end by themselves
    }

    /// What there is to tell of these tasks at a moment; `end`: the event with which it ends, or no_event.
    std::optional<Finding> look(const Kind& kind, const Moment& now, EventIndex end) const {
        const bool growing = grows(kind, now);
        const bool aged = kind.ended >= ended_enough && now.time - now.trace.begin() >= options_.leak_crowd_age;
        if (!growing && !aged) return std::nullopt;
        Sighting lonely, crowd, grown;
        Nanoseconds least_lonely = open_end, least_crowd = open_end;  // how long they have waited
        PlaceId place = 0;
        for (const TaskIndex index : kind.tasks) {
            const TaskNow& task = now.scene.task(index);
            const Task& known = now.trace.tasks()[index];
            if (task.state != TaskState::waiting || known.done_event <= now.last) continue;
            if (task.on == WaitKind::io || task.on == WaitKind::sleep || task.on == WaitKind::none) continue;
            const Nanoseconds waits = now.time - task.since;
            const bool lost = aged && waits / options_.leak_lives >= std::max<Nanoseconds>(kind.longest, 1) &&
                              waits >= options_.leak_crowd_age && needs_somebody(task.on) &&
                              !waited_there_before(known, now.last);
            if (lost && waits >= options_.leak_age) {
                lonely.add(now.trace, task.event, now.last, waits, index);
                least_lonely = std::min(least_lonely, waits);
            }
            if (lost) {
                crowd.add(now.trace, task.event, now.last, waits, index);
                least_crowd = std::min(least_crowd, waits);
            }
            const bool older = growing && task.since <= kind.now.time;
            if (older) grown.add(now.trace, task.event, now.last, waits, index);
            if (lost || older) place = task.place;
        }
        Finding finding;
        if (grown.count > 0 && grown.count * 10 >= kind.level * 9)
            finding = made(grown, place, kind.alive, growth_words(now, kind, end != no_event));
        else if (lonely.count > 0)
            finding =
                made(lonely, place, lonely.count, lonely_words(now, kind, lonely.count, least_lonely, end != no_event));
        else if (crowd.count >= options_.leak_crowd)
            finding =
                made(crowd, place, crowd.count, lonely_words(now, kind, crowd.count, least_crowd, end != no_event));
        else
            return std::nullopt;
        finding.end_event = end;
        finding.end = end == no_event ? open_end : now.time;
        return finding;
    }

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
    static bool waited_there_before(const Task& task, EventIndex now) {
        constexpr std::size_t look_at_most = 64;
        const std::size_t count = task.spans.count_until(now);
        if (count == 0) return false;
        const std::size_t last = count - 1;
        const PlaceId place = task.spans[last].place;
        for (std::size_t i = last; i > 0 && last - i < look_at_most; --i)
            if (task.spans.state_of(i - 1) == TaskState::waiting && task.spans[i - 1].place == place) return true;
        return false;
    }

    static Finding made(const Sighting& sighting, PlaceId place, std::uint64_t count, Sentence what) {
        Finding finding = sighting.finding(FindingKind::task_leak);
        finding.place = place;
        finding.count = 1;
        finding.task_count = count;
        finding.what = std::move(what);
        return finding;
    }

    static Sentence growth_words(const Moment& now, const Kind& kind, bool over) {
        return Sentence::of(
            over ? phrase("Finding",
                          "%1 tasks of %2 were alive when they were cancelled: %3 more than %4 before, and none had "
                          "ended meanwhile.")
                 : phrase("Finding", "%1 tasks of %2 are alive: %3 more than %4 ago, and none has ended meanwhile."),
            number_words(kind.alive), function_words(now.trace, kind.definition),
            number_words(kind.alive - kind.level / 2), length_words(now.time - kind.before.time));
    }

    static Sentence lonely_words(const Moment& now, const Kind& kind, std::uint64_t count, Nanoseconds least,
                                 bool over) {
        const auto words = [&](const char* one, const char* many) {
            return Sentence::counted(count, one, many, function_words(now.trace, kind.definition), length_words(least),
                                     number_words(kind.ended), length_words(kind.longest));
        };
        if (over)
            return words(
                "%Ln task of %1 had waited for %2 and longer when it was cancelled, where the %3 that ended "
                "before lived for %4 at most.",
                phrase_n("Finding",
                         "%Ln tasks of %1 had waited for %2 and longer when they were cancelled, where the %3 "
                         "that ended before lived for %4 at most."));
        return words("%Ln task of %1 has waited for %2 and longer, where the %3 that ended lived for %4 at most.",
                     phrase_n("Finding",
                              "%Ln tasks of %1 have waited for %2 and longer, where the %3 that ended lived for %4 at "
                              "most."));
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
