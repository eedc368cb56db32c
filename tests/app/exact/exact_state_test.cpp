// SPDX-License-Identifier: GPL-3.0-or-later
// The state that a viewer replays, against what the runtime itself said at that moment.
#include <algorithm>
#include <asyncio/asyncio.hpp>
#include <catch2/catch.hpp>
#include <filesystem>
#include <random>
#include <set>

#include "app/scenarios/scenario.hpp"
#include "instrumentation/exporter/event_text.hpp"
#include "tests/app/exact/observation.hpp"
#include "tests/app/exact/observed_run.hpp"

using namespace awaitscope;
using namespace awaitscope::test;
using namespace std::chrono_literals;

namespace {

std::string place_text(const Trace& trace, PlaceId id) {
    const Place place = trace.symbols().place(id);
    return std::filesystem::path(trace.symbols().string(place.file)).filename().string() + ":" +
           std::to_string(place.line);
}

/// Who waits for a task. Not all of that is in the events (a gather of tasks that were there before is not), but no
/// arrow may be drawn that the runtime does not know, and none be missing to a task that is awaited itself.
void check_arrows(const Trace& trace, const Observation::Task& task, TaskIndex index, EventIndex at) {
    std::set<Id> drawn;
    for (const TaskIndex waiter : trace.awaited_by(index, at)) {
        const auto chain = trace.await_chain(waiter, at);
        REQUIRE_FALSE(chain.empty());
        if (chain.front().on == WaitKind::lock) continue;  // for its owner, which is no future
        drawn.insert(trace.tasks()[waiter].id);
        CHECK(std::ranges::binary_search(task.awaited_by, trace.tasks()[waiter].id));
    }
    for (const Id waiter : task.awaited_by) {
        const auto chain = trace.await_chain(trace.find_task(waiter), at);
        REQUIRE_FALSE(chain.empty());
        if (chain.front().on == WaitKind::task && chain.front().object == task.id) CHECK(drawn.contains(waiter));
    }
}

/// Compares an observation with the trace at its mark.
void check_observation(const Trace& trace, const Observation& told, EventIndex at) {
    const TaskIndex running = trace.running_at(at, trace.event(at).loop());
    CHECK((running == no_task ? 0 : trace.tasks()[running].id) == told.running);
    std::set<Id> alive;
    for (const auto& task : told.alive) {
        INFO("task " << task.id << " of " << task.coroutine);
        alive.insert(task.id);
        const TaskIndex index = trace.find_task(task.id);
        REQUIRE(index != no_task);
        const Place definition = trace.symbols().place(trace.tasks()[index].definition);
        CHECK(trace.symbols().string(definition.function) == task.coroutine);
        if (task.id != told.running) CHECK(place_text(trace, trace.place_at(index, at)) == task.place);
        const TaskState state = trace.at(index, at).state;
        CHECK((state == TaskState::running || state == TaskState::ready || state == TaskState::waiting));
        CHECK((state == TaskState::running) == (task.id == told.running));
        check_arrows(trace, task, index, at);
    }
    for (const Task& task : trace.tasks()) {
        const auto index = trace.find_task(task.id);
        const TaskState state = trace.at(index, at).state;
        const bool living = state == TaskState::running || state == TaskState::ready || state == TaskState::waiting;
        if (task.loop == trace.event(at).loop() && living) CHECK(alive.contains(task.id));
    }
    for (const Id id : told.done) {
        const TaskState state = trace.at(trace.find_task(id), at).state;
        CHECK((state == TaskState::cancelled) == std::ranges::binary_search(told.cancelled, id));
        CHECK((state == TaskState::finished || state == TaskState::cancelled || state == TaskState::failed));
    }
}

/// Compares the state before and after each event with what the runtime said, and did next. Gives how many
/// observations there were. `timers_told`: no timer was set before its loop first ran, when nothing is told of them.
std::size_t check_run(const ObservedRun& run, bool timers_told = true) {
    const Trace& trace = run.trace;
    std::size_t observed = 0;
    for (EventIndex i = run.begin; i < run.end; ++i) {
        const Event event = trace.event(i);
        std::string line;
        append_text_line(line, trace, i);
        INFO("event " << i - run.begin << ": " << line);
        switch (event.kind()) {
            case EventKind::iteration:
                if (timers_told) CHECK(trace.timers_at(i).size() == event.c);
                break;
            case EventKind::task_running: {
                // The loop runs what was ready for longest.
                const auto ready = trace.ready_queue_at(i - 1);
                REQUIRE_FALSE(ready.empty());
                CHECK(trace.tasks()[ready.front()].id == event.task());
                CHECK(trace.tasks()[trace.running_at(i, event.loop())].id == event.task());
                break;
            }
            case EventKind::task_suspended:
            case EventKind::task_done:
                CHECK(trace.running_at(i - 1, event.loop()) == trace.find_task(event.task()));
                CHECK(trace.running_at(i, event.loop()) == no_task);
                break;
            case EventKind::mark: {
                const std::string text(trace.symbols().string(event.b));
                if (!text.starts_with("observation ")) break;
                ++observed;
                check_observation(trace, observations().at(std::stoul(text.substr(12))), i);
                break;
            }
            default:
                break;
        }
    }
    return observed;
}

}  // namespace

