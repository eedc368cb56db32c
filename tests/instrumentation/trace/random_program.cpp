// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/instrumentation/trace/random_program.hpp"

#include <algorithm>
#include <deque>
#include <random>

namespace awaitscope::test {
namespace {

constexpr std::size_t lock_count = 3;
constexpr std::size_t tasks_max = 60;

class Program {
  public:
    explicit Program(std::uint64_t seed) : random_(seed) {}

    std::vector<Event> run(std::size_t count) {
        emit(EventKind::loop_started, 0);
        for (Lock& lock : locks_) {
            lock.id = next_id_++;
            emit(EventKind::sync_created, 0, lock.id, 0, static_cast<std::uint32_t>(SyncKind::lock));
        }
        queue_ = next_id_++;
        emit(EventKind::sync_created, 0, queue_, 0, static_cast<std::uint32_t>(SyncKind::queue));
        while (events_.size() < count) turn();
        return std::move(events_);
    }

  private:
    struct Lock {
        Id id = 0;
        Id owner = 0;
        std::deque<Id> waiters;
    };
    struct Sleeper {
        Id task;
        Id handle;
        std::uint64_t when;
    };

    std::uint64_t pick(std::uint64_t below) { return random_() % below; }

    void emit(EventKind kind, Id task, std::uint64_t a = 0, std::uint32_t b = 0, std::uint32_t c = 0) {
        now_ += pick(3) == 0 ? 0 : pick(1000);
        events_.push_back({Event::pack(kind, 1, task), now_, a, b, c});
    }

    void turn() {
        emit(EventKind::iteration, 0, ++turn_, static_cast<std::uint32_t>(ready_.size()), 0);
        if (ready_.empty() && sleepers_.empty()) create(0);
        // Sometimes the loop is told from outside: a descriptor is ready.
        if (pick(4) == 0) io();
        if (ready_.empty() && !sleepers_.empty()) now_ = std::max(now_, sleepers_.front().when);
        while (!sleepers_.empty() && sleepers_.front().when <= now_) {
            const Sleeper sleeper = sleepers_.front();
            sleepers_.erase(sleepers_.begin());
            emit(EventKind::timer_fired, 0, sleeper.handle);
            wake(sleeper.task, 0);
        }
        for (std::size_t left = ready_.size(); left > 0; --left) {
            const Id task = ready_.front();
            ready_.pop_front();
            step(task);
        }
    }

    void io() {
        const auto fd = static_cast<std::uint32_t>(5 + pick(4));
        switch (pick(5)) {
            case 0:
                emit(EventKind::connection_made, 0, 0, 0, fd);
                break;
            case 1:
                emit(EventKind::connection_lost, 0, 0, 0, fd);
                break;
            case 2:
                emit(EventKind::io_wait, 0, 0, fd, static_cast<std::uint32_t>(pick(2)));
                break;
            case 3:
                emit(pick(2) ? EventKind::io_ready : EventKind::io_unwatched, 0, 0, fd,
                     static_cast<std::uint32_t>(pick(2)));
                break;
            default:
                emit(EventKind::io_read, 0, pick(5000), fd);
                break;
        }
    }

    void create(Id parent) {
        const Id task = next_id_++;
        emit(EventKind::task_created, task, parent);
        ready_.push_back(task);
        ++alive_;
    }

    void wake(Id task, Id by) {
        emit(EventKind::task_ready, task, by);
        ready_.push_back(task);
    }

    void suspend(Id task, WaitKind on, Id object) {
        emit(EventKind::task_suspended, task, object, 0, static_cast<std::uint32_t>(on));
    }

    void step(Id task) {
        emit(EventKind::task_running, task);
        const auto waited = std::ranges::find(acquiring_, task, &std::pair<Id, Lock*>::first);
        if (waited != acquiring_.end()) {
            acquire(task, *waited->second);
            acquiring_.erase(waited);
        }
        if (pick(3) == 0) emit(EventKind::output, task);
        if (alive_ < tasks_max && pick(3) == 0) create(task);
        if (pick(2) == 0) {
            size_ = pick(2) == 0 ? size_ + 1 : size_ - (size_ > 0);
            emit(pick(2) == 0 ? EventKind::queue_put : EventKind::queue_get, task, queue_, size_, 100);
        }
        switch (pick(6)) {
            case 0:
                end(task);
                break;
            case 1:
                suspend(task, WaitKind::yield, 0);
                ready_.push_back(task);
                break;
            case 2:
            case 3:
                lock(task);
                break;
            default:
                sleep(task);
                break;
        }
    }

    void sleep(Id task) {
        const Id handle = next_id_++;
        const std::uint64_t when = now_ + pick(200'000);
        Event set{};
        set.set_bc(when);
        emit(EventKind::timer_set, task, handle, set.b, set.c);
        suspend(task, WaitKind::sleep, next_id_++);
        const auto place = std::ranges::upper_bound(sleepers_, when, {}, &Sleeper::when);
        sleepers_.insert(place, {task, handle, when});
    }

    void acquire(Id task, Lock& lock) {
        emit(EventKind::sync_acquired, task, lock.id, 0, static_cast<std::uint32_t>(SyncKind::lock));
        lock.owner = task;
    }

    void release(Id task, Lock& lock) {
        emit(EventKind::sync_released, task, lock.id, 0, static_cast<std::uint32_t>(SyncKind::lock));
        lock.owner = 0;
        if (lock.waiters.empty()) return;
        const Id next = lock.waiters.front();
        lock.waiters.pop_front();
        lock.owner = next;  // promised: it takes it when it runs
        acquiring_.emplace_back(next, &lock);
        wake(next, task);
    }

    void lock(Id task) {
        Lock& lock = locks_[pick(lock_count)];
        // Who holds one gives it back before it asks for another, or all would soon be deadlocked.
        const auto held = std::ranges::find(locks_, task, &Lock::owner);
        if (held != std::end(locks_)) {
            release(task, *held);
            suspend(task, WaitKind::yield, 0);
            ready_.push_back(task);
        } else if (lock.owner == 0) {
            acquire(task, lock);
            sleep(task);
        } else {
            emit(EventKind::sync_wait, task, lock.id, 0, static_cast<std::uint32_t>(SyncKind::lock));
            // As asyncio has it, the task may be seen to wait for the future inside the lock.
            pick(2) == 0 ? suspend(task, WaitKind::lock, lock.id) : suspend(task, WaitKind::future, next_id_++);
            lock.waiters.push_back(task);
        }
    }

    void end(Id task) {
        for (Lock& lock : locks_)
            if (lock.owner == task) release(task, lock);
        emit(EventKind::task_done, task, 0, 0, static_cast<std::uint32_t>(pick(3)));
        --alive_;
    }

    std::mt19937_64 random_;
    std::vector<Event> events_;
    std::uint64_t now_ = 0;
    std::uint64_t turn_ = 0;
    Id next_id_ = 1;
    std::deque<Id> ready_;
    std::vector<Sleeper> sleepers_;
    Lock locks_[lock_count];
    std::vector<std::pair<Id, Lock*>> acquiring_;
    Id queue_ = 0;
    std::uint32_t size_ = 0;
    std::size_t alive_ = 0;
};

}  // namespace

std::vector<Event> random_program(std::uint64_t seed, std::size_t events) {
    return Program(seed).run(events);
}

}  // namespace awaitscope::test
