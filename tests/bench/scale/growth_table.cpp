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

}  // namespace

std::string GrowthTable::head() {
    return "| shape | events | tracks | file B/event | read M/s | append M/s (of a copy's) | memory B/event | open s | "
           "first frame ms | frame p50 / p99 / max ms | state p50 / p99 ms | slowest question, max ms | search text / "
           "kind, sort "
           "tasks ms |\n"
           "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n";
}

std::string GrowthTable::row(const Growth& g) {
    const std::vector<double> frames = g.frames.milliseconds();
    return fmt::format(
        "| {} | {:.0e} | {} | {:.2f} | {:.1f} | {:.1f} ({:.0f}%) | {:.1f} | {:.2f} | {:.1f} | {:.2f} / {:.2f} / {:.2f} "
        "| "
        "{:.3f} / {:.3f} | {} {:.2f} | {:.1f} / {:.1f}, {:.1f} |\n",
        g.shape, g.events, g.tracks, g.file_bytes, g.events / g.read_s / 1e6, g.events / g.append_s / 1e6,
        100 * g.copy_s / g.append_s, g.memory_bytes, g.read_s + g.append_s, g.frames.first_ms, percentile(frames, 0.5),
        percentile(frames, 0.99), percentile(frames, 1), percentile(screen(g).ms, 0.5), percentile(screen(g).ms, 0.99),
        slowest(g).name, percentile(slowest(g).ms, 1), g.search.text_ms, g.search.kind_ms, g.search.tasks_ms);
}

void GrowthTable::Aim::take(double value, std::string whose) {
    if (value <= worst) return;
    worst = value;
    of = std::move(whose);
}

void GrowthTable::add(const Growth& g) {
    const std::string whose = fmt::format("{} {:.0e}", g.shape, g.events);
    const bool ten_million = g.events > 0.9e7 && g.events < 1.5e7;
    if (ten_million) {
        open_.take(g.read_s + g.append_s + g.frames.first_ms / 1e3, whose);
        replay_.take(percentile(slowest(g).ms, 1), fmt::format("{}, {}", whose, slowest(g).name));
    }
    if (g.events > 0.9e8 || g.tracks >= 90'000) frame_.take(percentile(g.frames.milliseconds(), 0.99), whose);
    if (g.events > 0.9e8) search_.take(std::max(g.search.text_ms, g.search.kind_ms) / 1e3, whose);
    if (g.events < 0.9e6) return;
    memory_.take(g.memory_bytes, whose);
    file_.take(g.file_bytes, whose);
}

std::string GrowthTable::aims() const {
    std::string text;
    for (const Aim* aim : {&open_, &frame_, &search_, &memory_, &file_, &replay_}) {
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
