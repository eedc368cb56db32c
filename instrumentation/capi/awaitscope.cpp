// SPDX-License-Identifier: MIT
// The C ABI says what the probe's emitter says; which slot of an event a field is kept in stands in vocabulary.cpp.
#include "instrumentation/capi/include/awaitscope/awaitscope.h"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "instrumentation/probe/emit.hpp"
#include "instrumentation/probe/include/awaitscope/probe.hpp"

using awaitscope::EventKind;
using awaitscope::probe::Emitter;

static_assert(AWAITSCOPE_WAIT_YIELD + 1 == awaitscope::wait_kind_count &&
              AWAITSCOPE_WAIT_QUEUE_GET == static_cast<int>(awaitscope::WaitKind::queue_get) &&
              AWAITSCOPE_FAILED == static_cast<int>(awaitscope::EndState::failed) &&
              AWAITSCOPE_QUEUE == static_cast<int>(awaitscope::SyncKind::queue) &&
              AWAITSCOPE_OTHER_WARNING == static_cast<int>(awaitscope::WarningKind::other));

namespace {

Emitter* unwrap(awaitscope_emitter* emitter) {
    return reinterpret_cast<Emitter*>(emitter);
}

std::string_view view(const char* text) {
    return text ? std::string_view{text} : std::string_view{};
}

std::uint32_t low(std::uint64_t value) {
    return static_cast<std::uint32_t>(value);
}

void emit(awaitscope_emitter* emitter, EventKind kind, awaitscope_loop loop, awaitscope_id task, std::uint64_t a = 0,
          std::uint32_t b = 0, std::uint32_t c = 0) {
    if (Emitter* const probe = unwrap(emitter)) probe->emit_now(kind, loop, task, a, b, c);
}

/// A 64-bit number in the slots b and c.
void emit_wide(awaitscope_emitter* emitter, EventKind kind, awaitscope_loop loop, awaitscope_id task, std::uint64_t a,
               std::uint64_t bc) {
    emit(emitter, kind, loop, task, a, low(bc), low(bc >> 32));
}

void emit_text(awaitscope_emitter* emitter, EventKind kind, awaitscope_loop loop, awaitscope_id task, std::uint64_t a,
               std::uint32_t c, const char* text) {
    if (Emitter* const probe = unwrap(emitter)) probe->emit_text(kind, loop, task, a, c, view(text));
}

/// N of "Task-N", which is kept as a number; else 0.
std::uint32_t default_number(std::string_view name) {
    constexpr std::string_view prefix = "Task-";
    if (!name.starts_with(prefix) || name.size() == prefix.size() || name[prefix.size()] == '0') return 0;
    std::uint32_t number = 0;
    const auto [end, failed] = std::from_chars(name.data() + prefix.size(), name.data() + name.size(), number);
    return failed == std::errc{} && end == name.data() + name.size() ? number : 0;
}

void emit_name(awaitscope_emitter* emitter, EventKind kind, awaitscope_loop loop, awaitscope_id task, const char* name,
               awaitscope_place definition, awaitscope_id parent) {
    if (Emitter* const probe = unwrap(emitter))
        probe->emit_name(kind, loop, task, parent, definition, default_number(view(name)), view(name));
}

/// A word for the task in whose step this thread is.
void emit_word(awaitscope_emitter* emitter, EventKind kind, const char* text) {
    if (Emitter* const probe = unwrap(emitter))
        probe->emit_text(kind, probe->current_loop(), probe->current_task(), 0, 0, view(text));
}

void set_current(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task) {
    if (Emitter* const probe = unwrap(emitter)) probe->set_current(loop, task);
}

}  // namespace

unsigned awaitscope_abi_version(void) {
    return AWAITSCOPE_ABI_VERSION;
}

int awaitscope_enable(const char* name) {
    return awaitscope::enable(view(name));
}
void awaitscope_disable(void) {
    awaitscope::disable();
}
int awaitscope_enabled(void) {
    return awaitscope::enabled();
}
void awaitscope_enable_from_environment(void) {
    awaitscope::probe::enable_from_environment();
}
void awaitscope_end_session(void) {
    awaitscope::probe::end_session();
}
void awaitscope_before_exec(void) {
    awaitscope::probe::before_exec();
}
void awaitscope_exec_failed(void) {
    awaitscope::probe::exec_failed();
}

awaitscope_emitter* awaitscope_thread_emitter(void) {
    return reinterpret_cast<awaitscope_emitter*>(awaitscope::probe::emitter());
}

awaitscope_loop awaitscope_new_loop(void) {
    awaitscope::probe::enable_from_environment();
    return awaitscope::probe::next_loop_number();
}
awaitscope_id awaitscope_new_id(void) {
    return awaitscope::probe::next_id();
}

awaitscope_place awaitscope_intern_place(awaitscope_emitter* emitter, const char* file, unsigned line,
                                         const char* function) {
    Emitter* const probe = unwrap(emitter);
    return probe ? probe->intern_place(file, line, function) : 0;
}
awaitscope_place awaitscope_literal_place(awaitscope_emitter* emitter, const char* file, unsigned line,
                                          const char* function) {
    Emitter* const probe = unwrap(emitter);
    return probe ? probe->place(file, line, function) : 0;
}

