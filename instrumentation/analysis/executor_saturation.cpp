// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <unordered_map>

#include "instrumentation/analysis/detector.hpp"
#include "instrumentation/analysis/words.hpp"

namespace awaitscope {
namespace {

/// Jobs that had to wait for a free thread: each says how long when it is done.
class ExecutorSaturation final : public Detector {
  public:
    explicit ExecutorSaturation(const FindingOptions& options)
        : wait_(options.executor_wait), jobs_(options.executor_jobs) {}

    std::span<const EventKind> wants() const override {
        static constexpr EventKind kinds[] = {EventKind::thread_submitted, EventKind::thread_done, EventKind::lost};
        return kinds;
    }

    void see(const Trace& trace, const Scene& scene, const Seen& seen) override {
        const Event& event = seen.event;
        if (event.kind() == EventKind::lost) return submitted_.clear();
        if (event.kind() == EventKind::thread_submitted) {
            submitted_[event.a] = {seen.index, seen.task};
            return;
        }
        const auto job = submitted_.find(event.a);
        if (job == submitted_.end()) return;
        const auto waited = static_cast<Nanoseconds>(std::min<std::uint64_t>(event.bc(), event.time));
        if (waited >= wait_) {
            const TaskIndex task = job->second.task;
            // Where it waits for the job, as a rule.
            const PlaceId place = task == no_task ? 0 : scene.task(task).place;
            places_[place].add(trace, job->second.event, seen.index, waited, task);
            if (submitted_.size() > most_) most_ = submitted_.size();
        }
        submitted_.erase(job);
    }

    void report(const Moment& now, std::vector<Finding>& out) override {
        for (const auto& [place, sighting] : places_.all()) {
            if (sighting.count < jobs_) continue;
            Finding finding = sighting.finding(FindingKind::executor_saturation);
            finding.place = static_cast<PlaceId>(place);
            finding.what = Sentence::counted(
                sighting.count,
                "%Ln job of %1 waited for a free thread, at worst for %2; up to %3 were at work or in line.",
                phrase_n("Finding",
                         "%Ln jobs of %1 waited for a free thread, at worst for %2; up to %3 were at work or in line."),
                function_words(now.trace, finding.place, sighting.worst_task), length_words(sighting.worst),
                number_words(most_));
            out.push_back(std::move(finding));
        }
    }

  private:
    struct Job {
        EventIndex event;
        TaskIndex task;
    };
    Nanoseconds wait_;
    std::uint32_t jobs_;
    std::size_t most_ = 0;
    std::unordered_map<Id, Job> submitted_;
    Sightings places_;
};

}  // namespace

std::unique_ptr<Detector> make_executor_saturation(const FindingOptions& options) {
    return std::make_unique<ExecutorSaturation>(options);
}

}  // namespace awaitscope
