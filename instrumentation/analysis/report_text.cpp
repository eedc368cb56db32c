// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "instrumentation/analysis/report.hpp"
#include "instrumentation/analysis/words.hpp"
#include "instrumentation/event/vocabulary.hpp"
#include "instrumentation/exporter/duration_text.hpp"
#include "instrumentation/exporter/event_text.hpp"
#include "instrumentation/exporter/text_table.hpp"

namespace awaitscope {
namespace {

constexpr std::size_t rows_max = 15;

std::string bytes_words(std::uint64_t bytes) {
    constexpr std::array units = {"bytes", "KiB", "MiB", "GiB", "TiB"};
    double value = static_cast<double>(bytes);
    std::size_t unit = 0;
    while (value >= 1024 && unit + 1 < units.size()) {
        value /= 1024;
        ++unit;
    }
    return unit == 0 ? fmt::format("{} bytes", bytes) : fmt::format("{:.1f} {}", value, units[unit]);
}

std::string place_words(const Trace& trace, PlaceId place) {
    const std::string line = place_text(trace.symbols(), place);
    return line.empty() ? "-" : line;
}

/// The percentiles as cells of a table; empty ones where nothing was measured.
std::vector<std::string> percentile_cells(const Histogram& histogram) {
    std::vector<std::string> cells;
    for (const double share : {0.5, 0.9, 0.99, 0.999})
        cells.push_back(histogram.count() == 0 ? "-" : duration_text(histogram.percentile(share)));
    return cells;
}

/// A title and a table; says how many rows were left out.
void append_table(std::string& out, std::string_view title, const TextTable& table, std::size_t rows) {
    if (table.empty()) return;
    out += fmt::format("\n{}\n{}", title, table.text("  "));
    if (rows > rows_max) out += fmt::format("  and {} more; --json has them all\n", rows - rows_max);
}

/// The rows worth most, so many of them, by a measure.
template <class T, class Measure>
std::vector<const T*> most(const std::vector<T>& all, Measure measure) {
    std::vector<const T*> rows;
    for (const T& one : all)
        if (measure(one) > 0) rows.push_back(&one);
    std::ranges::stable_sort(rows, std::greater{}, [&](const T* row) { return measure(*row); });
    return rows;
}

std::string wrapped(std::string_view text, std::string_view indent) {
    constexpr std::size_t width = 100;
    std::string out;
    while (!text.empty()) {
        std::size_t end = text.size();
        if (end + indent.size() > width) {
            end = text.rfind(' ', width - indent.size());
            if (end == text.npos || end == 0) end = std::min(text.find(' '), text.size());
        }
        out += fmt::format("{}{}\n", indent, text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

void append_findings(std::string& out, const ReportInput& input) {
    std::array<std::size_t, 3> counts{};
    for (const Finding& finding : input.findings) ++counts[static_cast<std::size_t>(finding.severity)];
    if (input.findings.empty()) {
        out += "\nFINDINGS: none\n";
        return;
    }
    out += fmt::format("\nFINDINGS: {}, {}, {}\n", count_words(counts[2], "error", "errors"),
                       count_words(counts[1], "warning", "warnings"), count_words(counts[0], "hint", "hints"));
    for (const Finding& finding : input.findings) {
        const FindingInfo& info = info_of(finding.kind);
        const std::string place = place_text(input.trace.symbols(), finding.place);
        const std::string until =
            finding.end == open_end ? "and lasts" : fmt::format("until {} s", short_seconds(finding.end));
        out += fmt::format("\n  {}: {}{}\n", to_string(finding.severity), info.title,
                           place.empty() ? "" : fmt::format(", {}{}", finding.after ? "after " : "", place));
        out += wrapped(finding.what.english(), "    ");
        for (const PlaceId frame : finding.stack)
            out += fmt::format("      in {} at {}\n", function_words(input.trace, frame),
                               place_text(input.trace.symbols(), frame));
        out += fmt::format("    From {}{} s {}; look at event {}.\n",
                           finding.begun_before ? "before the recording began at " : "", short_seconds(finding.begin),
                           until, finding.event);
        if (finding.uncertain) out += "    Uncertain: events were lost meanwhile.\n";
        out += wrapped(info.why, "    ");
        out += wrapped(fmt::format("-> {}", info.advice), "    ");
    }
}

void append_loop(std::string& out, const ReportInput& input) {
    const Figures& figures = input.figures;
    out += "\nLOOP\n";
    const Nanoseconds running = figures.running();
    const Nanoseconds length = input.trace.end() - input.trace.begin();
    out += fmt::format("  {}, {}, {} set, {} given to threads\n", count_words(figures.turns(), "turn", "turns"),
                       count_words(figures.steps(), "step", "steps"), count_words(figures.timers(), "timer", "timers"),
                       count_words(figures.jobs(), "job", "jobs"));
    out += fmt::format("  tasks ran for {} of {} ({} %)\n", duration_text(running), duration_text(length),
                       length == 0 ? 0 : percent_of(running, length));
    if (figures.lag().count() > 0) {
        const auto cells = percentile_cells(figures.lag());
        out += fmt::format("  lag, from ready to running: p50 {}, p90 {}, p99 {}, p99.9 {}, at worst {}\n", cells[0],
                           cells[1], cells[2], cells[3], duration_text(figures.lag().greatest()));
    }
    std::uint64_t read = 0, written = 0;
    for (const IoTrack& track : input.trace.io_tracks()) {
        read += track.bytes_read;
        written += track.bytes_written;
    }
    if (!input.trace.io_tracks().empty())
        out += fmt::format("  I/O on {}: {} read, {} written\n",
                           count_words(input.trace.io_tracks().size(), "descriptor", "descriptors"), bytes_words(read),
                           bytes_words(written));
}

void append_long_steps(std::string& out, const ReportInput& input) {
    TextTable table({">took", "task", "in", "after", ">at, s", ">event"});
    for (const LongStep& step : input.figures.long_steps())
        if (step.length > 0)
            table.add({duration_text(step.length), task_words(input.trace, step.task),
                       place_words(input.trace, step.seen), place_words(input.trace, step.place),
                       short_seconds(input.trace.time_at(step.event)), fmt::format("{}", step.event)});
    append_table(out, "LONGEST STEPS", table, 0);
}

void append_coroutines(std::string& out, const ReportInput& input) {
    TextTable table({"coroutine", "at", ">tasks", ">alive", ">failed", ">steps", ">ran for", ">step p50", ">p90",
                     ">p99", ">p99.9", ">lag p99"});
    const auto rows = most(input.figures.coroutines(), [](const CoroutineFigures& c) { return c.steps.count(); });
    for (std::size_t i = 0; i < std::min(rows.size(), rows_max); ++i) {
        const CoroutineFigures& c = *rows[i];
        const auto steps = percentile_cells(c.steps);
        table.add({function_words(input.trace, c.definition), place_words(input.trace, c.definition),
                   fmt::format("{}", c.created), fmt::format("{}", c.created - std::min(c.ended, c.created)),
                   fmt::format("{}", c.failed), fmt::format("{}", c.steps.count()), duration_text(c.steps.sum()),
                   steps[0], steps[1], steps[2], steps[3], percentile_cells(c.ready)[2]});
    }
    append_table(out, "COROUTINES, by steps", table, rows.size());
}

void append_waits(std::string& out, const ReportInput& input) {
    TextTable table({"at", "in", "for", ">waits", ">in all", ">p50", ">p90", ">p99", ">p99.9", ">waiting now"});
    const auto rows = most(input.figures.lines(), [](const LineFigures& l) {
        return sum_of(l.waits.sum(),
                      static_cast<Nanoseconds>(l.waiting));  // a line that nobody has left yet is one, too
    });
    for (std::size_t i = 0; i < std::min(rows.size(), rows_max); ++i) {
        const LineFigures& line = *rows[i];
        std::vector<std::string> cells{place_words(input.trace, line.place), function_words(input.trace, line.place),
                                       std::string(to_string(line.on)), fmt::format("{}", line.waits.count()),
                                       duration_text(line.waits.sum())};
        for (std::string& cell : percentile_cells(line.waits)) cells.push_back(std::move(cell));
        cells.push_back(fmt::format("{}", line.waiting));
        table.add(std::move(cells));
    }
    append_table(out, "WAITS, by time", table, rows.size());
}

void append_queues(std::string& out, const ReportInput& input) {
    TextTable table({"queue", ">bound", ">puts", ">gets", ">now", ">most"});
    const EventIndex last = input.trace.event_count() - 1;
    const auto rows = most(input.figures.queues(), [](const QueueFigures& q) { return q.puts + q.gets; });
    for (std::size_t i = 0; i < std::min(rows.size(), rows_max); ++i) {
        const QueueFigures& queue = *rows[i];
        table.add({primitive_words(input.trace, queue.id, last).english(),
                   queue.maxsize == 0 ? "none" : fmt::format("{}", queue.maxsize), fmt::format("{}", queue.puts),
                   fmt::format("{}", queue.gets), fmt::format("{}", queue.size), fmt::format("{}", queue.most)});
    }
    append_table(out, "QUEUES", table, rows.size());
}

}  // namespace

std::string report_text(const ReportInput& input) {
    const Trace& trace = input.trace;
    std::string out =
        fmt::format("{}: {} over {}, {}, {} alive at the end", printable(input.name),
                    count_words(trace.event_count(), "event", "events"), duration_text(trace.end() - trace.begin()),
                    count_words(trace.tasks().size(), "task", "tasks"), trace.tasks_alive());
    if (trace.lost_count() > 0) out += fmt::format("; {} lost", count_words(trace.lost_count(), "event", "events"));
    out += '\n';
    append_findings(out, input);
    if (trace.event_count() == 0) return out;
    append_loop(out, input);
    append_long_steps(out, input);
    append_coroutines(out, input);
    append_waits(out, input);
    append_queues(out, input);
    return out;
}

}  // namespace awaitscope
