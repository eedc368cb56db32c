/* SPDX-License-Identifier: MIT */
#ifndef AWAITSCOPE_AWAITSCOPE_H
#define AWAITSCOPE_AWAITSCOPE_H

#include <stddef.h>
#include <stdint.h>

/*
 * The events of any event loop, for Awaitscope: the C ABI. Link to libawaitscope (pkg-config awaitscope-c, CMake
 * awaitscope::awaitscope). The page "C ABI" of the manual walks through an adapter; this header is its reference.
 *
 *   - Nothing is shared until awaitscope_enable(), or AWAITSCOPE=1 in the environment when a loop is numbered. Until
 *     then awaitscope_thread_emitter() gives NULL, and every function takes NULL and does nothing.
 *   - An emitter is one thread's way into its ring: only that thread uses it. Ask for it once a turn of the loop, not
 *     once for ever: after a fork the child's is another, and disable() takes it away.
 *   - An event function reads the clock and writes 32 bytes into shared memory (and the text, where there is one, cut
 *     beyond 1,920 bytes): no lock, no allocation, no system call. Texts are UTF-8, end in a zero byte, are copied, and
 *     may be NULL.
 *   - No function fails, blocks, or throws. What cannot be done is told once on stderr, and the program runs on, unseen.
 *   - Symbols are versioned (AWAITSCOPE_1): a program runs with any later libawaitscope.so.1.
 */

#if defined(__GNUC__)
#define AWAITSCOPE_API __attribute__((visibility("default")))
#else
#define AWAITSCOPE_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* The version of this header. It grows when functions are added. */
#define AWAITSCOPE_ABI_VERSION 1
/* The library's, at run time: at least the header's with which the program was compiled. */
AWAITSCOPE_API unsigned awaitscope_abi_version(void);

/* A task, a future, a primitive, a handle or a job; 0 is none. Unique in the process, below 2^40. */
typedef uint64_t awaitscope_id;
/* A loop's number in the process, from 1; 0 is none. */
typedef uint16_t awaitscope_loop;
/* A line of source; 0 is none. */
typedef uint32_t awaitscope_place;
typedef struct awaitscope_emitter awaitscope_emitter;

/* ── on and off ─────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Shares this process's events from now on, under `name` (NULL: the program's). 1, or 0 after one line on stderr where
 * no shared memory can be had. Any thread; a second call changes nothing. */
AWAITSCOPE_API int awaitscope_enable(const char* name);
/* Stops. A later enable() goes on in the same session, and asks the loops which tasks are alive. */
AWAITSCOPE_API void awaitscope_disable(void);
AWAITSCOPE_API int awaitscope_enabled(void);
/* enable(), when the variable AWAITSCOPE asks for it and nothing was decided yet. */
AWAITSCOPE_API void awaitscope_enable_from_environment(void);
/* Before _exit(), where the process leaves well: exit() says so by itself. Else it counts as crashed, and what it told
 * last is kept. Nothing may be told any more. */
AWAITSCOPE_API void awaitscope_end_session(void);
/* Before exec(), which leaves well, too; and where it has failed, and the process goes on. */
AWAITSCOPE_API void awaitscope_before_exec(void);
AWAITSCOPE_API void awaitscope_exec_failed(void);

/* This thread's emitter; NULL while nothing is shared, or when all 64 rings are taken. Given back when the thread
 * ends. */
AWAITSCOPE_API awaitscope_emitter* awaitscope_thread_emitter(void);

/* ── numbers ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* A number for a new loop. Any thread. */
AWAITSCOPE_API awaitscope_loop awaitscope_new_loop(void);
/* An id for anything that events are about. Any thread; costs an increment. */
AWAITSCOPE_API awaitscope_id awaitscope_new_id(void);
/* The place of a line, in a table that the viewer reads: the same for the same three, whose bytes are copied. Takes a
 * lock and hashes: keep what it gives, for as long as the emitter's session. 0 when the table is full (65,535). Of a
 * whole signature as `function` the bare name is kept. */
