// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/event_fields.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "instrumentation/event/vocabulary.hpp"

namespace awaitscope {
namespace {

using Values = std::vector<NamedValue>;

const NamedValue* find(const Values& values, std::string_view name) {
    const auto found = std::ranges::find(values, name, &NamedValue::name);
    return found == values.end() ? nullptr : &*found;
}

template <class Number>
std::optional<Number> parse_number(std::string_view text) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::string_view text_of(const Values& values, std::string_view name) {
    const NamedValue* value = find(values, name);
    return value && value->type == NamedValue::Type::text ? std::string_view(value->value) : std::string_view();
}

std::uint32_t line_of(const Values& values) {
    const NamedValue* value = find(values, "line");
    return value ? parse_number<std::uint32_t>(value->value).value_or(0) : 0;
}

constexpr std::uint64_t no_such_word = 0xffff'ffff;

/// The slot's content for a field that is given, or nothing when the value does not fit the field.
std::optional<std::uint64_t> decode_value(const Field& field, const NamedValue& value, Symbols& symbols) {
    switch (field.type) {
        case FieldType::count:
        case FieldType::id: {
            const auto number = parse_number<std::uint64_t>(value.value);
            if (number && field.slot != Slot::a && field.slot != Slot::bc && *number > 0xffff'ffff) return std::nullopt;
            return number;
        }
        case FieldType::signed_count: {
            const auto number = parse_number<std::int32_t>(value.value);
            if (!number) return std::nullopt;
            return static_cast<std::uint32_t>(*number);
        }
        case FieldType::task_name:
        case FieldType::text:
            return symbols.add_string(value.value);
        case FieldType::duration:
        case FieldType::moment: {
            const auto ns = parse_seconds(value.value);
            if (!ns || *ns < 0) return std::nullopt;
            return static_cast<std::uint64_t>(*ns);
        }
        case FieldType::timeout: {
            if (value.type == NamedValue::Type::null) return 0xffff'ffff;
            const auto ns = parse_seconds(value.value);
            if (!ns || *ns < 0 || *ns / 1000 >= 0xffff'ffff) return std::nullopt;
            return static_cast<std::uint64_t>(*ns / 1000);
        }
        case FieldType::place:
        case FieldType::definition:
            return std::nullopt;  // made of two or three values, see decode_event
        default:
            return enum_value(field.type, value.value).value_or(no_such_word);
    }
}

}  // namespace

std::optional<std::int64_t> parse_seconds(std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    if (text.empty() || text.size() > 40) return std::nullopt;
    if (text.find_first_of("eE") != std::string_view::npos) {
        const auto seconds = parse_number<double>(text);
        if (!seconds || !(*seconds < 9.2e9)) return std::nullopt;
        const std::int64_t ns = std::llround(*seconds * 1e9);
        return negative ? -ns : ns;
    }
    const std::size_t dot = text.find('.');
    const std::string_view whole = text.substr(0, dot);
    const std::string_view part = dot == std::string_view::npos ? std::string_view() : text.substr(dot + 1);
    const auto seconds = parse_number<std::uint64_t>(whole);
    if (!seconds || *seconds > 9'200'000'000) return std::nullopt;
    std::int64_t ns = static_cast<std::int64_t>(*seconds) * 1'000'000'000;
    std::int64_t unit = 100'000'000;
    for (char digit : part) {
        if (digit < '0' || digit > '9') return std::nullopt;
        ns += (digit - '0') * unit;
        unit /= 10;
    }
    return negative ? -ns : ns;
}

DecodeResult decode_event(const Values& values, Symbols& symbols, Event& event, std::string& error) {
    const auto broken = [&](std::string what) {
        error = std::move(what);
        return DecodeResult::broken;
    };
    const std::string_view kind = text_of(values, "event");
    if (kind.empty()) return broken("it has no \"event\"");
    const NamedValue* t = find(values, "t");
    const auto time = t ? parse_seconds(t->value) : std::nullopt;
    if (!time || *time < 0) return broken("\"t\" is not a number of seconds from 0");
    const KindInfo* info = find_kind(kind);
    if (!info) return DecodeResult::unknown_kind;

    std::uint64_t head[2] = {0, 0};
    const std::string_view names[2] = {"loop", "task"};
    const std::uint64_t most[2] = {0xffff, id_max};
    for (int i = 0; i < 2; ++i) {
        const NamedValue* value = find(values, names[i]);
        if (!value) continue;
        const auto number = parse_number<std::uint64_t>(value->value);
        if (!number || *number > most[i]) return broken("\"" + std::string(names[i]) + "\" is not an id");
        head[i] = *number;
    }
    event = Event{Event::pack(info->kind, static_cast<std::uint16_t>(head[0]), head[1]),
                  static_cast<std::uint64_t>(*time), 0, 0, 0};
    for (const Field& field : info->fields) {
        if (field.type == FieldType::place || field.type == FieldType::definition) {
            const std::string_view file = text_of(values, "file");
            const std::string_view coro =
                field.type == FieldType::definition ? text_of(values, "coro") : std::string_view();
            const std::uint32_t line = line_of(values);
            if (!file.empty() || !coro.empty() || line != 0)
                set(event, field.slot, symbols.add_place(file, coro, line));
            continue;
        }
        const NamedValue* value = find(values, field.name);
        if (!value) continue;
        const auto content = decode_value(field, *value, symbols);
        if (!content)
            return broken("\"" + std::string(field.name) + "\" of " + std::string(kind) + " does not hold " +
                          value->value.substr(0, 40));
        set(event, field.slot, *content);
    }
    return DecodeResult::event;
}

}  // namespace awaitscope
