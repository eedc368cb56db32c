// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "instrumentation/analysis/detector.hpp"
#include "instrumentation/analysis/words.hpp"
#include "instrumentation/exporter/duration_text.hpp"

namespace awaitscope {
namespace {

/// A task waits in a queue's join(), the queue is empty, and whoever took items from it, and all tasks that they made,
/// have ended or wait for the next one: nobody works on an item, and yet one is not reported as done.
class MissedTaskDone final : public Detector {
  public:
    explicit MissedTaskDone(const FindingOptions& options) : after_(options.missed_task_done) {}

    std::span<const EventKind> wants() const override {
        static constexpr EventKind kinds[] = {EventKind::sync_wait,
                                              EventKind::queue_put,
                                              EventKind::queue_get,
                                              EventKind::task_running,
                                              EventKind::task_cancel_requested,
                                              EventKind::loop_stopped,
                                              EventKind::lost};
        return kinds;
    }

    void see(const Trace& trace, const Scene& scene, const Seen& seen) override {
        const Event& event = seen.event;
        switch (event.kind()) {
            case EventKind::sync_wait:
                // join() says that it waits for the queue, and then waits for an event of its own.
                if (event.c == static_cast<std::uint32_t>(SyncKind::queue) && seen.task != no_task)
                    waits_[seen.task] = {event.a, seen.index};
                break;
            case EventKind::queue_put:
            case EventKind::queue_get: {
                Queue& queue = queues_[event.a];
                queue.size = event.b;
                queue.changed = seen.time;
                if (event.kind() == EventKind::queue_get && seen.task != no_task &&
                    std::ranges::find(queue.takers, seen.task) == queue.takers.end()) {
                    if (queue.takers.size() < takers_max)
                        queue.takers.push_back(seen.task);
                    else
                        queue.many = true;
                }
                break;
            }
            case EventKind::task_cancel_requested:
            case EventKind::loop_stopped:
                if (!waits_.empty()) look(trace, scene, seen.index > 0 ? seen.index - 1 : 0, seen.time);
                break;
            case EventKind::task_running:
                if (!waits_.empty() && seen.task != no_task) resumed(seen);
                break;
            default:
                waits_.clear();
                queues_.clear();
                break;
        }
    }

    void report(const Moment& now, std::vector<Finding>& out) override {
        look(now.trace, now.scene, now.last, now.time);
        out.insert(out.end(), found_.begin(), found_.end());
    }

  private:
    static constexpr std::size_t takers_max = 1024;
    static constexpr std::size_t found_max = 64;
    struct Queue {
        std::uint32_t size = 0;
        bool many = false;  ///< more takers than are kept: nothing is said of it
        Nanoseconds changed = 0;
        std::vector<TaskIndex> takers;
    };
    struct Wait {
        Id queue;
        EventIndex event;
        std::size_t found = ~std::size_t{0};
    };

    void resumed(const Seen& seen) {
        const auto wait = waits_.find(seen.task);
        if (wait == waits_.end()) return;
        if (wait->second.found < found_.size()) {
            found_[wait->second.found].end_event = seen.index;
            found_[wait->second.found].end = seen.time;
        }
        waits_.erase(wait);
    }

    /// It has ended, or waits for the queue's next item.
    static bool idle(const Scene& scene, TaskIndex task, Id queue) {
        const TaskNow& now = scene.task(task);
        return is_done(now.state) ||
               (now.state == TaskState::waiting && now.on == WaitKind::queue_get && now.object == queue);
    }

    /// Who takes an item may have made a task for it, which will report it.
    static bool has_children_at_work(const Trace& trace, const Scene& scene, TaskIndex taker, Id queue) {
        constexpr std::size_t look_at_most = 1 << 16;
        std::vector<TaskIndex> parents{taker};
        for (std::size_t i = 0; i < parents.size(); ++i) {
            for (TaskIndex child = trace.tasks()[parents[i]].first_child; child != no_task;
                 child = trace.tasks()[child].next_sibling) {
                if (!idle(scene, child, queue) || parents.size() > look_at_most) return true;
                parents.push_back(child);
            }
        }
        return false;
    }

    void look(const Trace& trace, const Scene& scene, EventIndex at, Nanoseconds time) {
        for (auto& [task, wait] : waits_) {
            const TaskNow& joiner = scene.task(task);
            if (joiner.state != TaskState::waiting || joiner.on != WaitKind::event || wait.found < found_.size())
                continue;
            const auto queue = queues_.find(wait.queue);
            if (queue == queues_.end() || queue->second.size != 0 || queue->second.many) continue;
            if (time - std::max(queue->second.changed, joiner.since) < after_) continue;
            const bool all_done = std::ranges::all_of(queue->second.takers, [&](TaskIndex taker) {
                return idle(scene, taker, wait.queue) && !has_children_at_work(trace, scene, taker, wait.queue);
            });
            if (!all_done || queue->second.takers.empty() || found_.size() >= found_max) continue;
            Finding finding;
            finding.kind = FindingKind::missed_task_done;
            finding.severity = info_of(finding.kind).severity;
            finding.begin_event = finding.event = joiner.event;
            finding.begin = joiner.since;
            finding.events = {joiner.event};
            finding.place = joiner.place;
            finding.tasks = {task};
            for (const TaskIndex taker : queue->second.takers)
                if (finding.tasks.size() < Finding::tasks_max) finding.tasks.push_back(taker);
            finding.objects = {wait.queue};
            finding.what = Sentence::of(
                phrase("Finding",
                       "%1 waits in join() of %2, which is empty, and none of those who took from it has an item "
                       "any more."),
                task_words(trace, task), primitive_words(trace, wait.queue, at));
            wait.found = found_.size();
            found_.push_back(std::move(finding));
        }
    }

    Nanoseconds after_;
    std::unordered_map<Id, Queue> queues_;
    std::unordered_map<TaskIndex, Wait> waits_;  ///< since their last step
    std::vector<Finding> found_;
};

}  // namespace

std::unique_ptr<Detector> make_missed_task_done(const FindingOptions& options) {
    return std::make_unique<MissedTaskDone>(options);
}

}  // namespace awaitscope
