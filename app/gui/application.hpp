// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/cli/commands.hpp"
#include "instrumentation/analysis/report.hpp"
#include "instrumentation/source/part_source.hpp"
#include "instrumentation/source/recording_writer.hpp"
#include "instrumentation/source/session_group.hpp"
#include "instrumentation/trace/trace.hpp"

namespace awaitscope::gui {

// The window, until it is closed; each gives the exit code. What is to be shown is opened first: throws cli::Failure
// when that fails, or when there is no display.

int show_welcome();
/// `speed`: the pace at which it plays; nothing: as the last time.
int show_scenario(const std::string& name, bool real_clock, std::optional<double> speed);
/// `record`: a file to record into meanwhile; empty: none. `memory`: bytes that the trace may take; 0: half of the
/// machine's.
int show_process(const SessionGroup& group, const std::string& record, const RecordingOptions& recording,
                 std::uint64_t memory);
int show_command(const std::vector<std::string>& command, std::uint64_t memory);
int show_recording(const std::string& path, const SourcePart& part, std::uint64_t memory);

/// Paints a picture of a recording into a file. Needs no display. Throws cli::Failure.
void render(const cli::RenderOptions& options);

/// The timeline of a whole trace with its findings, for a page. Needs no display.
TimelinePictures timeline_pictures(const Trace& trace, const std::vector<Finding>& findings);

}  // namespace awaitscope::gui
