// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/analysis/words.hpp"

#include <fmt/format.h>

#include "instrumentation/event/vocabulary.hpp"
#include "instrumentation/exporter/event_text.hpp"

namespace awaitscope {
namespace {

std::string grouped(std::uint64_t number) {
    std::string text = fmt::format("{}", number);
    for (std::size_t i = text.size(); i > 3; i -= 3) text.insert(i - 3, ",");
    return text;
}

}  // namespace

std::string task_words(const Trace& trace, TaskIndex index) {
    const std::string name = printable(task_name(trace, index));
    if (index == no_task) return name;
    const bool says_little = name.starts_with("Task-") || name.starts_with("task ");
    const std::string coroutine = function_words(trace, trace.tasks()[index].definition);
    return says_little && coroutine != "?" ? fmt::format("{} ({})", name, coroutine) : name;
}

std::string primitive_words(const Trace& trace, Id id, EventIndex cursor) {
    const auto primitive = trace.primitive_at(id, cursor);
    if (!primitive) return fmt::format("object {}", id);
    const std::string_view kind =
        primitive->kind == SyncKind::bounded_semaphore ? "semaphore" : to_string(primitive->kind);
    const std::string_view name = trace.symbols().string(primitive->name);
    return name.empty() ? fmt::format("{} {}", kind, id) : fmt::format("{} {}", kind, printable(name));
}

std::string function_words(const Trace& trace, PlaceId place, TaskIndex task) {
    const std::string name = printable(trace.symbols().string(trace.symbols().place(place).function));
    if (name.empty() && task != no_task) return function_words(trace, trace.tasks()[task].definition);
    return name.empty() ? "?" : name;
}

std::string times_words(std::uint64_t count) {
    return count == 1 ? "once" : grouped(count) + " times";
}

std::string count_words(std::uint64_t count, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", grouped(count), count == 1 ? one : many);
}

}  // namespace awaitscope
