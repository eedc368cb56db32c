// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/cli/commands.hpp"
#include "instrumentation/source/event_source.hpp"
#include "instrumentation/source/part_source.hpp"
#include "instrumentation/source/recording_writer.hpp"

namespace awaitscope::cli {

/// A file to write, as users read of it: "-" is standard output.
std::string words_for(const std::string& output);

/// Throws Failure unless a file of this name can be made: asked for before a program is started for its sake.
void require_writable(const std::string& path);

/// Reads the source to its end, or until `stop` says so, into a recording. `begun` is called once the file is there.
/// Says what became of it on stderr unless `quiet`. Throws SourceError when the file cannot be written.
void record_into(
    const std::string& path, const RecordingOptions& recording, EventSource& source, bool quiet,
    const std::function<bool()>& stop, const std::function<void()>& begun = [] {});

/// The part of a source that options ask for.
SourcePart part_of(const TimeRange& range, Id task = 0);

/// A file; or processes with all that they start, on one axis. Throws Failure where a file is among several.
std::unique_ptr<EventSource> open_targets(const std::vector<std::string>& targets, const SourcePart& part = {});
/// A file or one process, for a trace that is to hold all of it. Throws Failure as require_room() does.
std::unique_ptr<EventSource> open_whole(const std::string& target, const SourcePart& part);
/// Throws Failure when the part of a recording is more than there is memory for, where one trace is to hold all of it.
void require_room(const std::string& target, const SourcePart& part);

/// How a report names a source: a process by its name and number, a file as it was given.
std::string name_of(const EventSource& source, const std::string& target);

/// What the user should know of a source that was read: its note, and what was left out. To stderr, a line each.
void tell_notes(const EventSource& source);

}  // namespace awaitscope::cli
