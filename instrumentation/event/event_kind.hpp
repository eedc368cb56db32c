// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace awaitscope {

/// The kinds of event. Numbers are part of the ring's and the recording's format: append, never renumber.
/// vocabulary.cpp holds the table of their names and fields.
enum class EventKind : std::uint8_t {
    none = 0,
    text = 1,  ///< not an event: more text of the event before it (TextRecord)
    loop_started = 2,
    loop_stopped = 3,
    iteration = 4,
    poll = 5,
    task_created = 6,
    task_running = 7,
    task_suspended = 8,
    task_ready = 9,
    task_cancel_requested = 10,
    task_done = 11,
    coroutine_entered = 12,
    coroutine_left = 13,
    future_created = 14,
    future_done = 15,
    callback_scheduled = 16,
    callback_run = 17,
    callback_cancelled = 18,
    timer_set = 19,
    timer_fired = 20,
    timer_cancelled = 21,
    io_wait = 22,
    io_ready = 23,
    io_read = 24,
    io_write = 25,
    connection_made = 26,
    connection_lost = 27,
    sync_created = 28,
    sync_wait = 29,
    sync_acquired = 30,
    sync_released = 31,
    queue_put = 32,
    queue_get = 33,
    thread_submitted = 34,
    thread_done = 35,
    process_started = 36,
    process_exited = 37,
    signal = 38,
    output = 39,
    mark = 40,
    warning = 41,
    lost = 42,
    snapshot_begin = 43,  ///< a viewer asked: the loop now tells the tasks that are alive
    task_alive = 44,      ///< one of them; its state follows as task_suspended or task_ready
    snapshot_end = 45,
    recording_begins = 46,  ///< what stands before it is what still mattered of earlier events, at their own times
    silence = 47,           ///< of a recorder: it has listened until here, and nothing was said since the event before
    task_renamed = 48,
    stack = 49,  ///< one frame of what a loop's thread was at when it had kept the loop for long
    task_at = 50,
    io_unwatched = 51,
};
inline constexpr unsigned event_kind_count = 52;

/// What a task waits for: task_suspended's `on`.
enum class WaitKind : std::uint8_t {
    none,
    sleep,
    future,
    task,
    gather,
    lock,
    event,
    condition,
    semaphore,
    barrier,
    queue_get,
    queue_put,
    io,
    thread,
    process,
    timeout,
    group,
    yield,
};
inline constexpr unsigned wait_kind_count = 18;

/// How a task or future ended.
enum class EndState : std::uint8_t { finished, cancelled, failed };

/// sync_created's `kind`.
enum class SyncKind : std::uint8_t { lock, event, condition, semaphore, bounded_semaphore, barrier, queue };

/// io_wait's `what`.
enum class IoDirection : std::uint8_t { read, write };

/// warning's `kind`.
enum class WarningKind : std::uint8_t {
    never_awaited,
    never_retrieved,
    destroyed_pending,
    slow_callback,
    wrong_thread,
    callback_failed,
    other,
};

}  // namespace awaitscope
