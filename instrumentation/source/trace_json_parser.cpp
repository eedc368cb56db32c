// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/trace_json_parser.hpp"

#include <nlohmann/json.hpp>
#include <utility>

namespace awaitscope {
namespace {

class Parser : public nlohmann::json_sax<nlohmann::json> {
  public:
    explicit Parser(const std::function<void(TraceJsonEvent&)>& take) : take_(take) {}

    TraceJsonEnd end;

    bool null() override { return true; }
    bool boolean(bool value) override {
        if (in_args() && key_ == "open") event_.args_open = value;
        return true;
    }
    bool number_integer(number_integer_t value) override { return number(static_cast<double>(value), value); }
    bool number_unsigned(number_unsigned_t value) override { return number(static_cast<double>(value), value); }
    bool number_float(number_float_t value, const string_t&) override { return number(value, value); }
    bool string(string_t& value) override {
        if (in_event()) {
            if (key_ == "ph")
                event_.phase = std::move(value);
            else if (key_ == "name")
                event_.name = std::move(value);
            else if (key_ == "cat")
                event_.category = std::move(value);
            else if (key_ == "pid")
                event_.pid = std::move(value);
            else if (key_ == "tid")
                event_.tid = std::move(value);
        } else if (in_args()) {
            if (key_ == "name")
                event_.args_name = std::move(value);
            else if (key_ == "at")
                event_.args_at = std::move(value);
        }
        return true;
    }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override {
        if (inside_ && depth_ == list_depth_) event_ = {};
        if (in_event()) args_ = key_ == "args";
        return enter();
    }
    bool end_object() override {
        --depth_;
        if (inside_ && depth_ == list_depth_) take_(event_);
        return true;
    }
    bool start_array(std::size_t) override {
        // The whole text, or "traceEvents" of its one object.
        if (!end.list && (depth_ == 0 || (depth_ == 1 && key_ == "traceEvents"))) {
            list_depth_ = depth_ + 1;
            inside_ = end.list = true;
        }
        if (in_event()) args_ = false;
        return enter();
    }
    bool end_array() override {
        if (depth_ == list_depth_) inside_ = false;
        --depth_;
        return true;
    }
    bool key(string_t& name) override {
        key_ = std::move(name);
        return true;
    }
    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
        end.trouble = "it is no JSON from character " + std::to_string(position) + " on";
        return false;
    }

  private:
    static constexpr unsigned depth_max = 1000;

    bool in_event() const { return inside_ && depth_ == list_depth_ + 1; }
    bool in_args() const { return inside_ && args_ && depth_ == list_depth_ + 2; }
    bool enter() {
        if (++depth_ <= depth_max) return true;
        end.trouble = "it is nested too deeply";
        return false;
    }
    template <class Value>
    bool number(double real, Value value) {
        if (!in_event()) return true;
        if (key_ == "ts")
            event_.time_us = real;
        else if (key_ == "dur")
            event_.length_us = real;
        else if (key_ == "pid")
            event_.pid = std::to_string(value);
        else if (key_ == "tid")
            event_.tid = std::to_string(value);
        return true;
    }

    const std::function<void(TraceJsonEvent&)>& take_;
    TraceJsonEvent event_;
    std::string key_;
    unsigned depth_ = 0;
    unsigned list_depth_ = 0;  ///< inside the list of events
    bool inside_ = false;      ///< that list has begun, and is not over
    bool args_ = false;        ///< the object within the event is its "args"
};

}  // namespace

TraceJsonEnd parse_trace_json(std::istream& stream, const std::function<void(TraceJsonEvent&)>& take) {
    Parser parser(take);
    // Chrome leaves out the closing bracket when it is stopped: what comes after the events does not matter.
    nlohmann::json::sax_parse(stream, &parser, nlohmann::json::input_format_t::json, false);
    return parser.end;
}

}  // namespace awaitscope
