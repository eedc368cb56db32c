// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <utility>
#include <vector>

#include "instrumentation/event/event.hpp"
#include "instrumentation/trace/span_list.hpp"

namespace asyncio {
class Lock;
}
namespace asyncio::detail {
class QueueCore;
}

namespace awaitscope::test {

/// What a loop's own data say at one moment; nothing is computed from events.
struct RuntimeState {
    struct Task {
        TaskState state = TaskState::unborn;  ///< running, ready or waiting
        WaitKind on = WaitKind::none;
        Id object = 0;
        auto operator<=>(const Task&) const = default;
    };
    struct Primitive {
        bool locked = false;
        std::uint64_t size = 0;
        std::vector<Id> waiters;  ///< tasks, in line
        auto operator<=>(const Primitive&) const = default;
    };
    std::uint16_t loop = 0;  ///< 0: none runs in this thread
    Id running = 0;
    std::vector<Id> ready;                            ///< tasks in the ready queue, next to run first
    std::vector<std::pair<std::int64_t, Id>> timers;  ///< when and handle, ascending
    std::map<Id, Task> tasks;                         ///< that are not done
    std::map<Id, Primitive> primitives;               ///< those of watch_primitives()
};

/// One event, as the runtime tells it, and its state just before and just after.
struct ToldEvent {
    EventKind kind{};
    RuntimeState before, after;
};

/// All that this thread's runtime has told since the last call, by the probe's hooks as they are built into this test.
std::vector<ToldEvent> take_told_events();

/// From now on states tell of these, too. They must live as long as anything is told.
void watch_primitives(asyncio::Lock* lock, asyncio::detail::QueueCore* queue);

/// For the hooks.
void about_to_tell(EventKind kind);
void told();

}  // namespace awaitscope::test
