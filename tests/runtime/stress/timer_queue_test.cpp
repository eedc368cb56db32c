// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/src/loop/timer_queue.hpp"

#include <catch2/catch.hpp>
#include <deque>
#include <random>
#include <set>
#include <vector>

using namespace asyncio;
using asyncio::detail::TimerNode;
using asyncio::detail::TimerQueue;
using namespace std::chrono_literals;

namespace {

struct Timer final : TimerNode {
    void run() override {}
    void drop() noexcept override {}
    int number = 0;
};

/// What the queue must do, done plainly.
class Model {
  public:
    void push(Timer& timer) { order_.insert({timer.when, timer.number, &timer}); }
    void remove(Timer& timer) { order_.erase({timer.when, timer.number, &timer}); }
    Timer* pop_due(TimePoint now) {
        if (order_.empty() || std::get<0>(*order_.begin()) > now) return nullptr;
        Timer* const timer = std::get<2>(*order_.begin());
        order_.erase(order_.begin());
        return timer;
    }
    bool empty() const { return order_.empty(); }
    std::size_t size() const { return order_.size(); }
    TimePoint soonest() const { return std::get<0>(*order_.begin()); }

  private:
    std::set<std::tuple<TimePoint, int, Timer*>> order_;
};

/// Random pushes, cancellations and pops, with delays up to `reach`, each compared with the model.
int differences(unsigned seed, LoopClock::duration reach, LoopClock::duration grain, LoopClock::duration step) {
    std::mt19937_64 random(seed);
    const auto below = [&](std::int64_t end) {
        return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(end));
    };
    TimerQueue queue;
    Model model;
    std::deque<Timer> all;
    std::vector<Timer*> set;
    TimePoint now = TimePoint(7777s);
    int wrong = 0;
    for (int i = 0; i < 20000; ++i) {
        const auto what = below(10);
        if (what < 5) {
            Timer& timer = all.emplace_back();
            timer.number = i;
            timer.when = now - 5ms + LoopClock::duration(below(reach / grain)) * grain.count();
            queue.push(timer, now);
            model.push(timer);
            set.push_back(&timer);
        } else if (what < 7 && !set.empty()) {
            Timer* const timer = set[static_cast<std::size_t>(below(static_cast<std::int64_t>(set.size())))];
            model.remove(*timer);
            queue.remove(*timer);
            wrong += timer->is_set();
        } else {
            now += LoopClock::duration(below(step.count()));
            for (;;) {
                if (!model.empty() && model.soonest() != queue.soonest()) ++wrong;
                Timer* const expected = model.pop_due(now);
                if (queue.pop_due(now) != expected) ++wrong;
                if (!expected) break;
                wrong += expected->is_set();
            }
        }
        wrong += model.size() != queue.size() || model.empty() != queue.empty();
    }
    return wrong;
}

}  // namespace

TEST_CASE("timers leave in the order of their times, whatever is set and cancelled between") {
    for (unsigned seed = 1; seed <= 5; ++seed) {
        CHECK(differences(seed, 100ms, 1ns, 1ms) == 0);
        CHECK(differences(seed, 900ms, 1ns, 20ms) == 0);
        CHECK(differences(seed, 5s, 1ns, 30ms) == 0);
        CHECK(differences(seed, 1h, 1ns, 5s) == 0);
        CHECK(differences(seed, 400ms, 50ms, 100ms) == 0);  // many of one time
    }
}

TEST_CASE("a hundred thousand timers of one instant leave in the order in which they were set") {
    for (const LoopClock::duration delay :
         {LoopClock::duration(0), LoopClock::duration(300ms), LoopClock::duration(1h)}) {
        TimerQueue queue;
        std::deque<Timer> all(100'000);
        const TimePoint now(1000s);
        for (Timer& timer : all) {
            timer.when = now + delay;
            queue.push(timer, now);
        }
        std::size_t in_order = 0;
        for (Timer& timer : all) in_order += queue.pop_due(now + delay) == &timer;
        CHECK(in_order == all.size());
        CHECK(queue.empty());
    }
}

TEST_CASE("the end of time and the time before the beginning are times too") {
    TimerQueue queue;
    Timer never, before, soon;
    never.when = TimePoint::max();
    before.when = TimePoint::min();
    soon.when = TimePoint(1s);
    for (Timer* timer : {&never, &before, &soon}) queue.push(*timer, TimePoint(1s));
    CHECK(queue.soonest() == TimePoint::min());
    CHECK(queue.pop_due(TimePoint(0s)) == &before);
    CHECK(queue.pop_due(TimePoint(0s)) == nullptr);
    CHECK(queue.pop_due(TimePoint(1h)) == &soon);
    CHECK(queue.soonest() == TimePoint::max());
    CHECK(queue.pop_due(TimePoint(1h)) == nullptr);
    CHECK(queue.pop_due(TimePoint::max()) == &never);
}

TEST_CASE("a queue that was idle for long takes timers of the next second into its buckets again") {
    TimerQueue queue;
    Timer first, second;
    first.when = TimePoint(1s);
    queue.push(first, TimePoint(0s));
    CHECK(queue.pop_due(TimePoint(1s)) == &first);
    second.when = TimePoint(100h + 500ms);
    queue.push(second, TimePoint(100h));
    CHECK(second.place == TimerNode::Place::bucket);
    queue.remove(second);
    CHECK_FALSE(second.is_set());
    CHECK(queue.empty());
}
