// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/geometry/running_share.hpp"

#include <algorithm>
#include <cmath>

namespace awaitscope::ui {
namespace {

constexpr std::uint8_t not_known = 255;

double shareOf(const SpanList& spans, std::size_t first, std::size_t last, const Axis& axis) {
    if (first >= last) return 0;
    Position begin = axis.ofEvent(spans.event_of(first)), running = 0, whole = 0;
    for (std::size_t i = first; i < last; ++i) {
        const Position end = axis.ofEvent(spans.event_of(i + 1));
        whole += end - begin;
        if (spans.state_of(i) == TaskState::running) running += end - begin;
        begin = end;
    }
    return whole > 0 ? static_cast<double>(running) / static_cast<double>(whole) : 0;
}

}  // namespace

std::optional<double> RunningShare::around(const Task& task, TaskIndex index, const Axis& axis, std::size_t span) {
    const SpanList& spans = task.spans;
    if (span >= spans.size()) return 0;
    const std::size_t number = span / block;
    const std::size_t first = number * block;
    // The newest block may still grow: it is not kept.
    if (first + block >= spans.size()) return shareOf(spans, first, spans.size() - 1, axis);

    auto& tasks = shares_[static_cast<std::size_t>(axis.kind())];
    if (tasks.size() <= index) tasks.resize(index + 1);
    Shares& shares = tasks[index];
    if (shares.size() <= number) shares.resize(spans.size() / block, not_known);
    std::uint8_t& share = shares[number];
    if (share == not_known) {
        if (left_ == 0) return std::nullopt;
        --left_;
        share = static_cast<std::uint8_t>(std::lround(200 * shareOf(spans, first, first + block, axis)));
    }
    return share / 200.0;
}

void RunningShare::reset() {
    for (auto& tasks : shares_) tasks.clear();
}

}  // namespace awaitscope::ui
