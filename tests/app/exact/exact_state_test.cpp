// SPDX-License-Identifier: GPL-3.0-or-later
// The state that a viewer replays, against what the runtime itself said at that moment.
#include <fmt/format.h>

#include <algorithm>
#include <asyncio/asyncio.hpp>
#include <catch2/catch.hpp>
#include <filesystem>
#include <random>
#include <set>

#include "instrumentation/event/vocabulary.hpp"
#include "instrumentation/exporter/event_text.hpp"
#include "tests/app/exact/observation.hpp"
#include "tests/app/exact/observed_run.hpp"
#include "tests/app/exact/observed_scenario.hpp"
#include "tests/app/exact/runtime_state.hpp"
#include "ui/geometry/ready_counter.hpp"

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

/// The same of the trace, just after an event. Of tasks, those that the runtime's has.
RuntimeState replayed(const Trace& trace, EventIndex at, const RuntimeState& like) {
    RuntimeState state{.loop = like.loop};
    if (const TaskIndex running = trace.running_at(at, like.loop); running != no_task)
        state.running = trace.tasks()[running].id;
    for (const TaskIndex task : trace.ready_queue_at(at))
        if (trace.tasks()[task].loop == like.loop) state.ready.push_back(trace.tasks()[task].id);
    for (const Trace::Timer& timer : trace.timers_at(at)) state.timers.emplace_back(timer.when, timer.handle);
    std::ranges::sort(state.timers);
    std::set<Id> waited_for;
    for (const auto& [id, lines] : like.lines) waited_for.insert(id);
    for (TaskIndex task = 0; task < trace.task_count_at(at); ++task) {
        if (trace.tasks()[task].loop != like.loop) continue;
        const TaskMoment moment = trace.at(task, at);
        if (moment.state == TaskState::waiting) waited_for.insert(moment.span->object);
        if (moment.state == TaskState::waiting)
            state.tasks[trace.tasks()[task].id] = {moment.state, moment.span->on, moment.span->object};
        else if (moment.state == TaskState::running || moment.state == TaskState::ready)
            state.tasks[trace.tasks()[task].id] = {moment.state, WaitKind::none, 0};
    }
    for (const auto& [id, told] : like.primitives) {
        const auto primitive = trace.primitive_at(id, at);
        if (!primitive) continue;
        auto& now = state.primitives[id];
        now = {.locked = primitive->owner.has_value(), .size = primitive->size, .value = primitive->value};
        if (!now.value) now.value = told.value;  // how many it lets in is known once one had to wait
    }
    for (const Id id : waited_for) {
        const auto primitive = trace.primitive_at(id, at);
        if (!primitive) continue;
        for (const TaskIndex waiter : primitive->waiters) {
            const TaskMoment moment = trace.at(waiter, at);
            if (trace.tasks()[waiter].loop == like.loop && moment.state == TaskState::waiting)
                state.lines[id][moment.span->on].push_back(trace.tasks()[waiter].id);
        }
    }
    for (const Trace::Watch& watch : trace.watches_at(at))
        if (watch.loop == like.loop) state.watches.push_back({watch.fd, watch.what});
    return state;
}

std::string words(const std::map<WaitKind, std::vector<Id>>& lines) {
    std::string text;
    for (const auto& [kind, ids] : lines) text += fmt::format("{}: {}; ", to_string(kind), fmt::join(ids, " "));
    return text;
}
std::string words(const std::vector<RuntimeState::Watch>& watches) {
    std::string text;
    for (const auto& [fd, what] : watches) text += fmt::format("{} {}; ", fd, to_string(what));
    return text;
}

std::string words(const RuntimeState::Task& task) {
    constexpr const char* states[] = {"unborn", "ready", "running", "waiting"};
    const auto state = static_cast<std::size_t>(task.state);
    return fmt::format("{} on={} object={}", state < 4 ? states[state] : "?", static_cast<int>(task.on), task.object);
}
std::string words(const RuntimeState::Primitive& primitive) {
    return fmt::format("locked={} size={} value={}", primitive.locked, primitive.size, primitive.value.value_or(-1));
}
std::string words(Id id) {
    return std::to_string(id);
}
std::string words(const std::vector<Id>& ids) {
    return fmt::format("{}", fmt::join(ids, " "));
}
std::string words(const std::vector<std::pair<std::int64_t, Id>>& timers) {
    std::string text;
    for (const auto& [when, handle] : timers) text += fmt::format("{}@{} ", handle, when);
    return text;
}

/// A part of the state, replayed, is right when the runtime was in it at some moment between this event and the next:
/// it tells of what it does just before it does it, or just after.
template <class Part>
void check_part(const char* name, const Part& replayed, const Part& after, const Part& before_next) {
    if (replayed == after || replayed == before_next) return;
    FAIL_CHECK(name << ": replayed " << words(replayed) << "; it was " << words(after) << ", and then "
                    << words(before_next));
}

