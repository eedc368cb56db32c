// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/exporter/event_text.hpp"

#include <fmt/format.h>

#include "instrumentation/event/vocabulary.hpp"
#include "instrumentation/exporter/duration_text.hpp"

namespace awaitscope {
namespace {

std::string field_text(const Trace& trace, const Event& event, const Field& field) {
    const std::uint64_t value = get(event, field.slot);
    const Symbols& symbols = trace.symbols();
    switch (field.type) {
        case FieldType::count:
            return fmt::format("{}={}", field.name, value);
        case FieldType::signed_count:
            if (value == 0 && field.name == "pid") return {};  // not told
            return fmt::format("{}={}", field.name, static_cast<std::int32_t>(static_cast<std::uint32_t>(value)));
        case FieldType::id: {
            if (value == 0) return {};
            const TaskIndex task = trace.find_task(value);
            return task == no_task ? fmt::format("{}={}", field.name, value)
                                   : fmt::format("{}={}", field.name, printable(task_name(trace, task)));
        }
        case FieldType::task_name:
        case FieldType::text: {
            const std::string_view text = symbols.string(static_cast<StringId>(value));
            return text.empty() ? std::string() : fmt::format("{}=\"{}\"", field.name, printable(text));
        }
        case FieldType::place:
            return place_text(symbols, static_cast<PlaceId>(value));
        case FieldType::definition: {
            const Place place = symbols.place(static_cast<PlaceId>(value));
            const std::string where = place_text(symbols, static_cast<PlaceId>(value));
            if (place.function == 0) return where;
            return fmt::format("coro={} {}", printable(symbols.string(place.function)), where);
        }
        case FieldType::duration:
            return fmt::format("{}={}", field.name,
                               duration_text(static_cast<Nanoseconds>(std::min<std::uint64_t>(value, open_end))));
        case FieldType::moment:
            return fmt::format("{}={}.{:09}", field.name, value / 1'000'000'000, value % 1'000'000'000);
        case FieldType::timeout:
            if (value == 0xffff'ffff) return fmt::format("{}=none", field.name);
            return fmt::format("{}={}", field.name, duration_text(static_cast<Nanoseconds>(value) * 1000));
        default:
            return fmt::format("{}={}", field.name, enum_word(field.type, value));
    }
}

}  // namespace

std::string task_name(const Trace& trace, TaskIndex index) {
    if (index >= trace.tasks().size()) return "none";
    const Task& task = trace.tasks()[index];
    const std::string_view name = trace.symbols().string(task.name);
    return name.empty() ? fmt::format("task {}", task.id) : std::string(name);
}

std::string place_text(const Symbols& symbols, PlaceId id, bool full_path) {
    const Place place = symbols.place(id);
    std::string_view file = symbols.string(place.file);
    if (!full_path) file = file.substr(file.rfind('/') + 1);
    if (file.empty()) return {};
    return place.line == 0 ? printable(file) : fmt::format("{}:{}", printable(file), place.line);
}

std::string event_details(const Trace& trace, const Event& event) {
    std::string text;
    const KindInfo* info = find_kind(event.kind());
    if (!info) return text;
    for (const Field& field : info->fields) {
        const std::string part = field_text(trace, event, field);
        if (part.empty()) continue;
        if (!text.empty()) text += ' ';
        text += part;
    }
    while (text.ends_with(' ')) text.pop_back();
    return text;
}

std::string kind_text(const Event& event) {
    const KindInfo* info = find_kind(event.kind());
    return info ? std::string(info->name) : fmt::format("kind {}", static_cast<unsigned>(event.kind()));
}

void append_text_line(std::string& out, const Trace& trace, EventIndex index) {
    const Event& event = trace.event(index);
    std::string task;
    if (event.task() != 0) {
        const TaskIndex known = trace.find_task(event.task());
        task = known == no_task ? fmt::format("task {}", event.task()) : printable(task_name(trace, known));
    }
    out += fmt::format("{:>15}  {:>2}  {:<16}  {:<21}  {}", exact_seconds(static_cast<Nanoseconds>(event.time)),
                       event.loop(), task, kind_text(event), event_details(trace, event));
    while (out.ends_with(' ')) out.pop_back();
    out += '\n';
}

std::string printable(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        // C1 controls are two bytes in UTF-8: 0xc2 and 0x80 to 0x9f.
        const bool c1 = c == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0;
        if (c == '\n') {
            result += "\\n";
        } else if (c == '\t') {
            result += "\\t";
        } else if (c < 0x20 || c == 0x7f) {
            result += fmt::format("\\x{:02x}", c);
        } else if (c1) {
            result += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[++i]));
        } else {
            result += text[i];
        }
    }
    return result;
}

}  // namespace awaitscope
