// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/trace_text.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "instrumentation/event/vocabulary.hpp"
#include "instrumentation/source/event_fields.hpp"

namespace awaitscope::test {
namespace {

using Values = std::vector<NamedValue>;

/// The next word of a line, with quotes taken off; empty at its end.
std::string take_word(std::string_view& line) {
    line.remove_prefix(std::min(line.find_first_not_of(" \t\r"), line.size()));
    std::string word;
    bool quoted = false;
    while (!line.empty() && (quoted || (line.front() != ' ' && line.front() != '\t' && line.front() != '\r'))) {
        if (line.front() == '"') {
            quoted = !quoted;
        } else {
            if (line.front() == '\\' && line.size() > 1) line.remove_prefix(1);
            word += line.front();
        }
        line.remove_prefix(1);
    }
    return word;
}

Values parse_line(std::string_view line) {
    Values values;
    values.push_back({"t", take_word(line), NamedValue::Type::number});
    values.push_back({"event", take_word(line)});
    bool loop_given = false;
    for (std::string word = take_word(line); !word.empty(); word = take_word(line)) {
        const std::size_t equals = word.find('=');
        if (equals == std::string::npos) {
            values.push_back({"task", word, NamedValue::Type::number});
            continue;
        }
        const std::string value = word.substr(equals + 1);
        values.push_back(
            {word.substr(0, equals), value, value == "null" ? NamedValue::Type::null : NamedValue::Type::text});
        loop_given |= values.back().name == "loop";
    }
    if (!loop_given) values.push_back({"loop", "1", NamedValue::Type::number});
    return values;
}

/// A field that the kind does not have is a slip of the test's author.
void check_names(const Values& values, const std::string& where) {
    const KindInfo* info = find_kind(values[1].value);
    if (!info) throw std::invalid_argument(where + "no such kind of event: " + values[1].value);
    for (const NamedValue& value : values) {
        if (value.name == "t" || value.name == "event" || value.name == "task" || value.name == "loop") continue;
        bool known = false;
        for (const Field& field : info->fields) {
            const bool place = field.type == FieldType::place || field.type == FieldType::definition;
            known |= place ? value.name == "file" || value.name == "line" ||
                                 (value.name == "coro" && field.type == FieldType::definition)
                           : value.name == field.name;
        }
        if (!known) throw std::invalid_argument(where + values[1].value + " has no field " + value.name);
    }
}

class TextSource : public EventSource {
  public:
    TextSource(std::string_view text, bool live) {
        info_.name = "text";
        info_.live = live;
        Symbols scratch;
        for (int number = 1; !text.empty(); ++number) {
            const std::size_t end = std::min(text.find('\n'), text.size());
            std::string_view line = text.substr(0, end);
            text.remove_prefix(std::min(end + 1, text.size()));
            line.remove_prefix(std::min(line.find_first_not_of(" \t\r"), line.size()));
            if (line.empty() || line.front() == '#') continue;
            const std::string where = fmt::format("line {}: ", number);
            lines_.push_back(parse_line(line));
            check_names(lines_.back(), where);
            Event event;
            std::string error;
            if (decode_event(lines_.back(), scratch, event, error) != DecodeResult::event)
                throw std::invalid_argument(where + error);
        }
    }

    SourceState read(Symbols& symbols, std::vector<Event>& out, std::size_t limit) override {
        for (std::size_t i = 0; i < limit && next_ < lines_.size(); ++i, ++next_) {
            std::string error;
            decode_event(lines_[next_], symbols, out.emplace_back(), error);
        }
        if (next_ < lines_.size()) return SourceState::more;
        return info_.live ? SourceState::idle : SourceState::ended;
    }
    const SourceInfo& info() const override { return info_; }

  private:
    SourceInfo info_;
    std::vector<Values> lines_;
    std::size_t next_ = 0;
};

std::string seconds(Nanoseconds ns) {
    if (ns == open_end) return "never";
    std::string text = fmt::format("{}.{:09}", ns / 1'000'000'000, ns % 1'000'000'000);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text;
}

std::string names_of(const Trace& trace, std::span<const TaskIndex> tasks) {
    std::string text;
    for (TaskIndex task : tasks) text += (text.empty() ? "" : " ") + name_of(trace, task);
    return text;
}

}  // namespace

std::unique_ptr<EventSource> text_source(std::string_view text, bool live) {
    return std::make_unique<TextSource>(text, live);
}

TextTrace::TextTrace(std::string_view text) : symbols(std::make_shared<Symbols>()), trace(symbols) {
    std::vector<Event> events;
    TextSource(text, false).read(*symbols, events, ~std::size_t{0});
    trace.append(events);
}

TaskIndex TextTrace::task(std::string_view name) const {
    for (TaskIndex i = 0; i < trace.tasks().size(); ++i)
        if (name_of(trace, i) == name) return i;
    throw std::out_of_range("no task " + std::string(name));
}

std::string name_of(const Trace& trace, TaskIndex index) {
    if (index == no_task) return "none";
    const Task& task = trace.tasks()[index];
    const std::string_view name = trace.symbols().string(task.name);
    return name.empty() ? fmt::format("task {}", task.id) : std::string(name);
}

std::string lives(const Trace& trace) {
    std::string text;
    for (TaskIndex i = 0; i < trace.tasks().size(); ++i) {
        const Task& task = trace.tasks()[i];
        text += name_of(trace, i) + ":";
        for (const Span& span : task.spans) {
            text += fmt::format(" {}", to_string(span.state));
            if (span.state == TaskState::waiting) text += fmt::format("({})", to_string(span.on));
            text += "@" + seconds(span.begin);
        }
        if (is_done(task.end_state)) text += fmt::format(" {}@{}", to_string(task.end_state), seconds(task.done));
        text += "\n";
    }
    return text;
}

std::string moment(const Trace& trace, EventIndex cursor) {
    std::string text;
    if (const TaskIndex running = trace.running_at(cursor); running != no_task)
        text += "running: " + name_of(trace, running) + "\n";
    if (const auto ready = trace.ready_queue_at(cursor); !ready.empty())
        text += "ready: " + names_of(trace, ready) + "\n";
    for (const Trace::Timer& timer : trace.timers_at(cursor))
        text += fmt::format("timer: {} at {} for {}\n", timer.handle, seconds(timer.when), name_of(trace, timer.task));
    for (const Trace::Watch& watch : trace.watches_at(cursor))
        text += fmt::format("watch: {} {}\n", watch.fd, to_string(watch.what));
    for (const PrimitiveMoment& primitive : trace.primitives_at(cursor)) {
        text += fmt::format("{} {}", to_string(primitive.kind), primitive.id);
        if (primitive.owner) text += " owner " + name_of(trace, trace.find_task(*primitive.owner));
        if (!primitive.waiters.empty()) text += " waiters " + names_of(trace, primitive.waiters);
        if (primitive.kind == SyncKind::queue) text += fmt::format(" level {}/{}", primitive.size, primitive.maxsize);
        text += "\n";
    }
    return text;
}

std::string chain(const Trace& trace, TaskIndex task, EventIndex cursor) {
    std::string text;
    for (const AwaitLink& link : trace.await_chain(task, cursor)) {
        if (!text.empty()) text += " > ";
        text += name_of(trace, link.task);
        if (link.on != WaitKind::none) text += fmt::format(" {}", to_string(link.on));
    }
    return text;
}

}  // namespace awaitscope::test
