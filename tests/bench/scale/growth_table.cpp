// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/scale/growth_table.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace awaitscope::bench {
namespace {

const QueryFigures& slowest(const Growth& growth) {
    return *std::ranges::max_element(growth.queries, {}, [](const QueryFigures& q) { return percentile(q.ms, 1); });
}

const QueryFigures& screen(const Growth& growth) {
    return growth.queries.back();
}

const PanelGesture& worst(const std::vector<PanelGesture>& gestures, std::string_view panel) {
    static const PanelGesture none;
    const PanelGesture* found = &none;
    for (const PanelGesture& one : gestures)
        if (one.panel == panel && one.block_ms > found->block_ms) found = &one;
    return *found;
}

std::string panel_text(const Growth& growth, std::string_view panel) {
    const PanelGesture& gesture = worst(growth.panels, panel);
    return fmt::format("{:.1f} ({})", gesture.block_ms, gesture.gesture);
}

/// "10^7", or "3.2 · 10^7".
std::string size_text(double events) {
    int power = 0;
    double rest = events;
    for (; rest >= 9.95; rest /= 10) ++power;
    return rest > 0.95 && rest < 1.05 ? fmt::format("10^{}", power) : fmt::format("{:.1f} · 10^{}", rest, power);
}

std::string whose(const Growth& g) {
    return fmt::format("{}, {} events, {} tracks", g.shape, size_text(g.events), g.tracks);
}

/// One table: a name for each column, the first left aligned, and what a trace has in it; "" for what it lacks.
struct Column {
    const char* head;
    std::string (*text)(const Growth&);
};
std::string table(const std::vector<Growth>& rows, bool (*has)(const Growth&), const std::vector<Column>& columns) {
    if (std::ranges::none_of(rows, has)) return {};
    std::string head = "| shape | events | tracks |", rule = "| --- | ---: | ---: |", body;
    for (const Column& column : columns) {
        head += fmt::format(" {} |", column.head);
        rule += " ---: |";
    }
    for (const Growth& g : rows) {
        if (!has(g)) continue;
        body += fmt::format("| {} | {} | {} |", g.shape, size_text(g.events), g.tracks);
        for (const Column& column : columns) body += fmt::format(" {} |", column.text(g));
        body += '\n';
    }
    return head + '\n' + rule + '\n' + body + '\n';
}

bool has_trace(const Growth& g) {
    return g.append_s > 0;
}
bool has_frames(const Growth& g) {
    return !g.frames.frames.empty();
}
bool has_queries(const Growth& g) {
    return !g.queries.empty();
}
bool has_search(const Growth& g) {
    return g.search.text_ms > 0;
}
bool has_panels(const Growth& g) {
    return !g.panels.empty();
}

}  // namespace

std::string GrowthTable::line(const Growth& g) {
    std::string text = whose(g) + ':';
    if (has_trace(g)) text += fmt::format(" opened in {:.2f} s;", g.read_s + g.append_s);
    if (has_frames(g))
        text += fmt::format(" frames {:.2f} ms, 99% under {:.2f};", percentile(g.frames.milliseconds(), 0.5),
                            percentile(g.frames.milliseconds(), 0.99));
    if (has_queries(g)) text += fmt::format(" {} {:.2f} ms;", slowest(g).name, percentile(slowest(g).ms, 1));
    if (has_search(g)) text += fmt::format(" \"{}\" found in {:.0f} ms;", g.search.slowest, g.search.text_ms);
    for (const std::string_view panel : {"tasks", "events", "findings", "window"})
        if (has_panels(g)) text += fmt::format(" {} {} ms;", panel, panel_text(g, panel));
    text.back() = '\n';
    return text;
}