AWAITSCOPE_API awaitscope_place awaitscope_intern_place(awaitscope_emitter* emitter, const char* file, unsigned line,
                                                        const char* function);
/* The same, remembered by the pointers: for literals, which stay valid for ever. A few nanoseconds after the first. */
AWAITSCOPE_API awaitscope_place awaitscope_literal_place(awaitscope_emitter* emitter, const char* file, unsigned line,
                                                         const char* function);
#define AWAITSCOPE_HERE(emitter) awaitscope_literal_place((emitter), __FILE__, (unsigned)__LINE__, __func__)

/* ── the clock ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Events are stamped by themselves, with the machine's monotonic clock. A loop on a simulated clock tells it here
 * before its first event and whenever it jumps: from then on the thread's events stand at `ns`, each a microsecond
 * after the one before, until awaitscope_leave_virtual_time(). */
AWAITSCOPE_API void awaitscope_set_virtual_time(awaitscope_emitter* emitter, int64_t ns);
AWAITSCOPE_API void awaitscope_leave_virtual_time(awaitscope_emitter* emitter);

/* ── the loop ───────────────────────────────────────────────────────────────────────────────────────────────────── */

AWAITSCOPE_API void awaitscope_loop_started(awaitscope_emitter* emitter, awaitscope_loop loop, const char* name);
AWAITSCOPE_API void awaitscope_loop_stopped(awaitscope_emitter* emitter, awaitscope_loop loop);
/* Turn number `n` begins, from 1: `ready` handles run in it, `timers` are set. `tasks_alive` is what `awaitscope list`
 * shows. */
AWAITSCOPE_API void awaitscope_iteration(awaitscope_emitter* emitter, awaitscope_loop loop, uint64_t n, uint32_t ready,
                                         uint32_t timers, uint64_t tasks_alive);
/* The selector was asked: it might wait `timeout_us` (negative: without end), waited `took_ns`, found `ready`. */
AWAITSCOPE_API void awaitscope_poll(awaitscope_emitter* emitter, awaitscope_loop loop, int64_t timeout_us,
                                    uint64_t took_ns, uint32_t ready);

/* A viewer that attaches asks which tasks are alive. Look once a turn of the loop, and at least every 100 ms of an idle
 * one: 1 once after each request. Answer with begin, for each task alive task_alive and then its state
 * (task_suspended, task_ready or task_running), and end. Between the two, where it gathers, task_alive of each task that
 * it made for that: so it is known which these are. */
AWAITSCOPE_API int awaitscope_snapshot_wanted(awaitscope_emitter* emitter);
AWAITSCOPE_API void awaitscope_snapshot_begin(awaitscope_emitter* emitter, awaitscope_loop loop, uint32_t tasks);
AWAITSCOPE_API void awaitscope_task_alive(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task,
                                          const char* name, awaitscope_place definition, awaitscope_id parent);
AWAITSCOPE_API void awaitscope_snapshot_end(awaitscope_emitter* emitter, awaitscope_loop loop, uint32_t tasks);

/* ── tasks ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

enum awaitscope_wait {
    AWAITSCOPE_WAIT_NONE,
    AWAITSCOPE_WAIT_SLEEP,
    AWAITSCOPE_WAIT_FUTURE,
    AWAITSCOPE_WAIT_TASK,
    AWAITSCOPE_WAIT_GATHER,
    AWAITSCOPE_WAIT_LOCK,
    AWAITSCOPE_WAIT_EVENT,
    AWAITSCOPE_WAIT_CONDITION,
    AWAITSCOPE_WAIT_SEMAPHORE,
    AWAITSCOPE_WAIT_BARRIER,
    AWAITSCOPE_WAIT_QUEUE_GET,
    AWAITSCOPE_WAIT_QUEUE_PUT,
    AWAITSCOPE_WAIT_IO,
    AWAITSCOPE_WAIT_THREAD,
    AWAITSCOPE_WAIT_PROCESS,
    AWAITSCOPE_WAIT_TIMEOUT,
    AWAITSCOPE_WAIT_GROUP,
    AWAITSCOPE_WAIT_YIELD
};

enum awaitscope_end { AWAITSCOPE_FINISHED, AWAITSCOPE_CANCELLED, AWAITSCOPE_FAILED };

/* A task was created; its first step is queued. `definition`: the coroutine's first line and name. */
AWAITSCOPE_API void awaitscope_task_created(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task,
                                            const char* name, awaitscope_place definition, awaitscope_id parent);
