// SPDX-License-Identifier: MIT
#include "instrumentation/event/vocabulary.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace awaitscope {
namespace {

using enum Slot;
using T = FieldType;

constexpr Field loop_started_fields[] = {
    {"name", b, T::text, "the name given to run() or enable()"},
    {"pid", a, T::signed_count, "its process, where there are several; left out elsewhere"}};
constexpr Field iteration_fields[] = {{"n", a, T::count, "the number of this turn of the loop, from 1"},
                                      {"ready", b, T::count, "handles that run in this turn"},
                                      {"timers", c, T::count, "timers set and not cancelled"}};
constexpr Field poll_fields[] = {{"timeout", b, T::timeout, "how long the selector might wait; null: without end"},
                                 {"took", a, T::duration, "how long it waited"},
                                 {"ready", c, T::count, "descriptors that were ready"}};
constexpr Field task_created_fields[] = {
    {"name", b, T::task_name, "its name"},
    {"definition", c, T::definition, "the coroutine it runs, and where that begins"},
    {"parent", a, T::id, "the task that created it"}};
constexpr Field task_renamed_fields[] = {{"name", b, T::text, "its name from now on"}};
constexpr Field task_suspended_fields[] = {{"on", c, T::wait_kind, "what it waits for"},
                                           {"object", a, T::id, "the future, task or primitive it waits for"},
                                           {"place", b, T::place, "the line of the co_await"}};
constexpr Field by_fields[] = {{"by", a, T::id, "the task that caused it; none: the loop"}};
constexpr Field task_done_fields[] = {{"state", c, T::end_state, "how it ended"},
                                      {"error", b, T::text, "the exception, where it failed"}};
constexpr Field coroutine_entered_fields[] = {{"definition", b, T::definition, "the coroutine"},
                                              {"depth", c, T::count, "how many coroutines of the task are below it"}};
constexpr Field coroutine_left_fields[] = {{"depth", c, T::count, "how many coroutines of the task are below it"}};
constexpr Field future_created_fields[] = {{"object", a, T::id, "the future"}};
constexpr Field future_done_fields[] = {{"object", a, T::id, "the future"}, {"state", c, T::end_state, "how it ended"}};
constexpr Field handle_fields[] = {{"handle", a, T::id, "the handle"}};
constexpr Field callback_run_fields[] = {{"handle", a, T::id, "the handle"},
                                         {"took", bc, T::duration, "how long the callback ran"}};
constexpr Field timer_set_fields[] = {{"handle", a, T::id, "the timer's handle"},
                                      {"when", bc, T::moment, "when it is due"}};
constexpr Field io_wait_fields[] = {{"fd", b, T::signed_count, "the descriptor"},
                                    {"what", c, T::io_direction, "what for"}};
constexpr Field io_bytes_fields[] = {{"fd", b, T::signed_count, "the descriptor"},
                                     {"bytes", a, T::count, "bytes moved; 0 when reading: the peer ended"}};
constexpr Field connection_made_fields[] = {{"fd", c, T::signed_count, "the descriptor"},
                                            {"peer", b, T::text, "the other side's address"}};
constexpr Field connection_lost_fields[] = {{"fd", c, T::signed_count, "the descriptor"}};
constexpr Field sync_created_fields[] = {{"object", a, T::id, "the primitive"},
                                         {"kind", c, T::sync_kind, "what it is"},
                                         {"name", b, T::text, "the name given to it"}};
constexpr Field sync_fields[] = {{"object", a, T::id, "the primitive"}, {"kind", c, T::sync_kind, "what it is"}};
constexpr Field queue_fields[] = {{"object", a, T::id, "the queue"},
                                  {"size", b, T::count, "items in it afterwards"},
                                  {"maxsize", c, T::count, "its bound; 0: none"}};
constexpr Field job_fields[] = {{"object", a, T::id, "the job"}};
constexpr Field job_done_fields[] = {{"object", a, T::id, "the job"},
                                     {"waited", bc, T::duration, "how long it waited for a thread"}};
constexpr Field process_started_fields[] = {{"pid", b, T::signed_count, "the child"}};
constexpr Field process_exited_fields[] = {{"pid", b, T::signed_count, "the child"},
                                           {"code", c, T::signed_count, "its return code; a signal's is negative"}};
constexpr Field signal_fields[] = {{"number", b, T::count, "the signal"}};
constexpr Field text_fields[] = {{"text", b, T::text, "what was written"}};
constexpr Field warning_fields[] = {{"object", a, T::id, "the task or future that it is about, where it is one"},
                                    {"kind", c, T::warning_kind, "what about"},
                                    {"text", b, T::text, "the message"}};
constexpr Field stack_fields[] = {{"frame", c, T::count, "0: the innermost, which begins a stack; its callers follow"},
                                  {"place", b, T::definition, "the function, and the line at which it was"},
                                  {"ran", a, T::duration, "for how long the loop had been kept by then"}};
constexpr Field task_at_fields[] = {{"place", b, T::place, "the line"}};
constexpr Field lost_fields[] = {{"count", a, T::count, "events that were overwritten before they were read"}};
constexpr Field recording_begins_fields[] = {{"skipped", a, T::count, "events of the time before, left out"}};
constexpr Field snapshot_fields[] = {{"tasks", b, T::count, "tasks alive"}};

constexpr std::array rows = {
    KindInfo{EventKind::loop_started, "loop_started", "A loop begins to run.", loop_started_fields},
    KindInfo{EventKind::loop_stopped, "loop_stopped", "A loop stops running.", {}},
    KindInfo{EventKind::iteration, "iteration", "A turn of the loop begins: what is ready now runs now.",
             iteration_fields},
    KindInfo{EventKind::poll, "poll", "The selector was asked for ready descriptors.", poll_fields},
    KindInfo{EventKind::task_created, "task_created", "A task was created; its first step is queued.",
             task_created_fields},
    KindInfo{EventKind::task_running, "task_running", "A task's step begins.", {}},
    KindInfo{EventKind::task_suspended, "task_suspended", "A task's step ends in a co_await that has to wait.",
             task_suspended_fields},
    KindInfo{EventKind::task_ready, "task_ready", "What a task waited for is there: its next step is queued.",
             by_fields},
    KindInfo{EventKind::task_cancel_requested, "task_cancel_requested", "Somebody called cancel() on a task.",
             by_fields},
    KindInfo{EventKind::task_done, "task_done", "A task has ended.", task_done_fields},
    KindInfo{EventKind::coroutine_entered, "coroutine_entered", "A coroutine begins inside a task.",
             coroutine_entered_fields},
    KindInfo{EventKind::coroutine_left, "coroutine_left", "A coroutine inside a task has ended.",
             coroutine_left_fields},
    KindInfo{EventKind::future_created, "future_created", "A future was created.", future_created_fields},
    KindInfo{EventKind::future_done, "future_done", "A future got its result, its exception or its cancellation.",
             future_done_fields},
    KindInfo{EventKind::callback_scheduled, "callback_scheduled", "A callback was put on the ready queue.",
             handle_fields},
    KindInfo{EventKind::callback_run, "callback_run", "A callback has run.", callback_run_fields},
    KindInfo{EventKind::callback_cancelled, "callback_cancelled", "A callback's handle was cancelled.", handle_fields},
    KindInfo{EventKind::timer_set, "timer_set", "A timer was set.", timer_set_fields},
    KindInfo{EventKind::timer_fired, "timer_fired", "A timer is due; its callback is queued.", handle_fields},
    KindInfo{EventKind::timer_cancelled, "timer_cancelled", "A timer was cancelled.", handle_fields},
    KindInfo{EventKind::io_wait, "io_wait", "The loop begins to watch a descriptor.", io_wait_fields},
    KindInfo{EventKind::io_ready, "io_ready", "A watched descriptor is ready.", io_wait_fields},
    KindInfo{EventKind::io_read, "io_read", "Bytes were read.", io_bytes_fields},
    KindInfo{EventKind::io_write, "io_write", "Bytes were written.", io_bytes_fields},
    KindInfo{EventKind::connection_made, "connection_made", "A connection is there.", connection_made_fields},
    KindInfo{EventKind::connection_lost, "connection_lost", "A connection is gone.", connection_lost_fields},
    KindInfo{EventKind::sync_created, "sync_created",
             "A lock, event, condition, semaphore, barrier or queue was created.", sync_created_fields},
    KindInfo{EventKind::sync_wait, "sync_wait", "A task begins to wait for a primitive.", sync_fields},
    KindInfo{EventKind::sync_acquired, "sync_acquired", "A task has got a primitive.", sync_fields},
    KindInfo{EventKind::sync_released, "sync_released", "A task gave a primitive back, or set or notified it.",
             sync_fields},
    KindInfo{EventKind::queue_put, "queue_put", "An item was put into a queue.", queue_fields},
    KindInfo{EventKind::queue_get, "queue_get", "An item was taken from a queue.", queue_fields},
    KindInfo{EventKind::thread_submitted, "thread_submitted", "A job was handed to a thread.", job_fields},
    KindInfo{EventKind::thread_done, "thread_done", "A thread has done its job.", job_done_fields},
    KindInfo{EventKind::process_started, "process_started", "A child process was started.", process_started_fields},
    KindInfo{EventKind::process_exited, "process_exited", "A child process has exited.", process_exited_fields},
    KindInfo{EventKind::signal, "signal", "A signal arrived for a handler.", signal_fields},
    KindInfo{EventKind::output, "output", "The program said something through awaitscope::output().", text_fields},
    KindInfo{EventKind::mark, "mark", "The program left a mark through awaitscope::mark().", text_fields},
    KindInfo{EventKind::warning, "warning", "The runtime warned.", warning_fields},
    KindInfo{EventKind::lost, "lost", "The reader was lapped: events are missing here.", lost_fields},
    KindInfo{EventKind::snapshot_begin, "snapshot_begin", "The tasks alive at this moment follow.", snapshot_fields},
    KindInfo{EventKind::task_alive, "task_alive", "A task that was alive when the viewer asked.", task_created_fields},
    KindInfo{EventKind::snapshot_end, "snapshot_end", "The tasks alive have been told.", {}},
    KindInfo{EventKind::recording_begins, "recording_begins",
             "From here on every event is there; of earlier ones, what still mattered.", recording_begins_fields},
    KindInfo{EventKind::silence,
             "silence",
             "The recorder has listened until here; nothing was said since the event before.",
             {}},
    KindInfo{EventKind::task_renamed, "task_renamed", "A task got another name.", task_renamed_fields},
    KindInfo{EventKind::stack, "stack", "What kept the loop for long just now, as another thread saw it: one frame.",
             stack_fields},
    KindInfo{EventKind::task_at, "task_at", "The task that runs is at a line: what it does next, it does there.",
             task_at_fields},
    KindInfo{EventKind::io_unwatched, "io_unwatched", "The loop watches a descriptor no more.", io_wait_fields},
};

constexpr bool rows_are_in_order() {
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (static_cast<std::size_t>(rows[i].kind) != i + static_cast<std::size_t>(EventKind::loop_started))
            return false;
    return static_cast<unsigned>(rows.back().kind) + 1 == event_kind_count;
}
static_assert(rows_are_in_order(), "a row a kind, in numeric order");

constexpr std::string_view wait_words[] = {"none",  "sleep",     "future",    "task",    "gather",    "lock",
                                           "event", "condition", "semaphore", "barrier", "queue_get", "queue_put",
                                           "io",    "thread",    "process",   "timeout", "group",     "yield"};
static_assert(std::size(wait_words) == wait_kind_count);
constexpr std::string_view end_words[] = {"finished", "cancelled", "failed"};
constexpr std::string_view sync_words[] = {"lock",    "event", "condition", "semaphore", "bounded_semaphore",
                                           "barrier", "queue"};
constexpr std::string_view io_words[] = {"read", "write"};
constexpr std::string_view warning_words[] = {"never_awaited", "never_retrieved", "destroyed_pending",
                                              "slow_callback", "wrong_thread",    "callback_failed",
                                              "other"};

std::span<const std::string_view> words_of(FieldType type) {
    switch (type) {
        case T::wait_kind:
            return wait_words;
        case T::end_state:
            return end_words;
        case T::sync_kind:
            return sync_words;
        case T::io_direction:
            return io_words;
        case T::warning_kind:
            return warning_words;
        default:
            return {};
    }
}

const Field* find_field(const KindInfo& info, std::initializer_list<FieldType> types) {
    const auto is_one = [&](const Field& field) { return std::ranges::find(types, field.type) != types.end(); };
    const auto found = std::ranges::find_if(info.fields, is_one);
    return found == info.fields.end() ? nullptr : &*found;
}

}  // namespace

