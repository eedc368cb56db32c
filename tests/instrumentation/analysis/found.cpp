// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/instrumentation/analysis/found.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <stdexcept>

#include "instrumentation/exporter/event_text.hpp"
#include "tests/support/findings.hpp"

namespace awaitscope::test {
namespace {

std::string told(const std::vector<Finding>& findings) {
    std::string text;
    for (const Finding& finding : findings)
        text += fmt::format("{} [{}, {}] x{}: {}\n", info_of(finding.kind).name, finding.begin_event,
                            finding.end_event == no_event ? "..." : std::to_string(finding.end_event), finding.count,
                            finding.what.english());
    return text;
}

}  // namespace

Found::Found(std::string_view events, const FindingOptions& options)
    : text(events), findings(find_all(text.trace, options)) {
    Analyzer stepwise(options);
    std::vector<Finding> same;
    do same = stepwise.findings(text.trace);
    while (!stepwise.advance(text.trace, 1));
    same = stepwise.findings(text.trace);
    CHECK(told(same) == told(findings));
}

std::string Found::kinds() const {
    std::string names;
    for (const Finding& finding : findings)
        names += fmt::format("{}{}", names.empty() ? "" : " ", info_of(finding.kind).name);
    return names;
}

const Finding& Found::operator[](std::string_view kind) const {
    for (const Finding& finding : findings)
        if (info_of(finding.kind).name == kind) return finding;
    throw std::out_of_range("no finding " + std::string(kind));
}

std::string Found::place(std::string_view kind) const {
    return place_text(text.trace.symbols(), (*this)[kind].place);
}

std::string Found::tasks(std::string_view kind) const {
    std::string names;
    for (const TaskIndex task : (*this)[kind].tasks) names += (names.empty() ? "" : " ") + name_of(text.trace, task);
    return names;
}

std::string repeat(int count, double begin, double step, std::string_view lines) {
    std::string text;
    for (int i = 0; i < count; ++i) {
        std::string each(lines);
        const auto put = [&each](std::string_view what, const std::string& value) {
            for (std::size_t at; (at = each.find(what)) != each.npos;) each.replace(at, what.size(), value);
        };
        put("{t}", fmt::format("{:.6f}", begin + i * step));
        put("{}", std::to_string(i));
        text += each + "\n";
    }
    return text;
}

}  // namespace awaitscope::test
