// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "instrumentation/analysis/detector.hpp"
#include "instrumentation/analysis/words.hpp"

namespace awaitscope {
namespace {

/// One task asked to end again and again; or so many tasks of one coroutine, second after second, that cancelling is
/// what the program does. The end of a program, which cancels all at once, is none.
class CancelStorm final : public Detector {
  public:
    explicit CancelStorm(const FindingOptions& options)
        : of_one_(options.cancels_of_one), a_second_(options.cancels_a_second), seconds_(options.cancel_seconds) {}

    std::span<const EventKind> wants() const override {
        static constexpr EventKind kinds[] = {EventKind::task_cancel_requested};
        return kinds;
    }

    void see(const Trace& trace, const Scene&, const Seen& seen) override {
        if (seen.task == no_task || is_done(seen.before.state)) return;
        if (seen.task >= requests_.size()) requests_.resize(seen.task + 1);
        const std::uint16_t times = requests_[seen.task] < 0xffff ? ++requests_[seen.task] : 0xffff;
        if (times >= of_one_) {
            Sighting& sighting = tasks_[seen.task];
            sighting.add(trace, seen.index, seen.index, times, seen.task);
        }
        const PlaceId definition = trace.tasks()[seen.task].definition;
        std::uint32_t number = numbers_.find(std::uint64_t{definition} + 1);
        if (number == IdMap::none) {
            number = static_cast<std::uint32_t>(kinds_.size());
            numbers_.put(std::uint64_t{definition} + 1, number);
            kinds_.push_back({definition});
        }
        Kind& kind = kinds_[number];
        const Nanoseconds second = seen.time / 1'000'000'000;
        if (second != kind.second) kind.requests = 0;
        kind.second = second;
        // That one second is told by its last requests alone is enough: it counts them.
        if (++kind.requests == a_second_) kind.sighting.add(trace, seen.index, seen.index, 0, seen.task);
        if (kind.requests >= a_second_) ++kind.total;
    }

    void report(const Moment& now, std::vector<Finding>& out) override {
        for (const auto& [task, sighting] : tasks_.all()) {
            Finding finding = sighting.finding(FindingKind::cancel_storm);
            finding.place = now.scene.task(static_cast<TaskIndex>(task)).place;
            finding.what = Sentence::of(phrase("Finding", "%1 was asked to end %2."),
                                        task_words(now.trace, static_cast<TaskIndex>(task)),
                                        times_words(static_cast<std::uint64_t>(sighting.worst)));
            out.push_back(std::move(finding));
        }
        for (const Kind& kind : kinds_) {
            if (kind.sighting.count < seconds_) continue;
            Finding finding = kind.sighting.finding(FindingKind::cancel_storm);
            finding.place = kind.definition;
            finding.what = Sentence::of(
                phrase("Finding", "%1 or more tasks of %2 were cancelled in each of %3 seconds."),
                number_words(a_second_), function_words(now.trace, kind.definition), number_words(kind.sighting.count));
            out.push_back(std::move(finding));
        }
    }

  private:
    struct Kind {
        PlaceId definition = 0;
        Nanoseconds second = -1;
        std::uint64_t requests = 0;  ///< in that second
        std::uint64_t total = 0;
        Sighting sighting;  ///< the seconds with that many
    };
    std::uint32_t of_one_, a_second_, seconds_;
    std::vector<std::uint16_t> requests_;  ///< by task
    Sightings tasks_;
    IdMap numbers_;
    std::vector<Kind> kinds_;
};

}  // namespace

std::unique_ptr<Detector> make_cancel_storm(const FindingOptions& options) {
    return std::make_unique<CancelStorm>(options);
}

}  // namespace awaitscope