std::span<const KindInfo> vocabulary() {
    return rows;
}

const KindInfo* find_kind(EventKind kind) {
    const auto number = static_cast<unsigned>(kind);
    const auto first = static_cast<unsigned>(EventKind::loop_started);
    return number >= first && number < event_kind_count ? &rows[number - first] : nullptr;
}

const KindInfo* find_kind(std::string_view name) {
    auto found = std::ranges::find(rows, name, &KindInfo::name);
    return found == rows.end() ? nullptr : &*found;
}

const ReferringFields& referring_fields(EventKind kind) {
    static const auto table = [] {
        std::array<ReferringFields, 256> made;
        for (const KindInfo& info : rows)
            made[static_cast<std::size_t>(info.kind)] = {true, find_field(info, {T::text, T::task_name}),
                                                         find_field(info, {T::place, T::definition}),
                                                         find_field(info, {T::moment})};
        return made;
    }();
    return table[static_cast<std::uint8_t>(kind)];
}

const Field* text_field(EventKind kind) {
    return referring_fields(kind).text;
}
const Field* place_field(EventKind kind) {
    return referring_fields(kind).place;
}

std::uint64_t get(const Event& event, Slot slot) {
    switch (slot) {
        case a:
            return event.a;
        case b:
            return event.b;
        case c:
            return event.c;
        case bc:
            return event.bc();
    }
    return 0;
}

