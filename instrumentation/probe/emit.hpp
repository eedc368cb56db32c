// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstdint>
#include <string_view>

#include "instrumentation/event/event.hpp"

namespace awaitscope::probe {

/// One thread's way into its ring. Made on the thread's first event, given back when the thread ends; only the thread
/// itself calls it. Nothing here allocates, locks, formats or makes a system call.
class Emitter;

/// True once the process shares its events. Written once, by enable().
extern std::atomic<bool> enabled_flag;

/// This thread's emitter once the process shares events (the first call makes it; nullptr still when every ring is
/// taken): the slow half of emitter().
Emitter* this_thread_emitter() noexcept;

/// The one branch: nullptr, and nothing else done, while the process shares no events.
inline Emitter* emitter() noexcept {
    if (!enabled_flag.load(std::memory_order_acquire)) [[likely]]
        return nullptr;
    return this_thread_emitter();
}

/// Where an id comes from: tasks, futures, primitives, handles and jobs share one counter in the process. A thread
/// takes blocks, so this costs an increment.
Id next_id() noexcept;

/// A number for each loop of the process, from 1.
std::uint16_t next_loop_number() noexcept;

/// Begins to share events when the variable AWAITSCOPE asks for it and enable() was not called. Cheap after the first
/// call; the runtime calls it whenever a loop is made.
void enable_from_environment() noexcept;

}  // namespace awaitscope::probe
