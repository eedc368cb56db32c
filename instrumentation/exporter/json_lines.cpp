// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/exporter/json_lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>

#include "instrumentation/event/vocabulary.hpp"

namespace awaitscope {
namespace {

constexpr std::uint64_t second = 1'000'000'000;

template <class... Args>
void append(std::string& out, fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(out), format, std::forward<Args>(args)...);
}

void append_key(std::string& out, std::string_view name) {
    append(out, ",\"{}\":", name);
}

void append_text(std::string& out, std::string_view name, std::string_view text) {
    if (text.empty()) return;
    append_key(out, name);
    append_json_string(out, text);
}

void append_place(std::string& out, const Symbols& symbols, std::uint64_t id, bool with_function) {
    const Place place = symbols.place(static_cast<PlaceId>(id));
    if (with_function) append_text(out, "coro", symbols.string(place.function));
    append_text(out, "file", symbols.string(place.file));
    if (place.line != 0) append(out, ",\"line\":{}", place.line);
}

void append_field(std::string& out, const Symbols& symbols, const Event& event, const Field& field) {
    const std::uint64_t value = get(event, field.slot);
    switch (field.type) {
        case FieldType::count:
            append(out, ",\"{}\":{}", field.name, value);
            break;
        case FieldType::signed_count:
            if (value == 0 && field.name == "pid") break;  // not told
            append(out, ",\"{}\":{}", field.name, static_cast<std::int32_t>(static_cast<std::uint32_t>(value)));
            break;
        case FieldType::id:
            if (value != 0) append(out, ",\"{}\":{}", field.name, value);
            break;
        case FieldType::task_name:
        case FieldType::text:
            append_text(out, field.name, symbols.string(static_cast<StringId>(value)));
            break;
        case FieldType::place:
            append_place(out, symbols, value, false);
            break;
        case FieldType::definition:
            append_place(out, symbols, value, true);
            break;
        case FieldType::duration:
        case FieldType::moment:
            append(out, ",\"{}\":{}.{:09}", field.name, value / second, value % second);
            break;
        case FieldType::timeout:
            append_key(out, field.name);
            if (value == 0xffff'ffff)
                out += "null";
            else
                append(out, "{}.{:06}", value / 1'000'000, value % 1'000'000);
            break;
        default:
            append_key(out, field.name);
            append_json_string(out, enum_word(field.type, value));
            break;
    }
}

}  // namespace

std::string harmless_json(std::string json) {
    // C1 is two bytes in UTF-8, of which this is the first.
    if (json.find_first_of("\xc2\x7f") == std::string::npos) return json;
    std::string escaped;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const bool c1 = json[i] == '\xc2' && i + 1 < json.size() && static_cast<unsigned char>(json[i + 1]) < 0xa0;
        if (c1 || json[i] == '\x7f')
            escaped += fmt::format("\\u00{:02x}", static_cast<unsigned char>(json[c1 ? ++i : i]));
        else
            escaped += json[i];
    }
    return escaped;
}

void append_json_string(std::string& out, std::string_view text) {
    const auto plain = [](char c) { return c >= ' ' && c < 127 && c != '"' && c != '\\'; };
    if (std::ranges::all_of(text, plain)) {
        out += '"';
        out += text;
        out += '"';
        return;
    }
    out += harmless_json(nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

void append_json_line(std::string& out, const Symbols& symbols, const Event& event) {
    const KindInfo* info = find_kind(event.kind());
    if (!info) return;
    append(out, "{{\"t\":{}.{:09}", event.time / second, event.time % second);
    if (event.loop() != 0) append(out, ",\"loop\":{}", event.loop());
    append(out, ",\"event\":\"{}\"", info->name);
    if (event.task() != 0) append(out, ",\"task\":{}", event.task());
    for (const Field& field : info->fields) append_field(out, symbols, event, field);
    out += "}\n";
}

}  // namespace awaitscope
