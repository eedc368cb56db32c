// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/analysis/words.hpp"

#include <fmt/format.h>

#include "instrumentation/exporter/duration_text.hpp"
#include "instrumentation/exporter/event_text.hpp"

namespace awaitscope {
namespace {

const char* named_pattern(SyncKind kind) {
    switch (kind) {
        case SyncKind::lock:
            return phrase("Finding", "lock %1");
        case SyncKind::event:
            return phrase("Finding", "event %1");
        case SyncKind::condition:
            return phrase("Finding", "condition %1");
        case SyncKind::semaphore:
        case SyncKind::bounded_semaphore:
            return phrase("Finding", "semaphore %1");
        case SyncKind::barrier:
            return phrase("Finding", "barrier %1");
        case SyncKind::queue:
            break;
    }
    return phrase("Finding", "queue %1");
}

}  // namespace

std::string task_words(const Trace& trace, TaskIndex index) {
    const std::string name = printable(task_name(trace, index));
    if (index == no_task) return name;
    const bool says_little = name.starts_with("Task-") || name.starts_with("task ");
    const std::string coroutine = function_words(trace, trace.tasks()[index].definition);
    return says_little && coroutine != "?" ? fmt::format("{} ({})", name, coroutine) : name;
}

Sentence primitive_words(const Trace& trace, Id id, EventIndex cursor) {
    const auto primitive = trace.primitive_at(id, cursor);
    if (!primitive) return Sentence::of(phrase("Finding", "object %1"), std::to_string(id));
    const std::string_view name = trace.symbols().string(primitive->name);
    const char* const pattern = named_pattern(primitive->kind);
    if (!name.empty()) return Sentence::of(pattern, printable(name));
    if (primitive->line == 0) return Sentence::of(pattern, std::to_string(id));
    return Sentence::of(pattern, Sentence::of("%1 (%2)", std::to_string(id), line_words(trace, primitive->line)));
}

std::string function_words(const Trace& trace, PlaceId place, TaskIndex task) {
    const std::string name = printable(trace.symbols().string(trace.symbols().place(place).function));
    if (name.empty() && task != no_task) return function_words(trace, trace.tasks()[task].definition);
    return name.empty() ? "?" : name;
}

Sentence line_words(const Trace& trace, PlaceId place) {
    return Sentence::line(place, place_text(trace.symbols(), place));
}

Sentence length_words(Nanoseconds ns) {
    return Sentence::figures(duration_text(ns));
}

Sentence number_words(std::uint64_t number) {
    return Sentence::figures(grouped(number));
}

Sentence times_words(std::uint64_t count) {
    return Sentence::counted(count, "once", phrase_n("Finding", "%Ln times"));
}

std::string count_words(std::uint64_t count, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", grouped(count), count == 1 ? one : many);
}

}  // namespace awaitscope
