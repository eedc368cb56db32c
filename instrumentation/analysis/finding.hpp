// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "instrumentation/analysis/sentence.hpp"
#include "instrumentation/trace/trace.hpp"

namespace awaitscope {

enum class FindingKind : std::uint8_t {
    blocked_loop,
    deadlock,
    self_deadlock,
    lock_order,
    exit_holding_lock,
    lock_convoy,
    starvation,
    task_leak,
    destroyed_pending,
    never_awaited,
    never_retrieved,
    swallowed_cancel,
    cancel_storm,
    missed_task_done,
    queue_full,
    queue_growth,
    busy_yield,
    late_timer,
    executor_saturation,
    wrong_thread,
    slow_io,
    possible_deadlock,
};
inline constexpr unsigned finding_kind_count = 22;

enum class Severity : std::uint8_t {
    hint,     ///< worth knowing; may be meant so
    warning,  ///< something is lost or late
    error,    ///< something will not go on, or went wrong
};
std::string_view to_string(Severity severity);

/// What is the same for all findings of a kind. The last four are phrases: in English here, to be translated.
struct FindingInfo {
    FindingKind kind;
    std::string_view name;  ///< as in JSON: "blocked-loop"
    Severity severity;
    const char* title;      ///< "Blocked loop"
    const char* looks_for;  ///< "a step or callback that keeps the loop for 100 ms or more"
    const char* why;        ///< why it matters, in a sentence
    const char* advice;     ///< what to do
};
/// In the order of the kinds.
std::span<const FindingInfo> finding_infos();
const FindingInfo& info_of(FindingKind kind);

/// Something in a trace that somebody should look at. The same thing at the same place, again and again, is one
/// finding with a count. Plain values: it may outlive the trace's lock, but its ids are the trace's.
struct Finding {
    FindingKind kind = FindingKind::blocked_loop;
    Severity severity = Severity::warning;
    Sentence what;               ///< with names
    PlaceId place = 0;           ///< where; 0: no line is known
    bool after = false;          ///< not there, but between that line and the next that is known
    std::vector<PlaceId> stack;  ///< how the program came to `place`, as it was seen: innermost first; mostly empty
    EventIndex begin_event = 0;
    EventIndex end_event = no_event;  ///< no_event: it is still so
    Nanoseconds begin = 0;
    Nanoseconds end = open_end;      ///< open_end: it is still so
    EventIndex event = 0;            ///< the one to look at: the worst, where there are several
    std::uint64_t count = 1;         ///< how often it happened
    std::vector<EventIndex> events;  ///< where it happened, ascending; the first marks_max of them
    std::vector<TaskIndex> tasks;    ///< concerned; the first tasks_max of them
    std::uint64_t task_count = 0;    ///< concerned, in all, where somebody has counted them
    std::vector<Id> objects;         ///< locks and queues concerned
    bool uncertain = false;          ///< events were lost meanwhile: it may be wrong
    bool begun_before = false;       ///< it was so before the recording: `begin` is when it was first heard of

    static constexpr std::size_t marks_max = 256;
    static constexpr std::size_t tasks_max = 16;
};

/// The task whom the event to look at is about, where it is one of those concerned; or else the first of these, or
/// no_task.
TaskIndex task_to_look_at(const Finding& finding, const Trace& trace);

/// Names the finding across runs of a program, so that what was muted stays so: kind, file, line, and the first task
/// or object where no line is known.
std::string finding_key(const Finding& finding, const Trace& trace);

}  // namespace awaitscope