std::string GrowthTable::markdown() const {
    using G = const Growth&;
    return table(rows_, has_trace,
                 {{"file B/event", [](G g) { return fmt::format("{:.2f}", g.file_bytes); }},
                  {"written M/s", [](G g) { return fmt::format("{:.1f}", g.events / g.write_s / 1e6); }},
                  {"read M/s", [](G g) { return fmt::format("{:.0f}", g.events / g.read_s / 1e6); }},
                  {"× the bytes' reading", [](G g) { return fmt::format("{:.1f}", g.read_s / g.file_copy_s); }},
                  {"appended M/s", [](G g) { return fmt::format("{:.1f}", g.events / g.append_s / 1e6); }},
                  {"× the events' copying", [](G g) { return fmt::format("{:.1f}", g.append_s / g.copy_s); }},
                  {"opened in s", [](G g) { return fmt::format("{:.2f}", g.read_s + g.append_s); }},
                  {"memory B/event", [](G g) { return fmt::format("{:.1f}", g.memory_bytes); }}}) +
           table(rows_, has_frames,
                 {{"first frame ms", [](G g) { return fmt::format("{:.1f}", g.frames.first_ms); }},
                  {"frame ms, half under",
                   [](G g) { return fmt::format("{:.2f}", percentile(g.frames.milliseconds(), 0.5)); }},
                  {"99% under", [](G g) { return fmt::format("{:.2f}", percentile(g.frames.milliseconds(), 0.99)); }},
                  {"longest", [](G g) { return fmt::format("{:.2f}", percentile(g.frames.milliseconds(), 1)); }},
                  {"99%, × filling the pixels",
                   [](G g) {
                       return fmt::format("{:.1f}", percentile(g.frames.milliseconds(), 0.99) / g.frames.floor_ms);
                   }}}) +
           table(rows_, has_queries,
                 {{"a screen's state ms, half under",
                   [](G g) { return fmt::format("{:.3f}", percentile(screen(g).ms, 0.5)); }},
                  {"99% under", [](G g) { return fmt::format("{:.3f}", percentile(screen(g).ms, 0.99)); }},
                  {"slowest question",
                   [](G g) { return fmt::format("{} {:.2f}", slowest(g).name, percentile(slowest(g).ms, 1)); }}}) +
           table(rows_, has_search,
                 {{"slowest text",
                   [](G g) { return fmt::format("\"{}\" {:.1f} ms", g.search.slowest, g.search.text_ms); }},
                  {"a rare kind", [](G g) { return fmt::format("{:.1f} ms", g.search.kind_ms); }},
                  {"cancelled in", [](G g) { return fmt::format("{:.2f} ms", g.search.cancel_ms); }}}) +
           table(rows_, has_panels,
                 {{"Tasks, longest block ms", [](G g) { return panel_text(g, "tasks"); }},
                  {"Events", [](G g) { return panel_text(g, "events"); }},
                  {"Findings", [](G g) { return panel_text(g, "findings"); }},
                  {"All in the window", [](G g) { return panel_text(g, "window"); }}});
}

void GrowthTable::Aim::take(double value, std::string whose) {
    if (value <= worst) return;
    worst = value;
    of = std::move(whose);
}

void GrowthTable::add(const Growth& g) {
    rows_.push_back(g);
    const bool many_events = g.events > 0.9e8, many_tracks = g.tracks >= 90'000;
    if (g.events > 0.9e7 && g.events < 1.5e7) {
        if (has_trace(g) && has_frames(g)) open_.take(g.read_s + g.append_s + g.frames.first_ms / 1e3, whose(g));
        if (has_queries(g))
            replay_.take(percentile(slowest(g).ms, 1), fmt::format("{}: {}", whose(g), slowest(g).name));
    }
    if (has_frames(g) && (many_events || many_tracks)) frame_.take(percentile(g.frames.milliseconds(), 0.99), whose(g));
    if (has_search(g) && many_events) search_.take(std::max(g.search.text_ms, g.search.kind_ms) / 1e3, whose(g));
    if (g.events > 0.9e7 || many_tracks)
        for (const PanelGesture& one : g.panels)
            panels_.take(one.block_ms, fmt::format("{}: {}, {}", whose(g), one.panel, one.gesture));
    if (!has_trace(g) || g.events < 0.9e6) return;
    memory_.take(g.memory_bytes, whose(g));
    file_.take(g.file_bytes, whose(g));
}

std::string GrowthTable::aims() const {
    std::string text;
    for (const Aim* aim : {&open_, &frame_, &search_, &memory_, &file_, &replay_, &panels_}) {
        if (aim->worst < 0)
            text += fmt::format("- not measured: {} under {} {}\n", aim->what, aim->limit, aim->unit);
        else
            text += fmt::format("- {}: {} under {} {}: {:.2f} {} ({})\n",
                                aim->worst < aim->limit ? "reached" : "NOT reached", aim->what, aim->limit, aim->unit,
                                aim->worst, aim->unit, aim->of);
    }
    return text;
}

}  // namespace awaitscope::bench
