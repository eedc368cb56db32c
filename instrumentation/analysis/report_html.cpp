// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "instrumentation/analysis/html_page.hpp"
#include "instrumentation/analysis/report.hpp"
#include "instrumentation/analysis/words.hpp"
#include "instrumentation/event/vocabulary.hpp"
#include "instrumentation/exporter/duration_text.hpp"
#include "instrumentation/exporter/event_text.hpp"

namespace awaitscope {
namespace {

using html::Cell;
using html::escaped;

constexpr std::size_t rows_max = 100;

Cell length_cell(Nanoseconds length) {
    return {duration_text(length), static_cast<double>(length)};
}

Cell count_cell(std::uint64_t count) {
    return {grouped(count), static_cast<double>(count)};
}

Cell percentile_cell(const Histogram& histogram, double share) {
    return histogram.count() == 0 ? Cell("-") : length_cell(histogram.percentile(share));
}

std::string moment_words(Nanoseconds time) {
    return fmt::format("{:.3f} s", static_cast<double>(time) / 1e9);
}

Cell moment_cell(Nanoseconds time) {
    return {moment_words(time), static_cast<double>(time)};
}

std::string place_words(const Trace& trace, PlaceId place) {
    const std::string line = place_text(trace.symbols(), place);
    return line.empty() ? "-" : line;
}

/// Pointers to the rows, the greatest by a measure first, at most rows_max.
template <class All, class Measure>
auto greatest(const All& all, Measure measure) {
    std::vector<decltype(&*all.begin())> rows;
    for (const auto& one : all)
        if (measure(one) > 0) rows.push_back(&one);
    std::ranges::stable_sort(rows, std::greater{}, [&](const auto* row) { return measure(*row); });
    if (rows.size() > rows_max) rows.resize(rows_max);
    return rows;
}

/// Told apart without their colours, as in the window: an octagon, a triangle, a circle.
std::string_view sign(Severity severity) {
    constexpr std::string_view signs[] = {
        R"(<svg viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="7" fill="currentColor"/><path d="M8 )"
        R"(4v1M8 7.4v4.6" class="cut" stroke-width="2"/></svg>)",
        R"(<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M8 1l7.4 13.6H.6z" fill="currentColor"/><path d="M8 )"
        R"(5.6v4.4M8 11.4v1.8" class="cut" stroke-width="1.8"/></svg>)",
        R"(<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z" )"
        R"(fill="currentColor"/><path d="M5.3 5.3l5.4 5.4M10.7 5.3l-5.4 5.4" class="cut" )"
        R"(stroke-width="1.8"/></svg>)"};
    return signs[static_cast<unsigned>(severity)];
}

std::string finding_html(const ReportInput& input, const Finding& finding) {
    const FindingInfo& info = info_of(finding.kind);
    const std::string place = place_text(input.trace.symbols(), finding.place);
    std::string out = fmt::format(
        "<article class=\"finding {0}\">\n<h3><span class=\"sign\">{1}{0}</span> {2}{3}</h3>\n<p>{4}</p>\n",
        to_string(finding.severity), sign(finding.severity), info.title,
        place.empty() ? "" : fmt::format(" <code>{}</code>", escaped((finding.after ? "after " : "") + place)),
        escaped(finding.what.english()));
    if (!finding.stack.empty()) {
        out += "<pre>";
        for (const PlaceId frame : finding.stack)
            out += fmt::format("{} <code>{}</code>\n", escaped(function_words(input.trace, frame)),
                               escaped(place_text(input.trace.symbols(), frame)));
        out += "</pre>\n";
    }
    const std::string until =
        finding.end == open_end ? "and lasts" : fmt::format("until {}", moment_words(finding.end));
    out +=
        fmt::format("<p class=\"soft\">From {}{} {}; event {}.{}{}</p>\n",
                    finding.begun_before ? "before the recording began at " : "", moment_words(finding.begin), until,
                    grouped(finding.event), finding.count > 1 ? fmt::format(" {} times.", grouped(finding.count)) : "",
                    finding.uncertain ? " <strong>Uncertain: events were lost meanwhile.</strong>" : "");
    return out + fmt::format(
                     "<dl class=\"advice\"><div><dt>WHY IT MATTERS</dt><dd>{}</dd></div>"
                     "<div><dt>WHAT TO DO</dt><dd>{}</dd></div></dl>\n</article>\n",
                     escaped(info.why), escaped(info.advice));
}

