// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/json_lines_source.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "instrumentation/source/event_fields.hpp"
#include "instrumentation/source/notes.hpp"

namespace awaitscope {
namespace {

/// Takes one flat JSON object apart. Numbers are kept as they stand in the text; what is nested is passed over.
class FlatObject : public nlohmann::json_sax<nlohmann::json> {
  public:
    std::vector<NamedValue> values;
    std::string trouble;

    bool null() override { return add("null", NamedValue::Type::null); }
    bool boolean(bool value) override { return add(value ? "true" : "false", NamedValue::Type::text); }
    bool number_integer(number_integer_t value) override {
        return add(std::to_string(value), NamedValue::Type::number);
    }
    bool number_unsigned(number_unsigned_t value) override {
        return add(std::to_string(value), NamedValue::Type::number);
    }
    bool number_float(number_float_t, const string_t& text) override { return add(text, NamedValue::Type::number); }
    bool string(string_t& value) override { return add(std::move(value), NamedValue::Type::text); }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return enter(); }
    bool end_object() override { return --depth_, true; }
    bool start_array(std::size_t) override {
        if (depth_ == 0) return fail("it is not an object");
        return enter();
    }
    bool end_array() override { return --depth_, true; }
    bool key(string_t& name) override {
        if (depth_ == 1) key_ = std::move(name);
        return true;
    }
    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
        return fail("it is not JSON from character " + std::to_string(position));
    }

  private:
    static constexpr int depth_max = 16;
    static constexpr std::size_t values_max = 64;

    bool enter() { return ++depth_ <= depth_max || fail("it is nested too deeply"); }
    bool fail(std::string why) {
        if (trouble.empty()) trouble = std::move(why);
        return false;
    }
    bool add(std::string value, NamedValue::Type type) {
        if (depth_ == 0) return fail("it is not an object");
        if (depth_ > 1) return true;
        if (values.size() == values_max) return fail("it has too many fields");
        values.push_back({std::move(key_), std::move(value), type});
        return true;
    }

    std::string key_;
    int depth_ = 0;
};

}  // namespace

JsonLinesSource::JsonLinesSource(std::unique_ptr<std::istream> stream, std::string name) : stream_(std::move(stream)) {
    info_.name = std::move(name);
}

bool JsonLinesSource::next_line(bool& too_long) {
    line_.clear();
    too_long = false;
    std::streambuf* bytes = stream_->rdbuf();
    for (int c = bytes->sbumpc(); c != std::char_traits<char>::eof(); c = bytes->sbumpc()) {
        if (c == '\n') return ++line_number_, true;
        if (line_.size() < line_bytes_max)
            line_ += static_cast<char>(c);
        else
            too_long = true;
    }
    if (line_.empty()) return false;
    return ++line_number_, true;
}

void JsonLinesSource::skip(std::string why) {
    if (broken_++ == 0) first_trouble_ = "line " + std::to_string(line_number_) + ": " + std::move(why);
}

SourceState JsonLinesSource::read(Symbols& symbols, std::vector<Event>& out, std::size_t limit) {
    for (std::size_t i = 0; i < limit; ++i) {
        bool too_long = false;
        if (!next_line(too_long)) return SourceState::ended;
        if (line_.find_first_not_of(" \t\r") == std::string::npos) continue;
        if (too_long) {
            skip("it is longer than a megabyte");
            continue;
        }
        FlatObject object;
        if (!nlohmann::json::sax_parse(line_, &object)) {
            skip(object.trouble);
            continue;
        }
        Event event;
        std::string trouble;
        switch (decode_event(object.values, symbols, event, trouble)) {
            case DecodeResult::event:
                time_ = std::max(time_, event.time);
                event.time = time_;
                out.push_back(event);
                break;
            case DecodeResult::unknown_kind:
                ++unknown_;
                break;
            case DecodeResult::broken:
                skip(std::move(trouble));
                break;
        }
    }
    return SourceState::more;
}

std::string JsonLinesSource::note() const {
    if (broken_ == 0) return {};
    if (broken_ == 1) return notes::note(notes::broken_line, {first_trouble_});
    return notes::note(notes::broken_lines, {std::to_string(broken_), first_trouble_});
}

bool looks_like_json_lines(std::string_view beginning) {
    beginning.remove_prefix(std::min(beginning.find_first_not_of(" \t\r\n"), beginning.size()));
    if (!beginning.starts_with('{')) return false;
    beginning.remove_prefix(1);
    beginning.remove_prefix(std::min(beginning.find_first_not_of(" \t"), beginning.size()));
    return beginning.starts_with("\"t\"") || beginning.starts_with("\"event\"") || beginning.starts_with("\"loop\"");
}

}  // namespace awaitscope