/* It has another name now. */
AWAITSCOPE_API void awaitscope_task_renamed(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task,
                                            const char* name);
/* Its step begins: marks and outputs of this thread are the task's from now on, until suspended or done. */
AWAITSCOPE_API void awaitscope_task_running(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task);
/* While it runs it is at a line: what is said of it next, an output, a task that it makes, it does there. */
AWAITSCOPE_API void awaitscope_task_at(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task,
                                       awaitscope_place where);
/* Its step ends in a wait for `object`, at the line `where`. */
AWAITSCOPE_API void awaitscope_task_suspended(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task,
                                              enum awaitscope_wait on, awaitscope_id object, awaitscope_place where);
/* What it waited for is there: its next step is queued. `by`: the task that caused it; 0: the loop. */
AWAITSCOPE_API void awaitscope_task_ready(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task,
                                          awaitscope_id by);
AWAITSCOPE_API void awaitscope_task_cancel_requested(awaitscope_emitter* emitter, awaitscope_loop loop,
                                                     awaitscope_id task, awaitscope_id by);
/* It has ended; `error` ("TypeName: message") where it failed. */
AWAITSCOPE_API void awaitscope_task_done(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task,
                                         enum awaitscope_end state, const char* error);
/* A coroutine begins, or has ended, inside a task; `depth` of the task's own are below it. */
AWAITSCOPE_API void awaitscope_coroutine_entered(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task,
                                                 awaitscope_place definition, uint32_t depth);
AWAITSCOPE_API void awaitscope_coroutine_left(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task,
                                              uint32_t depth);
/* What a thread that watches the loop's found it at, when a step (of `task`; 0: a callback) had kept the loop for `ran_ns`:
   a call for each frame, 0 the innermost, `where` its function and line. It may come from any thread. */
AWAITSCOPE_API void awaitscope_stack(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task,
                                     uint32_t frame, awaitscope_place where, uint64_t ran_ns);

/* From here on `task` is the task in whose step a thing happened; 0: none, the loop itself. */

AWAITSCOPE_API void awaitscope_future_created(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task,
                                              awaitscope_id future);
AWAITSCOPE_API void awaitscope_future_done(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task,
                                           awaitscope_id future, enum awaitscope_end state);

/* ── callbacks and timers ───────────────────────────────────────────────────────────────────────────────────────── */

AWAITSCOPE_API void awaitscope_callback_scheduled(awaitscope_emitter* emitter, awaitscope_loop loop,
                                                  awaitscope_id task, awaitscope_id handle);
/* It has run, for `took_ns`. */
AWAITSCOPE_API void awaitscope_callback_run(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id handle,
                                            uint64_t took_ns);
AWAITSCOPE_API void awaitscope_callback_cancelled(awaitscope_emitter* emitter, awaitscope_loop loop,
                                                  awaitscope_id task, awaitscope_id handle);
/* Due at `when_ns` by CLOCK_MONOTONIC (or by the virtual time). */
AWAITSCOPE_API void awaitscope_timer_set(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task,
                                         awaitscope_id handle, int64_t when_ns);
AWAITSCOPE_API void awaitscope_timer_fired(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id handle);
AWAITSCOPE_API void awaitscope_timer_cancelled(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task,
                                               awaitscope_id handle);

/* ── descriptors and connections ────────────────────────────────────────────────────────────────────────────────── */

enum awaitscope_direction { AWAITSCOPE_READ, AWAITSCOPE_WRITE };

/* The loop begins to watch a descriptor; a watched one is ready; it is watched no more. One that was closed is not. */
AWAITSCOPE_API void awaitscope_io_wait(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task, int fd,
                                       enum awaitscope_direction what);
