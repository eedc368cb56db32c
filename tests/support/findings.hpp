// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "instrumentation/analysis/analyzer.hpp"

namespace awaitscope::test {

/// The findings of all that a trace holds.
inline std::vector<Finding> find_all(const Trace& trace, const FindingOptions& options = {}) {
    Analyzer analyzer(options);
    analyzer.advance(trace);
    return analyzer.findings(trace);
}

}  // namespace awaitscope::test
