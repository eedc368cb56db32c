// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/analysis/finding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "instrumentation/exporter/event_text.hpp"

namespace awaitscope {
namespace {

using enum FindingKind;

constexpr std::array infos = {
    FindingInfo{
        blocked_loop, "blocked-loop", Severity::error, phrase("Finding", "Blocked loop"),
        phrase("Finding", "a step or a callback that keeps the loop for 100 ms or longer"),
        phrase("Finding",
               "While it ran nothing else could: every other task, timer and connection of this loop stood still."),
        phrase("Finding",
               "Await instead of blocking, hand the call to a thread with to_thread(), or split the computation with "
               "sleep(0) between its parts.")},
    FindingInfo{deadlock, "deadlock", Severity::error, phrase("Finding", "Deadlock"),
                phrase("Finding", "tasks that wait for each other in a cycle"),
                phrase("Finding", "None of them can go on unless one is cancelled."),
                phrase("Finding", "Take the locks in the same order everywhere, or hold only one of them at a time.")},
    FindingInfo{self_deadlock, "self-deadlock", Severity::error, phrase("Finding", "Deadlock with itself"),
                phrase("Finding", "a task that waits for a lock it holds itself"),
                phrase("Finding", "A Lock is not re-entrant: the task waits for its own release, which never comes."),
                phrase("Finding", "Let the inner part be called with the lock held, or release it before.")},
    FindingInfo{lock_order, "lock-order", Severity::warning, phrase("Finding", "Locks in two orders"),
                phrase("Finding", "two locks that different tasks take in opposite orders"),
                phrase("Finding",
                       "It went well this time; when both tasks hold their first lock at once, they wait for each "
                       "other for ever."),
                phrase("Finding", "Choose one order for these locks and take them in that order everywhere.")},
    FindingInfo{exit_holding_lock, "exit-holding-lock", Severity::error, phrase("Finding", "Ended holding a lock"),
                phrase("Finding", "a task that ended without releasing a lock that others use"),
                phrase("Finding", "Nobody releases it any more: whoever wants it waits for ever."),
                phrase("Finding",
                       "Hold the lock through scoped() (async with in Python), which releases it on every way out.")},
    FindingInfo{
        lock_convoy, "lock-convoy", Severity::warning, phrase("Finding", "Lock convoy"),
        phrase("Finding", "a lock that goes from one waiter to the next without ever being free"),
        phrase("Finding", "The tasks move at the pace of the lock, one after the other, however many there are."),
        phrase("Finding", "Hold the lock for shorter, without awaiting meanwhile, or split what it protects.")},
    FindingInfo{starvation, "starvation", Severity::warning, phrase("Finding", "Starvation"),
                phrase("Finding", "a task that is ready for 500 ms or longer while others run"),
                phrase("Finding", "The loop had more to do than it could: what was ready had to wait for its turn."),
                phrase("Finding",
                       "Do less in a turn: limit how many tasks run at once with a semaphore, or spread the work over "
                       "threads or processes.")},
    FindingInfo{task_leak, "task-leak", Severity::warning, phrase("Finding", "Task leak"),
                phrase("Finding", "tasks that are never resumed, or of which there are more and more"),
                phrase("Finding", "They keep their memory and whatever they hold for as long as nobody wakes them."),
                phrase("Finding",
                       "See what they wait for, and who was to wake them; put a timeout around the wait, and create "
                       "them in a task group.")},
    FindingInfo{destroyed_pending, "destroyed-pending", Severity::error, phrase("Finding", "Destroyed while pending"),
                phrase("Finding", "a task that was destroyed before it had ended"),
                phrase("Finding", "What it was to do was not done, and nobody was told."),
                phrase("Finding", "Keep the task and await it, or cancel it before the loop is closed.")},
    FindingInfo{never_awaited, "never-awaited", Severity::error, phrase("Finding", "Never awaited"),
                phrase("Finding", "a coroutine that was called but never awaited"),
                phrase("Finding", "Calling a coroutine function runs nothing of it."),
                phrase("Finding", "Await it, or make it a task with create_task().")},
    FindingInfo{
        never_retrieved, "never-retrieved", Severity::error, phrase("Finding", "Exception never retrieved"),
        phrase("Finding", "a task or future that failed, and whose exception nobody took"),
        phrase("Finding", "It failed in silence: the program goes on as if it had not."),
        phrase("Finding", "Await the task, look at its exception() in a done callback, or run it in a task group.")},
    FindingInfo{
        swallowed_cancel, "swallowed-cancel", Severity::warning, phrase("Finding", "Swallowed cancellation"),
        phrase("Finding", "a task that was asked to end, and went on"),
        phrase("Finding", "Timeouts, task groups and a clean end of the program rely on a cancelled task to end."),
        phrase("Finding", "Catch CancelledError only to clean up, and throw it again.")},
    FindingInfo{
        cancel_storm, "cancel-storm", Severity::warning, phrase("Finding", "Cancel storm"),
        phrase("Finding", "one task cancelled again and again, or hundreds a second for seconds"),
        phrase("Finding",
               "The work that was begun is thrown away, and cancelling it costs time in which nothing else runs."),
        phrase("Finding", "Begin less: limit how many run at once, and give timeouts that can be met.")},
    FindingInfo{missed_task_done, "missed-task-done", Severity::error, phrase("Finding", "Missed task_done()"),
                phrase("Finding", "a join() that waits for a queue which is empty and whose consumers are done"),
                phrase("Finding", "Some item that was taken was never reported as done: the join() waits for ever."),
                phrase("Finding", "Call task_done() once for each item taken, also where its work fails.")},
    FindingInfo{
        queue_full, "queue-full", Severity::hint, phrase("Finding", "Queue full"),
        phrase("Finding", "a bounded queue that is full most of the time"),
        phrase("Finding",
               "Its producers move at the pace of its consumers, and each item is as old as the queue is long."),
        phrase("Finding", "That may be as meant; otherwise add consumers, or make them quicker.")},
    FindingInfo{queue_growth, "queue-growth", Severity::warning, phrase("Finding", "Queue grows without end"),
                phrase("Finding", "an unbounded queue that only grows"),
                phrase("Finding", "More is put in than is taken out: memory and delay grow until something breaks."),
                phrase("Finding", "Give the queue a maxsize, so that producers wait, or add consumers.")},
    FindingInfo{busy_yield, "busy-yield", Severity::warning, phrase("Finding", "Busy yielding"),
                phrase("Finding", "a task that yields a thousand times in a row, doing next to nothing in between"),
                phrase("Finding",
                       "It asks again and again instead of waiting: the processor is busy, and all others run later."),
                phrase("Finding", "Wait for what it looks for: with an Event, a Condition, a Queue or a Future.")},
    FindingInfo{late_timer, "late-timer", Severity::warning, phrase("Finding", "Timers fire late"),
                phrase("Finding", "timers that fire 50 ms late or more, though no single step blocks the loop"),
                phrase("Finding", "Sleeps and timeouts take longer than asked for, and what is done at a pace drifts."),
                phrase("Finding",
                       "The turns of this loop are too long: run fewer tasks at once, or spread the work over threads "
                       "or processes.")},
    FindingInfo{
        executor_saturation, "executor-saturation", Severity::warning, phrase("Finding", "Executor saturated"),
        phrase("Finding", "jobs that wait for a free thread"),
        phrase("Finding", "to_thread() and run_in_executor() queue up: what looks parallel is done a few at a time."),
        phrase("Finding",
               "Give the executor more threads, limit the jobs with a semaphore, or use an executor of its own for "
               "long ones.")},
    FindingInfo{wrong_thread, "wrong-thread", Severity::error, phrase("Finding", "Call from a wrong thread"),
                phrase("Finding", "a loop called from another thread (the runtime looks only in debug mode)"),
                phrase("Finding", "The loop is not woken, and its data is changed under it."),
                phrase("Finding", "Use call_soon_threadsafe() or run_coroutine_threadsafe() from other threads.")},
    FindingInfo{slow_io, "slow-io", Severity::hint, phrase("Finding", "Slow answers"),
                phrase("Finding", "a peer that takes a second or longer to answer while the loop is idle"),
                phrase("Finding", "The time is lost elsewhere: nothing in this program makes it quicker."),
                phrase("Finding", "Ask several peers at once, set a timeout, or see what the peer does.")},
    FindingInfo{
        possible_deadlock, "possible-deadlock", Severity::error, phrase("Finding", "Possible deadlock"),
        phrase("Finding", "a lock held since before the recording began, nobody knows by whom, that nobody gives back"),
        phrase("Finding",
               "Whoever wants the lock stands still; if its holder waits for one of them, or has ended, that is for "
               "ever."),
        phrase("Finding",
               "See where this lock is taken without scoped() (async with in Python), and whether every way from there "
               "releases it. Held through that it would have a known holder, also for who attaches later.")},
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

TaskIndex task_to_look_at(const Finding& finding, const Trace& trace) {
    if (finding.event < trace.event_count()) {
        const TaskIndex task = trace.find_task(trace.event(finding.event).task());
        const bool told = std::ranges::find(finding.tasks, task) != finding.tasks.end();
        if (task != no_task && (told || finding.tasks.size() == Finding::tasks_max)) return task;
    }
    return finding.tasks.empty() ? no_task : finding.tasks.front();
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
