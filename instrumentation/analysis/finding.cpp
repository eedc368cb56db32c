// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/analysis/finding.hpp"

#include <fmt/format.h>

#include <array>

#include "instrumentation/exporter/event_text.hpp"

namespace awaitscope {
namespace {

using enum FindingKind;

constexpr std::array infos = {
    FindingInfo{blocked_loop, "blocked-loop", "Blocked loop", Severity::error,
                "a step or a callback that keeps the loop for 100 ms or longer",
                "While it ran nothing else could: every other task, timer and connection of this loop stood still.",
                "Await instead of blocking, hand the call to a thread with to_thread(), or split the computation with "
                "sleep(0) between its parts."},
    FindingInfo{deadlock, "deadlock", "Deadlock", Severity::error, "tasks that wait for each other in a cycle",
                "None of them can go on unless one is cancelled.",
                "Take the locks in the same order everywhere, or hold only one of them at a time."},
    FindingInfo{self_deadlock, "self-deadlock", "Deadlock with itself", Severity::error,
                "a task that waits for a lock it holds itself",
                "A Lock is not re-entrant: the task waits for its own release, which never comes.",
                "Let the inner part be called with the lock held, or release it before."},
    FindingInfo{lock_order, "lock-order", "Locks in two orders", Severity::warning,
                "two locks that different tasks take in opposite orders",
                "It went well this time; when both tasks hold their first lock at once, they wait for each other for "
                "ever.",
                "Choose one order for these locks and take them in that order everywhere."},
    FindingInfo{exit_holding_lock, "exit-holding-lock", "Ended holding a lock", Severity::error,
                "a task that ended without releasing a lock that others use",
                "Nobody releases it any more: whoever wants it waits for ever.",
                "Hold the lock through scoped(), which releases it on every way out."},
    FindingInfo{lock_convoy, "lock-convoy", "Lock convoy", Severity::warning,
                "a lock that goes from one waiter to the next without ever being free",
                "The tasks move at the pace of the lock, one after the other, however many there are.",
                "Hold the lock for shorter, without awaiting meanwhile, or split what it protects."},
    FindingInfo{starvation, "starvation", "Starvation", Severity::warning,
                "a task that is ready for 500 ms or longer while others run",
                "The loop had more to do than it could: what was ready had to wait for its turn.",
                "Do less in a turn: limit how many tasks run at once with a semaphore, or spread the work over threads "
                "or processes."},
    FindingInfo{task_leak, "task-leak", "Task leak", Severity::warning,
                "tasks that are never resumed, or of which there are more and more",
                "They keep their memory and whatever they hold, and nobody will wake them.",
                "See what they wait for, and who was to wake them; put a timeout around the wait, and create them in a "
                "task group."},
    FindingInfo{destroyed_pending, "destroyed-pending", "Destroyed while pending", Severity::error,
                "a task that was destroyed before it had ended", "What it was to do was not done, and nobody was told.",
                "Keep the task and await it, or cancel it before the loop is closed."},
    FindingInfo{never_awaited, "never-awaited", "Never awaited", Severity::error,
                "a coroutine that was called but never awaited", "Calling a coroutine function runs nothing of it.",
                "Await it, or make it a task with create_task()."},
    FindingInfo{never_retrieved, "never-retrieved", "Exception never retrieved", Severity::error,
                "a task or future that failed, and whose exception nobody took",
                "It failed in silence: the program goes on as if it had not.",
                "Await the task, look at its exception() in a done callback, or run it in a task group."},
    FindingInfo{swallowed_cancel, "swallowed-cancel", "Swallowed cancellation", Severity::warning,
                "a task that was asked to end, and went on",
                "Timeouts, task groups and a clean end of the program rely on a cancelled task to end.",
                "Catch CancelledError only to clean up, and throw it on."},
    FindingInfo{cancel_storm, "cancel-storm", "Cancel storm", Severity::warning,
                "one task cancelled again and again, or hundreds a second for seconds",
                "The work that was begun is thrown away, and cancelling it costs time in which nothing else runs.",
                "Begin less: limit how many run at once, and give timeouts that can be met."},
    FindingInfo{missed_task_done, "missed-task-done", "Missed task_done()", Severity::error,
                "a join() that waits for a queue which is empty and whose consumers are done",
                "Some item that was taken was never reported as done: the join() waits for ever.",
                "Call task_done() once for each item taken, also where its work fails."},
    FindingInfo{queue_full, "queue-full", "Queue full", Severity::hint, "a bounded queue that is full most of the time",
                "Its producers move at the pace of its consumers, and each item is as old as the queue is long.",
                "That may be as meant; otherwise add consumers, or make them quicker."},
    FindingInfo{queue_growth, "queue-growth", "Queue grows without end", Severity::warning,
                "an unbounded queue that only grows",
                "More is put in than is taken out: memory and delay grow until something breaks.",
                "Give the queue a maxsize, so that producers wait, or add consumers."},
    FindingInfo{busy_yield, "busy-yield", "Busy yielding", Severity::warning,
                "a task that yields a thousand times in a row, doing next to nothing in between",
                "It asks again and again instead of waiting: the processor is busy, and all others run later.",
                "Wait for what it looks for: with an Event, a Condition, a Queue or a Future."},
    FindingInfo{late_timer, "late-timer", "Timers fire late", Severity::warning,
                "timers that fire 50 ms late or more, though no single step blocks the loop",
                "Sleeps and timeouts take longer than asked for, and what is done at a pace drifts.",
                "The turns of this loop are too long: run fewer tasks at once, or spread the work over threads or "
                "processes."},
    FindingInfo{executor_saturation, "executor-saturation", "Executor saturated", Severity::warning,
                "jobs that wait for a free thread",
                "to_thread() and run_in_executor() queue up: what looks parallel is done a few at a time.",
                "Give the executor more threads, limit the jobs with a semaphore, or use an executor of its own for "
                "long ones."},
    FindingInfo{wrong_thread, "wrong-thread", "Call from a wrong thread", Severity::error,
                "a loop called from another thread (the runtime looks only in debug mode)",
                "The loop is not woken, and its data is changed under it.",
                "Use call_soon_threadsafe() or run_coroutine_threadsafe() from other threads."},
    FindingInfo{slow_io, "slow-io", "Slow answers", Severity::hint,
                "a peer that takes a second or longer to answer while the loop is idle",
                "The time is lost elsewhere: nothing in this program makes it quicker.",
                "Ask several peers at once, set a timeout, or see what the peer does."},
};

constexpr bool in_order() {
    for (std::size_t i = 0; i < infos.size(); ++i)
        if (static_cast<std::size_t>(infos[i].kind) != i) return false;
    return infos.size() == finding_kind_count;
}
static_assert(in_order(), "an info a kind, in their order");

}  // namespace

std::string_view to_string(Severity severity) {
    constexpr std::string_view words[] = {"hint", "warning", "error"};
    return words[static_cast<unsigned>(severity)];
}

std::span<const FindingInfo> finding_infos() {
    return infos;
}

const FindingInfo& info_of(FindingKind kind) {
    return infos[static_cast<std::size_t>(kind)];
}

std::string finding_key(const Finding& finding, const Trace& trace) {
    const Symbols& symbols = trace.symbols();
    std::string where = place_text(symbols, finding.place);
    if (!where.empty())
        where += fmt::format(" {}", symbols.string(symbols.place(finding.place).function));
    else if (!finding.tasks.empty())
        where = task_name(trace, finding.tasks.front());
    return fmt::format("{} {}", info_of(finding.kind).name, where);
}

}  // namespace awaitscope