std::string findings_html(const ReportInput& input) {
    std::string out;
    for (const Finding& finding : input.findings) out += finding_html(input, finding);
    if (!out.empty()) return out;
    std::string looked_for;
    for (const FindingInfo& info : finding_infos())
        looked_for += fmt::format("{}{}", looked_for.empty() ? "" : "; ", info.looks_for);
    return fmt::format("<p>None. Looked for: <span class=\"soft\">{}.</span></p>\n", escaped(looked_for));
}

/// What the picture shows, for those who do not see it.
std::string tasks_html(const ReportInput& input) {
    const Trace& trace = input.trace;
    html::Table table({"task", "coroutine", ">created", ">ended", "state", ">steps", ">ran for", ">waited for"});
    for (const Task* task : greatest(trace.tasks(), [](const Task& one) { return one.running_ns + 1; })) {
        const auto index = trace.find_task(task->id);
        const bool waits = task->state == TaskState::waiting;  // which is not in the sum yet
        const Nanoseconds waited = task->waiting_ns + (waits ? trace.end() - task->since : 0);
        table.add({Cell(task_name(trace, index)), Cell(function_words(trace, task->definition)),
                   moment_cell(task->created), task->done == open_end ? Cell("-") : moment_cell(task->done),
                   Cell(std::string(to_string(task->state))), count_cell(task->resumed), length_cell(task->running_ns),
                   length_cell(waited)});
    }
    return table.html("Tasks");
}

std::string timeline_html(const ReportInput& input, const TimelinePictures& pictures) {
    const std::size_t tasks = input.trace.tasks().size();
    std::string out = fmt::format(
        "<figure>\n<div class=\"timeline\" role=\"img\" aria-label=\"Timeline of {}; the table below tells the "
        "same\">\n"
        "<div class=\"light\">{}</div>\n<div class=\"dark\">{}</div>\n</div>\n<figcaption>A row is a task, blue where "
        "it ran; a flag above is a finding. Where not all rows fit, tasks of findings stand "
        "first.</figcaption>\n</figure>\n",
        count_words(tasks, "task", "tasks"), pictures.light, pictures.dark);
    if (tasks == 0) return out;
    const std::string which =
        tasks > rows_max ? fmt::format("the {} of {} that ran longest", rows_max, grouped(tasks)) : grouped(tasks);
    return out + fmt::format("<details><summary>The tasks as a table ({})</summary>\n{}</details>\n", which,
                             tasks_html(input));
}

std::string coroutines_html(const ReportInput& input) {
    html::Table table({"coroutine", "at", ">tasks", ">alive", ">failed", ">steps", ">ran for", ">step p50", ">p99",
                       ">p99.9", ">longest", ">lag p99"});
    for (const CoroutineFigures* c :
         greatest(input.figures.coroutines(), [](const CoroutineFigures& row) { return row.steps.count(); }))
        table.add({Cell(function_words(input.trace, c->definition)), Cell(place_words(input.trace, c->definition)),
                   count_cell(c->created), count_cell(c->created - std::min(c->ended, c->created)),
                   count_cell(c->failed), count_cell(c->steps.count()), length_cell(c->steps.sum()),
                   percentile_cell(c->steps, 0.5), percentile_cell(c->steps, 0.99), percentile_cell(c->steps, 0.999),
                   percentile_cell(c->steps, 1), percentile_cell(c->ready, 0.99)});
    return table.html("Coroutines");
}

