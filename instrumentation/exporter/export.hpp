// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string_view>

#include "instrumentation/source/event_source.hpp"
#include "instrumentation/trace/trace.hpp"

namespace awaitscope {

/// Takes what an exporter writes, a piece at a time. What it throws comes through.
using ExportSink = std::function<void(std::string_view)>;

/// Perfetto's protobuf: what ui.perfetto.dev and trace_processor read.
void export_perfetto(const Trace& trace, const SourceInfo& info, const ExportSink& sink);

/// Chrome's "JSON object format" of trace events: what the performance panel of Chrome's DevTools, Perfetto and
/// speedscope read. Times in microseconds with three decimals, which is exact.
void export_chrome(const Trace& trace, const SourceInfo& info, const ExportSink& sink);

/// A row a span of a task, ordered by task, then by time, below a row of names; as RFC 4180 has it, with plain
/// newlines.
void export_csv(const Trace& trace, const ExportSink& sink);

}  // namespace awaitscope
