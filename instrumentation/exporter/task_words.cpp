// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/exporter/task_words.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "instrumentation/event/vocabulary.hpp"
#include "instrumentation/exporter/duration_text.hpp"
#include "instrumentation/exporter/event_text.hpp"

namespace awaitscope {
namespace {

/// How long a sleep is: until the timer that the task set in the events just before it fell asleep.
std::string sleep_text(const Trace& trace, const Span& span) {
    constexpr EventIndex look_back = 16;
    const Event& sleep = trace.event(span.event);
    for (EventIndex i = span.event; i > 0 && span.event - i < look_back; --i) {
        const Event& event = trace.event(i - 1);
        if (event.task() != sleep.task()) continue;
        if (event.kind() == EventKind::task_running) break;
        if (event.kind() != EventKind::timer_set || event.bc() < event.time ||
            event.bc() > static_cast<std::uint64_t>(open_end))
            continue;
        return "sleep " + duration_text(static_cast<Nanoseconds>(event.bc() - event.time));
    }
    return "sleep";
}

std::string primitive_text(const Trace& trace, const Span& span, EventIndex cursor, std::string_view word) {
    const auto primitive = trace.primitive_at(span.object, cursor);
    const std::string_view name = primitive ? trace.symbols().string(primitive->name) : std::string_view();
    return name.empty() ? fmt::format("{} {}", word, span.object) : fmt::format("{} {}", word, printable(name));
}

}  // namespace

std::string waits_for_text(const Trace& trace, TaskIndex task, EventIndex cursor) {
    const TaskMoment moment = trace.at(task, cursor);
    if (moment.state != TaskState::waiting) return {};
    const Span& span = *moment.span;
    switch (span.on) {
        case WaitKind::none:
            return "not known";
        case WaitKind::sleep:
            return sleep_text(trace, span);
        case WaitKind::gather: {
            const std::size_t count = trace.gathered(task, cursor).size();
            return count == 0 ? "gather" : fmt::format("gather of {}", count);
        }
        case WaitKind::lock:
        case WaitKind::event:
        case WaitKind::condition:
        case WaitKind::semaphore:
        case WaitKind::barrier:
            return primitive_text(trace, span, cursor, to_string(span.on));
        case WaitKind::queue_get:
            return primitive_text(trace, span, cursor, "queue") + ": get";
        case WaitKind::queue_put:
            return primitive_text(trace, span, cursor, "queue") + ": put";
        case WaitKind::group:
            return "task group";
        case WaitKind::io:
            return "I/O";
        default:
            break;
    }
    const TaskIndex awaited = trace.find_task(span.object);
    if (awaited != no_task) return "task " + printable(task_name(trace, awaited));
    return std::string(to_string(span.on));
}

std::string await_chain_text(const Trace& trace, TaskIndex task, EventIndex cursor) {
    const std::vector<AwaitLink> chain = trace.await_chain(task, cursor);
    std::string text = waits_for_text(trace, task, cursor);
    for (std::size_t i = 1; i < chain.size(); ++i) {
        const TaskIndex next = chain[i].task;
        text += " > " + printable(task_name(trace, next));
        const bool seen = std::ranges::find(chain.begin(), chain.begin() + static_cast<std::ptrdiff_t>(i), next,
                                            &AwaitLink::task) != chain.begin() + static_cast<std::ptrdiff_t>(i);
        if (seen) {
            text += " (cycle)";
            break;
        }
        const std::string waits = waits_for_text(trace, next, cursor);
        text += ": " + (waits.empty() ? std::string(to_string(trace.at(next, cursor).state)) : waits);
    }
    return text;
}

std::string queue_place_text(std::size_t place) {
    if (place == 0) return "runs next";
    const std::size_t n = place + 1;
    const char* ending = n % 100 >= 11 && n % 100 <= 13 ? "th"
                         : n % 10 == 1                  ? "st"
                         : n % 10 == 2                  ? "nd"
                         : n % 10 == 3                  ? "rd"
                                                        : "th";
    return fmt::format("{}{} in the queue", n, ending);
}

}  // namespace awaitscope