std::string waits_html(const ReportInput& input) {
    html::Table table({"at", "in", "for", ">waits", ">in all", ">p50", ">p99", ">p99.9", ">longest", ">waiting now"});
    const auto weight = [](const LineFigures& row) {
        return sum_of(row.waits.sum(), static_cast<Nanoseconds>(row.waiting));
    };
    for (const LineFigures* line : greatest(input.figures.lines(), weight))
        table.add({Cell(place_words(input.trace, line->place)), Cell(function_words(input.trace, line->place)),
                   Cell(std::string(to_string(line->on))), count_cell(line->waits.count()),
                   length_cell(line->waits.sum()), percentile_cell(line->waits, 0.5),
                   percentile_cell(line->waits, 0.99), percentile_cell(line->waits, 0.999),
                   percentile_cell(line->waits, 1), count_cell(line->waiting)});
    return table.html("Waits");
}

std::string long_steps_html(const ReportInput& input) {
    html::Table table({"task", "after", ">took", ">at", ">event"});
    for (const LongStep& step : input.figures.long_steps())
        if (step.length > 0)
            table.add({Cell(task_words(input.trace, step.task)), Cell(place_words(input.trace, step.place)),
                       length_cell(step.length), moment_cell(input.trace.time_at(step.event)), count_cell(step.event)});
    return table.html("Longest steps");
}

std::string queues_html(const ReportInput& input) {
    html::Table table({"queue", ">bound", ">puts", ">gets", ">now", ">most"});
    for (const QueueFigures* queue :
         greatest(input.figures.queues(), [](const QueueFigures& row) { return row.puts + row.gets; }))
        table.add({Cell(primitive_words(input.trace, queue->id, input.trace.event_count() - 1).english()),
                   queue->maxsize == 0 ? Cell("none") : count_cell(queue->maxsize), count_cell(queue->puts),
                   count_cell(queue->gets), count_cell(queue->size), count_cell(queue->most)});
    return table.html("Queues");
}

/// The figures that one looks for first.
std::string cards_html(const ReportInput& input) {
    const Trace& trace = input.trace;
    const Nanoseconds length = trace.end() - trace.begin();
    std::string out = "<dl class=\"cards\">\n";
    const auto card = [&](std::string_view name, const std::string& figure, const std::string& more) {
        out += fmt::format("<div><dt>{}</dt><dd>{}<small>{}</small></dd></div>\n", name, figure, more);
    };
    card("Length", duration_text(length),
         fmt::format("{}, {} lost", count_words(trace.event_count(), "event", "events"), grouped(trace.lost_count())));
    card("Tasks", grouped(trace.tasks().size()), fmt::format("{} alive at the end", grouped(trace.tasks_alive())));
    const Nanoseconds running = input.figures.running();
    card("Busy", fmt::format("{} %", length == 0 ? 0 : percent_of(running, length)),
         fmt::format("tasks ran for {}", duration_text(running)));
    const Histogram& lag = input.figures.lag();
    card("Lag, p99", lag.count() == 0 ? "-" : duration_text(lag.percentile(0.99)),
         fmt::format("from ready to running<br>{} at worst", duration_text(lag.greatest())));
    card("Turns", grouped(input.figures.turns()),
         fmt::format("{} set, {} in threads", count_words(input.figures.timers(), "timer", "timers"),
                     count_words(input.figures.jobs(), "job", "jobs")));
    return out + "</dl>\n";
}

}  // namespace

std::string report_html(const ReportInput& input, const TimelinePictures& pictures) {
    std::array<std::size_t, 3> counts{};
    for (const Finding& finding : input.findings) ++counts[static_cast<std::size_t>(finding.severity)];
    const std::string head = fmt::format(
        "<p class=\"soft\">{}, {}, {}</p>\n{}", count_words(counts[2], "error", "errors"),
        count_words(counts[1], "warning", "warnings"), count_words(counts[0], "hint", "hints"), cards_html(input));
    return html::page(input.name, head,
                      {{"findings", "Findings", findings_html(input), grouped(input.findings.size())},
                       {"timeline", "Timeline", timeline_html(input, pictures), {}},
                       {"steps", "Longest steps", long_steps_html(input), {}},
                       {"coroutines", "Coroutines", coroutines_html(input), {}},
                       {"waits", "Waits", waits_html(input), {}},
                       {"queues", "Queues", queues_html(input), {}}});
}

}  // namespace awaitscope
