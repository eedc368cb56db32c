// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/exporter/task_list.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "instrumentation/event/vocabulary.hpp"
#include "instrumentation/exporter/duration_text.hpp"
#include "instrumentation/exporter/event_text.hpp"
#include "instrumentation/exporter/json_lines.hpp"
#include "instrumentation/exporter/task_words.hpp"
#include "instrumentation/exporter/text_table.hpp"

namespace awaitscope {
namespace {

std::vector<TaskIndex> tasks_at(const Trace& trace, EventIndex cursor, TaskListOptions options) {
    std::vector<TaskIndex> found;
    for (TaskIndex i = 0; i < trace.tasks().size(); ++i) {
        const TaskState state = trace.at(i, cursor).state;
        if (state != TaskState::unborn && (options.ended || !is_done(state))) found.push_back(i);
    }
    return found;
}

Nanoseconds age(const Trace& trace, TaskIndex index, EventIndex cursor) {
    const Task& task = trace.tasks()[index];
    return std::min(task.done, trace.time_at(cursor)) - task.created;
}

std::string waiting_column(const Trace& trace, TaskIndex index, EventIndex cursor,
                           const std::vector<TaskIndex>& ready) {
    const TaskState state = trace.at(index, cursor).state;
    if (state == TaskState::failed) return printable(trace.symbols().string(trace.tasks()[index].error));
    if (state == TaskState::ready) {
        const auto place = std::ranges::find(ready, index);
        return place == ready.end() ? std::string() : queue_place_text(static_cast<std::size_t>(place - ready.begin()));
    }
    return await_chain_text(trace, index, cursor);
}

void append_json(std::string& out, const Trace& trace, TaskIndex index, EventIndex cursor) {
    const Symbols& symbols = trace.symbols();
    const Task& task = trace.tasks()[index];
    const auto text = [&](std::string_view key, std::string_view value) {
        if (value.empty()) return;
        out += fmt::format(", \"{}\": ", key);
        append_json_string(out, value);
    };
    const Place place = symbols.place(trace.place_at(index, cursor));
    out += fmt::format("  {{\"id\": {}", task.id);
    text("name", task_name(trace, index));
    text("state", to_string(trace.at(index, cursor).state));
    out += fmt::format(", \"age\": {}", exact_seconds(age(trace, index, cursor)));
    text("coro", symbols.string(symbols.place(task.definition).function));
    text("file", symbols.string(place.file));
    if (place.line != 0) out += fmt::format(", \"line\": {}", place.line);
    text("error", symbols.string(task.done_event <= cursor ? task.error : 0));
    const std::vector<AwaitLink> chain = trace.await_chain(index, cursor);
    out += ", \"awaits\": [";
    bool cycle = false;
    for (std::size_t i = 0; i < chain.size() && chain[i].on != WaitKind::none; ++i) {
        const auto so_far = std::span(chain).first(i);
        cycle = std::ranges::find(so_far, chain[i].task, &AwaitLink::task) != so_far.end();
        if (cycle) break;
        out += fmt::format("{}{{\"on\": \"{}\"", i == 0 ? "" : ", ", to_string(chain[i].on));
        if (chain[i].object != 0) out += fmt::format(", \"object\": {}", chain[i].object);
        if (i + 1 < chain.size()) out += fmt::format(", \"task\": {}", trace.tasks()[chain[i + 1].task].id);
        out += "}";
    }
    out += cycle ? "], \"cycle\": true}" : "]}";
}

}  // namespace

std::string task_list_text(const Trace& trace, EventIndex cursor, TaskListOptions options) {
    const std::vector<TaskIndex> ready = trace.ready_queue_at(cursor);
    TextTable table({">id", "name", "state", ">age", "coroutine", "at", "waits for"});
    for (TaskIndex i : tasks_at(trace, cursor, options)) {
        const Task& task = trace.tasks()[i];
        const Symbols& symbols = trace.symbols();
        table.add({fmt::format("{}", task.id), printable(task_name(trace, i)),
                   std::string(to_string(trace.at(i, cursor).state)),
                   (task.older ? ">" : "") + duration_text(age(trace, i, cursor)),
                   printable(symbols.string(symbols.place(task.definition).function)),
                   place_text(symbols, trace.place_at(i, cursor)), waiting_column(trace, i, cursor, ready)});
    }
    const EventIndex events = cursor == no_event ? 0 : std::min(cursor + 1, trace.event_count());
    const auto alive = trace.tasks_alive_at(cursor);
    // How many there are in all is not told: who asks for a moment reads no further.
    return fmt::format("at {} s, event {}: {} task{} alive\n", exact_seconds(trace.time_at(cursor)),
                       trace.skipped() + events, alive, alive == 1 ? "" : "s") +
           table.text();
}

std::string task_list_json(const Trace& trace, EventIndex cursor, TaskListOptions options) {
    std::string out = "[";
    for (TaskIndex i : tasks_at(trace, cursor, options)) {
        out += out.size() == 1 ? "\n" : ",\n";
        append_json(out, trace, i, cursor);
    }
    out += out.size() == 1 ? "]\n" : "\n]\n";
    return out;
}

}  // namespace awaitscope