void awaitscope_set_virtual_time(awaitscope_emitter* emitter, int64_t ns) {
    if (Emitter* const probe = unwrap(emitter)) probe->set_virtual_time(ns);
}
void awaitscope_leave_virtual_time(awaitscope_emitter* emitter) {
    if (Emitter* const probe = unwrap(emitter)) probe->leave_virtual_time();
}

void awaitscope_loop_started(awaitscope_emitter* emitter, awaitscope_loop loop, const char* name) {
    set_current(emitter, loop, 0);
    emit_text(emitter, EventKind::loop_started, loop, 0, 0, 0, name);
}
void awaitscope_loop_stopped(awaitscope_emitter* emitter, awaitscope_loop loop) {
    emit(emitter, EventKind::loop_stopped, loop, 0);
    set_current(emitter, 0, 0);
}
void awaitscope_iteration(awaitscope_emitter* emitter, awaitscope_loop loop, uint64_t n, uint32_t ready,
                          uint32_t timers, uint64_t tasks_alive) {
    Emitter* const probe = unwrap(emitter);
    if (!probe) return;
    probe->emit_now(EventKind::iteration, loop, 0, n, ready, timers);
    probe->publish_loop(loop, tasks_alive, n);
}
void awaitscope_poll(awaitscope_emitter* emitter, awaitscope_loop loop, int64_t timeout_us, uint64_t took_ns,
                     uint32_t ready) {
    // All ones is "without end"; a longer wait than the field holds is cut.
    const auto timeout = timeout_us < 0 ? 0xffffffffu : low(std::min<std::uint64_t>(timeout_us, 0xfffffffe));
    emit(emitter, EventKind::poll, loop, 0, took_ns, timeout, ready);
}

int awaitscope_snapshot_wanted(awaitscope_emitter* emitter) {
    Emitter* const probe = unwrap(emitter);
    return probe && probe->snapshot_wanted();
}
void awaitscope_snapshot_begin(awaitscope_emitter* emitter, awaitscope_loop loop, uint32_t tasks) {
    emit(emitter, EventKind::snapshot_begin, loop, 0, 0, tasks);
}
void awaitscope_task_alive(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task, const char* name,
                           awaitscope_place definition, awaitscope_id parent) {
    emit_name(emitter, EventKind::task_alive, loop, task, name, definition, parent);
}
void awaitscope_snapshot_end(awaitscope_emitter* emitter, awaitscope_loop loop, uint32_t tasks) {
    emit(emitter, EventKind::snapshot_end, loop, 0, 0, tasks);
}

void awaitscope_task_created(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task, const char* name,
                             awaitscope_place definition, awaitscope_id parent) {
    emit_name(emitter, EventKind::task_created, loop, task, name, definition, parent);
}
void awaitscope_task_renamed(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task, const char* name) {
    emit_text(emitter, EventKind::task_renamed, loop, task, 0, 0, name);
}
void awaitscope_task_running(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task) {
    set_current(emitter, loop, task);
    emit(emitter, EventKind::task_running, loop, task);
}
void awaitscope_task_at(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task, awaitscope_place where) {
    emit(emitter, EventKind::task_at, loop, task, 0, where);
}
void awaitscope_task_suspended(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task,
                               enum awaitscope_wait on, awaitscope_id object, awaitscope_place where) {
    set_current(emitter, loop, 0);
    emit(emitter, EventKind::task_suspended, loop, task, object, where, on);
}
void awaitscope_task_ready(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task, awaitscope_id by) {
    emit(emitter, EventKind::task_ready, loop, task, by);
}
void awaitscope_task_cancel_requested(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task,
                                      awaitscope_id by) {
    emit(emitter, EventKind::task_cancel_requested, loop, task, by);
}
void awaitscope_task_done(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task,
                          enum awaitscope_end state, const char* error) {
    set_current(emitter, loop, 0);
    emit_text(emitter, EventKind::task_done, loop, task, 0, state, error);
}
void awaitscope_coroutine_entered(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task,
                                  awaitscope_place definition, uint32_t depth) {
    emit(emitter, EventKind::coroutine_entered, loop, task, 0, definition, depth);
}
void awaitscope_coroutine_left(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task, uint32_t depth) {
    emit(emitter, EventKind::coroutine_left, loop, task, 0, 0, depth);
}
void awaitscope_stack(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task, uint32_t frame,
                      awaitscope_place where, uint64_t ran_ns) {
    emit(emitter, EventKind::stack, loop, task, ran_ns, where, frame);
}

void awaitscope_future_created(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task,
                               awaitscope_id future) {
    emit(emitter, EventKind::future_created, loop, task, future);
}
void awaitscope_future_done(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task, awaitscope_id future,
                            enum awaitscope_end state) {
    emit(emitter, EventKind::future_done, loop, task, future, 0, state);
}

