// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/instrumentation/python/running_program.hpp"

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>
#include <thread>

#include "instrumentation/event/vocabulary.hpp"
#include "instrumentation/exporter/event_text.hpp"
#include "instrumentation/exporter/task_words.hpp"
#include "instrumentation/source/session_directory.hpp"

namespace awaitscope::test {
namespace {

std::string names_of(const Trace& trace, const std::vector<TaskIndex>& tasks) {
    std::vector<std::string> names;
    for (TaskIndex task : tasks) names.emplace_back(task_name(trace, task));
    std::ranges::sort(names);
    return fmt::format("{}", fmt::join(names, ", "));
}

std::string task_line(const Trace& trace, TaskIndex index, EventIndex cursor) {
    const Task& task = trace.tasks()[index];
    const TaskMoment now = trace.at(index, cursor);
    std::string line = fmt::format("{}: {} at {}, {}", task_name(trace, index),
                                   trace.symbols().string(trace.symbols().place(task.definition).function),
                                   trace.symbols().place(trace.place_at(index, cursor)).line, to_string(now.state));
    if (now.span && now.state == TaskState::waiting) line += fmt::format(" for {}", to_string(now.span->on));
    if (const std::size_t all = trace.gathered(index, cursor).size()) line += fmt::format(" of {}", all);
    if (const std::string behind = names_of(trace, trace.awaits(index, cursor)); !behind.empty())
        line += " (" + behind + ")";
    if (task.parent != no_task) line += fmt::format(", of {}", task_name(trace, task.parent));
    return line;
}

std::string primitive_line(const Trace& trace, const PrimitiveMoment& one) {
    std::string line(to_string(one.kind));
    if (one.held) line += ", held";
    if (one.owner) line += fmt::format(" by {}", task_name(trace, trace.find_task(*one.owner)));
    if (one.value) line += fmt::format(", value {}", *one.value);
    if (one.kind == SyncKind::queue) line += fmt::format(", {} of {}", one.size, one.maxsize);
    const std::string waiters = names_of(trace, one.waiters);
    return waiters.empty() ? line : line + ", waited for by " + waiters;
}

}  // namespace

RunningProgram::RunningProgram(std::vector<std::string> command,
                               std::vector<std::pair<std::string, std::string>> environment)
    : process_({.command = std::move(command), .environment = std::move(environment), .capture_output = true}) {
    if (const std::string first = line(); first != "ready") throw std::runtime_error("it says " + first);
}

std::string RunningProgram::line() {
    std::string line;
    for (char one = 0; read(process_.output(), &one, 1) == 1 && one != '\n';) line += one;
    return line;
}

RunningProgram::~RunningProgram() {
    process_.terminate(SIGKILL);
    process_.wait();
}

Seen::Seen(int pid) : source(find_session(pid)) {
    for (bool answered = false; !answered;) {
        std::vector<Event> events;
        if (source.read(*symbols, events, 1 << 16) == SourceState::ended) throw std::runtime_error("it has ended");
        const auto answers = [](const Event& event) { return event.kind() == EventKind::snapshot_end; };
        answered = std::ranges::any_of(events, answers);
        trace.append(events);
        if (events.empty()) std::this_thread::yield();
    }
}

std::string picture_of(const Trace& trace) {
    const EventIndex last = trace.event_count() - 1;
    std::vector<std::string> lines;
    for (TaskIndex i = 0; i < trace.tasks().size(); ++i)
        if (trace.tasks()[i].done_event > last) lines.push_back(task_line(trace, i, last));
    for (const PrimitiveMoment& one : trace.primitives_at(last)) {
        std::string line = primitive_line(trace, one);
        if (line != to_string(one.kind)) lines.push_back(std::move(line));  // nothing is known but that it is there
    }
    std::ranges::sort(lines);
    return fmt::format("{}\n", fmt::join(lines, "\n"));
}

}  // namespace awaitscope::test
