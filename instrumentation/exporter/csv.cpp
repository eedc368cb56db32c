// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string>

#include "instrumentation/event/vocabulary.hpp"
#include "instrumentation/exporter/event_text.hpp"
#include "instrumentation/exporter/export.hpp"

namespace awaitscope {
namespace {

void append_text(std::string& out, std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
        out += text;
        return;
    }
    out += '"';
    for (char one : text) out.append(one == '"' ? 2 : 1, one);
    out += '"';
}

void append_seconds(std::string& out, Nanoseconds ns) {
    const auto value = static_cast<std::uint64_t>(ns);
    fmt::format_to(std::back_inserter(out), "{}.{:09}", value / 1'000'000'000, value % 1'000'000'000);
}

}  // namespace

void export_csv(const Trace& trace, const ExportSink& sink) {
    constexpr std::size_t much = 1 << 16;
    const Symbols& symbols = trace.symbols();
    const TaskList tasks = trace.tasks();
    std::string out = "task,name,coroutine,loop,parent,state,on,object,begin,end,open,file,line\n";
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        const Task& task = tasks[i];
        for (const Span span : task.spans) {
            const bool open = span.end == open_end;
            const bool waits = span.state == TaskState::waiting;
            const Place place = waits ? symbols.place(span.place) : Place();
            fmt::format_to(std::back_inserter(out), "{},", task.id);
            append_text(out, task_name(trace, static_cast<TaskIndex>(i)));
            out += ',';
            append_text(out, symbols.string(symbols.place(task.definition).function));
            fmt::format_to(std::back_inserter(out), ",{},", task.loop);
            if (task.parent != no_task) out += std::to_string(tasks[task.parent].id);
            fmt::format_to(std::back_inserter(out), ",{},", to_string(span.state));
            if (waits) fmt::format_to(std::back_inserter(out), "{}", to_string(span.on));
            out += ',';
            if (span.object) out += std::to_string(span.object);
            out += ',';
            append_seconds(out, span.begin);
            out += ',';
            append_seconds(out, open ? std::max(span.begin, trace.end()) : span.end);
            out += open ? ",true," : ",false,";
            append_text(out, symbols.string(place.file));
            out += ',';
            if (place.line) out += std::to_string(place.line);
            out += '\n';
            if (out.size() < much) continue;
            sink(out);
            out.clear();
        }
    }
    sink(out);
}

}  // namespace awaitscope
