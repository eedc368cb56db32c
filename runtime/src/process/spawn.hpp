// SPDX-License-Identifier: MIT
#pragma once

#include <sys/types.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "runtime/src/net/socket.hpp"

namespace asyncio::detail {

/// What a child is to be, with everything it points to.
struct SpawnRequest {
    std::string program;
    std::vector<std::string> arguments;  ///< from argv[1] on
    /// For 0, 1 and 2: PIPE, STDOUT, DEVNULL, a descriptor, or nothing (the parent's own).
    std::optional<int> stdio[3];
    std::optional<std::string> cwd;
    std::optional<std::map<std::string, std::string>> env;
    bool start_new_session = false;
};

struct Spawned {
    pid_t pid = -1;
    Socket pipes[3];  ///< the parent's ends, where a pipe was asked for
};

/// Starts the child and returns when it runs the program, as CPython's subprocess.Popen: every other descriptor is
/// closed in it, SIGPIPE and SIGXFSZ do what they do by default, no signal is blocked. Throws OSError with CPython's
/// text (FileNotFoundError with the program's name, ...), ValueError for a text with a zero byte.
Spawned spawn(const SpawnRequest& request);

/// The return code behind waitpid()'s status: negative for a signal.
int exit_code_of(int status);

}  // namespace asyncio::detail
