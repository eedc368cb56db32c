// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.hpp"
#include "app/cli/read_all.hpp"
#include "app/cli/recording.hpp"
#include "app/cli/standard_output.hpp"
#include "instrumentation/analysis/analyzer.hpp"
#include "instrumentation/analysis/trace_diff.hpp"
#include "instrumentation/source/open_source.hpp"

namespace awaitscope::cli {
namespace {

/// A recording, read and looked through.
struct Side {
    explicit Side(const std::string& target) : file(target), source(open_source(target)) {
        read_all(file, *source, *symbols, trace);
        analyzer.gather_figures();
        analyzer.advance(trace);
        findings = analyzer.findings(trace);
    }
    DiffSide view() const { return {name_of(*source, file), trace, analyzer.figures(), findings}; }

    std::string file;
    std::unique_ptr<EventSource> source;
    std::shared_ptr<Symbols> symbols = std::make_shared<Symbols>();
    Trace trace{symbols};
    Analyzer analyzer;
    std::vector<Finding> findings;
};

}  // namespace

int execute(const DiffOptions& options) {
    const Side before(options.before), after(options.after);
    const TraceDiff diff = compare(before.view(), after.view());
    StandardOutput out;
    out.write(options.json ? diff_json(diff) : diff_text(diff));
    out.flush();
    for (const Side* side : {&before, &after}) tell_notes(*side->source);
    return 0;
}

}  // namespace awaitscope::cli
