// SPDX-License-Identifier: MIT
#include "runtime/src/probe_hooks.hpp"

#include <cstdio>

#include "asyncio/detail/promise.hpp"
#include "asyncio/errors.hpp"
#include "asyncio/event_loop.hpp"
#include "instrumentation/probe/emit.hpp"
#include "runtime/src/loop/loop_impl.hpp"
#include "runtime/src/program_place.hpp"
#include "runtime/src/tasks/stack.hpp"

namespace asyncio::detail::hooks {

using awaitscope::EndState;
using awaitscope::EventKind;
using awaitscope::wait_kind_count;
using awaitscope::WarningKind;

static_assert(static_cast<unsigned>(WaitKind::yield) + 1 == wait_kind_count &&
                  static_cast<int>(WaitKind::queue_get) == static_cast<int>(awaitscope::WaitKind::queue_get) &&
                  static_cast<int>(WaitKind::yield) == static_cast<int>(awaitscope::WaitKind::yield),
              "the runtime's and the vocabulary's words are the same");

namespace {

std::uint64_t current_id(EventLoop& loop) {
    TaskCore* const task = loop.current_task();
    return task ? task->id() : 0;
}

EndState end_state(const FutureCore& future) {
    switch (future.state()) {
        case FutureCore::State::cancelled:
            return EndState::cancelled;
        case FutureCore::State::failed:
            return EndState::failed;
        default:
            return EndState::finished;
    }
}

std::uint32_t definition_of(Emitter& probe, const PromiseBase& promise) {
    return probe.place(promise.file(), static_cast<unsigned>(promise.line()), event_name(promise.function()));
}

std::uint32_t place_of(Emitter& probe, const PromiseBase& innermost) {
    const PromiseBase& promise = program_coroutine(innermost);
    const std::source_location& where = promise.where();
    return probe.place(where.file_name(), where.line(), event_name(promise.function()));
}

void emit_task(Emitter& probe, EventKind kind, TaskCore& task) {
    const auto number = task.number();
    const bool fits = number != 0 && number <= 0xffffffff;
    // Numbers beyond 32 bits are told as names: the only name that has to be made.
    const std::string made = number > 0xffffffff ? task.name() : std::string();
    const std::string_view name = made.empty() ? task.given_name() : made;
    probe.emit_name(kind, task.loop()->number(), task.id(), task.parent_id(), definition_of(probe, *task.root()),
                    fits ? static_cast<std::uint32_t>(number) : 0, name);
}

/// Who tells of a loop: what it keeps while it runs; before, between and after its runs, the emitter of the thread that
/// calls it. nullptr while nothing is shared.
Emitter* emitter_of(const EventLoop& loop) {
    Emitter* const probe = loop.probe();
    return !probe || loop.is_running() ? probe : awaitscope::probe::emitter();
}

/// What is told of a loop that does not run (before, between and after its runs) is told by its clock, too.
class ByClockOf {
  public:
    ByClockOf(const EventLoop& loop, Emitter& probe)
        : entered_(loop.clock() == Clock::virtual_time && !probe.in_virtual_time() ? &probe : nullptr) {
        if (entered_) entered_->set_virtual_time(loop.time().time_since_epoch().count());
    }
    ByClockOf(const ByClockOf&) = delete;
    ByClockOf& operator=(const ByClockOf&) = delete;
    ~ByClockOf() {
        if (entered_) entered_->leave_virtual_time();
    }

