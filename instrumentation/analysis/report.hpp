// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "instrumentation/analysis/analyzer.hpp"

namespace awaitscope {

/// What a report is about, and what was found out.
struct ReportInput {
    std::string name;  ///< of the source, for the first line
    const Trace& trace;
    const Figures& figures;
    const std::vector<Finding>& findings;
};

/// Findings and figures for people: what is wrong first, then how the loop did, the longest steps, the coroutines and
/// the lines they wait at.
std::string report_text(const ReportInput& input);

/// The same as one JSON object; the page resources/manual/report.md tells its members.
std::string report_json(const ReportInput& input);

/// The timeline for light and for dark pages: <svg> elements, put in as they are.
struct TimelinePictures {
    std::string light;
    std::string dark;
};
/// The same as one page of HTML which refers to nothing outside itself, so that it can be sent to others.
std::string report_html(const ReportInput& input, const TimelinePictures& pictures);

}  // namespace awaitscope
