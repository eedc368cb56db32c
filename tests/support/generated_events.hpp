// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <queue>
#include <string_view>
#include <vector>

#include "instrumentation/source/event_source.hpp"

namespace awaitscope::test {

/// What the generated program is like.
enum class TraceShape : std::uint8_t {
    many_tasks,    ///< tasks that sleep, read, take locks and items from queues; some end, and others follow them
    few_tasks,     ///< the same, but fifty of them
    one_track,     ///< a single task that yields again and again
    bursts,        ///< many tasks that all wake at once, and then long silence
    await_chains,  ///< each task awaits the next, a hundred deep; the last one sleeps
    blocked_loop,  ///< few tasks, of which one now and then blocks the loop for half a second
};
inline constexpr std::array trace_shapes = {TraceShape::many_tasks, TraceShape::few_tasks,    TraceShape::one_track,
                                            TraceShape::bursts,     TraceShape::await_chains, TraceShape::blocked_loop};
/// "many-tasks", ...
std::string_view to_string(TraceShape shape);
/// Throws std::invalid_argument that lists the names.
TraceShape trace_shape(std::string_view name);

struct GeneratorOptions {
    TraceShape shape = TraceShape::many_tasks;
    std::uint64_t events = 0;  ///< about so many
    std::uint32_t tasks = 0;   ///< alive at once; 0: the shape's own number
    std::uint64_t seed = 1;
};

/// The events of a program that never ran, of any size and in constant memory: what an attached process or a recording
/// would give, the same for the same options on every machine.
class GeneratedEvents final : public EventSource {
  public:
    explicit GeneratedEvents(const GeneratorOptions& options);
    SourceState read(Symbols& symbols, std::vector<Event>& out, std::size_t limit) override;
    const SourceInfo& info() const override { return info_; }

  private:
    struct Task {
        Id id = 0;
        std::uint32_t waits_for = 0;  ///< the task in the chain that this one awaits; itself: none
        std::uint32_t handle = 0;     ///< of its timer
        WaitKind on = WaitKind::none;
    };
    struct Wake {
        std::uint64_t time;
        std::uint32_t task;
        bool operator>(const Wake& other) const { return time != other.time ? time > other.time : task > other.task; }
    };

    std::uint64_t random();
    std::uint64_t random_below(std::uint64_t bound) { return random() % bound; }
    void name_things(Symbols& symbols);
    void add(EventKind kind, Id task, std::uint64_t a = 0, std::uint32_t b = 0, std::uint32_t c = 0);
    void create(std::uint32_t task, Symbols& symbols);
    void turn(Symbols& symbols);
    void step(std::uint32_t task, Symbols& symbols);
    void suspend(std::uint32_t task, WaitKind on, std::uint64_t object);
    void sleep(std::uint32_t task);
    void wake(std::uint32_t task, Id by);

    GeneratorOptions options_;
    SourceInfo info_;
    std::vector<Event>* out_ = nullptr;
    std::uint64_t state_;
    std::uint64_t made_ = 0;
    std::uint64_t now_ = 0;
    std::uint64_t turns_ = 0;
    std::uint32_t created_ = 0;  ///< of tasks_, so far
    Id next_id_ = 1;
    std::vector<Task> tasks_;
    std::deque<std::uint32_t> ready_;
    std::priority_queue<Wake, std::vector<Wake>, std::greater<>> wakes_;
    std::array<PlaceId, 16> places_{};
    std::array<PlaceId, 8> definitions_{};
    std::array<Id, 4> objects_{};  ///< two locks, two queues
    std::array<std::uint32_t, 2> queue_sizes_{};
};

}  // namespace awaitscope::test
