// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "instrumentation/analysis/detector.hpp"
#include "instrumentation/analysis/words.hpp"

namespace awaitscope {
namespace {

/// Ready for long, while the loop ran others: what a blocked or stopped loop costs is not counted here.
class Starvation final : public Detector {
  public:
    explicit Starvation(const FindingOptions& options) : threshold_(options.starved) {}

    std::span<const EventKind> wants() const override {
        static constexpr EventKind kinds[] = {EventKind::task_running};
        return kinds;
    }

    void see(const Trace& trace, const Scene& scene, const Seen& seen) override {
        if (seen.before.state != TaskState::ready || seen.time - seen.before.since < threshold_) return;
        const LoopNow& loop = scene.loop_of(seen.before);
        const Nanoseconds waited = seen.time - seen.before.since - loop.stalled_between(seen.before.since, seen.time);
        if (waited >= threshold_)
            places_[seen.before.place].add(trace, seen.before.event, seen.index, waited, seen.task);
    }

    void report(const Moment& now, std::vector<Finding>& out) override {
        for (const auto& [place, sighting] : places_.all()) {
            Finding finding = sighting.finding(FindingKind::starvation);
            finding.place = static_cast<PlaceId>(place);
            finding.what =
                Sentence::of(phrase("Finding", "%1 was ready and had to wait for its turn %2, at worst (%3) for %4."),
                             function_words(now.trace, finding.place, sighting.worst_task), times_words(sighting.count),
                             task_words(now.trace, sighting.worst_task), length_words(sighting.worst));
            out.push_back(std::move(finding));
        }
    }

  private:
    Nanoseconds threshold_;
    Sightings places_;
};

}  // namespace

std::unique_ptr<Detector> make_starvation(const FindingOptions& options) {
    return std::make_unique<Starvation>(options);
}

}  // namespace awaitscope
