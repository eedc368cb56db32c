// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/exporter/otlp.hpp"

#include <fmt/format.h>

#include <iterator>
#include <utility>

#include "instrumentation/event/vocabulary.hpp"
#include "instrumentation/exporter/json_lines.hpp"
#include "instrumentation/trace/loop_process.hpp"

namespace awaitscope {
namespace {

// Of opentelemetry/proto/trace/v1/trace.proto.
constexpr int kind_internal = 1;
constexpr int status_error = 2;  // what went well is left unset, as OpenTelemetry asks

template <class... Args>
void append(std::string& out, fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(out), format, std::forward<Args>(args)...);
}

void append_attribute(std::string& out, std::string_view key, std::string_view value) {
    if (value.empty()) return;
    append(out, R"({}{{"key":"{}","value":{{"stringValue":)", out.ends_with('[') ? "" : ",", key);
    append_json_string(out, value);
    out += "}}";
}

/// 64-bit numbers are strings in OTLP's JSON.
void append_attribute(std::string& out, std::string_view key, std::uint64_t value) {
    append(out, R"({}{{"key":"{}","value":{{"intValue":"{}"}}}})", out.ends_with('[') ? "" : ",", key, value);
}

void append_flag(std::string& out, std::string_view key) {
    append(out, R"({}{{"key":"{}","value":{{"boolValue":true}}}})", out.ends_with('[') ? "" : ",", key);
}

/// splitmix64: ids look random, and are the same each time a recording is exported.
std::uint64_t mixed(std::uint64_t x) {
    x += 0x9e3779b97f4a7c15u;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

std::string attributes_of(std::string_view name, std::uint32_t pid, std::string_view command) {
    std::string out = "[";
    append_attribute(out, "service.name", name);
    if (pid) append_attribute(out, "process.pid", std::uint64_t{pid});
    append_attribute(out, "process.command_line", command);
    return out += ']';
}

enum : std::uint64_t { span_of_task = 1, span_of_step, trace_high, trace_low };

}  // namespace

OtlpSpans::OtlpSpans(const SourceInfo& info, const Symbols& symbols)
    : symbols_(&symbols), epoch_(static_cast<std::uint64_t>(info.epoch_unix_ns)), info_(info) {
    seed_ = mixed(mixed(epoch_) ^ static_cast<std::uint64_t>(info.pid));
}

void OtlpSpans::take(std::span<const Event> events) {
    for (const Event& event : events) {
        last_time_ = event.time;
        if (event.kind() == EventKind::loop_started && event.a != 0)
            processes_[event.loop()] = {static_cast<std::uint32_t>(event.a), static_cast<StringId>(event.b)};
        if (event.task() == 0) continue;
        switch (event.kind()) {
            case EventKind::task_created:
            case EventKind::task_alive:
                describe(task_of(event), event);
                break;
            case EventKind::task_running: {
                OpenTask& task = task_of(event);
                end_step(task, event.time, false);
                task.running = true;
                task.running_since = event.time;
                break;
            }
            case EventKind::task_suspended:
                end_step(task_of(event), event.time, false);
                break;
            case EventKind::task_done:
                end_task(event.task(), task_of(event), event, false);
                tasks_.erase(event.task());
                break;
            default:
                break;
        }
    }
}

void OtlpSpans::end() {
    Event end;
    end.time = last_time_;
    for (auto& [id, task] : tasks_) end_task(id, task, end, true);
    tasks_.clear();
}

std::string OtlpSpans::request() {
    std::string out;
    out += R"({"resourceSpans":[)";
    for (const auto& [pid, resource] : pending_) {
        append(out, R"({}{{"resource":{{"attributes":{}}},)", out.ends_with('[') ? "" : ",", resource.attributes);
        append(out, R"("scopeSpans":[{{"scope":{{"name":"awaitscope"}},"spans":[{}]}}]}})", resource.spans);
    }
    out += "]}";
    pending_.clear();
    pending_count_ = 0;
    return out;
}

std::string& OtlpSpans::pending_of(const OpenTask& task) {
    const auto own = static_cast<std::uint32_t>(info_.pid);
    const auto process = processes_.find(task.loop);
    const std::uint32_t pid = process == processes_.end() ? own : process->second.pid;
    const auto [found, is_new] = pending_.try_emplace(pid);
    Resource& resource = found->second;
    if (!is_new) return resource.spans;
    const std::string_view name = process == processes_.end()
                                      ? std::string_view(info_.name)
                                      : process_name(symbols_->string(process->second.loop_name), pid);
    resource.attributes = attributes_of(name, pid, pid == own ? std::string_view(info_.command) : std::string_view());
    return resource.spans;
}

OtlpSpans::OpenTask& OtlpSpans::task_of(const Event& event) {
    const auto [found, is_new] = tasks_.try_emplace(event.task());
    OpenTask& task = found->second;
    if (!is_new) return task;
    task.created = event.time;
    task.loop = event.loop();
    task.older = event.kind() != EventKind::task_created;
    // An id may be a later task's again once the first has ended: its moment makes the span another one.
    task.span = number_of(span_of_task, mixed(event.task()) ^ event.time);
    task.trace = {number_of(trace_high, task.span), number_of(trace_low, task.span)};
    return task;
}

void OtlpSpans::describe(OpenTask& task, const Event& event) {
    if (task.name == 0) task.name = event.b;
    if (task.definition == 0) task.definition = event.c;
    const auto parent = tasks_.find(event.a);
    // What is below it has its trace's id already once it ran.
    if (task.parent != 0 || task.steps > 0 || parent == tasks_.end() || &parent->second == &task) return;
    task.parent = parent->second.span;
    task.trace = parent->second.trace;
}

void OtlpSpans::end_step(OpenTask& task, std::uint64_t time, bool open) {
    if (!std::exchange(task.running, false)) return;
    std::string& out = begin_span(task, number_of(span_of_step, task.span + ++task.steps), task.span, "step",
                                  task.running_since, time);
    append_attribute(out, "awaitscope.step", std::uint64_t{task.steps});
    if (open) append_flag(out, "awaitscope.open");
    out += "]}";
}

void OtlpSpans::end_task(Id id, OpenTask& task, const Event& event, bool open) {
    end_step(task, event.time, open);
    std::string& out = begin_span(task, task.span, task.parent, name_of(id, task), task.created, event.time);
    const Place place = symbols_->place(task.definition);
    append_attribute(out, "awaitscope.task", id);
    append_attribute(out, "awaitscope.loop", std::uint64_t{task.loop});
    append_attribute(out, "awaitscope.steps", std::uint64_t{task.steps});
    append_attribute(out, "code.function.name", symbols_->string(place.function));
    append_attribute(out, "code.file.path", symbols_->string(place.file));
    if (place.line) append_attribute(out, "code.line.number", std::uint64_t{place.line});
    if (task.older) append_flag(out, "awaitscope.older_than_recording");
    if (open) append_flag(out, "awaitscope.open");
    const auto state = static_cast<EndState>(event.c);
    if (!open) append_attribute(out, "awaitscope.state", to_string(state));
    out += ']';
    if (!open && state == EndState::failed) {
        append(out, R"(,"status":{{"code":{},"message":)", status_error);
        append_json_string(out, symbols_->string(event.b));
        out += '}';
    }
    out += '}';
}

std::string& OtlpSpans::begin_span(const OpenTask& task, std::uint64_t span, std::uint64_t parent,
                                   std::string_view name, std::uint64_t begin, std::uint64_t end) {
    ++pending_count_;
    std::string& out = pending_of(task);
    if (!out.empty()) out += ',';
    append(out, R"({{"traceId":"{:016x}{:016x}","spanId":"{:016x}",)", task.trace[0], task.trace[1], span);
    if (parent) append(out, R"("parentSpanId":"{:016x}",)", parent);
    out += "\"name\":";
    append_json_string(out, name);
    append(out, R"(,"kind":{},"startTimeUnixNano":"{}","endTimeUnixNano":"{}","attributes":[)", kind_internal,
           epoch_ + begin, epoch_ + end);
    return out;
}

std::uint64_t OtlpSpans::number_of(std::uint64_t what, std::uint64_t which) const {
    const std::uint64_t number = mixed(seed_ ^ mixed(which * 8 + what));
    return number ? number : 1;  // 0 is "none" to OpenTelemetry
}

std::string OtlpSpans::name_of(Id id, const OpenTask& task) const {
    const std::string_view name = symbols_->string(task.name);
    return name.empty() ? fmt::format("task {}", id) : std::string(name);
}

}  // namespace awaitscope
