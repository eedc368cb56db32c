// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/exporter/task_words.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "instrumentation/event/awaited.hpp"
#include "instrumentation/event/vocabulary.hpp"
#include "instrumentation/exporter/duration_text.hpp"
#include "instrumentation/exporter/event_text.hpp"
#include "instrumentation/trace/sleep_timer.hpp"

namespace awaitscope {

std::string numbered_text(const Trace& trace, const std::string& number, PlaceId line) {
    return line == 0 ? number : fmt::format("{} ({})", number, place_text(trace.symbols(), line));
}

std::optional<WaitedFor> waited_for(const Trace& trace, TaskIndex task, EventIndex cursor) {
    const TaskMoment moment = trace.at(task, cursor);
    if (moment.state != TaskState::waiting) return std::nullopt;
    const Span& span = *moment.span;
    WaitedFor waited{.on = span.on, .length = {}, .count = 0, .name = {}};
    switch (span.on) {
        case WaitKind::sleep:
            if (const auto timer = sleep_timer(trace, span)) waited.length = timer->when - timer->set;
            break;
        case WaitKind::gather:
            waited.count = trace.gathered(task, cursor).size();
            break;
        case WaitKind::none:
        case WaitKind::group:
        case WaitKind::io:
            break;
        default:
            if (awaited_primitive(span.on)) {
                waited.name = printable(trace.symbols().string(trace.primitive_name(span.object)));
                if (!waited.name.empty()) break;
                waited.name = std::to_string(span.object);
                waited.line = trace.primitive_line(span.object);
            } else if (const TaskIndex other = trace.find_task(span.object); other != no_task) {
                waited.on = WaitKind::task;
                waited.name = printable(task_name(trace, other));
            }
            break;
    }
    return waited;
}

std::string waits_for_text(const Trace& trace, TaskIndex task, EventIndex cursor) {
    const auto waited = waited_for(trace, task, cursor);
    if (!waited) return {};
    const std::string word(to_string(waited->on)), name = numbered_text(trace, waited->name, waited->line);
    switch (waited->on) {
        case WaitKind::none:
            return "not known";
        case WaitKind::sleep:
            return waited->length ? word + ' ' + duration_text(*waited->length) : word;
        case WaitKind::gather:
            return waited->count == 0 ? word : fmt::format("{} of {}", word, grouped(waited->count));
        case WaitKind::queue_get:
            return fmt::format("queue {}: get", name);
        case WaitKind::queue_put:
            return fmt::format("queue {}: put", name);
        case WaitKind::group:
            return "task group";
        case WaitKind::io:
            return "I/O";
        default:
            return name.empty() ? word : word + ' ' + name;
    }
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
    return fmt::format("{}{} in the queue", grouped(place + 1), ordinal_ending(place + 1));
}

std::string_view ordinal_ending(std::size_t number) {
    if (number % 100 >= 11 && number % 100 <= 13) return "th";
    constexpr std::string_view endings[] = {"th", "st", "nd", "rd"};
    return number % 10 < std::size(endings) ? endings[number % 10] : "th";
}

}  // namespace awaitscope
