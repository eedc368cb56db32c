// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "instrumentation/analysis/detector.hpp"
#include "instrumentation/analysis/words.hpp"

namespace awaitscope {
namespace {

/// A task that puts itself back in line again and again, with next to no work in between.
class BusyYield final : public Detector {
  public:
    explicit BusyYield(const FindingOptions& options) : yields_(options.yields), step_(options.yield_step) {}

    std::span<const EventKind> wants() const override {
        static constexpr EventKind kinds[] = {EventKind::task_suspended, EventKind::task_done};
        return kinds;
    }

    void see(const Trace& trace, const Scene&, const Seen& seen) override {
        if (seen.task == no_task || seen.stepped != seen.task) return;
        const bool yields = seen.event.kind() == EventKind::task_suspended &&
                            seen.event.c == static_cast<std::uint32_t>(WaitKind::yield);
        if (seen.task >= runs_.size()) {
            if (!yields) return;
            runs_.resize(seen.task + 1);
        }
        Run& run = runs_[seen.task];
        if (!yields) {
            run = {};
            return;
        }
        if (run.count == 0) run.begin = seen.index;
        ++run.count;
        run.running += seen.time - seen.step_begin;
        if (run.count % yields_ != 0) return;
        // A thousand at a time: a long run of them is one sighting a thousand.
        if (run.running / yields_ < step_) {
            Sighting& sighting = places_[seen.event.b];
            sighting.add(trace, run.begin, seen.index, run.count, seen.task);
        }
        run.begin = seen.index;
        run.running = 0;
    }

    void report(const Moment& now, std::vector<Finding>& out) override {
        for (const auto& [place, sighting] : places_.all()) {
            Finding finding = sighting.finding(FindingKind::busy_yield);
            finding.place = static_cast<PlaceId>(place);
            finding.what = Sentence::of(
                phrase("Finding", "%1 gave way %2 in a row, and did next to nothing in between."),
                task_words(now.trace, sighting.worst_task), times_words(static_cast<std::uint64_t>(sighting.worst)));
            out.push_back(std::move(finding));
        }
    }

  private:
    struct Run {
        EventIndex begin = 0;
        Nanoseconds running = 0;
        std::uint32_t count = 0;
    };
    std::uint32_t yields_;
    Nanoseconds step_;
    std::vector<Run> runs_;  ///< by task
    Sightings places_;
};

}  // namespace

std::unique_ptr<Detector> make_busy_yield(const FindingOptions& options) {
    return std::make_unique<BusyYield>(options);
}

}  // namespace awaitscope
