// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/analysis/report.hpp"

#include "app/cli/commands.hpp"
#include "app/cli/output_file.hpp"
#include "app/cli/read_all.hpp"
#include "app/cli/recording.hpp"
#include "app/cli/standard_output.hpp"
#include "app/gui/application.hpp"
#include "instrumentation/source/source_time.hpp"

namespace awaitscope::cli {

int execute(const ReportOptions& options) {
    const auto source = open_whole(options.target, part_of(options.range));
    const auto symbols = std::make_shared<Symbols>();
    Trace trace(symbols);
    read_all(options.target, *source, *symbols, trace);
    Analyzer analyzer;
    analyzer.gather_figures();
    analyzer.advance(trace);
    const auto findings = analyzer.findings(trace, clock_now(source->info()));
    const ReportInput input{name_of(*source, options.target), trace, analyzer.figures(), findings};
    if (!options.html.empty()) {
        OutputFile file(options.html, "--html");
        file.write(report_html(input, gui::timeline_pictures(trace, findings)));
        file.finish();
    } else {
        StandardOutput out;
        out.write(options.json ? report_json(input) : report_text(input));
        out.flush();
    }
    tell_notes(*source);
    return 0;
}

}  // namespace awaitscope::cli
