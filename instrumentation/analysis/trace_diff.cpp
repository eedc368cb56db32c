// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/analysis/trace_diff.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <tuple>

#include "instrumentation/exporter/event_text.hpp"

namespace awaitscope {
namespace {

/// What names a coroutine in any run.
using Name = std::pair<std::string, std::string>;  // file without folders, function

struct LineOf {
    const LineFigures* figures = nullptr;
    std::uint32_t line = 0;
};

Name name_of(const Symbols& symbols, PlaceId id) {
    const Place place = symbols.place(id);
    const std::string file(symbols.string(place.file));
    return {std::filesystem::path(file).filename().string(), std::string(symbols.string(place.function))};
}

/// Whether a percentile changed by more than chance and the least that is told.
Verdict verdict_of(const Histogram& before, const Histogram& after, double share, const DiffThresholds& options) {
    if (before.count() == 0 || after.count() == 0) return Verdict::same;
    const Nanoseconds a = before.percentile(share), b = after.percentile(share);
    const auto apart = [&](Nanoseconds low, Nanoseconds high, Nanoseconds from, Nanoseconds to) {
        return low > high && to - from >= options.least &&
               static_cast<double>(to - from) >= options.share * static_cast<double>(a);
    };
    const auto range_a = before.percentile_range(share), range_b = after.percentile_range(share);
    if (apart(range_b.low, range_a.high, a, b)) return Verdict::slower;
    if (apart(range_a.low, range_b.high, b, a)) return Verdict::faster;
    return Verdict::same;
}

bool differs(std::uint64_t a, std::uint64_t b, const DiffThresholds& options) {
    const std::uint64_t by = a < b ? b - a : a - b;
    return by >= options.count_least && static_cast<double>(by) >= options.count_share * static_cast<double>(a);
}

DiffTimes times_of(const Histogram& before, const Histogram& after, const DiffThresholds& options) {
    DiffTimes times;
    for (const int side : {0, 1}) {
        const Histogram& histogram = side == 0 ? before : after;
        times.count[side] = histogram.count();
        times.sum[side] = histogram.sum();
        times.p50[side] = histogram.percentile(0.5);
        times.p99[side] = histogram.percentile(0.99);
    }
    times.middle = verdict_of(before, after, 0.5, options);
    times.tail = verdict_of(before, after, 0.99, options);
    times.count_differs = differs(before.count(), after.count(), options);
    return times;
}

/// Slower wins over faster: a row that is both is one to look at.
void judge(DiffRow& row) {
    if (!row.there[0] || !row.there[1]) {
        row.verdict = row.there[0] ? Verdict::gone : Verdict::added;
    } else {
        const Verdict all[] = {row.steps.middle, row.steps.tail, row.waits.middle, row.waits.tail};
        const auto has = [&](Verdict verdict) { return std::ranges::find(all, verdict) != std::end(all); };
        if (has(Verdict::slower))
            row.verdict = Verdict::slower;
        else if (has(Verdict::faster))
            row.verdict = Verdict::faster;
    }
    const auto apart = [](const Nanoseconds(&sum)[2]) { return sum[0] < sum[1] ? sum[1] - sum[0] : sum[0] - sum[1]; };
    row.weight = apart(row.steps.sum) + apart(row.waits.sum);
}

void sort(std::vector<DiffRow>& rows) {
    const auto order = [](const DiffRow& row) {
        switch (row.verdict) {
            case Verdict::slower:
                return 0;
            case Verdict::added:
                return 1;
            case Verdict::gone:
                return 2;
            case Verdict::faster:
                return 3;
            case Verdict::same:
                break;
        }
        return 4;
    };
    std::ranges::stable_sort(rows, [&](const DiffRow& a, const DiffRow& b) {
        return order(a) != order(b) ? order(a) < order(b) : a.weight > b.weight;
    });
}

std::vector<DiffRow> compare_coroutines(const DiffSide (&sides)[2], const DiffThresholds& options) {
    struct Both {
        CoroutineFigures sum[2];
        std::uint32_t line[2] = {};
    };
    std::map<Name, Both> all;
    for (const int side : {0, 1}) {
        const Symbols& symbols = sides[side].trace.symbols();
        for (const CoroutineFigures& one : sides[side].figures.coroutines()) {
            Both& both = all[name_of(symbols, one.definition)];
            CoroutineFigures& sum = both.sum[side];
            sum.created += one.created;
            sum.steps.add(one.steps);
            sum.ready.add(one.ready);
            both.line[side] = symbols.place(one.definition).line;
        }
    }
    std::vector<DiffRow> rows;
    for (const auto& [name, both] : all) {
        DiffRow& row = rows.emplace_back();
        row.file = name.first;
        row.function = name.second;
        for (const int side : {0, 1}) {
            row.line[side] = both.line[side];
            row.tasks[side] = both.sum[side].created;
            row.there[side] = both.sum[side].created > 0 || both.sum[side].steps.count() > 0;
        }
        row.steps = times_of(both.sum[0].steps, both.sum[1].steps, options);
        row.waits = times_of(both.sum[0].ready, both.sum[1].ready, options);
        judge(row);
    }
    return rows;
}

DiffRow line_row(const Name& name, const LineOf& before, const LineOf& after, const DiffThresholds& options) {
    static const LineFigures nothing;
    const LineFigures& a = before.figures ? *before.figures : nothing;
    const LineFigures& b = after.figures ? *after.figures : nothing;
    DiffRow row;
    row.file = name.first;
    row.function = name.second;
    row.line[0] = before.line;
    row.line[1] = after.line;
    row.there[0] = before.figures != nullptr;
    row.there[1] = after.figures != nullptr;
    row.steps = times_of(a.steps, b.steps, options);
    row.waits = times_of(a.waits, b.waits, options);
    judge(row);
    return row;
}

std::vector<DiffRow> compare_lines(const DiffSide (&sides)[2], const DiffThresholds& options) {
    std::map<Name, std::array<std::vector<LineOf>, 2>> all;
    for (const int side : {0, 1}) {
        const Symbols& symbols = sides[side].trace.symbols();
        for (const LineFigures& one : sides[side].figures.lines())
            if (one.place != 0 && one.waits.count() + one.steps.count() > 0)
                all[name_of(symbols, one.place)][static_cast<std::size_t>(side)].push_back(
                    {&one, symbols.place(one.place).line});
    }
    std::vector<DiffRow> rows;
    for (auto& [name, lines] : all) {
        for (auto& side : lines) std::ranges::sort(side, {}, &LineOf::line);
        // Those with the same number belong together; of the others, as many here as there, the first to the first.
        std::vector<LineOf> rest[2];
        for (const LineOf& before : lines[0]) {
            const auto after = std::ranges::find(lines[1], before.line, &LineOf::line);
            if (after == lines[1].end()) {
                rest[0].push_back(before);
            } else {
                rows.push_back(line_row(name, before, *after, options));
                lines[1].erase(after);
            }
        }
        rest[1] = lines[1];
        const bool moved = rest[0].size() == rest[1].size();
        for (std::size_t i = 0; i < rest[0].size(); ++i)
            rows.push_back(line_row(name, rest[0][i], moved ? rest[1][i] : LineOf{}, options));
        for (std::size_t i = 0; !moved && i < rest[1].size(); ++i)
            rows.push_back(line_row(name, {}, rest[1][i], options));
    }
    return rows;
}

std::vector<DiffFinding> compare_findings(const DiffSide (&sides)[2]) {
    std::vector<DiffFinding> alone, both;
    for (const int side : {1, 0}) {
        const DiffSide& here = sides[side];
        const DiffSide& there = sides[1 - side];
        for (const Finding& finding : here.findings) {
            // Lines may have moved: kind, coroutine and file tell whether it is the same.
            const Name name = name_of(here.trace.symbols(), finding.place);
            const bool known = std::ranges::any_of(there.findings, [&](const Finding& other) {
                return other.kind == finding.kind && name_of(there.trace.symbols(), other.place) == name;
            });
            const std::string place = place_text(here.trace.symbols(), finding.place);
            if (!known)
                alone.push_back({finding, place, side == 0 ? Verdict::gone : Verdict::added});
            else if (side == 1)
                both.push_back({finding, place, Verdict::same});
        }
    }
    alone.insert(alone.end(), std::make_move_iterator(both.begin()), std::make_move_iterator(both.end()));
    return alone;
}

}  // namespace

std::string_view to_string(Verdict verdict) {
    constexpr std::string_view words[] = {"same", "faster", "slower", "gone", "new"};
    return words[static_cast<unsigned>(verdict)];
}

TraceDiff compare(const DiffSide& before, const DiffSide& after, const DiffThresholds& options) {
    const DiffSide sides[2] = {before, after};
    TraceDiff diff;
    diff.options = options;
    for (const int side : {0, 1}) {
        diff.name[side] = sides[side].name;
        diff.length[side] = sides[side].trace.end() - sides[side].trace.begin();
        diff.events[side] = sides[side].trace.event_count();
    }
    diff.lag = times_of(before.figures.lag(), after.figures.lag(), options);
    diff.coroutines = compare_coroutines(sides, options);
    diff.lines = compare_lines(sides, options);
    sort(diff.coroutines);
    sort(diff.lines);
    diff.findings = compare_findings(sides);
    return diff;
}

}  // namespace awaitscope
