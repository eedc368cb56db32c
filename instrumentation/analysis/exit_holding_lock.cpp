// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <unordered_map>

#include "instrumentation/analysis/detector.hpp"
#include "instrumentation/analysis/words.hpp"

namespace awaitscope {
namespace {

/// A lock whose owner has ended, and that others have used or wait for. Some other task may yet release it: then all
/// was well.
class ExitHoldingLock final : public Detector {
  public:
    std::span<const EventKind> wants() const override {
        static constexpr EventKind kinds[] = {EventKind::sync_wait, EventKind::sync_acquired, EventKind::sync_released,
                                              EventKind::task_done, EventKind::lost};
        return kinds;
    }

    void see(const Trace&, const Scene&, const Seen& seen) override {
        const Event& event = seen.event;
        const bool of_lock = event.c == static_cast<std::uint32_t>(SyncKind::lock);
        switch (event.kind()) {
            case EventKind::sync_wait:
                if (of_lock) use(event.a, seen.task);
                break;
            case EventKind::sync_acquired:
                if (!of_lock) break;
                use(event.a, seen.task);
                held_[event.a] = {seen.task, seen.index, seen.before.place, no_event};
                if (seen.task != no_task) ++holders_[seen.task];
                break;
            case EventKind::sync_released:
                if (const auto held = held_.find(event.a); of_lock && held != held_.end()) {
                    let_go(held->second.owner);
                    held_.erase(held);
                }
                break;
            case EventKind::task_done:
                if (seen.task == no_task || !holders_.erase(seen.task)) break;
                for (auto& [lock, held] : held_)
                    if (held.owner == seen.task) held.owner_ended = seen.index;
                break;
            default:
                held_.clear();
                holders_.clear();
                break;
        }
    }

    void report(const Moment& now, std::vector<Finding>& out) override {
        for (const auto& [lock, held] : held_) {
            if (held.owner_ended == no_event || !users_[lock].several) continue;
            Sighting sighting;
            sighting.add(now.trace, held.owner_ended, held.owner_ended, 0, held.owner);
            Finding finding = sighting.finding(FindingKind::exit_holding_lock);
            finding.end_event = no_event;
            finding.end = open_end;
            finding.place = held.place;
            finding.objects = {lock};
            const auto moment = now.trace.primitive_at(lock, now.last);
            const std::size_t waiters = moment ? moment->waiters.size() : 0;
            finding.what =
                Sentence::of(phrase("Finding", "%1 ended without releasing %2%3."), task_words(now.trace, held.owner),
                             primitive_words(now.trace, lock, now.last),
                             waiters == 0 ? Sentence()
                                          : Sentence::counted(waiters, "; %Ln task waits for it",
                                                              phrase_n("Finding", "; %Ln tasks wait for it")));
            if (moment)
                for (const TaskIndex waiter : moment->waiters)
                    if (finding.tasks.size() < Finding::tasks_max) finding.tasks.push_back(waiter);
            out.push_back(std::move(finding));
        }
    }

  private:
    struct Held {
        TaskIndex owner;
        EventIndex event;
        PlaceId place;
        EventIndex owner_ended;
    };
    struct Users {
        TaskIndex first = no_task;
        bool several = false;
    };

    void use(Id lock, TaskIndex task) {
        Users& users = users_[lock];
        if (users.first == no_task) users.first = task;
        users.several |= users.first != task;
    }
    void let_go(TaskIndex owner) {
        const auto holder = holders_.find(owner);
        if (holder != holders_.end() && --holder->second == 0) holders_.erase(holder);
    }

    std::unordered_map<Id, Held> held_;
    std::unordered_map<TaskIndex, std::uint32_t> holders_;  ///< and how many they hold
    std::unordered_map<Id, Users> users_;
};

}  // namespace

std::unique_ptr<Detector> make_exit_holding_lock(const FindingOptions&) {
    return std::make_unique<ExitHoldingLock>();
}

}  // namespace awaitscope
