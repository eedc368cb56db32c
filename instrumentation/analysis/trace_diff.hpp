// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "instrumentation/analysis/figures.hpp"
#include "instrumentation/analysis/finding.hpp"

namespace awaitscope {

/// From where on a difference is told. Two runs of one program differ by chance: a percentile counts as another only
/// when the ranges in which both lie at 95 % confidence are apart, and then by so much.
struct DiffThresholds {
    double share = 0.1;          ///< of the first run's value
    Nanoseconds least = 10'000;  ///< and so many nanoseconds
    double count_share = 0.2;    ///< of counts and sums, which have no range: so much of the first run's
    std::uint64_t count_least = 10;
};

enum class Verdict : std::uint8_t { same, faster, slower, gone, added };
std::string_view to_string(Verdict verdict);

/// A distribution in both runs.
struct DiffTimes {
    std::uint64_t count[2] = {};
    Nanoseconds sum[2] = {};
    Nanoseconds p50[2] = {};
    Nanoseconds p99[2] = {};
    Verdict middle = Verdict::same;  ///< of p50
    Verdict tail = Verdict::same;    ///< of p99
    bool count_differs = false;
};

/// A coroutine, or a line at which it waits, in both runs.
struct DiffRow {
    std::string function;
    std::string file;
    std::uint32_t line[2] = {};  ///< 0: not there, or not known. They differ where lines were added above
    bool there[2] = {};
    std::uint64_t tasks[2] = {};  ///< of a coroutine
    DiffTimes steps;
    DiffTimes waits;  ///< of a line; of a coroutine: for its turn
    Verdict verdict = Verdict::same;
    Nanoseconds weight = 0;  ///< how much time the difference is about, in all: what rows are sorted by
};

/// Something found in one of the runs, and whether the other has it as well.
struct DiffFinding {
    Finding finding;  ///< its ids are those of its run
    std::string place;
    Verdict verdict = Verdict::same;  ///< gone, added or same
    /// Whose finding it is: what both have is told as the second run has it.
    int side() const { return verdict == Verdict::gone ? 0 : 1; }
};

/// What became of a program between two runs.
struct TraceDiff {
    std::string name[2];
    Nanoseconds length[2] = {};
    std::uint64_t events[2] = {};
    DiffTimes lag;
    std::vector<DiffRow> coroutines;    ///< what differs first, by weight
    std::vector<DiffRow> lines;         ///< likewise
    std::vector<DiffFinding> findings;  ///< what is new, what is gone, then what both have; each the worst first
    DiffThresholds options;
};

/// One of the two: the figures of a whole trace, and what was found in it.
struct DiffSide {
    std::string name;
    const Trace& trace;
    const Figures& figures;
    const std::vector<Finding>& findings;
};

/// Coroutines are told by name and file, lines by these and their number; lines of a coroutine that have moved are
/// matched by their order, where both runs have equally many.
TraceDiff compare(const DiffSide& before, const DiffSide& after, const DiffThresholds& options = {});

/// For people: what is slower, what is new or gone, what is faster; the rest is counted.
std::string diff_text(const TraceDiff& diff);
/// One JSON object; the page resources/manual/report.md tells its members.
std::string diff_json(const TraceDiff& diff);

}  // namespace awaitscope
