// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/open_source.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <optional>

#include "instrumentation/source/json_lines_source.hpp"
#include "instrumentation/source/live_source.hpp"
#include "instrumentation/source/recording_format.hpp"
#include "instrumentation/source/recording_reader.hpp"
#include "instrumentation/source/session_directory.hpp"
#include "instrumentation/source/source_error.hpp"

namespace awaitscope {
namespace {

std::optional<int> as_pid(const std::string& text) {
    int pid = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), pid);
    if (failed != std::errc{} || end != text.data() + text.size() || pid <= 0) return std::nullopt;
    return pid;
}

/// All of it, but for what of a recording need not be read for the part.
std::unique_ptr<EventSource> open_nearly(const std::string& file_or_pid, const SourcePart& part) {
    struct stat status {};
    if (stat(file_or_pid.c_str(), &status) != 0) {
        const int error = errno;
        if (const auto pid = as_pid(file_or_pid)) return std::make_unique<LiveSource>(find_session(*pid));
        throw SourceError(fmt::format("cannot open {}: {}; give a recording, or the number of a process", file_or_pid,
                                      strerror(error)));
    }
    if (!S_ISREG(status.st_mode))
        throw SourceError(fmt::format("{} is not a file; give a recording, or the number of a process", file_or_pid));
    std::array<char, 8> beginning{};
    std::ifstream file(file_or_pid, std::ios::binary);
    if (!file) throw SourceError(fmt::format("cannot open {}: {}", file_or_pid, strerror(errno)));
    file.read(beginning.data(), beginning.size());
    if (beginning == recording::magic)
        return std::make_unique<RecordingReader>(file_or_pid, RecordingPart{part.from.value_or(0), part.task});
    std::uint64_t number = 0;
    std::memcpy(&number, beginning.data(), sizeof number);
    if (number == ring::session_magic) return std::make_unique<LiveSource>(file_or_pid);
    if (looks_like_json_lines({beginning.data(), static_cast<std::size_t>(file.gcount())})) {
        file.clear();
        file.seekg(0);
        return std::make_unique<JsonLinesSource>(std::make_unique<std::ifstream>(std::move(file)),
                                                 file_or_pid.substr(file_or_pid.rfind('/') + 1));
    }
    throw SourceError(fmt::format(
        "{} is no recording of awaitscope and no session; `awaitscope record` makes recordings", file_or_pid));
}

}  // namespace

std::unique_ptr<EventSource> open_source(const std::string& file_or_pid, const SourcePart& part) {
    auto source = open_nearly(file_or_pid, part);
    if (part.is_all()) return source;
    return std::make_unique<PartSource>(std::move(source), part);
}

}  // namespace awaitscope
