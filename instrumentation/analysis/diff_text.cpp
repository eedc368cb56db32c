// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>

#include "instrumentation/analysis/trace_diff.hpp"
#include "instrumentation/analysis/words.hpp"
#include "instrumentation/exporter/duration_text.hpp"
#include "instrumentation/exporter/event_text.hpp"
#include "instrumentation/exporter/text_table.hpp"

namespace awaitscope {
namespace {

constexpr std::size_t rows_max = 30;

std::string line_words(const DiffRow& row) {
    if (row.file.empty()) return "-";
    const std::string file = printable(row.file);
    if (!row.there[0]) return fmt::format("{}:{}", file, row.line[1]);
    if (!row.there[1] || row.line[0] == row.line[1]) return fmt::format("{}:{}", file, row.line[0]);
    return fmt::format("{}:{} -> {}", file, row.line[0], row.line[1]);
}

/// "3 -> 5", or one of them where the other run has none.
std::string both(const std::string& a, const std::string& b, bool there_a, bool there_b) {
    if (!there_a) return "- -> " + b;
    if (!there_b) return a + " -> -";
    return a == b ? a : a + " -> " + b;
}

std::string count_cell(const std::uint64_t (&count)[2], const DiffRow& row) {
    return both(fmt::format("{}", count[0]), fmt::format("{}", count[1]), row.there[0], row.there[1]);
}

/// A pair of lengths, with the percentage where it counts as a difference.
std::string length_cell(const Nanoseconds (&length)[2], const std::uint64_t (&count)[2], Verdict verdict) {
    if (count[0] == 0 && count[1] == 0) return "-";
    std::string cell = both(duration_text(length[0]), duration_text(length[1]), count[0] > 0, count[1] > 0);
    if (verdict != Verdict::same && length[0] > 0)
        cell += fmt::format(" ({:+} %)", percent_of(length[1] - length[0], length[0]));
    return cell;
}

void append_findings(std::string& out, const std::vector<DiffFinding>& findings) {
    const auto count = [&](Verdict verdict) { return std::ranges::count(findings, verdict, &DiffFinding::verdict); };
    out += fmt::format("\nFINDINGS: {} new, {} gone, {} in both\n", count(Verdict::added), count(Verdict::gone),
                       count(Verdict::same));
    for (const DiffFinding& one : findings) {
        if (one.verdict == Verdict::same) continue;
        const Finding& finding = one.finding;
        out += fmt::format("  {}: {}: {}{}\n", to_string(one.verdict), to_string(finding.severity),
                           info_of(finding.kind).title, one.place.empty() ? "" : ", " + one.place);
        out += fmt::format("    {}\n    From {} s; look at event {} of {}.\n", finding.what.english(),
                           short_seconds(finding.begin), finding.event, one.side() == 0 ? "A" : "B");
        if (finding.uncertain) out += "    Uncertain: events were lost meanwhile.\n";
    }
}

void append_rows(std::string& out, std::string_view title, const std::vector<DiffRow>& rows, bool lines) {
    const auto differing = static_cast<std::size_t>(
        std::ranges::count_if(rows, [](const DiffRow& row) { return row.verdict != Verdict::same; }));
    out += fmt::format("\n{}: {} of {} differ\n", title, differing, rows.size());
    if (differing == 0) return;
    TextTable table({"", "coroutine", "at", lines ? ">waits" : ">tasks", ">step p50", ">step p99",
                     lines ? ">wait p50" : ">lag p50", lines ? ">wait p99" : ">lag p99"});
    for (std::size_t i = 0; i < std::min(differing, rows_max); ++i) {
        const DiffRow& row = rows[i];
        table.add({std::string(to_string(row.verdict)), row.function.empty() ? "?" : printable(row.function),
                   line_words(row), count_cell(lines ? row.waits.count : row.tasks, row),
                   length_cell(row.steps.p50, row.steps.count, row.steps.middle),
                   length_cell(row.steps.p99, row.steps.count, row.steps.tail),
                   length_cell(row.waits.p50, row.waits.count, row.waits.middle),
                   length_cell(row.waits.p99, row.waits.count, row.waits.tail)});
    }
    out += table.text("  ");
    if (differing > rows_max) out += fmt::format("  and {} more; --json has them all\n", differing - rows_max);
}

}  // namespace

std::string diff_text(const TraceDiff& diff) {
    std::string out;
    for (const int side : {0, 1})
        out += fmt::format("{}: {}, {} over {}\n", side == 0 ? "A" : "B", printable(diff.name[side]),
                           count_words(diff.events[side], "event", "events"), duration_text(diff.length[side]));
    out += fmt::format(
        "A percentile counts as different when the 95 % ranges of both are apart, by {:.0f} % and {} at "
        "least.\n",
        diff.options.share * 100, duration_text(diff.options.least));
    out += fmt::format("\nLAG, from ready to running: p50 {}, p99 {}\n",
                       length_cell(diff.lag.p50, diff.lag.count, diff.lag.middle),
                       length_cell(diff.lag.p99, diff.lag.count, diff.lag.tail));
    append_findings(out, diff.findings);
    append_rows(out, "COROUTINES", diff.coroutines, false);
    append_rows(out, "LINES", diff.lines, true);
    return out;
}

}  // namespace awaitscope