void awaitscope_callback_scheduled(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task,
                                   awaitscope_id handle) {
    emit(emitter, EventKind::callback_scheduled, loop, task, handle);
}
void awaitscope_callback_run(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id handle,
                             uint64_t took_ns) {
    emit_wide(emitter, EventKind::callback_run, loop, 0, handle, took_ns);
}
void awaitscope_callback_cancelled(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task,
                                   awaitscope_id handle) {
    emit(emitter, EventKind::callback_cancelled, loop, task, handle);
}
void awaitscope_timer_set(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task, awaitscope_id handle,
                          int64_t when_ns) {
    emit_wide(emitter, EventKind::timer_set, loop, task, handle, static_cast<std::uint64_t>(when_ns));
}
void awaitscope_timer_fired(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id handle) {
    emit(emitter, EventKind::timer_fired, loop, 0, handle);
}
void awaitscope_timer_cancelled(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task,
                                awaitscope_id handle) {
    emit(emitter, EventKind::timer_cancelled, loop, task, handle);
}

void awaitscope_io_wait(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task, int fd,
                        enum awaitscope_direction what) {
    emit(emitter, EventKind::io_wait, loop, task, 0, static_cast<std::uint32_t>(fd), what);
}
void awaitscope_io_ready(awaitscope_emitter* emitter, awaitscope_loop loop, int fd, enum awaitscope_direction what) {
    emit(emitter, EventKind::io_ready, loop, 0, 0, static_cast<std::uint32_t>(fd), what);
}
void awaitscope_io_unwatched(awaitscope_emitter* emitter, awaitscope_loop loop, int fd,
                             enum awaitscope_direction what) {
    emit(emitter, EventKind::io_unwatched, loop, 0, 0, static_cast<std::uint32_t>(fd), what);
}
void awaitscope_io_read(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task, int fd, uint64_t bytes) {
    emit(emitter, EventKind::io_read, loop, task, bytes, static_cast<std::uint32_t>(fd));
}
void awaitscope_io_write(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task, int fd,
                         uint64_t bytes) {
    emit(emitter, EventKind::io_write, loop, task, bytes, static_cast<std::uint32_t>(fd));
}
void awaitscope_connection_made(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task, int fd,
                                const char* peer) {
    emit_text(emitter, EventKind::connection_made, loop, task, 0, static_cast<std::uint32_t>(fd), peer);
}
void awaitscope_connection_lost(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task, int fd) {
    emit(emitter, EventKind::connection_lost, loop, task, 0, 0, static_cast<std::uint32_t>(fd));
}

void awaitscope_sync_created(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task,
                             awaitscope_id object, enum awaitscope_sync kind, const char* name) {
    emit_text(emitter, EventKind::sync_created, loop, task, object, kind, name);
}
void awaitscope_sync_wait(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task, awaitscope_id object,
                          enum awaitscope_sync kind) {
    emit(emitter, EventKind::sync_wait, loop, task, object, 0, kind);
}
void awaitscope_sync_acquired(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task,
                              awaitscope_id object, enum awaitscope_sync kind) {
    emit(emitter, EventKind::sync_acquired, loop, task, object, 0, kind);
}
void awaitscope_sync_released(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task,
                              awaitscope_id object, enum awaitscope_sync kind) {
    emit(emitter, EventKind::sync_released, loop, task, object, 0, kind);
}
void awaitscope_queue_put(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task, awaitscope_id object,
                          uint32_t size, uint32_t maxsize) {
    emit(emitter, EventKind::queue_put, loop, task, object, size, maxsize);
}
void awaitscope_queue_get(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task, awaitscope_id object,
                          uint32_t size, uint32_t maxsize) {
    emit(emitter, EventKind::queue_get, loop, task, object, size, maxsize);
}

void awaitscope_thread_submitted(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task,
                                 awaitscope_id job) {
    emit(emitter, EventKind::thread_submitted, loop, task, job);
}
void awaitscope_thread_done(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id job,
                            std::uint64_t waited_ns) {
    emit_wide(emitter, EventKind::thread_done, loop, 0, job, waited_ns);
}
void awaitscope_process_started(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task, int pid) {
    emit(emitter, EventKind::process_started, loop, task, 0, static_cast<std::uint32_t>(pid));
}
void awaitscope_process_exited(awaitscope_emitter* emitter, awaitscope_loop loop, int pid, int code) {
    emit(emitter, EventKind::process_exited, loop, 0, 0, static_cast<std::uint32_t>(pid),
         static_cast<std::uint32_t>(code));
}
void awaitscope_signal(awaitscope_emitter* emitter, awaitscope_loop loop, int number) {
    emit(emitter, EventKind::signal, loop, 0, 0, static_cast<std::uint32_t>(number));
}

void awaitscope_warning(awaitscope_emitter* emitter, awaitscope_loop loop, awaitscope_id task,
                        enum awaitscope_warning_kind kind, const char* text) {
    emit_text(emitter, EventKind::warning, loop, task, 0, kind, text);
}
void awaitscope_output(awaitscope_emitter* emitter, const char* text) {
    emit_word(emitter, EventKind::output, text);
}
void awaitscope_mark(awaitscope_emitter* emitter, const char* text) {
    emit_word(emitter, EventKind::mark, text);
}
