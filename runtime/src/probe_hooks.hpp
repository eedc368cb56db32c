// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <source_location>
#include <string>
#include <string_view>

#include "asyncio/detail/wait.hpp"

namespace awaitscope::probe {
class Emitter;
}
namespace asyncio {
class EventLoop;
struct ExceptionContext;
}  // namespace asyncio
namespace asyncio::detail {
class FutureCore;
class PromiseBase;
class TaskCore;
}  // namespace asyncio::detail

/// Where the runtime tells what it does, and the only part of it that knows the event vocabulary. Hooks that take an
/// Emitter are called where the caller has asked for it once (the hot paths); the others look for themselves.
namespace asyncio::detail::hooks {

using awaitscope::probe::Emitter;

/// Tells nothing yet; but what the program says before it runs a loop on the virtual clock is by that clock already.
void loop_made(const EventLoop& loop);
void loop_started(EventLoop& loop);
void loop_stopped(EventLoop& loop);
/// At the last stamp: most turns begin where the last step of the one before has ended.
void iteration(Emitter& probe, EventLoop& loop, std::size_t ready, std::size_t timers);
void poll(Emitter& probe, EventLoop& loop, std::int64_t timeout_us, std::uint64_t took_ns, unsigned ready);
/// Answers a viewer that asked which tasks are alive.
void snapshot(Emitter& probe, EventLoop& loop);

/// `where`: the line that makes it, where one is known.
void task_created(TaskCore& task, const std::source_location& where);
/// It has another name now.
void task_renamed(TaskCore& task);
void task_running(Emitter& probe, TaskCore& task);
void task_suspended(Emitter& probe, TaskCore& task);
void task_ready(Emitter& probe, TaskCore& task);
void task_cancel_requested(TaskCore& task);
void task_done(TaskCore& task);
void coroutine_entered(Emitter& probe, PromiseBase& promise);
void coroutine_left(Emitter& probe, PromiseBase& promise);

void future_created(FutureCore& future);
void future_done(FutureCore& future);

void callback_scheduled(EventLoop& loop, std::uint64_t handle);
/// Around a callback's run: says how long it took.
class CallbackTimer {
  public:
    CallbackTimer(EventLoop& loop, std::uint64_t handle);
    ~CallbackTimer();
    CallbackTimer(const CallbackTimer&) = delete;
    CallbackTimer& operator=(const CallbackTimer&) = delete;

  private:
    EventLoop* loop_;  ///< nullptr while nothing is shared
    std::uint64_t handle_;
    std::int64_t begin_ns_ = 0;
};
void callback_cancelled(EventLoop& loop, std::uint64_t handle);
void timer_set(EventLoop& loop, std::uint64_t handle, std::int64_t when_ns);
void timer_fired(EventLoop& loop, std::uint64_t handle);
void timer_cancelled(EventLoop& loop, std::uint64_t handle);

void io_wait(EventLoop& loop, int fd, bool write);
void io_ready(EventLoop& loop, int fd, bool write);
void io_unwatched(EventLoop& loop, int fd, bool write);
void io_read(EventLoop& loop, int fd, std::size_t bytes);
void io_write(EventLoop& loop, int fd, std::size_t bytes);
void connection_made(EventLoop& loop, int fd, std::string_view peer);
void connection_lost(EventLoop& loop, int fd);

/// Gives the job an id, by which thread_done() knows it; 0 while nothing is shared.
std::uint64_t thread_submitted(EventLoop& loop);
void thread_done(EventLoop& loop, std::uint64_t job, std::chrono::nanoseconds waited_for_thread);

void process_started(EventLoop& loop, int pid);
void process_exited(EventLoop& loop, int pid, int code);
void signal(EventLoop& loop, int number);

enum class SyncEvent : std::uint8_t { wait, acquired, released };
void sync_created(EventLoop& loop, SyncKind kind, std::uint64_t object, std::string_view name);
void sync_event(EventLoop& loop, SyncEvent event, SyncKind kind, std::uint64_t object);
void queue_event(EventLoop& loop, bool put, std::uint64_t object, std::size_t size, std::size_t maxsize);

// Reports go to the loop's exception handler (or stderr) and become warning events.
enum class Report : std::uint8_t { never_retrieved, destroyed_pending, callback_failed, other };
/// Throws only KeyboardInterrupt and SystemExit, which a handler of the program's has thrown.
void report(EventLoop& loop, const ExceptionContext& context, Report kind);
/// The same from where nothing may be thrown: those two are noted on stderr, as Python does in a finalizer.
void report_quietly(EventLoop& loop, const ExceptionContext& context, Report kind) noexcept;
/// Debug mode: another thread called the loop.
void wrong_thread(const EventLoop& loop, std::string_view text);
void report_never_retrieved(FutureCore& future) noexcept;
void report_destroyed_pending(FutureCore& task) noexcept;
/// A line on stderr, as CPython's logger of warnings writes it.
void log_warning(EventLoop& loop, const char* text);
/// CPython's "Executing ... took 0.150 seconds", on stderr.
void report_slow(EventLoop& loop, const std::string& what, std::chrono::nanoseconds took);
/// A RuntimeWarning on stderr, as CPython's.
void report_never_awaited(PromiseBase& promise) noexcept;

}  // namespace asyncio::detail::hooks
