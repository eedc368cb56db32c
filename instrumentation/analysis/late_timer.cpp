// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "instrumentation/analysis/detector.hpp"
#include "instrumentation/analysis/words.hpp"

namespace awaitscope {
namespace {

/// Timers that fire late because the loop's turns are long, not because one step blocked it.
class LateTimer final : public Detector {
  public:
    explicit LateTimer(const FindingOptions& options) : late_(options.late_timer), times_(options.late_timers) {}

    std::span<const EventKind> wants() const override {
        static constexpr EventKind kinds[] = {EventKind::timer_set, EventKind::timer_fired, EventKind::timer_cancelled,
                                              EventKind::lost};
        return kinds;
    }

    void see(const Trace& trace, const Scene& scene, const Seen& seen) override {
        switch (seen.event.kind()) {
            case EventKind::timer_set:
                if (const auto number = numbers_.find(seen.event.a); number != IdMap::none) {
                    set_[number] = {seen.event.bc(), seen.index, seen.task};
                } else if (seen.event.a != 0) {
                    const std::uint32_t free = take_number();
                    numbers_.put(seen.event.a, free);
                    set_[free] = {seen.event.bc(), seen.index, seen.task};
                }
                break;
            case EventKind::timer_fired:
                if (const auto number = numbers_.find(seen.event.a); number != IdMap::none) {
                    fired(trace, scene, seen, set_[number]);
                    forget(seen.event.a, number);
                }
                break;
            case EventKind::timer_cancelled:
                if (const auto number = numbers_.find(seen.event.a); number != IdMap::none)
                    forget(seen.event.a, number);
                break;
            default:
                numbers_ = IdMap();
                set_.clear();
                free_.clear();
                break;
        }
    }

    void report(const Moment& now, std::vector<Finding>& out) override {
        for (const auto& [place, sighting] : places_.all()) {
            if (sighting.count < times_) continue;
            Finding finding = sighting.finding(FindingKind::late_timer);
            finding.place = static_cast<PlaceId>(place);
            finding.what = Sentence::of(
                phrase("Finding", "Timers of %1 fired late %2, at worst by %3, though no step blocked the loop."),
                function_words(now.trace, finding.place, sighting.worst_task), times_words(sighting.count),
                length_words(sighting.worst));
            out.push_back(std::move(finding));
        }
    }

  private:
    struct Set {
        std::uint64_t when = 0;
        EventIndex event = 0;
        TaskIndex task = no_task;
    };

    std::uint32_t take_number() {
        if (free_.empty()) {
            set_.emplace_back();
            return static_cast<std::uint32_t>(set_.size() - 1);
        }
        const std::uint32_t number = free_.back();
        free_.pop_back();
        return number;
    }
    void forget(Id id, std::uint32_t number) {
        numbers_.erase(id);
        free_.push_back(number);
    }

    void fired(const Trace& trace, const Scene& scene, const Seen& seen, const Set& set) {
        // One that was due before it was set is late by nobody's fault but its maker's.
        const Nanoseconds due =
            std::max(static_cast<Nanoseconds>(std::min(set.when, seen.event.time)), trace.time_at(set.event));
        if (seen.time - due < late_) return;
        const Nanoseconds late = seen.time - due - seen.loop.stalled_between(due, seen.time);
        const PlaceId place = set.task == no_task ? 0 : scene.task(set.task).place;
        if (late >= late_) places_[place].add(trace, seen.index, seen.index, late, set.task);
    }

    Nanoseconds late_;
    std::uint32_t times_;
    IdMap numbers_;
    std::vector<Set> set_;
    std::vector<std::uint32_t> free_;
    Sightings places_;
};

}  // namespace

std::unique_ptr<Detector> make_late_timer(const FindingOptions& options) {
    return std::make_unique<LateTimer>(options);
}

}  // namespace awaitscope
