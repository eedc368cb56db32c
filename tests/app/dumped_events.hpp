// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

namespace awaitscope::test {

/// An event as `awaitscope dump --json` tells it, as far as the tests here look.
struct DumpedEvent {
    std::string kind;
    double time = 0;
    int fd = -1;  ///< -1 where it has none
    long long bytes = 0;
    std::string text;
};

/// The events of a recording or a process that has ended. Throws std::runtime_error when dump fails or prints a line
/// that is no JSON.
std::vector<DumpedEvent> dumped_events(const std::string& file_or_pid);

/// What moved on one connection, in order: "r7" for 7 bytes read, "w7" for 7 written, "end" for a read of 0, "lost".
using Traffic = std::vector<std::string>;

/// The traffic of each connection, in the order in which they were made.
std::vector<Traffic> traffic(const std::vector<DumpedEvent>& events);

}  // namespace awaitscope::test
