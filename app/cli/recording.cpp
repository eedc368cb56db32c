// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/recording.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "app/cli/commands.hpp"
#include "app/tell.hpp"
#include "instrumentation/exporter/event_text.hpp"
#include "instrumentation/source/chunk_writer.hpp"
#include "instrumentation/source/open_source.hpp"
#include "instrumentation/source/record.hpp"
#include "instrumentation/source/recording_overview.hpp"
#include "instrumentation/source/session_group.hpp"
#include "instrumentation/source/silence_source.hpp"
#include "instrumentation/source/source_error.hpp"
#include "instrumentation/trace/growing_trace.hpp"

namespace awaitscope::cli {
std::string words_for(const std::string& output) {
    return output == recording::standard_output ? "standard output" : output;
}

void require_writable(const std::string& path) {
    if (path == recording::standard_output) return;
    const std::string folder = std::filesystem::absolute(path).parent_path();
    const bool there = access(path.c_str(), F_OK) == 0;
    if (access(there ? path.c_str() : folder.c_str(), W_OK) != 0)
        throw Failure(fmt::format("cannot write {}: {}; name another file with -o", path, std::strerror(errno)));
}

void record_into(const std::string& path, const RecordingOptions& recording, EventSource& source, bool quiet,
                 const std::function<bool()>& stop, const std::function<void()>& begun) {
    Symbols symbols;
    RecordingWriter writer(path, symbols, recording);
    begun();
    SilenceSource listened(source);
    const RecordProgress progress = record(listened, symbols, writer, [&](const RecordProgress&) { return stop(); });
    if (!quiet) tell("{} events in {}\n", progress.events, words_for(path));
    if (progress.lost) tell("note: {} events were overwritten before they could be read\n", progress.lost);
    if (!quiet) tell_notes(source);
}

void require_room(const std::string& target, const SourcePart& part) {
    std::uint64_t events = 0;
    try {
        events = read_overview(target).events_in(part);
    } catch (const SourceError&) {
        return;  // a process, or another program's trace: nobody knows how much it is
    }
    // Nothing is folded here, so all of the memory is for one trace.
    if (const std::uint64_t most = 3 * GrowingTrace::events_that_fit(GrowingTrace::default_memory()); events > most)
        throw Failure(
            fmt::format("{} has about {} events to be held at once, and there is memory for {}; ask for an "
                        "earlier moment, or for a part with --from and --to",
                        target, events, most));
}

std::unique_ptr<EventSource> open_whole(const std::string& target, const SourcePart& part) {
    auto source = open_source(target, part);
    require_room(target, part);
    return source;
}

std::string name_of(const EventSource& source, const std::string& target) {
    const SourceInfo& info = source.info();
    return info.live ? fmt::format("{}, process {}", info.name, info.pid) : target;
}

SourcePart part_of(const TimeRange& range, Id task) {
    SourcePart part;
    if (range.from) part.from = range.from->count();
    if (range.to) part.to = range.to->count();
    part.task = task;
    return part;
}

std::unique_ptr<EventSource> open_targets(const std::vector<std::string>& targets, const SourcePart& part) {
    SessionGroup group;
    for (const std::string& target : targets) {
        const auto pid = pid_of(target);
        if (!pid && targets.size() == 1) return open_source(target, part);
        if (!pid) throw Failure(fmt::format("of several, each must be the number of a process; {} is none", target));
        group.pids.push_back(*pid);
    }
    auto source = open_group(group);
    if (part.is_all()) return source;
    return std::make_unique<PartSource>(std::move(source), part);
}

void tell_notes(const EventSource& source) {
    if (const std::string note = source.note(); !note.empty()) tell("note: {}\n", printable(note));
    if (const auto unknown = source.unknown_events())
        tell("note: {} events of kinds that this version does not know were left out\n", unknown);
}

}  // namespace awaitscope::cli