TEST_CASE("at every print of every scenario the replayed state is the one that the runtime had") {
    std::size_t observed = 0;
    for (const auto& scenario : scenarios::all()) {
        INFO(scenario.name);
        const ObservedRun run =
            observed_run([&] { scenario.run({.clock = asyncio::Clock::virtual_time, .name = scenario.name}); });
        observed += check_run(run, scenario.name != "event-loop-by-hand");
    }
    CHECK(scenarios::all().size() > 40);
    CHECK(observed > 300);
}

namespace {

/// Tasks that do at random what tasks do, and look around before and after each wait.
class Crowd {
  public:
    explicit Crowd(unsigned seed) : random_(seed) {}

    asyncio::Coroutine<> main() {
        std::vector<asyncio::Task<>> tasks;
        for (int i = 0; i < 6; ++i) tasks.push_back(asyncio::create_task([this] { return member(8); }));
        for (auto& task : tasks) {
            observe();
            auto result = co_await asyncio::as_result(std::move(task));
            observe();
        }
        co_await asyncio::sleep(10ms);  // until no timer is left: of a loop that was closed none is told to be gone
    }

  private:
    int pick(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }

    asyncio::Coroutine<> member(int rounds) {
        for (int round = 0; round < rounds; ++round) {
            observe();
            switch (pick(9)) {
                case 0:
                    co_await asyncio::sleep(0s);
                    break;
                case 1:
                    co_await asyncio::sleep(std::chrono::milliseconds(1 + pick(5)));
                    break;
                case 2: {
                    auto guard = co_await lock_.scoped();
                    observe();
                    co_await asyncio::sleep(1ms);
                    break;
                }
                case 3:
                    if (queue_.qsize() > 0)
                        co_await queue_.get();
                    else
                        co_await queue_.put(round);
                    break;
                case 4: {
                    event_.clear();
                    asyncio::get_running_loop().call_later(2ms, [this] {
                        observe();
                        event_.set();
                    });
                    co_await event_.wait();
                    break;
                }
                case 5:
                    co_await asyncio::gather(nap(), nap());
                    break;
                case 6: {
                    auto child = asyncio::create_task(nap());
                    child.add_done_callback([](const auto&) { observe(); });
                    co_await asyncio::sleep(0s);
                    child.cancel();
                    observe();
                    auto ended = co_await asyncio::as_result(child);
                    break;
                }
                case 7: {
                    auto ended = co_await asyncio::as_result(asyncio::wait_for(nap(), 1ms));
                    break;
                }
                case 8:
                    asyncio::get_running_loop().call_soon(observe);
                    co_await nap();
                    break;
                default:
                    break;
            }
            observe();
        }
    }

    asyncio::Coroutine<> nap() {
        observe();
        co_await asyncio::sleep(std::chrono::milliseconds(pick(4)));
        observe();
    }

    std::mt19937 random_;
    asyncio::Lock lock_;
    asyncio::Event event_;
    asyncio::Queue<int> queue_{2};
};

}  // namespace

TEST_CASE("around every wait of tasks that do anything the replayed state is the one that the runtime had") {
    for (unsigned seed = 1; seed <= 12; ++seed) {
        INFO("seed " << seed);
        Crowd crowd(seed);
        const std::size_t observed = check_run(observed_run(
            [&] { asyncio::run(crowd.main(), {.clock = asyncio::Clock::virtual_time, .name = "crowd"}); }));
        CHECK(observed > 100);
    }
}
