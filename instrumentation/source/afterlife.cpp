// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/afterlife.hpp"

#include <fmt/format.h>
#include <time.h>
#include <unistd.h>

#include <cstdint>
#include <fstream>
#include <sstream>

#include "instrumentation/source/process_facts.hpp"
#include "instrumentation/source/utf8.hpp"

namespace awaitscope {
namespace {

std::int64_t now_by(clockid_t clock) {
    timespec now{};
    clock_gettime(clock, &now);
    return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

struct ProcessStat {
    bool ends = true;             ///< or is not there
    std::int64_t started_ns = 0;  ///< by the monotonic clock
};

/// /proc/PID/stat: "PID (NAME) STATE PARENT ...", where a name may hold anything: the last bracket ends it.
ProcessStat stat_of(int pid) {
    std::ifstream file(fmt::format("/proc/{}/stat", pid));
    std::string line;
    std::getline(file, line);
    const std::size_t bracket = line.rfind(')');
    if (bracket == std::string::npos) return {};
    std::istringstream words(line.substr(bracket + 1));
    char state = 'X';
    std::int64_t skipped = 0, flags = 0, start_ticks = 0;
    words >> state;
    for (int i = 0; i < 5; ++i) words >> skipped;
    words >> flags;
    for (int i = 0; i < 12; ++i) words >> skipped;
    if (!(words >> start_ticks)) return {};
    constexpr std::int64_t exiting = 4;  // PF_EXITING: it has let go of its files, and is no zombie yet
    ProcessStat stat;
    stat.ends = state == 'Z' || state == 'X' || (flags & exiting) != 0;
    // Counted from the boot, with the time that the machine slept: the other clock leaves that out.
    const std::int64_t slept = now_by(CLOCK_BOOTTIME) - now_by(CLOCK_MONOTONIC);
    stat.started_ns = start_ticks * (1'000'000'000 / sysconf(_SC_CLK_TCK)) - slept;
    return stat;
}

}  // namespace

Afterlife afterlife_of(const ring::SessionFacts& session) {
    if (!session.same_boot) return {};
    const ProcessStat now = stat_of(session.pid);
    if (now.ends) return {};
    const bool is_later = now.started_ns > static_cast<std::int64_t>(session.epoch.monotonic_ns);
    return {is_later ? Afterlife::Number::anothers : Afterlife::Number::still_its_own,
            valid_utf8(process_command(session.pid))};
}

bool became_another_program(const ring::SessionFacts& session) {
    const Afterlife now = afterlife_of(session);
    // What a session has of a command is cut somewhere.
    return now.number == Afterlife::Number::still_its_own && !now.command.starts_with(valid_utf8(session.command));
}

}  // namespace awaitscope
