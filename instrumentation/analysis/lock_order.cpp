// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "instrumentation/analysis/detector.hpp"
#include "instrumentation/analysis/words.hpp"
#include "instrumentation/exporter/event_text.hpp"

namespace awaitscope {
namespace {

/// Two locks taken one inside the other in both orders, by different tasks, with no third lock around both.
class LockOrder final : public Detector {
  public:
    std::span<const EventKind> wants() const override {
        static constexpr EventKind kinds[] = {EventKind::sync_acquired, EventKind::sync_released, EventKind::lost};
        return kinds;
    }

    void see(const Trace& trace, const Scene&, const Seen& seen) override {
        const Event& event = seen.event;
        switch (event.kind()) {
            case EventKind::sync_acquired:
                if (event.c == static_cast<std::uint32_t>(SyncKind::lock) && seen.task != no_task)
                    acquired(trace, seen);
                break;
            case EventKind::sync_released:
                if (const auto owner = owners_.find(event.a); owner != owners_.end()) {
                    const auto held = held_.find(owner->second);
                    std::erase(held->second, event.a);
                    if (held->second.empty()) held_.erase(held);
                    owners_.erase(owner);
                }
                break;
            default:
                held_.clear();
                owners_.clear();
                break;
        }
    }

    void report(const Moment&, std::vector<Finding>& out) override {
        out.insert(out.end(), found_.begin(), found_.end());
    }

  private:
    static constexpr std::size_t orders_max = 1 << 16;
    static constexpr std::size_t found_max = 64;

    struct Order {
        Id first;
        Id second;
        bool operator==(const Order&) const = default;
    };
    struct Hash {
        std::size_t operator()(const Order& order) const {
            return std::hash<Id>()(order.first * 0x9e3779b97f4a7c15u ^ order.second);
        }
    };
    struct Taken {
        TaskIndex task;
        EventIndex event;
        PlaceId place;
        std::vector<Id> around;  ///< other locks held then
        bool told = false;
    };

    void acquired(const Trace& trace, const Seen& seen) {
        const Id second = seen.event.a;
        if (!owners_.try_emplace(second, seen.task).second) return;  // its release was not seen
        std::vector<Id>& held = held_[seen.task];
        for (const Id first : held) {
            if (orders_.size() >= orders_max) continue;
            std::vector<Id> around = held;
            std::erase(around, first);
            const auto [mine, is_new] =
                orders_.try_emplace({first, second}, Taken{seen.task, seen.index, seen.before.place, around});
            const auto other = orders_.find({second, first});
            if (other == orders_.end() || other->second.told || other->second.task == seen.task) continue;
            const bool guarded = std::ranges::any_of(around, [&](Id id) {
                return std::ranges::find(other->second.around, id) != other->second.around.end();
            });
            if (guarded) continue;
            mine->second.told = other->second.told = true;
            tell(trace, seen, first, second, other->second);
        }
        held.push_back(second);
    }

    void tell(const Trace& trace, const Seen& seen, Id first, Id second, const Taken& other) {
        if (found_.size() >= found_max) return;
        Finding finding;
        finding.kind = FindingKind::lock_order;
        finding.severity = info_of(finding.kind).severity;
        finding.begin_event = other.event;
        finding.begin = trace.time_at(other.event);
        finding.end_event = finding.event = seen.index;
        finding.end = seen.time;
        finding.events = {other.event, seen.index};
        finding.place = seen.before.place;
        finding.tasks = {seen.task, other.task};
        finding.objects = {first, second};
        const Sentence one = primitive_words(trace, first, seen.index);
        const Sentence two = primitive_words(trace, second, seen.index);
        finding.what = Sentence::of(
            phrase("Finding", "%1 took %2 inside %3; %4 had taken %3 inside %2%5."), task_words(trace, seen.task), two,
            one, task_words(trace, other.task),
            other.place == 0 ? Sentence() : Sentence::of(phrase("Finding", " at %1"), line_words(trace, other.place)));
        found_.push_back(std::move(finding));
    }

    std::unordered_map<TaskIndex, std::vector<Id>> held_;
    std::unordered_map<Id, TaskIndex> owners_;  ///< of what stands in held_
    std::unordered_map<Order, Taken, Hash> orders_;
    std::vector<Finding> found_;
};

}  // namespace

std::unique_ptr<Detector> make_lock_order(const FindingOptions&) {
    return std::make_unique<LockOrder>();
}

}  // namespace awaitscope