/// The same for each of several.
template <class Part>
void check_parts(const char* name, const std::map<Id, Part>& replayed, const std::map<Id, Part>& after,
                 const std::map<Id, Part>& before_next) {
    std::set<Id> ids;
    for (const auto* parts : {&replayed, &after, &before_next})
        for (const auto& [id, part] : *parts) ids.insert(id);
    const auto of = [](const std::map<Id, Part>& parts, Id id) {
        const auto found = parts.find(id);
        return found == parts.end() ? Part{} : found->second;
    };
    for (const Id id : ids) {
        INFO(name << ' ' << id);
        check_part(name, of(replayed, id), of(after, id), of(before_next, id));
    }
}

/// Compares the state just after every event of a run with the runtime's own. Gives how many events that were.
std::size_t check_every_event(const ObservedRun& run) {
    const Trace& trace = run.trace;
    std::vector<ToldEvent> told = take_told_events();
    // The line of what comes next is told in the midst of it: what follows is compared.
    std::erase_if(told, [](const ToldEvent& one) { return one.kind == EventKind::task_at; });
    // What the program itself says, and other threads do, is in the trace as well.
    std::vector<EventIndex> events;
    std::size_t others = 0;
    for (EventIndex i = run.begin; i < run.end; ++i) {
        const EventKind kind = trace.event(i).kind();
        if (kind == EventKind::mark || kind == EventKind::output || kind == EventKind::task_at) continue;
        if (events.size() < told.size() && kind == told[events.size()].kind)
            events.push_back(i);
        else
            ++others;
    }
    REQUIRE(events.size() == told.size());
    CHECK(others <= 2);
    std::size_t compared = 0;
    std::optional<std::int64_t> offset;
    ui::ReadyCounter counter;
    for (std::size_t i = 0; i < events.size(); ++i) {
        const RuntimeState& after = told[i].after;
        counter.take(trace.event(events[i]));
        if (after.loop == 0) continue;
        const RuntimeState& next =
            i + 1 < told.size() && told[i + 1].before.loop == after.loop ? told[i + 1].before : after;
        ++compared;
        std::string line;
        append_text_line(line, trace, events[i]);
        INFO("event " << events[i] - run.begin << ": " << line);
        RuntimeState state = replayed(trace, events[i], after);
        // A real clock's times are counted from the session's beginning: that is the same for all.
        if (!offset && !state.timers.empty() && state.timers.size() == after.timers.size())
            offset = after.timers.front().first - state.timers.front().first;
        for (auto& [when, handle] : state.timers) when += offset.value_or(0);
        check_part("running", state.running, after.running, next.running);
        check_part("ready", state.ready, after.ready, next.ready);
        // Handles that are no tasks do not all leave an event when they run: this turn's are known by its beginning.
        CHECK(counter.depth() - counter.left() <= std::max(after.ready_handles, next.ready_handles));
        CHECK(counter.depth() >= std::min(after.ready.size(), next.ready.size()));
        check_part("timers", state.timers, after.timers, next.timers);
        check_parts("task", state.tasks, after.tasks, next.tasks);
        check_parts("line", state.lines, after.lines, next.lines);
        check_part("watches", state.watches, after.watches, next.watches);
        // One that was made before any loop ran is told of as it is first used.
        if (told[i].kind == EventKind::sync_created) continue;
        auto then = after.primitives;
        for (auto& [id, primitive] : then)
            if (const auto found = next.primitives.find(id); found != next.primitives.end()) primitive = found->second;
        check_parts("primitive", state.primitives, after.primitives, then);
    }
    return compared;
}

}  // namespace

namespace {

struct Checked {
    std::size_t observed = 0, compared = 0;
};

Checked check_all(const std::vector<scenarios::Scenario>& scenarios) {
    Checked checked;
    for (const auto& scenario : scenarios) {
        INFO(scenario.name);
        observed_run([] {});  // so that what is told from here on is the scenario's
        take_told_events();
        const ObservedRun run =
            observed_run([&] { scenario.run({.clock = asyncio::Clock::virtual_time, .name = scenario.name}); });
        checked.observed += check_run(run, scenario.name != "event-loop-by-hand");
        checked.compared += check_every_event(run);
    }
    return checked;
}

}  // namespace

TEST_CASE("after every event and at every print of every scenario the replayed state is the one that the runtime had") {
    CHECK(scenarios::all().size() > 70);
    const Checked checked = check_all(scenarios::all());
    CHECK(checked.observed > 300);
    CHECK(checked.compared > 5000);
}

TEST_CASE("so it is in the scenarios that need the real clock") {
    CHECK(scenarios::in_real_time().size() >= 8);
    const Checked checked = check_all(scenarios::in_real_time());
    CHECK(checked.observed > 20);
    CHECK(checked.compared > 200);
}

namespace {

/// Tasks that do at random what tasks do, and look around before and after each wait.
class Crowd {
  public:
    explicit Crowd(unsigned seed) : random_(seed) { watch_primitives(&lock_, &queue_); }

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
        observed_run([] {});
        take_told_events();
        const ObservedRun run =
            observed_run([&] { asyncio::run(crowd.main(), {.clock = asyncio::Clock::virtual_time, .name = "crowd"}); });
        watch_primitives(nullptr, nullptr);
        const std::size_t observed = check_run(run);
        CHECK(observed > 100);
        CHECK(check_every_event(run) > 400);
    }
}
