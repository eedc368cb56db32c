// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "instrumentation/analysis/analyzer.hpp"
#include "tests/support/trace_text.hpp"

namespace awaitscope::test {

/// A text of events and what is found in it. Walks it at once, and again event by event while asking for findings all
/// the time, and checks that both find the same.
struct Found {
    explicit Found(std::string_view events, const FindingOptions& options = {});

    /// The names of what was found, the worst first: "deadlock blocked-loop".
    std::string kinds() const;
    /// The first of a kind. Throws std::out_of_range when there is none.
    const Finding& operator[](std::string_view kind) const;
    /// Its line, "file.cpp:12".
    std::string place(std::string_view kind) const;
    /// The names of its tasks: "Ann Bob".
    std::string tasks(std::string_view kind) const;

    TextTrace text;
    std::vector<Finding> findings;
};

/// A line of events for each number from 0 to count - 1; "{}" in it becomes the number, "{t}" the time: begin plus so
/// many steps, in seconds.
std::string repeat(int count, double begin, double step, std::string_view lines);

}  // namespace awaitscope::test
