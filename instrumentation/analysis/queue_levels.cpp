// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>

#include "instrumentation/analysis/detector.hpp"
#include "instrumentation/analysis/words.hpp"

namespace awaitscope {
namespace {

/// Queues that are full for most of their time while putters wait, and queues without a bound that only grow.
class QueueLevels final : public Detector {
  public:
    explicit QueueLevels(const FindingOptions& options) : options_(options) {}

    std::span<const EventKind> wants() const override {
        static constexpr EventKind kinds[] = {EventKind::queue_put, EventKind::queue_get, EventKind::task_suspended};
        return kinds;
    }

    void see(const Trace& trace, const Scene&, const Seen& seen) override {
        const Event& event = seen.event;
        if (event.kind() == EventKind::task_suspended) {
            if (event.c != static_cast<std::uint32_t>(WaitKind::queue_put) || seen.task == no_task) return;
            const auto known = queues_.find(event.a);
            if (known == queues_.end()) return;
            known->second.puts.add(trace, seen.index, seen.index, 0, seen.task);
            known->second.put_place = event.b;
            return;
        }
        Queue& queue = queues_[event.a];
        if (queue.events++ == 0) queue.begin = {seen.index, seen.time};
        if (queue.full) queue.full_time += seen.time - queue.last;
        queue.last = seen.time;
        queue.size = event.b;
        queue.full = event.c > 0 && event.b >= event.c;
        queue.bounded = event.c > 0;
        if (queue.bounded) return;
        if (event.kind() == EventKind::queue_put && seen.task != no_task) {
            queue.put_place = seen.before.place;
            queue.putter = seen.task;
        }
        // A level lasts until the queue falls below a quarter of it.
        while (queue.level > 0 && queue.size < level_size(queue.level) / 4) --queue.level;
        while (queue.level + 1 < levels && queue.size >= level_size(queue.level + 1))
            queue.reached[++queue.level] = {seen.index, seen.time};
    }

    void report(const Moment& now, std::vector<Finding>& out) override {
        for (const auto& [id, queue] : queues_) {
            full(now, id, queue, out);
            growth(now, id, queue, out);
        }
    }

  private:
    static constexpr unsigned levels = 32;
    struct Reached {
        EventIndex event = 0;
        Nanoseconds time = 0;
    };
    struct Queue {
        std::uint32_t size = 0;
        bool full = false;
        bool bounded = false;
        unsigned level = 0;
        std::uint64_t events = 0;
        Reached begin;
        Nanoseconds last = 0;
        Nanoseconds full_time = 0;
        PlaceId put_place = 0;
        TaskIndex putter = no_task;
        Sighting puts;
        std::array<Reached, levels> reached{};
    };
    static std::uint64_t level_size(unsigned level) { return std::uint64_t{1} << level; }

    void full(const Moment& now, Id id, const Queue& queue, std::vector<Finding>& out) const {
        const Nanoseconds watched = queue.last - queue.begin.time;
        if (!queue.bounded || watched < options_.queue_watched || queue.puts.count < options_.queue_put_waits) return;
        const Nanoseconds percent = queue.full_time / (watched / 100);
        if (percent < options_.queue_full_percent) return;
        Finding finding = queue.puts.finding(FindingKind::queue_full);
        finding.count = 1;
        finding.place = queue.put_place;
        finding.objects = {id};
        finding.what = Sentence::of(phrase("Finding", "%1 was full for %2 % of %3; its producers waited %4."),
                                    primitive_words(now.trace, id, now.last), std::to_string(percent),
                                    length_words(watched), times_words(queue.puts.count));
        out.push_back(std::move(finding));
    }

    void growth(const Moment& now, Id id, const Queue& queue, std::vector<Finding>& out) const {
        if (queue.bounded || queue.level < 2 || level_size(queue.level) < options_.queue_growth) return;
        const Reached& from = queue.reached[queue.level - 2];
        const Reached& to = queue.reached[queue.level];
        if (to.time - from.time < options_.queue_growth_time) return;
        Sighting sighting;
        sighting.add(now.trace, from.event, to.event, 0, queue.putter);
        Finding finding = sighting.finding(FindingKind::queue_growth);
        finding.end_event = no_event;
        finding.end = open_end;
        finding.place = queue.put_place;
        finding.objects = {id};
        finding.what = Sentence::of(phrase("Finding", "%1 holds %2: it grew from %3 in %4 and has no bound."),
                                    primitive_words(now.trace, id, now.last),
                                    Sentence::counted(queue.size, "%Ln item", phrase_n("Finding", "%Ln items")),
                                    number_words(level_size(queue.level - 2)), length_words(to.time - from.time));
        out.push_back(std::move(finding));
    }

    FindingOptions options_;
    std::unordered_map<Id, Queue> queues_;
};

}  // namespace

std::unique_ptr<Detector> make_queue_levels(const FindingOptions& options) {
    return std::make_unique<QueueLevels>(options);
}

}  // namespace awaitscope
