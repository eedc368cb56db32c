// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "instrumentation/analysis/report.hpp"
#include "instrumentation/analysis/words.hpp"
#include "instrumentation/event/vocabulary.hpp"
#include "instrumentation/exporter/duration_text.hpp"
#include "instrumentation/exporter/event_text.hpp"

namespace awaitscope {
namespace {

constexpr std::size_t rows_max = 100;

/// All of the page's looks: it refers to nothing outside itself.
constexpr std::string_view style = R"(
:root { color-scheme: light dark; --line: #d5dae1; --soft: #5b6675; --raised: #f6f8fa; --error: #c92a2a;
        --warning: #b87503; --hint: #2463eb; }
@media (prefers-color-scheme: dark) { :root { --line: #3a4250; --soft: #a0a9b6; --raised: #20252d; --error: #ff8787;
        --warning: #ffc078; --hint: #91a7ff; } }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 1240px; margin: 2rem auto; padding: 0 1.5rem; }
h1 { font-size: 1.6rem; margin-bottom: 0; } h2 { font-size: 1.15rem; margin-top: 2.2rem; }
p.soft, td.soft { color: var(--soft); } code { font-family: ui-monospace, monospace; font-size: .9em; }
.timeline { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; background: #fff; }
.timeline svg { display: block; max-width: 100%; height: auto; }
.finding { border: 1px solid var(--line); border-left: 4px solid var(--hint); border-radius: 6px; padding: .7rem 1rem;
        margin: .8rem 0; background: var(--raised); }
.finding.error { border-left-color: var(--error); } .finding.warning { border-left-color: var(--warning); }
.finding h3 { margin: 0; font-size: 1rem; } .finding p { margin: .35rem 0; }
table { border-collapse: collapse; width: 100%; } th { text-align: left; color: var(--soft); font-weight: 600; }
th, td { padding: .3rem .7rem; border-bottom: 1px solid var(--line); } .number { text-align: right;
        font-variant-numeric: tabular-nums; white-space: nowrap; }
)";

/// What a recording says is a stranger's: nothing of it becomes markup.
std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : printable(text)) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

/// A table; a column whose head begins with '>' holds numbers.
class HtmlTable {
  public:
    explicit HtmlTable(std::vector<std::string_view> heads) : heads_(std::move(heads)) {}

    void add(const std::vector<std::string>& cells) {
        rows_ += "<tr>";
        for (std::size_t i = 0; i < cells.size(); ++i)
            rows_ += fmt::format("<td{}>{}</td>", is_number(i) ? " class=\"number\"" : "", escaped(cells[i]));
        rows_ += "</tr>\n";
    }

    std::string html(std::string_view title) const {
        if (rows_.empty()) return {};
        std::string out = fmt::format("<h2>{}</h2>\n<table>\n<thead><tr>", title);
        for (std::size_t i = 0; i < heads_.size(); ++i)
            out += fmt::format("<th{}>{}</th>", is_number(i) ? " class=\"number\"" : "",
                               heads_[i].substr(is_number(i) ? 1 : 0));
        return out + "</tr></thead>\n<tbody>\n" + rows_ + "</tbody>\n</table>\n";
    }

  private:
    bool is_number(std::size_t column) const { return heads_[column].starts_with('>'); }

    std::vector<std::string_view> heads_;
    std::string rows_;
};

std::string percentile(const Histogram& histogram, double share) {
    return histogram.count() == 0 ? "-" : duration_text(histogram.percentile(share));
}

std::string place_words(const Trace& trace, PlaceId place) {
    const std::string line = place_text(trace.symbols(), place);
    return line.empty() ? "-" : line;
}

/// Pointers to the rows, the greatest by a measure first, at most rows_max.
template <class T, class Measure>
std::vector<const T*> greatest(const std::vector<T>& all, Measure measure) {
    std::vector<const T*> rows;
    for (const T& one : all)
        if (measure(one) > 0) rows.push_back(&one);
    std::ranges::stable_sort(rows, std::greater{}, [&](const T* row) { return measure(*row); });
    if (rows.size() > rows_max) rows.resize(rows_max);
    return rows;
}

std::string findings_html(const ReportInput& input) {
    if (input.findings.empty()) return "<h2>Findings</h2>\n<p class=\"soft\">None.</p>\n";
    std::string out = "<h2>Findings</h2>\n";
    for (const Finding& finding : input.findings) {
        const FindingInfo& info = info_of(finding.kind);
        const std::string until =
            finding.end == open_end ? "and lasts" : fmt::format("until {} s", short_seconds(finding.end));
        const std::string place = place_text(input.trace.symbols(), finding.place);
        out +=
            fmt::format("<div class=\"finding {0}\">\n<h3>{0}: {1}{2}</h3>\n<p>{3}</p>\n", to_string(finding.severity),
                        escaped(info.title), place.empty() ? "" : fmt::format(", <code>{}</code>", escaped(place)),
                        escaped(finding.what));
        out += fmt::format("<p class=\"soft\">From {} s {}; event {}.{}</p>\n", short_seconds(finding.begin), until,
                           finding.event, finding.uncertain ? " Uncertain: events were lost meanwhile." : "");
        out += fmt::format("<p>{} {}</p>\n</div>\n", escaped(info.why), escaped(info.advice));
    }
    return out;
}

std::string coroutines_html(const ReportInput& input) {
    HtmlTable table({"coroutine", "at", ">tasks", ">alive", ">failed", ">steps", ">ran for", ">step p50", ">p99",
                     ">p99.9", ">turn after p99"});
    for (const CoroutineFigures* c :
         greatest(input.figures.coroutines(), [](const CoroutineFigures& row) { return row.steps.count(); }))
        table.add({function_words(input.trace, c->definition), place_words(input.trace, c->definition),
                   fmt::format("{}", c->created), fmt::format("{}", c->created - std::min(c->ended, c->created)),
                   fmt::format("{}", c->failed), fmt::format("{}", c->steps.count()), duration_text(c->steps.sum()),
                   percentile(c->steps, 0.5), percentile(c->steps, 0.99), percentile(c->steps, 0.999),
                   percentile(c->ready, 0.99)});
    return table.html("Coroutines");
}

std::string waits_html(const ReportInput& input) {
    HtmlTable table({"at", "in", "for", ">waits", ">in all", ">p50", ">p99", ">p99.9"});
    for (const LineFigures* line :
         greatest(input.figures.lines(), [](const LineFigures& row) { return row.waits.sum(); }))
        table.add({place_words(input.trace, line->place), function_words(input.trace, line->place),
                   std::string(to_string(line->on)), fmt::format("{}", line->waits.count()),
                   duration_text(line->waits.sum()), percentile(line->waits, 0.5), percentile(line->waits, 0.99),
                   percentile(line->waits, 0.999)});
    return table.html("Waits");
}

std::string long_steps_html(const ReportInput& input) {
    HtmlTable table({"task", "after", ">took", ">at, s", ">event"});
    for (const LongStep& step : input.figures.long_steps())
        if (step.length > 0)
            table.add({task_words(input.trace, step.task), place_words(input.trace, step.place),
                       duration_text(step.length), short_seconds(input.trace.time_at(step.event)),
                       fmt::format("{}", step.event)});
    return table.html("Longest steps");
}

}  // namespace

std::string report_html(const ReportInput& input, std::string_view timeline_svg) {
    const Trace& trace = input.trace;
    const std::string name = escaped(input.name);
    std::string out = fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
        "content=\"width=device-width\">\n<title>{0}</title>\n<style>{1}</style>\n</head>\n<body>\n<h1>{0}</h1>\n",
        name, style);
    out += fmt::format("<p class=\"soft\">{} over {}, {}, {} alive at the end",
                       count_words(trace.event_count(), "event", "events"), duration_text(trace.end() - trace.begin()),
                       count_words(trace.tasks().size(), "task", "tasks"), trace.tasks_alive());
    if (trace.lost_count() > 0) out += fmt::format("; {} lost", count_words(trace.lost_count(), "event", "events"));
    out += ".</p>\n" + findings_html(input);
    out += fmt::format("<h2>Timeline</h2>\n<div class=\"timeline\">\n{}\n</div>\n", timeline_svg);
    if (trace.event_count() > 0) out += long_steps_html(input) + coroutines_html(input) + waits_html(input);
    return out + "</body>\n</html>\n";
}

}  // namespace awaitscope
