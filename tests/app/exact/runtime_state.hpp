// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "instrumentation/event/event.hpp"
#include "instrumentation/trace/span_list.hpp"

namespace asyncio {
class Lock;
}
namespace asyncio::detail {
class Primitive;
class QueueCore;
enum class SyncKind : std::uint8_t;
}  // namespace asyncio::detail

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
        std::uint64_t size = 0;             ///< a queue's
        std::optional<std::int64_t> value;  ///< a semaphore's: how many it lets in now
        auto operator<=>(const Primitive&) const = default;
    };
    struct Watch {
        int fd = -1;
        IoDirection what = IoDirection::read;
        auto operator<=>(const Watch&) const = default;
    };
    std::uint16_t loop = 0;  ///< 0: none runs in this thread
    Id running = 0;
    std::uint64_t ready_handles = 0;                  ///< in the ready queue, callbacks among them
    std::vector<Id> ready;                            ///< tasks in the ready queue, next to run first
    std::vector<std::pair<std::int64_t, Id>> timers;  ///< when and handle, ascending
    std::map<Id, Task> tasks;                         ///< that are not done
    /// Who stands in line at a primitive, the first first, by what for (a queue has two lines).
    std::map<Id, std::map<WaitKind, std::vector<Id>>> lines;
    std::map<Id, Primitive> primitives;  ///< those of watch_primitives(), and the one that something is told of
    std::vector<Watch> watches;          ///< by descriptor
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
void about_to_tell_of(const asyncio::detail::Primitive& primitive, asyncio::detail::SyncKind kind);
void told();

}  // namespace awaitscope::test
