// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/open_source.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>

#include "instrumentation/source/json_lines_source.hpp"
#include "instrumentation/source/live_source.hpp"
#include "instrumentation/source/recording_format.hpp"
#include "instrumentation/source/recording_reader.hpp"
#include "instrumentation/source/session_directory.hpp"
#include "instrumentation/source/source_error.hpp"
#include "instrumentation/source/trace_json_source.hpp"

namespace awaitscope {
namespace {

/// All of it, but for what of a recording need not be read for the part.
std::unique_ptr<EventSource> open_nearly(const std::string& file_or_pid, const SourcePart& part) {
    if (file_or_pid == "-")
        return std::make_unique<RecordingReader>(
            ring::FileDescriptor{fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)}, "standard input");
    if (const auto pid = pid_of(file_or_pid)) return std::make_unique<LiveSource>(find_session(*pid));
    constexpr const char* advice = "`awaitscope record` makes recordings, `awaitscope list` shows processes";
    struct stat status {};
    if (stat(file_or_pid.c_str(), &status) != 0)
        throw SourceError(fmt::format("cannot open {}: {}; {}", file_or_pid, strerror(errno), advice));
    if (!S_ISREG(status.st_mode)) throw SourceError(fmt::format("{} is not a file; {}", file_or_pid, advice));
    auto file = std::make_unique<std::ifstream>(file_or_pid, std::ios::binary);
    if (!*file)
        throw SourceError(
            fmt::format("cannot open {}: {}; give a recording that you may read", file_or_pid, strerror(errno)));
    std::string beginning(64 << 10, '\0');
    file->read(beginning.data(), static_cast<std::streamsize>(beginning.size()));
    beginning.resize(static_cast<std::size_t>(file->gcount()));
    if (beginning.starts_with(std::string_view(recording::magic.data(), recording::magic.size())))
        return std::make_unique<RecordingReader>(
            file_or_pid, RecordingPart{part.from.value_or(0), part.task,
                                       part.to.value_or(std::numeric_limits<std::int64_t>::max())});
    std::uint64_t number = 0;
    std::memcpy(&number, beginning.data(), std::min(sizeof number, beginning.size()));
    if (number == ring::session_magic) return std::make_unique<LiveSource>(file_or_pid);
    file->clear();
    file->seekg(0);
    const std::string name = file_or_pid.substr(file_or_pid.rfind('/') + 1);
    if (looks_like_json_lines(beginning)) return std::make_unique<JsonLinesSource>(std::move(file), name);
    if (looks_like_trace_json(beginning)) return std::make_unique<TraceJsonSource>(std::move(file), name);
    throw SourceError(
        fmt::format("{} is no recording of awaitscope, no session and no trace in Chrome's JSON; `awaitscope record` "
                    "makes recordings",
                    file_or_pid));
}

}  // namespace

std::optional<int> pid_of(const std::string& file_or_pid) {
    int pid = 0;
    const char* const last = file_or_pid.data() + file_or_pid.size();
    const auto [end, failed] = std::from_chars(file_or_pid.data(), last, pid);
    if (failed != std::errc{} || end != last || pid <= 0) return std::nullopt;
    if (access(file_or_pid.c_str(), F_OK) == 0) return std::nullopt;
    return pid;
}

std::unique_ptr<EventSource> open_source(const std::string& file_or_pid, const SourcePart& part) {
    auto source = open_nearly(file_or_pid, part);
    if (part.is_all()) return source;
    return std::make_unique<PartSource>(std::move(source), part);
}

}  // namespace awaitscope
