// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/told_program.hpp"

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <regex>

#include "instrumentation/event/vocabulary.hpp"
#include "instrumentation/exporter/event_text.hpp"
#include "instrumentation/source/launch.hpp"
#include "instrumentation/source/live_source.hpp"
#include "instrumentation/source/session_directory.hpp"

namespace awaitscope::test {
namespace {

/// "lock at 22": what a task waits for, and the line.
std::string wait_text(const Event& event, const Symbols& symbols) {
    const Place place = symbols.place(static_cast<PlaceId>(event.b));
    return fmt::format("{} at {}", to_string(static_cast<WaitKind>(event.c)), place.line);
}

std::string name_of(const Trace& trace, Id id) {
    return id == 0 ? "the loop" : task_name(trace, trace.find_task(id));
}

/// What an event says of a task's life; empty for all others.
std::string step_text(const Trace& trace, const Symbols& symbols, const Event& event) {
    switch (event.kind()) {
        case EventKind::task_created:
            return event.a == 0 ? "created" : "created by " + name_of(trace, event.a);
        case EventKind::task_running:
            return "running";
        case EventKind::task_suspended:
            return "suspended on " + wait_text(event, symbols);
        case EventKind::task_ready:
            return "ready";
        case EventKind::task_cancel_requested:
            return "cancel requested by " + name_of(trace, event.a);
        case EventKind::task_done:
            return std::string(to_string(static_cast<EndState>(event.c)));
        default:
            return {};
    }
}

}  // namespace

std::string read_all(int fd) {
    std::string text;
    char bytes[4096];
    for (;;) {
        const ssize_t size = read(fd, bytes, sizeof bytes);
        if (size < 0 && errno == EINTR) continue;
        if (size <= 0) return text;
        text.append(bytes, static_cast<std::size_t>(size));
    }
}

ToldProgram::ToldProgram(std::vector<std::string> command, Environment environment) {
    LaunchedProcess process(
        {.command = std::move(command), .environment = std::move(environment), .capture_output = true});
    run(process);
}

ToldProgram::ToldProgram(std::vector<std::string> command, Environment environment, const std::function<void()>& use,
                         int end_signal) {
    LaunchedProcess process(
        {.command = std::move(command), .environment = std::move(environment), .capture_output = true});
    try {
        use();
    } catch (...) {
        process.terminate(SIGKILL);
        throw;
    }
    process.terminate(end_signal);
    run(process);
}

void ToldProgram::run(LaunchedProcess& process) {
    output = read_all(process.output());
    exit_code = process.wait();
    const auto source = process.open();
    std::vector<Event> events;
    while (source->read(*symbols, events, 1 << 16) != SourceState::ended) continue;
    trace.append(events);
}

std::string ToldProgram::events() const {
    static const std::regex space(" +"), time("^ *[0-9.]+ +");
    std::string all;
    for (EventIndex i = 0; i < trace.event_count(); ++i) {
        std::string line;
        append_text_line(line, trace, i);
        all += std::regex_replace(std::regex_replace(line, time, ""), space, " ");
    }
    return all;
}

std::string ToldProgram::steps() const {
    return steps_of(trace, *symbols);
}

unsigned ToldProgram::count(std::string_view kind) const {
    const KindInfo* const info = find_kind(kind);
    if (!info) throw std::invalid_argument("no event is called " + std::string(kind));
    unsigned seen = 0;
    for (EventIndex i = 0; i < trace.event_count(); ++i) seen += trace.event(i).kind() == info->kind;
    return seen;
}

unsigned ToldProgram::tasks_of(std::string_view coroutine) const {
    unsigned seen = 0;
    for (TaskIndex task = 0; task < trace.tasks().size(); ++task)
        seen += std::string_view(task_name(trace, task)).starts_with(std::string(coroutine) + "-");
    return seen;
}

std::uint64_t ToldProgram::sum(std::string_view kind, std::uint64_t Event::*field) const {
    const KindInfo* const info = find_kind(kind);
    if (!info) throw std::invalid_argument("no event is called " + std::string(kind));
    std::uint64_t sum = 0;
    for (EventIndex i = 0; i < trace.event_count(); ++i)
        if (const Event event = trace.event(i); event.kind() == info->kind) sum += event.*field;
    return sum;
}

std::string alive_in(std::vector<std::string> command, std::vector<std::pair<std::string, std::string>> environment,
                     std::string_view ready) {
    LaunchedProcess process(
        {.command = std::move(command), .environment = std::move(environment), .capture_output = true});
    for (std::string said; said.find("\n" + std::string(ready)) == said.npos && !said.starts_with(ready);) {
        char one = 0;
        if (read(process.output(), &one, 1) != 1) throw std::runtime_error("it has ended, and said: " + said);
        said += one;
    }
    const auto symbols = std::make_shared<Symbols>();
    Trace trace(symbols);
    LiveSource source(find_session(process.pid()));
    for (bool is_answer = false, is_told = false; !is_told;) {
        std::vector<Event> events;
        if (source.read(*symbols, events, 1 << 12) == SourceState::ended) throw std::runtime_error("it has ended");
        for (const Event& event : events) {
            // Not what the rings still hold of its past.
            is_answer |= event.kind() == EventKind::snapshot_begin;
            is_told |= event.kind() == EventKind::snapshot_end;
            if (is_answer) trace.append({&event, 1});
        }
        if (events.empty()) usleep(1000);  // it looks ten times a second whether we ask
    }
    process.terminate(SIGKILL);
    process.wait();
    std::string all;
    for (TaskIndex task = 0; task < trace.tasks().size(); ++task) {
        const TaskMoment now = trace.at(task, trace.event_count() - 1);
        all += fmt::format("{} {} {}\n", task_name(trace, task), to_string(now.state),
                           now.span ? to_string(now.span->on) : std::string_view());
    }
    return all;
}

std::string steps_of(const Trace& trace, const Symbols& symbols) {
    std::string all;
    for (EventIndex i = 0; i < trace.event_count(); ++i) {
        const Event event = trace.event(i);
        const std::string text = step_text(trace, symbols, event);
        if (!text.empty()) all += name_of(trace, event.task()) + ": " + text + "\n";
    }
    return all;
}

}  // namespace awaitscope::test
