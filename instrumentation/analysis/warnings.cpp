// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <array>
#include <optional>

#include "instrumentation/analysis/detector.hpp"
#include "instrumentation/analysis/words.hpp"
#include "instrumentation/exporter/event_text.hpp"

namespace awaitscope {
namespace {

std::optional<FindingKind> kind_of(const Event& event) {
    switch (static_cast<WarningKind>(event.c)) {
        case WarningKind::never_awaited:
            return FindingKind::never_awaited;
        case WarningKind::never_retrieved:
            return FindingKind::never_retrieved;
        case WarningKind::destroyed_pending:
            return FindingKind::destroyed_pending;
        case WarningKind::wrong_thread:
            return FindingKind::wrong_thread;
        default:
            return std::nullopt;  // a slow callback is a blocked loop, which is seen without being told
    }
}

/// What the runtime itself warned of: by kind and text, and by the coroutine of the task that it is about.
class Warnings final : public Detector {
  public:
    std::span<const EventKind> wants() const override {
        static constexpr EventKind kinds[] = {EventKind::warning};
        return kinds;
    }

    void see(const Trace& trace, const Scene& scene, const Seen& seen) override {
        const auto kind = kind_of(seen.event);
        if (!kind) return;
        const TaskIndex about = seen.event.a == 0 ? no_task : trace.find_task(seen.event.a);
        const TaskIndex task = about != no_task ? about : seen.task;
        const PlaceId place = task == no_task ? 0 : scene.task(task).place;
        Sightings& sightings = kinds_[static_cast<std::size_t>(*kind)];
        sightings[std::uint64_t{seen.event.b} << 32 | place].add(trace, seen.index, seen.index, 0, task);
    }

    void report(const Moment& now, std::vector<Finding>& out) override {
        for (std::size_t kind = 0; kind < kinds_.size(); ++kind) {
            for (const auto& [key, sighting] : kinds_[kind].all()) {
                Finding finding = sighting.finding(static_cast<FindingKind>(kind));
                finding.place = static_cast<PlaceId>(key);
                const std::string text = printable(now.trace.symbols().string(static_cast<StringId>(key >> 32)));
                // The text is the runtime's own, as it stands in the program's output, too.
                std::string who;
                if (sighting.worst_task != no_task)
                    who = fmt::format("{}: ", task_words(now.trace, sighting.worst_task));
                if (sighting.count == 1)
                    finding.what = Sentence(who + text + ".");
                else
                    finding.what = Sentence::of(phrase("Finding", "%1 (%2)."), who + text, times_words(sighting.count));
                out.push_back(std::move(finding));
            }
        }
    }

  private:
    std::array<Sightings, finding_kind_count> kinds_;
};

}  // namespace

std::unique_ptr<Detector> make_warnings(const FindingOptions&) {
    return std::make_unique<Warnings>();
}

}  // namespace awaitscope