  private:
    Emitter* entered_;
};

void tell(EventLoop& loop, EventKind kind, std::uint64_t a, std::uint32_t b = 0, std::uint32_t c = 0) {
    if (Emitter* const probe = emitter_of(loop)) [[unlikely]] {
        const ByClockOf clock(loop, *probe);
        probe->emit_now(kind, loop.number(), current_id(loop), a, b, c);
    }
}

std::uint32_t as_field(int value) {
    return static_cast<std::uint32_t>(value);
}

}  // namespace

void loop_made(const EventLoop& loop) {
    if (Emitter* const probe = awaitscope::probe::emitter()) {
        const ByClockOf clock(loop, *probe);
    }
}

void loop_started(EventLoop& loop) {
    if (Emitter* const probe = loop.probe()) {
        probe->set_current(loop.number(), 0);
        probe->emit_text(EventKind::loop_started, loop.number(), 0, 0, 0, loop.impl().name);
    }
}

void loop_stopped(EventLoop& loop) {
    if (Emitter* const probe = loop.probe()) {
        probe->publish_loop(loop.number(), loop.impl().tasks_alive, loop.iteration());
        probe->emit_now(EventKind::loop_stopped, loop.number(), 0);
        probe->set_current(0, 0);
    }
}

void iteration(Emitter& probe, EventLoop& loop, std::size_t ready, std::size_t timers) {
    probe.publish_loop(loop.number(), loop.impl().tasks_alive, loop.iteration());
    probe.emit(EventKind::iteration, loop.number(), 0, loop.iteration(), static_cast<std::uint32_t>(ready),
               static_cast<std::uint32_t>(timers));
}

void poll(Emitter& probe, EventLoop& loop, std::int64_t timeout_us, std::uint64_t took_ns, unsigned ready) {
    // All ones is "without end"; a longer wait than the field holds is cut.
    const auto timeout =
        timeout_us < 0 ? 0xffffffffu : static_cast<std::uint32_t>(std::min<std::int64_t>(timeout_us, 0xfffffffe));
    probe.emit_now(EventKind::poll, loop.number(), 0, loop.clock() == Clock::virtual_time ? 0 : took_ns, timeout,
                   ready);
}

void snapshot(Emitter& probe, EventLoop& loop) {
    auto& impl = loop.impl();
    const auto alive = static_cast<std::uint32_t>(impl.tasks_alive);
    probe.emit_now(EventKind::snapshot_begin, loop.number(), 0, 0, alive);
    for (TaskCore* task = impl.tasks.front(); task; task = impl.tasks.next(task)) {
        emit_task(probe, EventKind::task_alive, *task);
        if (task == loop.current_task())
            probe.emit(EventKind::task_running, loop.number(), task->id());
        else if (task->waiting_on() && !task->in_ready_queue())
            task_suspended(probe, *task);
        else
            probe.emit(EventKind::task_ready, loop.number(), task->id());
    }
    probe.emit_now(EventKind::snapshot_end, loop.number(), 0, 0, alive);
}

void task_created(TaskCore& task, const std::source_location& where) {
    EventLoop& loop = *task.loop();
    Emitter* const probe = emitter_of(loop);
    if (!probe) [[likely]]
        return;
    const ByClockOf clock(loop, *probe);
    if (task.parent_id() != 0 && where.line() != 0)
        probe->emit_now(EventKind::task_at, loop.number(), task.parent_id(), 0,
                        probe->place(where.file_name(), where.line(), where.function_name()));
    emit_task(*probe, EventKind::task_created, task);
}

void task_renamed(TaskCore& task) {
    EventLoop& loop = *task.loop();
    Emitter* const probe = emitter_of(loop);
    if (!probe) return;
    const ByClockOf clock(loop, *probe);
    probe->emit_text(EventKind::task_renamed, loop.number(), task.id(), 0, 0, task.given_name());
}

void task_running(Emitter& probe, TaskCore& task) {
    const auto loop = task.loop()->number();
    probe.set_current(loop, task.id());
    // At the stamp of what ran before: nothing lies between but the loop itself.
    probe.emit(EventKind::task_running, loop, task.id());
}

void task_suspended(Emitter& probe, TaskCore& task) {
    const auto loop = task.loop()->number();
    probe.set_current(loop, 0);
    probe.emit_now(EventKind::task_suspended, loop, task.id(), task.wait_object(), place_of(probe, *task.top()),
                   static_cast<std::uint32_t>(task.wait_kind()));
}

void task_ready(Emitter& probe, TaskCore& task) {
    probe.emit_now(EventKind::task_ready, task.loop()->number(), task.id(), current_id(*task.loop()));
}

void task_cancel_requested(TaskCore& task) {
    if (Emitter* const probe = emitter_of(*task.loop())) [[unlikely]]
        probe->emit_now(EventKind::task_cancel_requested, task.loop()->number(), task.id(), current_id(*task.loop()));
}

void task_done(TaskCore& task) {
    Emitter* const probe = emitter_of(*task.loop());
    if (!probe) [[likely]]
        return;
    probe->set_current(task.loop()->number(), 0);
    const bool failed = task.state() == FutureCore::State::failed;
    probe->emit_text(EventKind::task_done, task.loop()->number(), task.id(), 0,
                     static_cast<std::uint32_t>(end_state(task)),
                     failed ? to_string(task.peek_outcome()) : std::string());
}

void coroutine_entered(Emitter& probe, PromiseBase& promise) {
    TaskCore& task = *promise.task();
    const auto tell_line = [&] {
        probe.emit_now(EventKind::task_at, task.loop()->number(), task.id(), 0, place_of(probe, *promise.parent()));
    };
    tell_line();
    probe.emit_now(EventKind::coroutine_entered, task.loop()->number(), task.id(), 0, definition_of(probe, promise),
                   promise.depth());
    // In one of the library's own coroutines it still stands where the program awaits that.
    if (is_library_file(promise.file())) tell_line();
}

void coroutine_left(Emitter& probe, PromiseBase& promise) {
    TaskCore& task = *promise.task();
    probe.emit_now(EventKind::coroutine_left, task.loop()->number(), task.id(), 0, 0, promise.depth());
}

void future_created(FutureCore& future) {
    future.set_id(awaitscope::probe::next_id());
    tell(*future.loop(), EventKind::future_created, future.id());
}

void future_done(FutureCore& future) {
    tell(*future.loop(), EventKind::future_done, future.id(), 0, static_cast<std::uint32_t>(end_state(future)));
}

void callback_scheduled(EventLoop& loop, std::uint64_t handle) {
    tell(loop, EventKind::callback_scheduled, handle);
}
void callback_cancelled(EventLoop& loop, std::uint64_t handle) {
    tell(loop, EventKind::callback_cancelled, handle);
}
void timer_fired(EventLoop& loop, std::uint64_t handle) {
    tell(loop, EventKind::timer_fired, handle);
}
void timer_cancelled(EventLoop& loop, std::uint64_t handle) {
    tell(loop, EventKind::timer_cancelled, handle);
}

void timer_set(EventLoop& loop, std::uint64_t handle, std::int64_t when_ns) {
    const auto when = static_cast<std::uint64_t>(when_ns);
    tell(loop, EventKind::timer_set, handle, static_cast<std::uint32_t>(when), static_cast<std::uint32_t>(when >> 32));
}

CallbackTimer::CallbackTimer(EventLoop& loop, std::uint64_t handle)
    : loop_(loop.probe() ? &loop : nullptr), handle_(handle) {
    if (loop_ && loop_->clock() == Clock::real) begin_ns_ = monotonic_now().time_since_epoch().count();
}

CallbackTimer::~CallbackTimer() {
    if (!loop_ || !loop_->probe()) return;
    std::uint64_t took = 0;  // the virtual clock stands still while a callback runs
    if (loop_->clock() == Clock::real)
        took = static_cast<std::uint64_t>(monotonic_now().time_since_epoch().count() - begin_ns_);
    tell(*loop_, EventKind::callback_run, handle_, static_cast<std::uint32_t>(took),
         static_cast<std::uint32_t>(took >> 32));
}

void io_wait(EventLoop& loop, int fd, bool write) {
    tell(loop, EventKind::io_wait, 0, as_field(fd), write);
}
void io_ready(EventLoop& loop, int fd, bool write) {
    tell(loop, EventKind::io_ready, 0, as_field(fd), write);
}
void io_unwatched(EventLoop& loop, int fd, bool write) {
    tell(loop, EventKind::io_unwatched, 0, as_field(fd), write);
}
void io_read(EventLoop& loop, int fd, std::size_t bytes) {
    tell(loop, EventKind::io_read, bytes, as_field(fd));
}
void io_write(EventLoop& loop, int fd, std::size_t bytes) {
    tell(loop, EventKind::io_write, bytes, as_field(fd));
}

void connection_made(EventLoop& loop, int fd, std::string_view peer) {
    if (Emitter* const probe = emitter_of(loop)) [[unlikely]]
        probe->emit_text(EventKind::connection_made, loop.number(), current_id(loop), 0, as_field(fd), peer);
}
void connection_lost(EventLoop& loop, int fd) {
    tell(loop, EventKind::connection_lost, 0, 0, as_field(fd));
}

std::uint64_t thread_submitted(EventLoop& loop) {
    if (!loop.probe()) return 0;
    const auto job = awaitscope::probe::next_id();
    tell(loop, EventKind::thread_submitted, job);
    return job;
}
void thread_done(EventLoop& loop, std::uint64_t job, std::chrono::nanoseconds waited_for_thread) {
    // Threads know no virtual time: beside it, each run would tell another.
    const auto waited = loop.clock() == Clock::real ? static_cast<std::uint64_t>(waited_for_thread.count()) : 0;
    tell(loop, EventKind::thread_done, job, static_cast<std::uint32_t>(waited),
         static_cast<std::uint32_t>(waited >> 32));
}

void process_started(EventLoop& loop, int pid) {
    tell(loop, EventKind::process_started, 0, as_field(pid));
}
void process_exited(EventLoop& loop, int pid, int code) {
    tell(loop, EventKind::process_exited, 0, as_field(pid), as_field(code));
}
void signal(EventLoop& loop, int number) {
    tell(loop, EventKind::signal, 0, as_field(number));
}

void sync_created(EventLoop& loop, SyncKind kind, std::uint64_t object, std::string_view name) {
    if (Emitter* const probe = emitter_of(loop)) [[unlikely]]
        probe->emit_text(EventKind::sync_created, loop.number(), current_id(loop), object,
                         static_cast<std::uint32_t>(kind), name);
}
void sync_event(EventLoop& loop, SyncEvent event, SyncKind kind, std::uint64_t object) {
    constexpr EventKind kinds[] = {EventKind::sync_wait, EventKind::sync_acquired, EventKind::sync_released};
    tell(loop, kinds[static_cast<unsigned>(event)], object, 0, static_cast<std::uint32_t>(kind));
}
void queue_event(EventLoop& loop, bool put, std::uint64_t object, std::size_t size, std::size_t maxsize) {
    tell(loop, put ? EventKind::queue_put : EventKind::queue_get, object, static_cast<std::uint32_t>(size),
         static_cast<std::uint32_t>(maxsize));
}

namespace {
void warn(EventLoop& loop, WarningKind kind, std::string_view text, std::uint64_t object = 0) {
    if (Emitter* const probe = loop.probe()) [[unlikely]]
        probe->emit_text(EventKind::warning, loop.number(), current_id(loop), object, static_cast<std::uint32_t>(kind),
                         text);
}
}  // namespace

void report(EventLoop& loop, const ExceptionContext& context, Report kind) {
    constexpr WarningKind kinds[] = {WarningKind::never_retrieved, WarningKind::destroyed_pending,
                                     WarningKind::callback_failed, WarningKind::other};
    if (loop.probe()) [[unlikely]] {
        std::string text = context.message;
        if (context.exception) text += ": " + to_string(context.exception);
        warn(loop, kinds[static_cast<unsigned>(kind)], text, context.future ? context.future->core()->id() : 0);
    }
    loop.call_exception_handler(context);
}

void report_quietly(EventLoop& loop, const ExceptionContext& context, Report kind) noexcept {
    try {
        report(loop, context, kind);
    } catch (...) {
        std::fprintf(stderr, "Exception ignored in an exception handler: %s\n",
                     to_string(std::current_exception()).c_str());
    }
}

void wrong_thread(const EventLoop& loop, std::string_view text) {
    // The event is the calling thread's.
    if (Emitter* const probe = awaitscope::probe::emitter())
        probe->emit_text(EventKind::warning, loop.number(), 0, 0, static_cast<std::uint32_t>(WarningKind::wrong_thread),
                         text);
}

void report_never_retrieved(FutureCore& future) noexcept {
    const bool is_task = future.as_task() != nullptr;
    ExceptionContext context{
        .message = is_task ? "Task exception was never retrieved" : "Future exception was never retrieved",
        .exception = future.peek_outcome(),
        .future = AnyFuture(FutureRef::share(&future)),
        .handle = std::nullopt};
    report_quietly(*future.loop(), context, Report::never_retrieved);
}

void report_destroyed_pending(FutureCore& task) noexcept {
    ExceptionContext context{.message = "Task was destroyed but it is pending!",
                             .exception = nullptr,
                             .future = AnyFuture(FutureRef::share(&task)),
                             .handle = std::nullopt};
    report_quietly(*task.loop(), context, Report::destroyed_pending);
}

void log_warning(EventLoop& loop, const char* text) {
    std::fprintf(stderr, "%s\n", text);
    warn(loop, WarningKind::other, text);
}

void report_slow(EventLoop& loop, const std::string& what, std::chrono::nanoseconds took) {
    char seconds[32];
    std::snprintf(seconds, sizeof seconds, "%.3f", std::chrono::duration<double>(took).count());
    const std::string text = "Executing " + what + " took " + seconds + " seconds";
    std::fprintf(stderr, "%s\n", text.c_str());
    warn(loop, WarningKind::slow_callback, text);
}

void report_never_awaited(PromiseBase& promise) noexcept {
    const char* const name = display_name(promise.function());
    std::string text = "coroutine '" + std::string(name) + "' was never awaited\n";
    if (const auto origin = origin_of(promise); !origin.empty())
        text += "Coroutine created at (most recent call last)\n" + format_frames(origin);
    std::fprintf(stderr, "%s:%d: RuntimeWarning: %s", promise.file(), promise.line(), text.c_str());
    if (EventLoop* const loop = running_loop())
        warn(*loop, WarningKind::never_awaited, std::string("coroutine '") + name + "' was never awaited");
}

}  // namespace asyncio::detail::hooks
