// SPDX-License-Identifier: GPL-3.0-or-later
#include <nlohmann/json.hpp>

#include "instrumentation/analysis/json_values.hpp"
#include "instrumentation/analysis/report.hpp"
#include "instrumentation/event/vocabulary.hpp"
#include "instrumentation/exporter/event_text.hpp"
#include "instrumentation/exporter/json_lines.hpp"

namespace awaitscope {
namespace {

using Json = nlohmann::ordered_json;

Json task_json(const Trace& trace, TaskIndex task) {
    return {{"id", trace.tasks()[task].id}, {"name", task_name(trace, task)}};
}

Json finding_json(const Trace& trace, const Finding& finding) {
    const FindingInfo& info = info_of(finding.kind);
    Json json{{"kind", info.name},
              {"title", info.title},
              {"severity", to_string(finding.severity)},
              {"what", finding.what.english()},
              {"why", info.why},
              {"advice", info.advice}};
    put_place(json, trace.symbols(), finding.place);
    if (finding.after) json["after"] = true;
    for (const PlaceId place : finding.stack) {
        Json frame = Json::object();
        put_place(frame, trace.symbols(), place);
        json["stack"].push_back(std::move(frame));
    }
    json["begin"] = seconds_json(finding.begin);
    if (finding.begun_before) json["begun_before"] = true;
    json["end"] = finding.end == open_end ? Json() : seconds_json(finding.end);
    json["event"] = finding.event;
    json["begin_event"] = finding.begin_event;
    json["end_event"] = finding.end_event == no_event ? Json() : Json(finding.end_event);
    json["count"] = finding.count;
    json["tasks"] = Json::array();
    for (const TaskIndex task : finding.tasks) json["tasks"].push_back(task_json(trace, task));
    json["objects"] = finding.objects;
    json["uncertain"] = finding.uncertain;
    return json;
}

Json coroutine_json(const Trace& trace, const CoroutineFigures& figures) {
    Json json;
    put_place(json, trace.symbols(), figures.definition);
    json["tasks"] = figures.created;
    json["ended"] = figures.ended;
    json["cancelled"] = figures.cancelled;
    json["failed"] = figures.failed;
    json["steps"] = histogram_json(figures.steps);
    json["ready"] = histogram_json(figures.ready);
    json["lives"] = histogram_json(figures.lives);
    return json;
}

Json line_json(const Trace& trace, const LineFigures& figures) {
    Json json;
    put_place(json, trace.symbols(), figures.place);
    json["on"] = to_string(figures.on);
    json["waiting"] = figures.waiting;
    json["waits"] = histogram_json(figures.waits);
    json["steps"] = histogram_json(figures.steps);
    return json;
}

Json loop_json(const ReportInput& input) {
    std::uint64_t read = 0, written = 0;
    for (const IoTrack& track : input.trace.io_tracks()) {
        read += track.bytes_read;
        written += track.bytes_written;
    }
    return {{"turns", input.figures.turns()},
            {"lag", histogram_json(input.figures.lag())},
            {"timers", input.figures.timers()},
            {"jobs", input.figures.jobs()},
            {"bytes_read", read},
            {"bytes_written", written}};
}

}  // namespace

std::string report_json(const ReportInput& input) {
    const Trace& trace = input.trace;
    Json json{{"format", 1},
              {"name", input.name},
              {"seconds", seconds_json(trace.end() - trace.begin())},
              {"events", trace.event_count()},
              {"lost", trace.lost_count()},
              {"tasks", trace.tasks().size()},
              {"alive", trace.tasks_alive()}};
    json["findings"] = Json::array();
    for (const Finding& finding : input.findings) json["findings"].push_back(finding_json(trace, finding));
    json["loop"] = loop_json(input);
    json["longest_steps"] = Json::array();
    for (const LongStep& step : input.figures.long_steps()) {
        Json one{{"took", seconds_json(step.length)}, {"event", step.event}, {"task", task_json(trace, step.task)}};
        put_place(one, trace.symbols(), step.place);
        if (step.seen != 0) put_place(one["seen"], trace.symbols(), step.seen);
        json["longest_steps"].push_back(std::move(one));
    }
    json["coroutines"] = Json::array();
    for (const auto& coroutine : input.figures.coroutines())
        json["coroutines"].push_back(coroutine_json(trace, coroutine));
    json["lines"] = Json::array();
    for (const auto& line : input.figures.lines()) json["lines"].push_back(line_json(trace, line));
    json["queues"] = Json::array();
    for (const QueueFigures& queue : input.figures.queues()) {
        const auto primitive = trace.primitive_at(queue.id, trace.event_count() - 1);
        json["queues"].push_back({{"id", queue.id},
                                  {"name", primitive ? trace.symbols().string(primitive->name) : std::string_view()},
                                  {"maxsize", queue.maxsize},
                                  {"puts", queue.puts},
                                  {"gets", queue.gets},
                                  {"size", queue.size},
                                  {"most", queue.most}});
    }
    return harmless_json(json.dump(1, ' ', false, Json::error_handler_t::replace)) + "\n";
}

}  // namespace awaitscope
