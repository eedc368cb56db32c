// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "instrumentation/analysis/detector.hpp"
#include "instrumentation/analysis/words.hpp"

namespace awaitscope {
namespace {

/// A lock that passes from waiter to waiter without a moment in which nobody waits, while the same tasks come back to
/// the end of the line: each of them moves at the pace of the lock. Many tasks that take it once each are none.
class LockConvoy final : public Detector {
  public:
    explicit LockConvoy(const FindingOptions& options)
        : handovers_(options.convoy_handovers), length_(options.convoy_length) {}

    std::span<const EventKind> wants() const override {
        static constexpr EventKind kinds[] = {EventKind::sync_wait, EventKind::sync_acquired, EventKind::sync_released,
                                              EventKind::lost};
        return kinds;
    }

    void see(const Trace& trace, const Scene& scene, const Seen& seen) override {
        const Event& event = seen.event;
        if (event.kind() == EventKind::lost) return lines_.clear();
        if (event.c != static_cast<std::uint32_t>(SyncKind::lock) || seen.task == no_task) return;
        if (event.kind() == EventKind::sync_released) return;
        Line& line = lines_[event.a];
        if (event.kind() == EventKind::sync_wait) {
            line.waiting.push_back(seen.task);
            return;
        }
        const auto waiter = std::ranges::find(line.waiting, seen.task);
        if (waiter == line.waiting.end()) {  // it was free
            line.convoy = {};
            return;
        }
        line.waiting.erase(waiter);
        // Who was cancelled has left the line without a word of the lock's.
        std::erase_if(line.waiting, [&](TaskIndex task) {
            const TaskNow& now = scene.task(task);
            return is_done(now.state) || (now.state == TaskState::waiting && now.on != WaitKind::lock);
        });
        Convoy& convoy = line.convoy;
        if (convoy.handovers++ == 0) convoy = {seen.index, seen.index, seen.before.place, 1, {}, 0};
        convoy.end = seen.index;
        convoy.longest = std::max(convoy.longest, line.waiting.size());
        if (std::ranges::find(convoy.tasks, seen.task) == convoy.tasks.end() && convoy.tasks.size() <= handovers_)
            convoy.tasks.push_back(seen.task);
        const bool again = convoy.tasks.size() * 2 <= convoy.handovers && convoy.tasks.size() >= 2;
        if (convoy.handovers >= handovers_ && again && seen.time - trace.time_at(convoy.begin) >= length_ &&
            (!line.worst || convoy.handovers > line.worst->handovers))
            line.worst = convoy;
        if (line.waiting.empty()) convoy = {};
    }

    void report(const Moment& now, std::vector<Finding>& out) override {
        for (const auto& [lock, line] : lines_) {
            if (!line.worst) continue;
            const Convoy& convoy = *line.worst;
            Sighting sighting;
            for (const TaskIndex task : convoy.tasks) sighting.add(now.trace, convoy.begin, convoy.end, 0, task);
            Finding finding = sighting.finding(FindingKind::lock_convoy);
            finding.count = 1;
            finding.events = {convoy.begin};
            finding.place = convoy.place;
            finding.objects = {lock};
            finding.what = Sentence::of(
                phrase("Finding",
                       "%1 passed %2 from one waiter to the next among %3 tasks, for %4 and up to %5 in line."),
                primitive_words(now.trace, lock, now.last), times_words(convoy.handovers),
                number_words(convoy.tasks.size()), length_words(finding.end - finding.begin),
                number_words(convoy.longest + 1));
            out.push_back(std::move(finding));
        }
    }

  private:
    struct Convoy {
        EventIndex begin = 0;
        EventIndex end = 0;
        PlaceId place = 0;
        std::uint32_t handovers = 0;
        std::vector<TaskIndex> tasks;
        std::size_t longest = 0;
    };
    struct Line {
        std::vector<TaskIndex> waiting;
        Convoy convoy;
        std::optional<Convoy> worst;
    };
    std::uint32_t handovers_;
    Nanoseconds length_;
    std::unordered_map<Id, Line> lines_;
};

}  // namespace

std::unique_ptr<Detector> make_lock_convoy(const FindingOptions& options) {
    return std::make_unique<LockConvoy>(options);
}

}  // namespace awaitscope
