// SPDX-License-Identifier: GPL-3.0-or-later
#include <nlohmann/json.hpp>

#include "instrumentation/analysis/json_values.hpp"
#include "instrumentation/analysis/trace_diff.hpp"
#include "instrumentation/exporter/json_lines.hpp"

namespace awaitscope {
namespace {

using Json = nlohmann::ordered_json;

/// Two values, of A and of B; a length is null where nothing was measured.
Json pair_json(const Nanoseconds (&length)[2], const std::uint64_t (&count)[2]) {
    Json json = Json::array();
    for (const int side : {0, 1}) json.push_back(count[side] == 0 ? Json() : seconds_json(length[side]));
    return json;
}

Json times_json(const DiffTimes& times) {
    return {{"count", times.count},
            {"count_differs", times.count_differs},
            {"total", pair_json(times.sum, times.count)},
            {"p50", pair_json(times.p50, times.count)},
            {"p50_verdict", to_string(times.middle)},
            {"p99", pair_json(times.p99, times.count)},
            {"p99_verdict", to_string(times.tail)}};
}

Json row_json(const DiffRow& row, bool coroutine) {
    Json json{{"verdict", to_string(row.verdict)}, {"function", row.function}, {"file", row.file}};
    json["line"] = Json::array();
    for (const int side : {0, 1}) json["line"].push_back(row.there[side] ? Json(row.line[side]) : Json());
    if (coroutine) json["tasks"] = row.tasks;
    json["steps"] = times_json(row.steps);
    json[coroutine ? "ready" : "waits"] = times_json(row.waits);
    return json;
}

}  // namespace

std::string diff_json(const TraceDiff& diff) {
    Json json{{"format", 1}, {"names", diff.name}, {"events", diff.events}};
    json["seconds"] = {seconds_json(diff.length[0]), seconds_json(diff.length[1])};
    json["threshold"] = {{"share", diff.options.share}, {"seconds", seconds_json(diff.options.least)}};
    json["lag"] = times_json(diff.lag);
    json["findings"] = Json::array();
    for (const DiffFinding& one : diff.findings)
        json["findings"].push_back({{"verdict", to_string(one.verdict)},
                                    {"kind", info_of(one.finding.kind).name},
                                    {"severity", to_string(one.finding.severity)},
                                    {"what", one.finding.what.english()},
                                    {"place", one.place},
                                    {"begin", seconds_json(one.finding.begin)},
                                    {"event", one.finding.event},
                                    {"count", one.finding.count},
                                    {"uncertain", one.finding.uncertain}});
    json["coroutines"] = Json::array();
    for (const DiffRow& row : diff.coroutines) json["coroutines"].push_back(row_json(row, true));
    json["lines"] = Json::array();
    for (const DiffRow& row : diff.lines) json["lines"].push_back(row_json(row, false));
    return harmless_json(json.dump(1, ' ', false, Json::error_handler_t::replace)) + "\n";
}

}  // namespace awaitscope