void set(Event& event, Slot slot, std::uint64_t value) {
    switch (slot) {
        case a:
            event.a = value;
            break;
        case b:
            event.b = static_cast<std::uint32_t>(value);
            break;
        case c:
            event.c = static_cast<std::uint32_t>(value);
            break;
        case bc:
            event.set_bc(value);
            break;
    }
}

std::string_view enum_word(FieldType type, std::uint64_t value) {
    const auto words = words_of(type);
    if (words.empty()) return {};
    return value < words.size() ? words[value] : "?";
}

std::optional<std::uint64_t> enum_value(FieldType type, std::string_view word) {
    const auto words = words_of(type);
    auto found = std::ranges::find(words, word);
    if (found == words.end()) return std::nullopt;
    return static_cast<std::uint64_t>(found - words.begin());
}

std::string_view to_string(WaitKind kind) {
    return enum_word(T::wait_kind, static_cast<std::uint64_t>(kind));
}
std::string_view to_string(EndState state) {
    return enum_word(T::end_state, static_cast<std::uint64_t>(state));
}
std::string_view to_string(SyncKind kind) {
    return enum_word(T::sync_kind, static_cast<std::uint64_t>(kind));
}
std::string_view to_string(IoDirection direction) {
    return enum_word(T::io_direction, static_cast<std::uint64_t>(direction));
}
std::string_view to_string(WarningKind kind) {
    return enum_word(T::warning_kind, static_cast<std::uint64_t>(kind));
}

}  // namespace awaitscope