AWAITSCOPE_API void awaitscope_io_ready(awaitscope_emitter* emitter, awaitscope_loop loop, int fd,
                                        enum awaitscope_direction what);
AWAITSCOPE_API void awaitscope_io_unwatched(awaitscope_emitter* emitter, awaitscope_loop loop, int fd,
                                            enum awaitscope_direction what);
/* Bytes were moved; 0 when reading: the peer has ended. */
AWAITSCOPE_API void awaitscope_io_read(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task, int fd,
                                       uint64_t bytes);
AWAITSCOPE_API void awaitscope_io_write(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task, int fd,
                                        uint64_t bytes);
AWAITSCOPE_API void awaitscope_connection_made(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task,
                                               int fd, const char* peer);
AWAITSCOPE_API void awaitscope_connection_lost(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task,
                                               int fd);

/* ── primitives and queues ──────────────────────────────────────────────────────────────────────────────────────── */

enum awaitscope_sync {
    AWAITSCOPE_LOCK,
    AWAITSCOPE_EVENT,
    AWAITSCOPE_CONDITION,
    AWAITSCOPE_SEMAPHORE,
    AWAITSCOPE_BOUNDED_SEMAPHORE,
    AWAITSCOPE_BARRIER,
    AWAITSCOPE_QUEUE
};

AWAITSCOPE_API void awaitscope_sync_created(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task,
                                            awaitscope_id object, enum awaitscope_sync kind, const char* name);
/* The task begins to wait for it; has got it; gave it back, or set or notified it. */
AWAITSCOPE_API void awaitscope_sync_wait(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task,
                                         awaitscope_id object, enum awaitscope_sync kind);
AWAITSCOPE_API void awaitscope_sync_acquired(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task,
                                             awaitscope_id object, enum awaitscope_sync kind);
AWAITSCOPE_API void awaitscope_sync_released(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task,
                                             awaitscope_id object, enum awaitscope_sync kind);
/* An item went in, or came out: `size` are in it now; `maxsize` 0: without bound. */
AWAITSCOPE_API void awaitscope_queue_put(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task,
                                         awaitscope_id object, uint32_t size, uint32_t maxsize);
AWAITSCOPE_API void awaitscope_queue_get(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task,
                                         awaitscope_id object, uint32_t size, uint32_t maxsize);

/* ── threads, processes, signals ────────────────────────────────────────────────────────────────────────────────── */

AWAITSCOPE_API void awaitscope_thread_submitted(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task,
                                                awaitscope_id job);
/* `waited_ns`: from its submission until a thread took it; 0 where that is not known. */
AWAITSCOPE_API void awaitscope_thread_done(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id job,
                                           uint64_t waited_ns);
AWAITSCOPE_API void awaitscope_process_started(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task,
                                               int pid);
/* `code`: the return code; a signal's is negative. */
AWAITSCOPE_API void awaitscope_process_exited(awaitscope_emitter* emitter, awaitscope_loop loop, int pid, int code);
AWAITSCOPE_API void awaitscope_signal(awaitscope_emitter* emitter, awaitscope_loop loop, int number);

/* ── words ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

enum awaitscope_warning_kind {
    AWAITSCOPE_NEVER_AWAITED,
    AWAITSCOPE_NEVER_RETRIEVED,
    AWAITSCOPE_DESTROYED_PENDING,
    AWAITSCOPE_SLOW_CALLBACK,
    AWAITSCOPE_WRONG_THREAD,
    AWAITSCOPE_CALLBACK_FAILED,
    AWAITSCOPE_OTHER_WARNING
};

AWAITSCOPE_API void awaitscope_warning(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task,
                                       enum awaitscope_warning_kind kind, const char* text);
/* In the task that runs in this thread: a line of the program's output (print it yourself as well), and a mark on the
 * timeline. */
AWAITSCOPE_API void awaitscope_output(awaitscope_emitter* emitter, const char* text);
AWAITSCOPE_API void awaitscope_mark(awaitscope_emitter* emitter, const char* text);

#ifdef __cplusplus
}
#endif
#endif
